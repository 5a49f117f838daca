"""What is told as people tell a red flag is recognised, wherever it stands in a message, and nothing calm is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.core.book import Book, open_book
from bot.core.reading import read
from bot.core.session import Session
from bot.core.tellings import SURE, Likeness, recognise
from bot.core.turn import Outcome, take_turn
from tests.core import small

TOLD = {
    "heavy": (
        "the bath towel is soaked right through and the floor is red",
        "soaked three towels, red all over the floor",
        "the sheets are soaked, it drips red on the floor",
        "another towel soaked and it still drips",
        "red drips down to the floor and the towel is soaked",
        "there is a red pool on the floor under me",
        "soaked the towel again, the floor is all red",
        "the towel is soaked, red everywhere on the floor",
        "towels soaked and a red floor",
        "all the towels are soaked and it drips on the floor",
        "it drips and drips, soaked towel, red floor",
        "my floor is red and two towels are soaked",
    ),
    "mild": ("a bit tender down there today", "slightly tender since yesterday", "tender and a bit itchy today"),
}
CALM = (
    "which towel is best for the bath",
    "how do I clean the floor of the bath",
    "what if I get lube on the sheets",
    "red sheets or white ones",
    "the shop sells towels in red",
    "can the floor be cold",
    "how cold is it by the sea",
    "where can i buy sheets",
    "a nice day for tea and cake",
    "what is on the floor of the shop",
    "which bath towels are soft",
)


@cache
def book() -> Book:
    """The small book, with a few tellings of two of its red flags."""
    written = small.knowledge()
    heavy, mild = (next(f for f in written.red_flags.values() if f.level == level) for level in ("emergency", "soon"))
    flags = {
        **written.red_flags,
        heavy.id: replace(heavy, told=TOLD["heavy"], calm=CALM),
        mild.id: replace(mild, told=TOLD["mild"]),
    }
    return open_book(replace(written, red_flags=flags))


def likeness(text: str, above: str = "none") -> Likeness | None:
    """What a message is told like."""
    return recognise(book().tellings, read(text, book().lexicon), book().lexicon, above)


def turn(text: str) -> Outcome:
    """One turn of a new conversation."""
    return take_turn(book(), Session(), text, small.NOW)


@pytest.mark.parametrize("text", ["my towel is soaked and the floor is all red", "red on the floor, towels soaked"])
def test_other_words_of_the_same_telling_are_recognised(text: str) -> None:
    """A message that no rule was worded for is judged as the red flag whose tellings it is like."""
    assert not small.talk(text).reply.flags
    assert turn(text).reply.level == "emergency"


@pytest.mark.parametrize("text", ["where can I buy a red towel", "how cold is the bath", "hello there"])
def test_calm_words_stay_calm(text: str) -> None:
    """Words that tellings and calm messages share raise nothing by themselves."""
    assert likeness(text) is None
    assert turn(text).reply.level == "none"


def test_much_else_around_it_changes_nothing() -> None:
    """A flag in the midst of four thousand other characters is recognised as if it stood alone."""
    padding = "we had a nice day by the sea and then we went home for tea. " * 34
    for text in (padding + TOLD["heavy"][0], TOLD["heavy"][0] + ". " + padding):
        assert turn(text).reply.level == "emergency"


def test_it_only_adds() -> None:
    """Nothing is looked for that would be less urgent than what the rules found."""
    assert likeness(TOLD["heavy"][0], above="emergency") is None
    assert likeness(TOLD["mild"][0], above="urgent") is None
    rules_alone = small.talk("bleeding and it wont stop").reply
    assert turn("bleeding and it wont stop").reply.level == rules_alone.level == "emergency"


def test_it_names_what_weighs_most() -> None:
    """The explanation names the red flag and the marks that weigh most, by which anybody can follow it."""
    found = likeness("my towel is soaked and the floor is all red")
    assert found is not None
    assert found.score >= SURE["urgent"]
    assert {"soak", "drip"} & set(found.marks)


def test_what_was_told_stays_told() -> None:
    """Facts, not messages, persist: the next message of the conversation is still judged with it."""
    first = turn("my towel is soaked and the floor is all red")
    second = take_turn(book(), first.session, "what lube is best", small.NOW)
    assert second.reply.level == "emergency"


def test_the_same_tellings_teach_the_same() -> None:
    """Learning has no chance in it."""
    written = book().knowledge
    assert written.red_flags  # the tellings themselves are not kept in the book
    assert all(not flag.told and not flag.calm for flag in written.red_flags.values())
    book.cache_clear()
    first = book().tellings
    book.cache_clear()
    assert book().tellings == first
