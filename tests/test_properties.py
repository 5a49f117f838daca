"""What must hold for any message: how it is dressed up, what stands around it, and how long it is."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.app import Service
from bot.authoring.cases import gather_cases
from bot.channels.jsonl import as_json
from bot.core.knowledge import RANK
from bot.core.normalise import LONGEST
from bot.core.session import MOST_FACTS
from tests.talking import level, talk

MESSAGES = [
    case.text
    for case in gather_cases(Path(__file__).resolve().parent / "cases")[0]
    if case.kind == "red-flags" and case.must
]
FILLER = "The weather was lovely and we drank tea in the garden. "
"""A sentence that is no concern of any red flag."""

FEW = settings(max_examples=30)
"""Examples of each property: a turn on the real knowledge base costs milliseconds."""

messages = st.sampled_from(MESSAGES)
around = st.text(alphabet=' .!\n*_~\t"', max_size=8)
neutral = st.sampled_from(
    ["hello", "thank you for reading", "i like tea and biscuits", "sorry for the long message", "we have a garden"]
)


def wide(text: str) -> str:
    """The text in the full-width letters of East Asian keyboards."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def test_the_filler_means_nothing(service: Service) -> None:
    """The text that the other tests add fires no red flag by itself."""
    trace = talk(service, FILLER).trace
    assert trace is not None
    assert trace.verdict.findings == ()


@FEW
@given(messages)
def test_letters_do_not_change_the_level(service: Service, text: str) -> None:
    """Capital, small and full-width letters say the same."""
    plain = level(service, text)
    assert {level(service, dressed) for dressed in (text.upper(), text.lower(), text.title(), wide(text))} == {plain}


@FEW
@given(messages, around, around)
def test_marks_around_do_not_change_the_level(service: Service, text: str, before: str, after: str) -> None:
    """Spaces, full stops and marks before and after a message say nothing."""
    assert level(service, before + text + after) == level(service, text)


@FEW
@given(messages, st.booleans())
def test_padding_does_not_change_the_level(service: Service, text: str, first: bool) -> None:
    """A message among as much chatter as a message can hold is as urgent as alone."""
    chatter = FILLER * ((4096 - len(text)) // len(FILLER))
    padded = f"{chatter}\n{text}" if first else f"{text}\n{chatter}"
    assert level(service, padded) == level(service, text)


@FEW
@given(messages, st.lists(neutral, max_size=3), st.lists(neutral, max_size=3))
def test_neutral_words_never_lower_the_level(service: Service, text: str, before: list[str], after: list[str]) -> None:
    """Courtesies and small talk around a message never make it less urgent."""
    told = ". ".join((*before, text)) + "".join(f"\n{one}" for one in after)
    assert RANK[level(service, told)] >= RANK[level(service, text)]


@FEW
@given(messages, neutral)
def test_a_neutral_turn_never_lowers_the_level(service: Service, text: str, turn: str) -> None:
    """Small talk after an urgent message takes nothing of it back."""
    assert RANK[level(service, text, turn)] >= RANK[level(service, text)]


@FEW
@given(st.text(max_size=400))
@example("²")
@example("\ud800")
@example("0" * 400)
@example("٣ hours")
def test_any_text_is_understood_or_obeyed(service: Service, text: str) -> None:
    """No text makes a turn fail: there is a trace, or it was a command."""
    outcome = talk(service, text)
    assert outcome.trace is not None or text.strip().startswith("/")
    assert outcome.reply.blocks


@FEW
@given(
    st.lists(
        messages | st.text(max_size=60) | st.sampled_from(["/topics", "1", "/why", "no", "²"]), min_size=1, max_size=4
    )
)
def test_the_same_conversation_gives_the_same_json(service: Service, texts: list[str]) -> None:
    """A conversation held twice gives identical lines of JSON."""
    assert as_json(1, talk(service, *texts)) == as_json(1, talk(service, *texts))


def work(service: Service, text: str) -> int:
    """How many lines of Python are run to answer a message."""
    lines = 0

    def step(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        talk(service, text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(
    "words", ["a", "i", "if", "🩸", "no blood", "bleeding and", "plug stuck", "1 hour", "is it", "but", "pain,", "zqxv"]
)
def test_work_grows_with_the_length_only(service: Service, words: str) -> None:
    """A message twice as long costs about twice the work, so that nobody can stall the bot."""
    assert work(service, f"{words} " * 200) < 2.6 * work(service, f"{words} " * 100)


@pytest.mark.parametrize("text", ["a" * 1_000_000, "zqxv " * 200_000, "1 " * 500_000, "\n" * 1_000_000])
def test_a_million_characters_are_answered(service: Service, text: str) -> None:
    """Of an endless text a bounded number of words is read and a bounded number of facts kept, and it is answered."""
    outcome = talk(service, text)
    assert outcome.trace is not None
    assert len(outcome.trace.reading.plain.tokens) <= LONGEST
    assert len(outcome.session.facts) <= MOST_FACTS
    assert outcome.reply.blocks


def test_a_flag_at_either_end_of_a_million_characters(service: Service) -> None:
    """What is urgent is seen at the beginning and at the end of an endless text."""
    chatter = FILLER * (1_000_000 // len(FILLER))
    flag = "my plug is stuck in my bum."
    assert level(service, f"{flag} {chatter}") == level(service, f"{chatter} {flag}") == level(service, flag)
