"""How each mention is meant: present, denied, asked, hypothetical or past.

The scope rules follow ConText (Harkema et al. 2009) turned towards lay text: a denial reaches a few words and ends at
"but", "just", "only", "now"; a cue inside a phrase that means a symptom by itself ("won't stop") denies nothing; and
when the reading is in doubt the mention stays present.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.assertion.cues import Cues, collect, outside_idioms
from bot.core.assertion.denial import denied
from bot.core.assertion.mood import asked, past, supposed
from bot.core.assertion.place import elsewhere
from bot.core.concepts import Lexicon, Span
from bot.core.measures import Measure
from bot.core.normalise import Plain

UNMEANT = frozenset(("cue", "idiom", "word", "topic", "question", "refuse"))
"""Kinds of concepts that are not stated of anybody: they tell how the rest is meant, or only help to find answers."""
COUNTING = ("present", "possible")
"""Manners in which a red flag takes a mention as stated."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept as meant: where its words are, how it is meant, and whether it lies outside the bot's field."""

    concept: str
    start: int
    end: int
    sentence: int
    manner: str
    elsewhere: bool = False
    """on a part of the body, a thing or an animal that the bot knows nothing about"""

    @property
    def counts(self) -> bool:
        """Tell whether a red flag takes this mention as stated."""
        return self.manner in COUNTING and not self.elsewhere


def assert_mentions(
    plain: Plain, spans: Sequence[Span], found: Sequence[Measure], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return every mention that is no cue, with the manner in which it is meant; linear in the message's length."""
    tokens = plain.tokens
    spans = outside_idioms(spans, lexicon)
    named = [span for span in spans if lexicon.kind(span.concept) not in UNMEANT]
    cues = collect(tokens, spans, named, found, lexicon)
    manners = _Manners(
        denied(tokens, named, cues, lexicon), supposed(tokens, cues), asked(plain, cues), past(tokens, cues, found)
    )
    outside = elsewhere(tokens, named, lexicon)
    return tuple(
        Mention(
            span.concept,
            span.start,
            span.end,
            tokens[span.start].sentence,
            manners.of(span, tokens[span.start].sentence, cues),
            span in outside,
        )
        for span in named
    )


@dataclass(frozen=True, slots=True)
class _Manners:
    """What was found about the manner of spans (denied) and of word positions (the rest)."""

    denied: frozenset[Span]
    supposed: frozenset[int]
    asked: frozenset[int]
    past: frozenset[int]

    def of(self, span: Span, sentence: int, cues: Cues) -> str:
        """Return the manner of one mention; the first that applies wins."""
        if span in self.denied or span.denied:
            return "denied"
        if span.start in self.supposed or (cues.story and sentence not in cues.now):
            return "hypothetical"
        if span.start in self.asked:
            return "asked"
        return "past" if span.start in self.past else "present"
