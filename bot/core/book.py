"""The knowledge base made ready for use: compiled lexicon and index beside what was written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.concepts import Lexicon, compile_lexicon
from bot.core.knowledge import Country, Knowledge, Vocabulary
from bot.core.match import Index, build_index
from bot.core.reading import read
from bot.core.tellings import Telling, Tellings, learn

WORLD = "world"
"""Id of the country file that serves when the country is not known."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that a turn needs to know; never changed, only replaced."""

    knowledge: Knowledge
    lexicon: Lexicon
    index: Index
    tellings: Tellings

    def country(self, code: str) -> Country:
        """Return the country of a two-letter code, or the rest of the world."""
        countries = self.knowledge.countries
        return countries.get(code.upper()) or countries[WORLD]


def open_book(knowledge: Knowledge) -> Book:
    """Compile a knowledge base; raises PhraseError when a phrase of the lexicon cannot be read.

    The book leaves out what is only needed to compile it: the phrases of the lexicon, the phrasings of the answers, and
    the tellings of the red flags.
    """
    lexicon = compile_lexicon(knowledge.vocabulary)
    asks = [
        (answer.id, ask, read(ask, lexicon))
        for answer in knowledge.answers.values()
        for ask in dict.fromkeys((*answer.asks, answer.title))
    ]
    flags = knowledge.red_flags.values()
    told = [Telling(f.id, f.level, text, read(text, lexicon)) for f in flags if f.level != "none" for text in f.told]
    calm = [read(text, lexicon) for text in (*(text for f in flags for text in f.calm), *knowledge.calm)]
    tellings = learn(told, [*calm, *(reading for _, _, reading in asks)], lexicon)
    answers = {name: replace(answer, asks=()) for name, answer in knowledge.answers.items()}
    red_flags = {name: replace(flag, told=(), calm=()) for name, flag in knowledge.red_flags.items()}
    kept = replace(knowledge, vocabulary=Vocabulary({}), answers=answers, red_flags=red_flags, calm=())
    return Book(kept, lexicon, build_index(asks, lexicon), tellings)
