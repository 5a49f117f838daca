"""One turn: the same inputs give the same outcome, and urgency is judged whatever else is said."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.session import Session
from bot.core.turn import take_turn
from tests.core import small

WORDS = (
    "no not blood bum pain fever pregnant , . ? if now my nose plug stuck but everywhere lube which im 17 raped me"
).split()


def test_a_story_is_judged_as_one() -> None:
    """Facts of several turns make one verdict."""
    assert small.talk("im pregnant", "and im bleeding").reply.level == "emergency"


def test_a_denial_lowers_the_level() -> None:
    """An explicit denial takes an urgent fact back."""
    assert small.talk("im bleeding", "no blood").reply.level == "none"


def test_a_number_picks_a_choice() -> None:
    """A bare number means the choice offered last, and counts across all menus of the reply."""
    assert small.talk("which lube is best", "2").reply.topic == "mess"


@pytest.mark.parametrize("text", ["9", "0", "007", "2 days"])
def test_other_numbers_are_messages(text: str) -> None:
    """A number that no choice has, and anything but a bare number, is read as a message."""
    assert small.talk("which lube is best", text).trace is not None


def test_a_number_without_choices_is_a_message() -> None:
    """Where nothing was offered a number is a message."""
    assert small.talk("1").trace is not None


@pytest.mark.parametrize("number", ["²", "①", "٣"])
def test_odd_digits_never_break_a_turn(number: str) -> None:
    """Superscript and foreign digits are answered like anything else."""
    assert small.talk("which lube is best", number).reply.blocks


def test_a_command_has_no_trace_and_keeps_the_facts() -> None:
    """A command is carried out, explains nothing, and the story goes on after it."""
    outcome = small.talk("im bleeding", "/help")
    assert outcome.trace is None
    assert {fact.concept for fact in outcome.session.facts} == {"bleeding"}


def test_a_flag_inside_a_menu() -> None:
    """A red flag typed where a choice was expected is judged first."""
    assert small.talk("/topics", "my plug is stuck").reply.level == "emergency"


def test_spaces_around_a_message_do_not_count() -> None:
    """Spaces around a command or a message change nothing."""
    assert small.talk("  /help \n").reply == small.talk("/help").reply
    assert small.talk(" im bleeding ").reply == small.talk("im bleeding").reply


def test_an_empty_message_is_answered() -> None:
    """Nothing at all gets an answer."""
    assert small.talk("").reply.blocks
    assert small.talk(" \n ").reply.blocks


def test_the_outcome_is_frozen() -> None:
    """An outcome cannot be changed."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.talk("hi").session = Session()  # type: ignore[misc]  # the point of the test


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=8), min_size=1, max_size=4))
def test_the_same_conversation_has_the_same_outcome(turns: list[list[str]]) -> None:
    """A conversation held twice ends in equal outcomes, and never without a block to show."""
    texts = [" ".join(words) for words in turns]
    first, second = small.talk(*texts), small.talk(*texts)
    assert first == second
    assert first.reply.blocks


@given(st.text(max_size=120))
def test_a_turn_never_changes_what_it_was_given(text: str) -> None:
    """The session that went in is the same afterwards."""
    session = small.talk("im bleeding").session
    before = repr(session)
    take_turn(small.book(), session, text, small.NOW)
    assert repr(session) == before
