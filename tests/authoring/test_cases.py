"""The messages that each entry must match and must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.cases import Case, gather_cases


def _write(folder: Path, name: str, text: str) -> None:
    file = folder / "tests" / "cases" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_cases_are_read(tmp_path: Path) -> None:
    """Each message arrives with its entry, its kind, what it proves and its line."""
    _write(tmp_path, "answers/mess.yaml", "must-match:\n  - is it\nmust-not-match: []\n")
    _write(tmp_path, "red-flags/bleed.yaml", "must-match: []\nmust-not-match:\n  - no\n  - 5\n")
    cases, problems = gather_cases(tmp_path / "tests" / "cases")
    assert problems == ()
    assert cases == (
        Case("mess", "answers", "is it", True, "tests/cases/answers/mess.yaml", 2),
        Case("bleed", "red-flags", "no", False, "tests/cases/red-flags/bleed.yaml", 3),
        Case("bleed", "red-flags", "5", False, "tests/cases/red-flags/bleed.yaml", 4),
    )


def test_other_folders(tmp_path: Path) -> None:
    """Folders of other kinds of cases are left alone, and a missing folder holds none."""
    _write(tmp_path, "stories/a.yaml", "anything: at all\n")
    assert gather_cases(tmp_path / "tests" / "cases") == ((), ())
    assert gather_cases(tmp_path / "nowhere") == ((), ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("must-match: [a]\n", "a.yaml:1: the cases of a lacks 'must-not-match'"),
        ("must-match: [a]\nmust-not-match: b\n", "a.yaml:2: 'must-not-match' must be a list"),
        ("must-match: [a]\nmust-not-match: [{b: c}]\n", "a.yaml:2: a line of 'must-not-match' must be text"),
        ("must-match: [a]\nmust-match: [b]\n", "a.yaml:2: the key 'must-match' stands here twice"),
        ("- a\n", "a.yaml:1: the cases of a must be a map"),
    ],
)
def test_broken_cases(tmp_path: Path, text: str, problem: str) -> None:
    """A broken file of cases is a problem with its file and line, and gives no cases."""
    _write(tmp_path, "answers/a.yaml", text)
    cases, problems = gather_cases(tmp_path / "tests" / "cases")
    assert cases == ()
    assert str(problems[0]).startswith(f"tests/cases/answers/{problem}")


def test_known_gaps(tmp_path: Path) -> None:
    """A known gap of an answer is a case of its own sort: it should match, and is expected to fail."""
    _write(tmp_path, "answers/mess.yaml", "must-match: []\nmust-not-match: []\nknown-gap:\n  - will I leak\n")
    cases, problems = gather_cases(tmp_path / "tests" / "cases")
    assert problems == ()
    assert cases == (Case("mess", "answers", "will I leak", True, "tests/cases/answers/mess.yaml", 4, known_gap=True),)


def test_no_known_gap_of_a_red_flag(tmp_path: Path) -> None:
    """A red flag may have no known gap: the key is a problem, and what stands under it is no case."""
    _write(tmp_path, "red-flags/bleed.yaml", "must-match: []\nmust-not-match: []\nknown-gap: [it pours]\n")
    cases, problems = gather_cases(tmp_path / "tests" / "cases")
    assert cases == ()
    assert str(problems[0]).startswith("tests/cases/red-flags/bleed.yaml:3: unknown key 'known-gap'")
