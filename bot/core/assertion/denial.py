"""Which mentions are denied, and how far a denial reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.assertion.cues import Cues
from bot.core.concepts import Lexicon, Span
from bot.core.normalise import Token

REACH = 5
"""Words that a denial reaches over, at most."""

_DENIABLE = frozenset("symptom sign condition person act course amount cause safeguarding substance object".split())
_HAPPENINGS = frozenset(("course", "act"))
_VERBS = frozenset(("course",))
_OF_THINGS = frozenset(("no", "without", "zero"))
"""denials of a thing, which leave the verb behind it alone: "a plug with no base slipped in" did slip in"""
_LIST_WORDS = frozenset(("or", "nor", "any", "and", "a"))
_ANSWERS_NO = frozenset(("no", "none", "nope", "nah", "negative", "nil", "never", "nothing"))
_NEW_SUBJECT = frozenset(
    "i im ive ill it its hes hell he shes shell she theyll they theres there my his her we youll you your this "
    "that".split()
)
_NEW_THOUGHT = frozenset(("but", "just", "only", "now"))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What the scope of a denial is measured by, worked out once for a message."""

    tokens: Sequence[Token]
    ends: frozenset[int]
    starts: frozenset[int]
    """positions where something that can be denied begins"""
    or_ahead: Sequence[bool]
    """whether an "or" comes before the thought ends"""


def denied(tokens: Sequence[Token], named: Sequence[Span], cues: Cues, lexicon: Lexicon) -> frozenset[Span]:
    """Return the mentions that a denial governs."""
    things = [span for span in named if lexicon.kind(span.concept) in _DENIABLE]
    by_start: dict[int, list[Span]] = {}
    by_end: dict[int, list[Span]] = {}
    for span in things:
        by_start.setdefault(span.start, []).append(span)
        by_end.setdefault(span.end, []).append(span)
    ends = frozenset(cue.start for cue in cues.of("cue-end"))
    line = _Sentence(tokens, ends, frozenset(by_start), _or_ahead(tokens))
    result = {span for at, spans in by_end.items() if _answered_no(tokens, at) for span in spans}
    for cue in cues.of("cue-deny"):
        within = (span for at in range(cue.start + 1, _scope(cue, line)) for span in by_start.get(at, ()))
        of_things = tokens[cue.start].word in _OF_THINGS and cue.end == cue.start + 1
        result |= {s for s in within if s.end > cue.end and not (of_things and lexicon.kind(s.concept) in _VERBS)}
    for cue, phrase in cues.swallowed:
        inside = (span for at in range(cue.end, phrase.end) for span in by_start.get(at, ()))
        result |= {span for span in inside if lexicon.kind(span.concept) in _HAPPENINGS}
    for cue in cues.of("cue-deny-after"):
        result |= {span for at in (cue.start, cue.start - 1) for span in by_end.get(at, ())}
    return frozenset(result)


def _scope(cue: Span, line: _Sentence) -> int:
    """Return the position where the denial `cue` stops reaching."""
    tokens, at = line.tokens, cue.end
    bare_no = tokens[cue.start].word == "no" and cue.end == cue.start + 1
    while at < len(tokens) and tokens[at].sentence == tokens[cue.start].sentence and at not in line.ends:
        token = tokens[at]
        new_subject = token.word in _NEW_SUBJECT and (bare_no or at > cue.end + 1)
        far = at >= cue.end + REACH and at not in line.starts and token.word not in _LIST_WORDS
        if new_subject or far or (token.before and not _list_goes_on(at, line)) or _and_ends(at, line):
            break
        at += 1
    return at


def _and_ends(at: int, line: _Sentence) -> bool:
    """Tell whether an "and" ends the reach: it carries a denial on only in a list that an "or" closes."""
    return line.tokens[at].word == "and" and not (at + 1 in line.starts and line.or_ahead[at])


def _list_goes_on(at: int, line: _Sentence) -> bool:
    """A comma carries a denial on only through a list of mentions that an "or" or "nor" closes."""
    word = line.tokens[at].word
    return (at in line.starts or word in _LIST_WORDS) and (word in ("or", "nor") or line.or_ahead[at])


def _or_ahead(tokens: Sequence[Token]) -> Sequence[bool]:
    ahead = [False] * (len(tokens) + 1)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        same = at + 1 < len(tokens) and tokens[at + 1].sentence == token.sentence
        if token.word in ("or", "nor"):
            ahead[at] = True
        elif token.word not in _NEW_SUBJECT and token.word not in _NEW_THOUGHT:
            ahead[at] = same and ahead[at + 1]
    return ahead


def _answered_no(tokens: Sequence[Token], at: int) -> bool:
    """Read "fever: none" and "pain? no" as denials of what stands before."""
    if at >= len(tokens) or tokens[at].word not in _ANSWERS_NO or not any(c in ":?-=–" for c in tokens[at].before):
        return False
    return at + 1 == len(tokens) or bool(tokens[at + 1].before) or tokens[at + 1].sentence != tokens[at].sentence
