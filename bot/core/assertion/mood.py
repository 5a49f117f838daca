"""Which parts of a message only ask, suppose, or tell of what is long over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.assertion.cues import Cues
from bot.core.measures import DAY, Measure
from bot.core.normalise import Plain, Token

OLD = 21 * DAY
"""Minutes after which a thing said to be "ago" is history, unless it goes on."""

_AUXILIARIES = frozenset("is are was were can could does do did will would should has have had may am".split())
_WEAK = frozenset("did do can could has have had was were may".split())
"""helping verbs that also begin statements with the subject left out ("can see the base", "did four of them")"""
_MAY = frozenset(("can", "could", "may"))
_NOUNS = frozenset("a an the my your his her our anal anyone people piles poppers sex toys someone something".split())
_SUBJECTS = frozenset("i we he she they you it who that this which im ive".split())
_BEFORE_CLAUSE = frozenset("so and or also then hi hello hey please well like question plus ok okay".split())
_NEW_CLAUSE = frozenset("i im ive my he hes she shes there theres they we its".split())
_TURNS = frozenset("but because cos since".split())
_VAGUE = frozenset(("ok", "okay", "bad", "fine"))
"""words that ask only before a question mark: "breathing ok" tells"""
_POINTING = frozenset(("this", "that", "it", "thats", "its"))


def asked(plain: Plain, cues: Cues) -> frozenset[int]:
    """Return the positions of what is only asked: behind a question word, or all before a closing "normal?"."""
    tokens = plain.tokens
    starts = [(cue.start, cue.end) for cue in cues.of("cue-ask") if _inverted(tokens, cue.start)]
    starts += [(at, at + 1) for at in range(len(tokens)) if _opens_question(plain, at)]
    return frozenset(_to_the_end(tokens, starts, cues) | _asked_at_the_end(plain, cues))


def supposed(tokens: Sequence[Token], cues: Cues) -> frozenset[int]:
    """Return the positions of what is only supposed."""
    return frozenset(_to_the_end(tokens, [(cue.start, cue.end) for cue in cues.of("cue-if")], cues))


def past(tokens: Sequence[Token], cues: Cues, found: Sequence[Measure]) -> frozenset[int]:
    """Return the positions of what is long over: its clause and on, up to the word that turns to the present."""
    over = {tokens[cue.start].sentence for cue in cues.of("cue-over")}
    starts = [cue.start for name in ("cue-past", "cue-over") for cue in cues.of(name)]
    starts += [m.start for m in found if not m.since and (m.kind == "year" or (m.kind == "ago" and m.amount > OLD))]
    old: dict[int, int] = {}
    for start in starts:
        old[tokens[start].sentence] = min(start, old.get(tokens[start].sentence, start))
    turn = {tokens[cue.start].sentence: cue.start for cue in reversed(cues.of("cue-now"))}
    reached: set[int] = set()
    for sentence, start in old.items():
        first = _clause_start(tokens, start, sentence in over)
        last = turn.get(sentence, len(tokens))
        if last >= start:
            reached.update(at for at in range(first, min(last, len(tokens))) if tokens[at].sentence == sentence)
    return frozenset(reached)


def _clause_start(tokens: Sequence[Token], at: int, whole: bool) -> int:
    """Return where a past time begins to count: behind the last comma, or at the start of the sentence."""
    while at > 0 and tokens[at - 1].sentence == tokens[at].sentence and (whole or "," not in tokens[at].before):
        at -= 1
    return at


def _to_the_end(tokens: Sequence[Token], starts: Iterable[tuple[int, int]], cues: Cues) -> set[int]:
    """Return the positions from each start to the end of its sentence or a "but", unless the sentence is real."""
    reached: set[int] = set()
    for start, end in sorted(starts):
        sentence, at = tokens[start].sentence, start
        if sentence in cues.real:
            continue
        while at < len(tokens) and at not in reached and tokens[at].sentence == sentence:
            if at > end and _turns(tokens, at):
                break
            reached.add(at)
            at += 1
    return reached


def _turns(tokens: Sequence[Token], at: int) -> bool:
    """A new thought begins: "but", or a comma or "also" before a new subject."""
    if tokens[at].word in _TURNS:
        return True
    return tokens[at].word in _NEW_CLAUSE and (bool(tokens[at].before) or tokens[at - 1].word in ("also", "plus"))


def _inverted(tokens: Sequence[Token], at: int) -> bool:
    """A verb in front of its subject asks ("did it tear"); one behind its subject tells ("we did it")."""
    if tokens[at].word not in _AUXILIARIES or at == 0 or tokens[at].before:
        return True
    if tokens[at - 1].sentence != tokens[at].sentence or tokens[at - 1].word in _BEFORE_CLAUSE:
        return True
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    return tokens[at - 1].word not in _SUBJECTS and after in _SUBJECTS | _POINTING


def _opens_question(plain: Plain, at: int) -> bool:
    """Tell whether a sentence, or before a question mark a clause, begins with a helping verb."""
    tokens, token = plain.tokens, plain.tokens[at]
    marked = token.sentence in plain.questions
    first = at == 0 or tokens[at - 1].sentence != token.sentence or (marked and "," in token.before)
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not first or token.word not in _AUXILIARIES or not after:
        return False
    return token.word not in _WEAK or marked or after in _SUBJECTS or (token.word in _MAY and after in _NOUNS)


def _asked_at_the_end(plain: Plain, cues: Cues) -> set[int]:
    """Read "bleeding normal?" as a question about all before it, unless "is that" or "am i" points back to a report."""
    tokens, closing = plain.tokens, {}
    for cue in cues.of("cue-ask-after"):
        sentence = tokens[cue.start].sentence
        last = cue.end == len(tokens) or tokens[cue.end].sentence != sentence
        points_back = cue.start > 0 and tokens[cue.start - 1].word in _POINTING | _SUBJECTS
        vague = tokens[cue.start].word in _VAGUE and sentence not in plain.questions
        if last and not points_back and not vague and sentence not in cues.real:
            closing[sentence] = cue.start
    return {at for at, token in enumerate(tokens) if at < closing.get(token.sentence, 0)}
