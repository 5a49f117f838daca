"""All checks together."""

from __future__ import annotations

import re

from bot.authoring.checks import CHECKS
from tests.authoring.project import Project


def test_nothing_wrong(project: Project) -> None:
    """A project without mistakes has no problems."""
    assert project.problems() == []


def test_all_at_once(project: Project) -> None:
    """Mistakes of form, of sense and of style in several files are reported together, sorted by place."""
    project.write("knowledge/wording/en.yaml", "a: &b c\n")
    project.change("knowledge/answers/mess.yaml", "[S01]", "[S09]")
    project.change("knowledge/red-flags/bleed.yaml", "Lie down.", "Use an enema.")
    project.change("tests/cases/answers/mess.yaml", "must-match", "must")
    problems = [line.split(" ", 1)[1] for line in project.problems()]
    assert problems == sorted(problems, key=lambda line: (line.split(":")[0], int(line.split(":")[1])))
    for start in ("wording/en.yaml:1: an anchor", "answers/mess.yaml:25: there is no source 'S09'"):
        assert any(line.startswith(start) for line in problems)
    for start in ("red-flags/bleed.yaml:8: an emergency card", "tests/cases/answers/mess.yaml:1: unknown key 'must'"):
        assert any(line.startswith(start) for line in problems)


def test_every_check_runs() -> None:
    """Every function named check_ in the modules of checks is listed, and says in one sentence what it looks at."""
    modules = {check.__globals__["__name__"]: check.__globals__ for check in CHECKS}
    written = {name for names in modules.values() for name, made in names.items() if name.startswith("check_")}
    assert {check.__name__ for check in CHECKS} == written
    assert all(re.fullmatch(r"[^\n]+\.", check.__doc__ or "") for check in CHECKS)
