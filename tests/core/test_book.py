"""A knowledge base is made ready once, or refused."""

from __future__ import annotations

import pytest

from bot.core.book import open_book
from bot.core.knowledge import Vocabulary
from bot.core.match import find
from bot.core.patterns import PhraseError
from bot.core.reading import read
from tests.core import small


@pytest.mark.parametrize(
    ("code", "name"), [("GB", "United Kingdom"), ("gb", "United Kingdom"), ("XX", "everywhere else")]
)
def test_countries_by_code(code: str, name: str) -> None:
    """A country is found by its letters in any case, and an unknown one is the rest of the world."""
    assert small.book().country(code).name == name


def test_no_country_is_the_rest_of_the_world() -> None:
    """Somebody whose country is not known gets the lines of the rest of the world, never those of another country."""
    assert small.book().country("") == small.WORLD


def test_a_book_holds_what_a_turn_needs() -> None:
    """The lexicon and the index of a book serve its knowledge."""
    book = open_book(small.knowledge())
    assert find(book.index, read("which lube is best", book.lexicon))[0].topic == "lube"
    written = small.knowledge()
    assert book.knowledge.red_flags == written.red_flags
    assert {name: a.short for name, a in book.knowledge.answers.items()} == {
        n: a.short for n, a in written.answers.items()
    }


def test_a_broken_phrase_is_refused() -> None:
    """A lexicon that cannot be compiled gives no book."""
    broken = Vocabulary({"odd": small.concept("odd", "symptom", "(not closed")})
    with pytest.raises(PhraseError, match="odd"):
        open_book(small.knowledge(vocabulary=broken))
