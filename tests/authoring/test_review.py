"""Signatures and freshness."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.authoring.review import content_hash
from bot.core.knowledge import Answer, Fact, Not, RedFlag
from tests.authoring.project import DAY, Project

ANSWER = Answer("mess", "hygiene", "Is it messy?", "A little.", ("is it messy",))
FLAG = RedFlag("bleed", "urgent", "Bleeding", Fact("bleeding"), "Call.", "Blood.")


def test_hash_is_of_the_content() -> None:
    """The hash follows every change of what an entry says or fires on, and no change of its status."""
    assert content_hash(ANSWER) == content_hash(replace(ANSWER, status="signed"))
    hashes = {content_hash(replace(ANSWER, **change)) for change in ({}, {"short": "No."}, {"body": ("A little.",)})}
    assert len(hashes) == 3
    assert content_hash(FLAG) != content_hash(replace(FLAG, when=Not(Fact("bleeding"))))
    assert content_hash(FLAG) != content_hash(replace(FLAG, level="soon"))


def test_hash_is_stable() -> None:
    """The hash of a known entry is the one that was once signed."""
    assert content_hash(ANSWER) == "dd985a82678801bf99adce295b95e589de11a929ae388d608dcc2bdc9d910d81"


def _sign(project: Project) -> None:
    project.write("knowledge/reviews.yaml", f'answers/mess:\n  hash: {"0" * 64}\n  role: GP\n  date: "2026-11-20"\n')
    line = next(line for line in project.problems() if "changed since" in line)
    project.change("knowledge/reviews.yaml", "0" * 64, line.partition("with the hash ")[2][:64])


def test_signature(project: Project) -> None:
    """A signed text passes until a word of it changes."""
    _sign(project)
    project.change("knowledge/answers/mess.yaml", "draft", "signed")
    assert project.problems() == []
    project.change("knowledge/answers/mess.yaml", "Wipe it off.", "Wash it off.")
    problems = project.problems()
    assert [line.split(":")[:2] for line in problems] == [["error reviews.yaml", "1"]]
    assert "the text of answers/mess changed since it was signed" in problems[0]


def test_signed_by_nobody(project: Project) -> None:
    """An entry cannot call itself signed when nobody signed it."""
    project.change("knowledge/red-flags/bleed.yaml", "status: draft", "status: signed")
    assert project.problems()[0].startswith("error red-flags/bleed.yaml:13: nobody signed this")


@pytest.mark.parametrize(
    ("days", "severity"), [(-1, "error"), (0, ""), (59, ""), (60, "warning"), (89, "warning"), (90, "error")]
)
def test_freshness(project: Project, days: int, severity: str) -> None:
    """A number seen 60 days ago is a warning, 90 days ago an error, and one seen tomorrow a mistake."""
    problems = project.problems(DAY + timedelta(days))
    assert [line.split(":")[:2] for line in problems] == ([[f"{severity} countries/GB.yaml", "10"]] if severity else [])


def test_seen_without_a_day(project: Project) -> None:
    """A number that was seen has a day; one that nobody verified needs none."""
    project.change("knowledge/countries/GB.yaml", '    verified-on: "2026-11-20"\n', "")
    assert any("Samaritans: no day of verification" in line for line in project.problems(date(2030, 1, 1)))
    project.change("knowledge/countries/GB.yaml", "verified: seen", "verified: unverified")
    assert project.problems(date(2030, 1, 1)) == []
