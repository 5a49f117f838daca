"""Checks of what people read."""

from __future__ import annotations

import pytest

from tests.authoring.project import Project

ANSWER = "knowledge/answers/mess.yaml"
FLAG = "knowledge/red-flags/bleed.yaml"
HARD = "Gastroenterological contraindications necessitate multidisciplinary evaluation"


@pytest.mark.parametrize(
    ("path", "old", "new", "problem"),
    [
        (ANSWER, "Then go on.", "Go on. " * 130, "error answers/mess.yaml:4: the answer has 9"),
        (FLAG, "It can harm you.", "It can harm you. " * 40, "error red-flags/bleed.yaml:5: the card has 7"),
        (ANSWER, "Then go on.", "go " * 21 + ".", "error answers/mess.yaml:6: a sentence of 22 words: 'go go"),
        (FLAG, "Lie down.", "lie " * 21, "error red-flags/bleed.yaml:8: a sentence of 21 words"),
        (ANSWER, "bit of poo.", "bit. Of poo. Now.", "error answers/mess.yaml:4: 3 sentences in 'short'"),
        (ANSWER, "Then go on.", "Go. Go. Go.", "error answers/mess.yaml:6: 4 sentences in 'body'"),
        (ANSWER, "See a GP", f"{HARD}. {HARD}. {HARD}", "error answers/mess.yaml:4: the answer reads at grade"),
        (ANSWER, "See a GP", f"{HARD}. {HARD}. {HARD}", "error answers:1: the answers read at grade"),
        (FLAG, "It can harm you.", HARD, "warning red-flags:1: the emergency and urgent cards read at grade"),
        (FLAG, "Lie down.", "Have a laxative.", "error red-flags/bleed.yaml:8: an emergency card says 'laxative'"),
        (FLAG, "Lie down.", "Don’t worry.", "error red-flags/bleed.yaml:8: an emergency card says 'Don’t worry'"),
        (FLAG, "It can", "That is normal. It", "error red-flags/bleed.yaml:6: an emergency card says 'normal'"),
        (FLAG, "{emergency}", "{number}", "error red-flags/bleed.yaml:5: unknown placeholder '{number}'"),
        (ANSWER, "  - mess question 3\n", "", "error answers/mess.yaml:8: only 14 asks"),
    ],
)
def test_found(project: Project, path: str, old: str, new: str, problem: str) -> None:
    """Each text that is too long, too hard or unsafe is found where it stands."""
    project.change(path, old, new)
    assert any(line.startswith(problem) for line in project.problems()), project.problems()


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (ANSWER, "Then go on.", "Go on. Go."),
        (ANSWER, "bit of poo.", "bit of poo. Now."),
        (ANSWER, "Then go on.", "go " * 19 + "on."),
        (ANSWER, "  - Wipe it off. Then go on.", "  - Wipe it off.\n" + "  - Go on.\n" * 138 + "  - Go on, I say."),
    ],
)
def test_at_the_limit(project: Project, path: str, old: str, new: str) -> None:
    """A text may be as long as its limit: 3 sentences, 2 in short, 20 words, 900 characters."""
    project.change(path, old, new)
    assert project.problems() == []


def test_emergency_only(project: Project) -> None:
    """What an emergency card may not say, a card of a lower level may."""
    project.change("knowledge/red-flags/bleed.yaml", "Lie down.", "Pooing is normal.")
    project.change("knowledge/red-flags/bleed.yaml", "level: emergency", "level: urgent")
    assert project.problems() == []
