"""The frozen safety suite: messages written from the evidence alone, by people who had not seen a rule."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.app import Service
from bot.authoring.measure import Judged, Labelled, measure, read_labelled
from tests.talking import NOW

FOLDER = Path(__file__).resolve().parent
VERDICTS = FOLDER / "verdicts.txt"


@cache
def messages(name: str) -> tuple[Labelled, ...]:
    """The messages of one file of the suite."""
    path = FOLDER / f"{name}.jsonl"
    items, problems = read_labelled(path.read_text(encoding="utf-8").splitlines(), path.name)
    assert not problems, problems
    return items


_runs: dict[str, tuple[Judged, ...]] = {}


def judged(service: Service, name: str) -> tuple[Judged, ...]:
    """What the bot says to every message of one file, asked once a run of the tests."""
    if name not in _runs:
        _runs[name] = measure(service, messages(name), NOW)
    return _runs[name]
