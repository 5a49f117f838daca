"""One message as understood: its words, mentions and measures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.assertion import Mention, assert_mentions
from bot.core.concepts import Lexicon, Span, find_spans
from bot.core.measures import Measure, measure
from bot.core.normalise import Plain, normalise
from bot.core.spelling import separate

IDEAS = frozenset(("word", "topic", "question", "refuse"))
"""Kinds of concepts that only help to find answers, or to refuse one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one message; offsets of `plain` point into the text as typed."""

    plain: Plain
    mentions: tuple[Mention, ...]
    measures: tuple[Measure, ...]
    hints: tuple[Span, ...]
    """words that only help to find answers, or to refuse one"""
    repaired: Mapping[str, str]
    """word as typed -> lexicon word that it was also read as"""

    @property
    def ideas(self) -> tuple[str, ...]:
        """The concepts that only help to find answers, or to refuse one, each once."""
        return tuple(dict.fromkeys(hint.concept for hint in self.hints))

    def words(self, start: int, end: int) -> str:
        """Return the plain words from position `start` up to `end`."""
        return " ".join(token.word for token in self.plain.tokens[start:end])


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read one message; any text gives a reading."""
    plain = separate(normalise(text, lexicon.respelling), lexicon.speller)
    spans, repaired = find_spans(plain, lexicon)
    found = measure(plain.tokens)
    hints = tuple(span for span in spans if lexicon.kind(span.concept) in IDEAS)
    return Reading(plain, assert_mentions(plain, spans, found, lexicon), found, hints, repaired)
