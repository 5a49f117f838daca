"""Judges the facts of a conversation by the red-flag forms; the highest level wins and unknown counts as yes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.concepts import Lexicon
from bot.core.knowledge import (
    LEVELS,
    RANK,
    All,
    AnyOf,
    Condition,
    Fact,
    Limit,
    Measured,
    Not,
    RedFlag,
    Together,
)
from bot.core.session import TOLD, Session, StatedFact

NEIGHBOUR = 1
"""`together` reaches into the sentence beside: people break one thought into many short sentences."""

Evidence = tuple[StatedFact, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One red flag that fired: its level after raising, and the facts that made it fire."""

    flag: RedFlag
    level: str
    evidence: Evidence
    raised_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the facts mean: the highest level, and every finding, most urgent first."""

    level: str
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> bool:
        """Tell whether no answer from the knowledge base may stand beside the card."""
        return RANK[self.level] >= RANK["urgent"]


_ByConcept = Mapping[str, Sequence[StatedFact]]


@dataclass(frozen=True, slots=True)
class _Facts:
    """The facts of a conversation, found by concept or any wider concept, and the same sentence by sentence."""

    by_concept: _ByConcept
    by_sentence: Mapping[tuple[int, int], _ByConcept]
    age: float | None
    temperature: float | None

    def within(self, turn: int, sentence: int) -> _Facts:
        """Return the facts of one sentence and its neighbour."""
        near: dict[str, Sequence[StatedFact]] = dict(self.by_sentence[turn, sentence])
        for name, facts in self.by_sentence.get((turn, sentence + NEIGHBOUR), {}).items():
            near[name] = (*near.get(name, ()), *facts)
        return _Facts(near, {}, self.age, self.temperature)


def _sorted(session: Session, lexicon: Lexicon) -> _Facts:
    by_concept: dict[str, list[StatedFact]] = {}
    by_sentence: dict[tuple[int, int], dict[str, list[StatedFact]]] = {}
    for fact in session.facts:
        here = by_sentence.setdefault((fact.turn, fact.sentence), {})
        for name in lexicon.closure.get(fact.concept, (fact.concept,)):
            by_concept.setdefault(name, []).append(fact)
            here.setdefault(name, []).append(fact)
    return _Facts(by_concept, by_sentence, session.age, session.temperature)


def judge(red_flags: Iterable[RedFlag], session: Session, lexicon: Lexicon) -> Verdict:
    """Return the verdict on all facts of the conversation; linear in their number."""
    facts = _sorted(session, lexicon)
    findings = []
    for flag in red_flags:
        evidence = _holds(flag.when, facts)
        if evidence is None:
            evidence = _holds(Fact(TOLD + flag.id), facts)
        if evidence is not None:
            findings.append(_raised(flag, evidence, facts))
    findings.sort(key=lambda finding: (-RANK[finding.level], finding.flag.id))
    return Verdict(findings[0].level if findings else "none", tuple(findings))


def _raised(flag: RedFlag, evidence: Evidence, facts: _Facts) -> Finding:
    by = tuple(name for name in flag.raise_with if _holds(Fact(name), facts) is not None)
    level = LEVELS[min(RANK[flag.level] + 1, RANK["emergency"])] if by else flag.level
    return Finding(flag, level, evidence, by)


def _holds(condition: Condition, facts: _Facts) -> Evidence | None:
    """Return the facts by which a condition holds, or None; a condition may hold by the absence of facts."""
    match condition:
        case Fact():
            return _stated(condition, facts)
        case All(parts):
            return _all(parts, facts)
        case AnyOf(parts):
            return next((got for part in parts if (got := _holds(part, facts)) is not None), None)
        case Not(part):
            return () if _holds(part, facts) is None else None
        case Together(parts):
            return _together(parts, facts)
        case Measured(measure, limit):
            number = facts.age if measure == "age" else facts.temperature
            return () if number is not None and fits(number, limit) else None


def _all(parts: tuple[Condition, ...], facts: _Facts) -> Evidence | None:
    gathered: list[StatedFact] = []
    for part in parts:
        got = _holds(part, facts)
        if got is None:
            return None
        gathered.extend(got)
    return tuple(dict.fromkeys(gathered))


def _together(parts: tuple[Condition, ...], facts: _Facts) -> Evidence | None:
    if any(_holds(part, facts) is None for part in parts if not isinstance(part, Not)):
        return None
    for turn, sentence in facts.by_sentence:
        got = _all(parts, facts.within(turn, sentence))
        if got is not None:
            return got
    return None


def _stated(condition: Fact, facts: _Facts) -> Evidence | None:
    got = tuple(fact for fact in facts.by_concept.get(condition.concept, ()) if _fits(fact, condition))
    return got or None


def _fits(fact: StatedFact, condition: Fact) -> bool:
    if condition.manners:
        if fact.manner not in condition.manners or fact.elsewhere:
            return False
    elif not fact.counts:
        return False
    if condition.lasting is not None and (fact.lasting is None or not fits(fact.lasting, condition.lasting)):
        return False
    if condition.ago is None:
        return True
    if fact.ago is None:
        return condition.ago.sign in ("<", "<=")
    return fits(fact.ago, condition.ago)


def fits(number: float, limit: Limit) -> bool:
    """Tell whether a number satisfies a limit."""
    match limit.sign:
        case "<":
            return number < limit.amount
        case "<=":
            return number <= limit.amount
        case ">":
            return number > limit.amount
        case _:
            return number >= limit.amount
