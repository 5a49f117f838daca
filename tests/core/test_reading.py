"""One message as understood: the stages of reading in one value."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading import read
from tests.core import small


def test_a_reading_holds_mentions_measures_and_repairs() -> None:
    """One message gives its mentions, its measures and what was read as something else."""
    reading = read("Im 19, no pain, bleding for 2 hours", small.lexicon())
    assert {(m.concept, m.manner) for m in reading.mentions} == {("pain", "denied"), ("bleeding", "present")}
    assert [(m.kind, m.amount) for m in reading.measures] == [("age", 19.0), ("lasting", 120.0)]
    assert dict(reading.repaired) == {"bleding": "bleeding"}


def test_words_of_a_mention() -> None:
    """The plain words of a mention can be asked for by its place."""
    reading = read("The PLUG is really stuck!", small.lexicon())
    (relation,) = [mention for mention in reading.mentions if mention.concept == "toy-stuck"]
    assert reading.words(relation.start, relation.end) == "plug is really stuck"


def test_words_run_together_are_read_apart() -> None:
    """Two words of the lexicon without the space between them name the concept that they name apart."""
    assert "wont-stop" in {mention.concept for mention in small.mentions("it wontstop")}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "🤷", "\x00", "()[]{}<>"])
def test_nothing_to_read(text: str) -> None:
    """A message without words gives an empty reading."""
    reading = read(text, small.lexicon())
    assert (reading.plain.tokens, reading.mentions, reading.measures) == ((), (), ())


@given(st.text(max_size=200))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    """Any text gives a reading, and the same text the same one."""
    assert read(text, small.lexicon()) == read(text, small.lexicon())


@given(
    st.lists(st.sampled_from("no not blood bum pain , . ? if now my nose dog plug stuck but just or and none".split()))
)
def test_mentions_stand_inside_the_message(words: list[str]) -> None:
    """However words and cues are thrown together, each mention stands at words of the message, in one sentence."""
    reading = read(" ".join(words), small.lexicon())
    for mention in reading.mentions:
        there = reading.plain.tokens[mention.start : mention.end]
        assert {token.sentence for token in there} == {mention.sentence}
        assert mention.manner in {"present", "possible", "denied", "asked", "hypothetical", "past"}


def test_a_reading_cannot_be_changed() -> None:
    """A reading is a frozen value."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        read("blood", small.lexicon()).mentions = ()  # type: ignore[misc]  # the point of the test
