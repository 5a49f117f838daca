"""A conversation in the terminal ends when the person wants, and colours only a terminal."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest

from bot.app import Service
from bot.channels.terminal import PROMPT, converse
from bot.stores.memory import MemoryStore
from tests.core import small


class Screen(io.StringIO):
    """A terminal to look at."""

    def isatty(self) -> bool:
        """Say that somebody is looking."""
        return True


class Interrupted(io.StringIO):
    """Somebody who presses Ctrl-C."""

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # the stubs of io say bytes
        """Press it."""
        raise KeyboardInterrupt


def held(typed: str, out: io.StringIO | None = None, environment: Mapping[str, str] | None = None) -> str:
    """What was shown in a conversation."""
    shown = out or io.StringIO()
    code = converse(Service(small.book(), MemoryStore(), "GB"), io.StringIO(typed), shown, environment or {})
    assert code == 0
    return shown.getvalue()


def test_it_begins_with_hello_and_ends_with_goodbye() -> None:
    """The bot greets, says how to leave, and takes its leave when the input ends."""
    shown = held("")
    assert shown.strip().startswith("Hello.")
    assert "/quit" in shown
    assert shown.strip().endswith("Nothing of this conversation was kept.")


def test_each_line_is_a_turn_of_one_conversation() -> None:
    """Lines are answered in order and remembered."""
    shown = held("im bleeding\nim pregnant\n")
    assert shown.index("Act on bleeding.") < shown.index("Raised: call 999.")


@pytest.mark.parametrize("leave", ["/quit", " /EXIT ", "/bye"])
def test_leaving(leave: str) -> None:
    """After the word that leaves nothing more is read."""
    assert "Short lube." not in held(f"{leave}\nwhich lube is best\n")
    assert "Short lube." in held("which lube is best\n")


def test_empty_lines_are_passed_over() -> None:
    """An empty line only brings the prompt again."""
    assert held("\n  \n").count(PROMPT) == 3
    assert "miss" not in held("\n  \n")


def test_a_last_line_without_its_end_is_answered() -> None:
    """A line that ends with the input counts."""
    assert "Short lube." in held("which lube is best")


def test_ctrl_c_leaves_clean() -> None:
    """Ctrl-C ends the conversation like any other leave."""
    out = io.StringIO()
    assert converse(Service(small.book(), MemoryStore()), Interrupted(), out, {}) == 0
    assert "Take care." in out.getvalue()


def test_an_emergency_is_coloured_on_a_terminal() -> None:
    """On a terminal the first line of a card has the colour of its level, and the colour ends with the line."""
    assert "\033[1;31mCall 999 now.\033[0m\n" in held("blood everywhere\n", Screen())


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_switched_off(environment: dict[str, str]) -> None:
    """Who wants no colours, or cannot show them, gets none."""
    assert "\033" not in held("blood everywhere\n", Screen(), environment)


def test_no_colours_into_a_file() -> None:
    """What is not a terminal gets plain text."""
    assert "\033" not in held("blood everywhere\n")


def test_an_ordinary_answer_has_no_colour() -> None:
    """Only cards are coloured."""
    assert "\033" not in held("which lube is best\n", Screen())


def test_a_message_cannot_steer_the_terminal() -> None:
    """Control characters that somebody types do not come back to the screen."""
    assert "\033" not in held("\033[2J\033]0;x\007 zebra\n", Screen())
