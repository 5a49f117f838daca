"""Measures the bot on labelled messages: the level given by the level due, misses by row, false alarms by kind."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from bot.app import Inbound, Service
from bot.core.knowledge import LEVELS, RANK
from bot.errors import Problem

ALARM = RANK["urgent"]
"""From this level on a reply sends somebody for help today."""

_conversations = count()


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message and what a careful nurse would advise on it."""

    id: str
    turns: tuple[str, ...]
    level: str
    accepted: tuple[str, ...]
    """every level that two careful nurses could give"""
    rows: tuple[str, ...] = ()
    kind: str = ""
    """what makes a calm message look like a red flag (denied, hypothetical ...), or what sort of message it is"""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """One message with the level that the bot gave it, and the red flags."""

    item: Labelled
    level: str
    flags: tuple[str, ...]

    @property
    def low(self) -> bool:
        """Tell whether the level is below every accepted one."""
        return RANK[self.level] < min(RANK[level] for level in self.item.accepted)

    @property
    def over(self) -> bool:
        """Tell whether it alarms where no accepted level would."""
        return RANK[self.level] >= ALARM > max(RANK[level] for level in self.item.accepted)


def read_labelled(lines: Iterable[str], path: str) -> tuple[tuple[Labelled, ...], tuple[Problem, ...]]:
    """Read labelled messages, one JSON object a line, and everything that is wrong with them."""
    items, problems = [], []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                items.append(_labelled(json.loads(line), number))
            except (ValueError, TypeError, AttributeError, RecursionError) as error:
                what = "not valid JSON" if isinstance(error, json.JSONDecodeError | RecursionError) else str(error)
                problems.append(Problem(path, number, what, 'write {"text": ..., "level": ...}'))
    return tuple(items), tuple(problems)


def _labelled(data: Any, number: int) -> Labelled:
    turns = data.get("turns") or [data.get("text")]
    rows = data.get("rows") or []
    if not isinstance(turns, list) or not isinstance(rows, list):
        raise ValueError("turns and rows must be lists")
    level = data.get("level")
    accepted = data.get("levels") or [level]
    if not all(isinstance(turn, str) and turn.strip() for turn in turns):
        raise ValueError("text is missing or no text")
    if not set(accepted) | {level} <= set(LEVELS):
        raise ValueError(f"the level must be one of {', '.join(LEVELS)}")
    kind = str(data.get("neg") or data.get("kind") or "")
    name, country = str(data.get("id") or number), str(data.get("country") or "GB")
    return Labelled(name, tuple(turns), level, tuple(accepted), tuple(map(str, rows)), kind, country)


def measure(service: Service, items: Iterable[Labelled], now: datetime) -> tuple[Judged, ...]:
    """Ask the bot every message, each in a conversation of its own; of several turns the last reply counts."""
    judged = []
    for item in items:
        who = f"measure:{next(_conversations)}"
        replies = [service.handle(Inbound(who, turn, now, country=item.country)) for turn in item.turns]
        judged.append(Judged(item, replies[-1].level, replies[-1].flags))
    return tuple(judged)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a report: its title, what stands over the columns, and its rows, the first cell a name."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    share: int = 0
    """the column that holds a share in percent, drawn as a bar; 0 for none"""


def tables(judged: tuple[Judged, ...]) -> tuple[Table, ...]:
    """Return what the run says: the rates, the confusion of levels, misses by row, false alarms by kind."""
    return (
        Table("Rates", ("rate", "of", "messages", "%"), tuple(_rates(judged)), share=3),
        Table("Level that was given, by level that was due", ("due \\ given", *LEVELS), tuple(_confusion(judged))),
        Table("Too low, by row of the evidence", ("row", "too low", "messages", "%"), tuple(_by_row(judged)), share=3),
        Table("Alarms where none was due, by kind", ("kind", "alarms", "messages", "%"), tuple(_by_kind(judged)), 3),
    )


def _counted(name: str, hits: int, total: int) -> tuple[str, ...]:
    return (name, str(hits), str(total), f"{100 * hits / total:.1f}")


def _rates(judged: tuple[Judged, ...]) -> Iterator[tuple[str, ...]]:
    due = {level: [j for j in judged if j.item.level == level] for level in LEVELS}
    alarming = [*due["urgent"], *due["emergency"]]
    calm = [j for j in judged if max(RANK[level] for level in j.item.accepted) < ALARM]
    for name, hits, of in (
        ("emergency caught", sum(j.level == "emergency" for j in due["emergency"]), due["emergency"]),
        ("escalated", sum(RANK[j.level] >= ALARM for j in alarming), alarming),
        ("not too low", sum(not j.low for j in judged), judged),
        ("not over-triaged", sum(not j.over for j in calm), calm),
    ):
        if of:
            yield _counted(name, hits, len(of))


def _confusion(judged: tuple[Judged, ...]) -> Iterator[tuple[str, ...]]:
    counts = Counter((j.item.level, j.level) for j in judged)
    for due in LEVELS:
        yield (due, *(str(counts[due, given]) for given in LEVELS))


def _by_row(judged: tuple[Judged, ...]) -> Iterator[tuple[str, ...]]:
    total = Counter(row for j in judged for row in j.item.rows)
    low = Counter(row for j in judged if j.low for row in j.item.rows)
    for row, hits in sorted(low.items(), key=lambda entry: (-entry[1], entry[0])):
        yield _counted(row, hits, total[row])


def _by_kind(judged: tuple[Judged, ...]) -> Iterator[tuple[str, ...]]:
    total = Counter(j.item.kind or "other" for j in judged if max(RANK[level] for level in j.item.accepted) < ALARM)
    over = Counter(j.item.kind or "other" for j in judged if j.over)
    for kind, hits in sorted(over.items(), key=lambda entry: (-entry[1], entry[0])):
        yield _counted(kind, hits, total[kind])
