"""Repair goes towards the words of the lexicon only, and leaves real words alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.spelling import Speller

SPELLER = Speller(
    "bleeding pain hurt sore stuck wont stop haemorrhoids bottom fever discharge".split(),
    frozenset("paint score hut soon bleating".split()),
)


@pytest.mark.parametrize(
    "word", ["paint", "score", "hut", "bleating", "bleeding", "bleeds", "fevers", "40", "ab", "the"]
)
def test_known_words(word: str) -> None:
    """Words of the lexicon in any form, real English words, numbers and very short words need no repair."""
    assert SPELLER.known(word)


@pytest.mark.parametrize("word", ["bleding", "hemorhoids", "fevr", "wontstop"])
def test_unknown_words(word: str) -> None:
    """Words that are in neither list are looked at."""
    assert not SPELLER.known(word)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bleding", "bleeding"),
        ("bleeidng", "bleeding"),
        ("lbeeding", "bleeding"),
        ("bledinng", "bleeding"),
        ("haemorhoid", "haemorrhoids"),
        ("dischrage", "discharge"),
        ("botom", "bottom"),
        ("pian", "pain"),
        ("hrut", "hurt"),
        ("paiin", "pain"),
    ],
)
def test_near_misses_are_repaired(typed: str, meant: str) -> None:
    """One slip, two in a long word, swapped neighbours, doubled letters are repaired."""
    assert SPELLER.repairs(typed) == (meant,)


@pytest.mark.parametrize("word", ["pane", "hunt", "sure", "stump", "boxing", "flavour", "zzzzzz", "discord", "pa", "q"])
def test_far_words_are_not_repaired(word: str) -> None:
    """Short words with another letter, and words too far from the lexicon, get no other reading."""
    assert SPELLER.repairs(word) == ()


def test_words_run_together_come_apart() -> None:
    """Two words of the lexicon without a space between them are told apart, other words stay whole."""
    assert SPELLER.apart("wontstop") == ("wont", "stop")
    assert [SPELLER.apart(word) for word in ("bleeding", "bleding", "paint", "wontzzzz", "stop", "")] == [None] * 6


@given(st.text(alphabet="abdeghinoprstuw", min_size=1, max_size=20))
def test_repairs_are_words_of_the_lexicon(word: str) -> None:
    """Whatever is typed, a repair is made of words of the two lists, and there are three at most."""
    repairs = SPELLER.repairs(word)
    assert len(repairs) <= 3
    listed = "bleeding pain hurt sore stuck wont stop haemorrhoids bottom fever discharge paint score hut soon bleating"
    assert {part for repair in repairs for part in repair.split()} <= set(listed.split())
