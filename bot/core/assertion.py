"""How each mention is meant: present, possible, denied, asked, hypothetical or past.

The scope rules follow ConText (Harkema et al. 2009) turned towards lay text: a denial reaches a few words and ends at
"but", "just", "only", "now"; a cue inside a phrase that means a symptom by itself ("won't stop") denies nothing; and
when the reading is in doubt the mention stays present.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.core.concepts import Lexicon, Span
from bot.core.measures import DAY, Measure
from bot.core.normalise import Plain, Token

REACH = 5
"""Words that a denial reaches over, at most."""
OLD = 21 * DAY
"""Minutes after which a thing said to be "ago" is history, unless it goes on."""

COUNTING = ("present", "possible")
"""Manners in which a red flag takes a mention as stated."""

_LOCAL = ("symptom", "course", "object")
_NAMED = (
    "symptom",
    "sign",
    "condition",
    "person",
    "act",
    "course",
    "amount",
    "cause",
    "safeguarding",
    "substance",
    "object",
)
_LIST_WORDS = frozenset(("or", "nor", "any", "and", "a"))
_ANSWERS_NO = frozenset(("no", "none", "nope", "nah", "negative", "nil", "never", "nothing"))
_AUXILIARIES = frozenset("is are was were can could does do did will would should has have may am".split())
_SUBJECTS = frozenset("i we he she they you it who that this which im ive".split())
_TURNS = frozenset("but because cos since".split())
_NEW_SUBJECT = frozenset("i im ive it its he hes she shes they theres there my his her we you your this that".split())


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


@dataclass(frozen=True, slots=True)
class _Cues:
    """The cues of one message by name, and the sentences that tell of something going on now, or of something real."""

    spans: Mapping[str, tuple[Span, ...]]
    now: frozenset[int]
    real: frozenset[int]
    story: bool

    def of(self, name: str) -> tuple[Span, ...]:
        return self.spans.get(name, ())


def assert_mentions(
    plain: Plain, spans: Sequence[Span], found: Sequence[Measure], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return every mention that is no cue, with the manner in which it is meant."""
    tokens = plain.tokens
    idioms = [span for span in spans if lexicon.kind(span.concept) == "idiom"]
    spans = [span for span in spans if not _inside_longer(span, idioms)]
    named = [span for span in spans if lexicon.kind(span.concept) not in ("cue", "idiom")]
    cues = _cues(tokens, spans, named, found, lexicon)
    denied = frozenset(_denied(tokens, named, cues, lexicon))
    asked = _reach_forward(tokens, cues, "cue-ask") | _asked_before(tokens, cues)
    supposed = _reach_forward(tokens, cues, "cue-if")
    past = _past_positions(tokens, cues, found)
    outside = _elsewhere(tokens, named, lexicon)
    mentions = []
    for span in named:
        sentence = tokens[span.start].sentence
        manner = "present"
        if span in denied or span.denied:
            manner = "denied"
        elif (cues.story and sentence not in cues.now) or span.start in supposed:
            manner = "hypothetical"
        elif span.start in asked:
            manner = "asked"
        elif span.start in past:
            manner = "past"
        mentions.append(Mention(span.concept, span.start, span.end, sentence, manner, span in outside))
    return tuple(mentions)


def _cues(
    tokens: Sequence[Token], spans: Sequence[Span], named: Sequence[Span], found: Sequence[Measure], lexicon: Lexicon
) -> _Cues:
    """Collect the cues; one inside a longer cue or inside a phrase that means a symptom by itself is none."""
    cues = [span for span in spans if lexicon.kind(span.concept) == "cue"]
    negative = [span for span in named if span.concept in lexicon.negative]
    by_name: dict[str, list[Span]] = {}
    for cue in cues:
        length = cue.end - cue.start
        inside_cue = any(
            o.start <= cue.start and cue.end <= o.end and o.end - o.start > length and _outranks(o, cue) for o in cues
        )
        inside_named = _inside_longer(cue, negative if cue.concept == "cue-deny" else named)
        if not inside_cue and not inside_named:
            by_name.setdefault(cue.concept, []).append(cue)
    now = {tokens[cue.start].sentence for cue in by_name.get("cue-now", ())}
    now |= {m.sentence for m in found if m.since or (m.kind == "lasting" and _been(tokens, m))}
    real = now | {tokens[cue.start].sentence for cue in by_name.get("cue-real", ())}
    groups = {name: tuple(group) for name, group in by_name.items()}
    return _Cues(groups, frozenset(now), frozenset(real), "cue-story" in by_name)


