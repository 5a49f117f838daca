"""Which mentions lie on a part of the body, a thing or an animal that the bot knows nothing about."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.concepts import Lexicon, Span
from bot.core.normalise import Token

_LOCAL = frozenset(("symptom", "course", "object"))
"""kinds that are somewhere: a fever is not, a pain is"""


def elsewhere(tokens: Sequence[Token], named: Sequence[Span], lexicon: Lexicon) -> frozenset[Span]:
    """Return the local mentions of sentences that name only places outside the field, and all about animals."""
    inside: set[int] = set()
    outside: set[int] = set()
    animal: set[int] = set()
    for span in named:
        sentence, kind = tokens[span.start].sentence, lexicon.kind(span.concept)
        if "animal" in lexicon.closure[span.concept]:
            animal.add(sentence)
        elif kind == "elsewhere":
            outside.add(sentence)
        elif kind == "place":
            inside.add(sentence)
    return frozenset(
        span
        for span in named
        if ((sentence := tokens[span.start].sentence) in animal and lexicon.kind(span.concept) != "safeguarding")
        or (lexicon.kind(span.concept) in _LOCAL and sentence in outside and sentence not in inside)
    )
