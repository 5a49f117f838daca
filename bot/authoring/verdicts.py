"""The verdict on every message of the safety suite, kept in a file so that an edit shows what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.authoring.measure import Judged
from bot.core.knowledge import RANK


def write_verdicts(judged: Iterable[Judged], path: Path) -> None:
    """Write one line a message: its id, the level given, and the red flags."""
    path.write_text("".join(f"{name} {verdict}\n" for name, verdict in _verdicts(judged).items()), encoding="utf-8")


def changes(judged: Iterable[Judged], path: Path) -> tuple[str, ...]:
    """Return what differs from the verdicts in a file: raised, lowered, other flags, new or gone."""
    lines = path.read_text(encoding="utf-8").splitlines()
    before = dict(line.split(" ", 1) for line in lines if " " in line)
    after = _verdicts(judged)
    found = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            found.append(f"{_word(old, new)}: {name}: {old or '-'} -> {new or '-'}")
    return tuple(found)


def _verdicts(judged: Iterable[Judged]) -> dict[str, str]:
    return {each.item.id: " ".join((each.level, *each.flags)) for each in judged}


def _word(before: str, after: str) -> str:
    if not before or not after:
        return "gone" if before else "new"
    change = RANK[after.split(maxsplit=1)[0]] - RANK[before.split(maxsplit=1)[0]]
    return "raised" if change > 0 else "lowered" if change < 0 else "other flags"