def _inside_longer(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a mention lies within one of `others` that is longer than itself."""
    length = span.end - span.start
    return any(o.start <= span.start and span.end <= o.end and o.end - o.start > length for o in others)


def _outranks(longer: Span, cue: Span) -> bool:
    """A longer cue replaces a shorter one only where both speak of the same thing."""
    pseudo = longer.concept in ("cue-pseudo", "cue-possible")
    over = longer.concept == "cue-over" and cue.concept in ("cue-now", "cue-end")
    return over or longer.concept == cue.concept or (pseudo and cue.concept in ("cue-deny", "cue-if", "cue-end"))


def _been(tokens: Sequence[Token], measure: Measure) -> bool:
    return any(tokens[at].word == "been" for at in range(max(0, measure.start - 3), measure.start))


def _denied(tokens: Sequence[Token], named: Sequence[Span], cues: _Cues, lexicon: Lexicon) -> Iterator[Span]:
    """Yield the mentions that a denial governs."""
    things = [span for span in named if lexicon.kind(span.concept) in _NAMED]
    ends = {cue.start for cue in cues.of("cue-end")}
    for cue in cues.of("cue-deny"):
        last = _scope(tokens, cue, ends, things)
        yield from (span for span in things if cue.start < span.start < last and span.end > cue.end)
    for cue in cues.of("cue-deny-after"):
        yield from (span for span in things if 0 <= cue.start - span.end <= 1)
    for span in things:
        if _answered_no(tokens, span.end):
            yield span


def _scope(tokens: Sequence[Token], cue: Span, ends: set[int], things: Sequence[Span]) -> int:
    """Return the position where the denial `cue` stops reaching."""
    sentence, at = tokens[cue.start].sentence, cue.end
    starts = {span.start: span.end for span in sorted(things, key=lambda s: s.end)}
    limit = cue.end + REACH
    while at < len(tokens) and tokens[at].sentence == sentence and at not in ends:
        if tokens[at].before and not _list_goes_on(tokens, at, starts, ends):
            break
        if tokens[at].word in _NEW_SUBJECT and at > cue.end + (-1 if tokens[cue.start].word == "no" else 1):
            break
        if tokens[at].word == "and" and at + 1 not in starts:
            break
        if at >= limit and at not in starts and tokens[at].word not in _LIST_WORDS:
            break
        if tokens[at].word in ("and",) and not _or_follows(tokens, at, sentence):
            break
        at += 1
    return at


def _list_goes_on(tokens: Sequence[Token], at: int, starts: Mapping[int, int], ends: set[int]) -> bool:
    """A comma carries a denial on only through a list of mentions that an "or" or "nor" closes."""
    if at not in starts and tokens[at].word not in _LIST_WORDS:
        return False
    return tokens[at].word in ("or", "nor") or _or_follows(tokens, at, tokens[at].sentence)


def _or_follows(tokens: Sequence[Token], at: int, sentence: int) -> bool:
    for later in tokens[at:]:
        if later.sentence != sentence or later.word in _NEW_SUBJECT or later.word in ("but", "just", "only", "now"):
            return False
        if later.word in ("or", "nor"):
            return True
    return False


def _answered_no(tokens: Sequence[Token], at: int) -> bool:
    """Read "fever: none" and "pain? no" as denials of what stands before."""
    if at >= len(tokens) or tokens[at].word not in _ANSWERS_NO or not any(c in ":?-=–" for c in tokens[at].before):
        return False
    return at + 1 == len(tokens) or bool(tokens[at + 1].before) or tokens[at + 1].sentence != tokens[at].sentence


def _reach_forward(tokens: Sequence[Token], cues: _Cues, name: str) -> set[int]:
    """Return the positions behind a question or a supposition, to the end of its sentence, unless it is real now."""
    reached: set[int] = set()
    starts = [(cue.start, cue.end) for cue in cues.of(name) if name != "cue-ask" or _is_question(tokens, cue.start)]
    if name == "cue-ask":
        starts += [(at, at + 1) for at, token in enumerate(tokens) if _opens_question(tokens, at, token)]
    for start, end in starts:
        sentence = tokens[start].sentence
        if sentence in cues.real:
            continue
        for at in range(start, len(tokens)):
            if tokens[at].sentence != sentence or (tokens[at].word in _TURNS and at > end):
                break
            reached.add(at)
    return reached


def _is_question(tokens: Sequence[Token], at: int) -> bool:
    """A verb in front of its subject asks ("did it tear"); one behind its subject tells ("we did it")."""
    behind_subject = at > 0 and tokens[at - 1].word in _SUBJECTS and not tokens[at].before
    return tokens[at].word not in _AUXILIARIES or not behind_subject


def _opens_question(tokens: Sequence[Token], at: int, token: Token) -> bool:
    """A sentence that begins with a helping verb asks."""
    first = at == 0 or tokens[at - 1].sentence != token.sentence
    return (
        first
        and token.word in _AUXILIARIES
        and at + 1 < len(tokens)
        and token.word not in ("has", "have", "was", "were")
    )


def _asked_before(tokens: Sequence[Token], cues: _Cues) -> set[int]:
    """ "Bleeding after anal normal?" asks about all that stands before, unless "is that" points back to a report."""
    reached: set[int] = set()
    for cue in cues.of("cue-ask-after"):
        sentence = tokens[cue.start].sentence
        last = cue.end == len(tokens) or tokens[cue.end].sentence != sentence
        points_back = cue.start > 0 and tokens[cue.start - 1].word in ("this", "that", "it", "thats", "its")
        if last and not points_back and sentence not in cues.real:
            reached.update(at for at in range(cue.start) if tokens[at].sentence == sentence)
    return reached


def _past_positions(tokens: Sequence[Token], cues: _Cues, found: Sequence[Measure]) -> set[int]:
    """Return the positions of what is long over: its sentence, up to the word that turns to the present."""
    over = {tokens[cue.start].sentence for cue in cues.of("cue-over")}
    old = over | {tokens[cue.start].sentence for cue in cues.of("cue-past")}
    old |= {
        m.sentence for m in found if m.kind in ("ago", "year") and not m.since and (m.kind == "year" or m.amount > OLD)
    }
    turn = {tokens[cue.start].sentence: cue.start for cue in reversed(cues.of("cue-now"))}
    return {
        at
        for at, token in enumerate(tokens)
        if token.sentence in old and (token.sentence not in turn or at < turn[token.sentence])
    }


def _elsewhere(tokens: Sequence[Token], named: Sequence[Span], lexicon: Lexicon) -> frozenset[Span]:
    """Return the local mentions of sentences that name only places, things or animals outside the bot's field."""
    inside: set[int] = set()
    outside: set[int] = set()
    animal: set[int] = set()
    for span in named:
        sentence, closure = tokens[span.start].sentence, lexicon.closure[span.concept]
        if "animal" in closure:
            animal.add(sentence)
        elif lexicon.kind(span.concept) == "elsewhere":
            outside.add(sentence)
        elif lexicon.kind(span.concept) == "place":
            inside.add(sentence)
    result = []
    for span in named:
        sentence, kind = tokens[span.start].sentence, lexicon.kind(span.concept)
        if sentence in animal or (kind in _LOCAL and sentence in outside and sentence not in inside):
            result.append(span)
    return frozenset(result)
