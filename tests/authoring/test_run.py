"""One run of `measure` prints its tables, keeps the verdicts when told to, and fails when one has changed."""

from __future__ import annotations

from argparse import Namespace
from io import StringIO
from pathlib import Path

import pytest

from bot.app import Service
from bot.authoring.run import run
from bot.stores.memory import MemoryStore
from tests.core import small

LINE = '{"id": "a", "text": "bleeding and it wont stop", "level": "emergency"}'


@pytest.fixture
def messages(tmp_path: Path) -> Path:
    """A file with one labelled message."""
    path = tmp_path / "messages.jsonl"
    path.write_text(LINE + "\n", encoding="utf-8")
    return path


def measured(path: Path, **changed: object) -> tuple[int, str, str]:
    """The exit code of a run on the small book, and what it printed as result and as problems."""
    options = Namespace(**{"file": [path], "misses": False, "html": None, "verdicts": None, "accept": False, **changed})
    out, errors = StringIO(), StringIO()
    code = run(Service(small.book(), MemoryStore()), options, small.NOW, out, errors)
    return code, out.getvalue(), errors.getvalue()


def test_the_tables_are_printed(messages: Path) -> None:
    """The rates stand first, and all is well when all was read."""
    code, out, errors = measured(messages)
    assert (code, errors) == (0, "")
    assert out.startswith("Rates")
    assert "100.0" in out


def test_a_changed_verdict_fails_the_run(messages: Path) -> None:
    """Verdicts that were accepted are held; a change is named and makes the run fail."""
    verdicts = messages.with_suffix(".txt")
    assert measured(messages, verdicts=verdicts, accept=True)[0] == 0
    assert measured(messages, verdicts=verdicts)[0] == 0
    verdicts.write_text("a none\n", encoding="utf-8")
    code, out, _ = measured(messages, verdicts=verdicts)
    assert code == 1
    assert "raised: a" in out


def test_a_bad_line_fails_the_run_and_stops_nothing(messages: Path) -> None:
    """A line that cannot be read is named with its number; the others are measured."""
    messages.write_text("nonsense\n" + LINE, encoding="utf-8")
    code, out, errors = measured(messages)
    assert code == 1
    assert ":1:" in errors
    assert "emergency caught" in out


def test_the_page_is_written(messages: Path) -> None:
    """The page with charts is one complete document."""
    page = messages.with_suffix(".html")
    measured(messages, html=page)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
