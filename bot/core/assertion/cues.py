"""The words of a message that tell how the rest is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.concepts import Lexicon, Span
from bot.core.measures import Measure
from bot.core.normalise import Token


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one message by name, and the sentences that tell of something going on now, or of something real."""

    spans: Mapping[str, tuple[Span, ...]]
    swallowed: tuple[tuple[Span, Span], ...]
    """denials inside a phrase ("wont stop"), each with its phrase"""
    now: frozenset[int]
    real: frozenset[int]
    story: bool

    def of(self, name: str) -> tuple[Span, ...]:
        """Return the cues of one name, in order."""
        return self.spans.get(name, ())


def outside_idioms(spans: Sequence[Span], lexicon: Lexicon) -> list[Span]:
    """Return the spans that no turn of phrase overlaps; a mention that holds the whole of it stays."""
    idioms = _covering(span for span in spans if lexicon.kind(span.concept) == "idiom")
    return [
        span
        for span in spans
        if not any(
            (o.start < span.start or span.end < o.end) and o.concept != span.concept
            for at in (span.start, span.end - 1)
            for o in idioms.get(at, ())
        )
    ]


def collect(
    tokens: Sequence[Token], spans: Sequence[Span], named: Sequence[Span], found: Sequence[Measure], lexicon: Lexicon
) -> Cues:
    """Collect the cues; one inside a longer cue or inside a phrase that means a symptom by itself is none.

    A word such as "now" counts inside a mention too ("bleeding heavily now"), but for what is only supposed.
    A denial inside a mention counts as swallowed only where the concept is one that people name by denying ("no
    feeling"); elsewhere it stands in a gap of the phrase and denies it.
    """
    cues = [span for span in spans if lexicon.kind(span.concept) == "cue"]
    longer, around = _covering(cues), _covering(named)
    kept: dict[str, list[Span]] = {}
    phrases: list[tuple[Span, Span]] = []
    inner: list[Span] = []
    for cue in cues:
        swallowed = [o for o in _longer(cue, around) if cue.concept != "cue-deny" or o.concept in lexicon.negative]
        outranked = any(_outranks(other, cue) for other in _longer(cue, longer))
        if not outranked and not swallowed:
            kept.setdefault(cue.concept, []).append(cue)
        elif not outranked and cue.concept == "cue-now":
            inner.append(cue)
        elif cue.concept == "cue-deny":
            phrases.extend((cue, phrase) for phrase in swallowed)
    supposing = {tokens[cue.start].sentence for cue in kept.get("cue-if", ())}
    kept.setdefault("cue-now", []).extend(cue for cue in inner if tokens[cue.start].sentence not in supposing)
    now = {tokens[cue.start].sentence for cue in kept["cue-now"]}
    now |= {m.sentence for m in found if m.since or (m.kind == "lasting" and _been(tokens, m))}
    real = now | {tokens[c.start].sentence for c in kept.get("cue-real", ()) if not _supposed(tokens, c)}
    by_name = {name: tuple(sorted(group, key=lambda cue: cue.start)) for name, group in kept.items()}
    return Cues(by_name, tuple(dict.fromkeys(phrases)), frozenset(now), frozenset(real), "cue-story" in kept)


def _covering(spans: Iterable[Span]) -> Mapping[int, list[Span]]:
    """Return for each word position the spans that cover it."""
    covering: dict[int, list[Span]] = {}
    for span in spans:
        for at in range(span.start, span.end):
            covering.setdefault(at, []).append(span)
    return covering


def _longer(span: Span, covering: Mapping[int, list[Span]]) -> list[Span]:
    """Return the longer spans that a span lies within."""
    length = span.end - span.start
    return [o for o in covering.get(span.start, ()) if span.end <= o.end and o.end - o.start > length]


def _outranks(longer: Span, cue: Span) -> bool:
    """A longer cue replaces a shorter one only where both speak of the same thing."""
    pseudo = longer.concept in ("cue-pseudo", "cue-possible")
    over = longer.concept == "cue-over" and cue.concept in ("cue-now", "cue-end")
    return over or longer.concept == cue.concept or (pseudo and cue.concept in ("cue-deny", "cue-if", "cue-end"))


def _supposed(tokens: Sequence[Token], cue: Span) -> bool:
    """Tell whether "if" stands before: "if im bleeding" supposes what "im bleeding" alone would report."""
    return cue.start > 0 and tokens[cue.start - 1].word in ("if", "when", "whenever")


def _been(tokens: Sequence[Token], measure: Measure) -> bool:
    return any(tokens[at].word == "been" for at in range(max(0, measure.start - 3), measure.start))
