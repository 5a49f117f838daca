"""Checks of what belongs together."""

from __future__ import annotations

import pytest

from bot.authoring.coverage import plain
from tests.authoring.project import Project

ANSWER = "knowledge/answers/mess.yaml"
FLAG = "knowledge/red-flags/bleed.yaml"
CASES = "tests/cases/answers/mess.yaml"
FLAG_CASES = "tests/cases/red-flags/bleed.yaml"
LEXICON = "knowledge/lexicon/body.yaml"
EVIDENCE = "knowledge/evidence.yaml"


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (FLAG, "[RF01]", "[]", "error evidence.yaml:2: no red flag covers the emergency row RF01"),
        (EVIDENCE, "poo}", "poo}\n  F02: {about: x}", "warning evidence.yaml:5: nothing covers row F02"),
        (CASES, "  - mess yes 5\n", "", f"error {CASES}:1: 5 messages under 'must-match': write at least 6"),
        (CASES, "  - mess no 3\n", "", f"error {CASES}:1: 3 messages under 'must-not-match': write at least 4"),
        (FLAG_CASES, "  - bleed yes 7\n", "", f"error {FLAG_CASES}:1: 7 messages under 'must-match'"),
        (FLAG_CASES, "  - bleed no 5\n", "", f"error {FLAG_CASES}:1: 5 messages under 'must-not-match'"),
        (
            CASES,
            "mess yes 1",
            "Mess 'question' 3!",
            f"error {CASES}:3: \"Mess 'question' 3!\" is a phrasing of answers/mess",
        ),
        (
            CASES,
            "mess no 1",
            "SMELL question 3",
            f"error {CASES}:10: 'SMELL question 3' is a phrasing of answers/smell",
        ),
        (FLAG_CASES, "bleed no 0", "mess no 0", f"error {FLAG_CASES}:11: 'mess no 0' stands already at {CASES}:9"),
        (CASES, "mess yes 1", "mess yes 0", f"error {CASES}:3: 'mess yes 0' stands already at {CASES}:2"),
        (
            ANSWER,
            "mess question 2",
            "Mess question 0",
            "error answers/mess.yaml:11: 'Mess question 0' leads to answers/mess",
        ),
        (FLAG, "status: draft", "status: draft\nknown-gaps: [x]", "error red-flags/bleed.yaml:14: a known gap: x"),
        (
            ANSWER,
            "hygiene",
            "hygeine",
            "warning answers/mess.yaml:2: the group 'hygeine' has one answer only: did you mean",
        ),
        (LEXICON, "[bleed]", "['[bleed]']", "error lexicon/body.yaml:4: "),
        (LEXICON, "[bleed]", "[]", "error lexicon/body.yaml:1: nobody can say the concept 'bleeding'"),
        (
            LEXICON,
            "[bleed]",
            "[bleed]\nwet: {about: x, kind: act, says: [x]}",
            "warning lexicon/body.yaml:5: nothing uses",
        ),
    ],
)
def test_found(project: Project, path: str, old: str, new: str, problem: str) -> None:
    """Each thing that lacks its counterpart, or stands twice, is found where it stands."""
    project.change(path, old, new)
    assert any(line.startswith(problem) for line in project.problems()), project.problems()


def test_sentence_inside_a_case(project: Project) -> None:
    """A case that holds a whole phrasing as one of its sentences is found as well."""
    project.change(ANSWER, "mess question 2", "will there be any poo on it")
    project.change(CASES, "mess yes 1", "Hi there. Will there be any poo on it?")
    assert any("is a phrasing of answers/mess" in line for line in project.problems())


def test_missing_file(project: Project) -> None:
    """An entry without a file of cases is found, and so is a file of cases without an entry."""
    (project.folder / CASES).rename(project.folder / "tests/cases/answers/mass.yaml")
    problems = project.problems()
    assert f"error {CASES}:1: 0 messages under 'must-match': write at least 6" in problems
    assert any("mass.yaml:1: there is no entry answers/mass: did you mean 'mess'?" in line for line in problems)


def test_known_gaps_do_not_count(project: Project) -> None:
    """A known gap does not stand in for a message that matches, and a red flag may have none at all."""
    project.change(CASES, "  - mess yes 5\n", "")
    project.change(CASES, "must-not-match", "known-gap: [will I leak]\nmust-not-match")
    assert project.problems() == [f"error {CASES}:1: 5 messages under 'must-match': write at least 6"]
    project.change(FLAG_CASES, "must-not-match", "known-gap: [it pours]\nmust-not-match")
    assert any(line.startswith(f"error {FLAG_CASES}:10: unknown key 'known-gap'") for line in project.problems())


def test_use_of_narrower_concepts(project: Project) -> None:
    """A concept counts as used when a wider one is, however far away, and cues are used by the engine."""
    more = "\na: {about: x, kind: act, is: [b], says: [x]}\nb: {about: x, kind: act, is: [bleeding], says: [y]}"
    project.change(LEXICON, "[bleed]", "[bleed]" + more + "\nc: {about: x, kind: cue, says: [z]}")
    assert project.problems() == []


def test_plain() -> None:
    """Case, punctuation and apostrophes make no difference."""
    assert plain("  WON'T it—hurt?! ") == plain("wont it hurt") == "wont it hurt"
