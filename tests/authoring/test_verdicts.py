"""The verdicts on a suite are kept in a file, and an edit shows each one that it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.measure import Judged, Labelled
from bot.authoring.verdicts import changes, write_verdicts


def judged(name: str, level: str, *flags: str) -> Judged:
    """One message that the bot judged."""
    return Judged(Labelled(name, ("what was written",), "soon", ("soon",)), level, flags)


OLD = (judged("a", "soon", "sore"), judged("b", "none"), judged("c", "emergency", "heavy", "bleeding"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the verdicts of an earlier run."""
    file = tmp_path / "verdicts.txt"
    write_verdicts(OLD, file)
    return file


def test_a_file_has_one_line_a_message(path: Path) -> None:
    """A line holds the id, the level and the red flags, and never what was written."""
    assert path.read_text(encoding="utf-8") == "a soon sore\nb none\nc emergency heavy bleeding\n"


def test_the_same_run_changes_nothing(path: Path) -> None:
    """What was written is read back as it was, in whatever order the messages come."""
    assert changes(OLD, path) == ()
    assert changes(OLD[::-1], path) == ()


def test_writing_replaces_what_stood_there(path: Path) -> None:
    """A run that is accepted leaves nothing of the one before."""
    write_verdicts(OLD[:1], path)
    assert changes(OLD[:1], path) == ()
    assert path.read_text(encoding="utf-8") == "a soon sore\n"


@pytest.mark.parametrize(
    ("now", "change"),
    [
        (judged("a", "urgent", "sore"), "raised: a: soon sore -> urgent sore"),
        (judged("a", "emergency"), "raised: a: soon sore -> emergency"),
        (judged("a", "self-care", "sore"), "lowered: a: soon sore -> self-care sore"),
        (judged("a", "none"), "lowered: a: soon sore -> none"),
        (judged("a", "soon", "sore", "bleeding"), "other flags: a: soon sore -> soon sore bleeding"),
        (judged("a", "soon"), "other flags: a: soon sore -> soon"),
    ],
)
def test_a_verdict_that_changed(path: Path, now: Judged, change: str) -> None:
    """A verdict that differs is called raised or lowered by its level, and else other flags."""
    assert changes((now, *OLD[1:]), path) == (change,)


def test_messages_that_came_and_went(path: Path) -> None:
    """A message without an earlier verdict is new, and one that is no longer there is gone."""
    assert changes((*OLD, judged("d", "urgent", "bleeding")), path) == ("new: d: - -> urgent bleeding",)
    assert changes(OLD[1:], path) == ("gone: a: soon sore -> -",)


def test_changes_are_told_by_id(path: Path) -> None:
    """Several changes are told in the order of the ids, not of the run."""
    found = changes((judged("d", "none"), judged("b", "soon"), judged("a", "none")), path)
    assert [one.split(":")[:2] for one in found] == [
        ["lowered", " a"],
        ["raised", " b"],
        ["gone", " c"],
        ["new", " d"],
    ]


def test_an_empty_file_knows_nothing(tmp_path: Path) -> None:
    """Against an empty file every message is new."""
    (tmp_path / "empty.txt").write_text("\n", encoding="utf-8")
    assert [one.split(":")[0] for one in changes(OLD, tmp_path / "empty.txt")] == ["new"] * 3
