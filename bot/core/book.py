"""The knowledge base made ready for use: compiled lexicon and index beside what was written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.concepts import Lexicon, compile_lexicon
from bot.core.knowledge import Country, Knowledge, Vocabulary
from bot.core.match import Index, build_index

WORLD = "world"
"""Id of the country file that serves when the country is not known."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a turn needs to know; never changed, only replaced."""

    knowledge: Knowledge
    lexicon: Lexicon
    index: Index

    def country(self, code: str) -> Country:
        """Return the country of a two-letter code, or the rest of the world."""
        countries = self.knowledge.countries
        return countries.get(code.upper()) or countries[WORLD]


def open_book(knowledge: Knowledge) -> Book:
    """Compile a knowledge base; raises PhraseError when a phrase of the lexicon cannot be read.

    The book leaves out what is only needed to compile it: the phrases of the lexicon and the phrasings of the answers.
    """
    lexicon = compile_lexicon(knowledge.vocabulary)
    index = build_index(knowledge.answers.values(), lexicon)
    answers = {name: replace(answer, asks=()) for name, answer in knowledge.answers.items()}
    return Book(replace(knowledge, vocabulary=Vocabulary({}), answers=answers), lexicon, index)
