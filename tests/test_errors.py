"""Errors say who must act, and a problem says where it is and how to mend it."""

from __future__ import annotations

import dataclasses

import pytest

from bot.errors import ChannelError, KnowledgeError, PlainlyError, Problem, SettingsError


def test_a_problem_prints_as_a_place() -> None:
    """A problem prints as file, line, what is wrong and how to mend it, and leaves out what it does not know."""
    assert str(Problem("answers/mess.yaml", 7, "too long", "cut it")) == "answers/mess.yaml:7: too long: cut it"
    assert str(Problem("a.yaml", 1, "empty")) == "a.yaml:1: empty"


def test_a_problem_is_an_error_unless_it_says_otherwise() -> None:
    """Nothing is only a warning by accident."""
    assert Problem("a.yaml", 1, "empty").severity == "error"


def test_problems_are_ordered_by_place() -> None:
    """Problems sort by file and then by line as a number."""
    problems = [Problem("b", 1, "x"), Problem("a", 10, "x"), Problem("a", 9, "x")]
    assert [(one.path, one.line) for one in sorted(problems)] == [("a", 9), ("a", 10), ("b", 1)]


def test_a_problem_cannot_be_changed() -> None:
    """A problem is a frozen value."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Problem("a", 1, "x").line = 2  # type: ignore[misc]  # the point of the test


def test_a_knowledge_error_carries_every_problem() -> None:
    """All problems are in the error and in its text, one a line, also when they come from a generator."""
    error = KnowledgeError(Problem("a.yaml", line, "wrong") for line in (1, 2))
    assert [one.line for one in error.problems] == [1, 2]
    assert str(error) == "a.yaml:1: wrong\na.yaml:2: wrong"


@pytest.mark.parametrize("error", [KnowledgeError, SettingsError, ChannelError])
def test_one_root(error: type[Exception]) -> None:
    """Every error raised on purpose can be caught as one kind, and none is any of the others."""
    assert issubclass(error, PlainlyError)
    assert error.__mro__[1] is PlainlyError
