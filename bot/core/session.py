"""What one conversation has told so far: facts, never text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.assertion import Mention
from bot.core.blocks import Reply
from bot.core.measures import Measure
from bot.core.reading import Reading

EXPIRY = timedelta(minutes=30)
"""A conversation is forgotten after this long without a message."""
MOST_FACTS = 800
"""Facts kept of one conversation; the oldest go first."""
MOST_ALIKE = 6
"""Mentions of one concept kept from the beginning of a message, and as many from its end."""
MOST_TIMES = 20
"""Times of one sentence that a fact is compared with."""
FEVER = 38.0
"""Degrees Celsius from which a stated temperature counts as the concept `fever` (NHS: 38 °C or above)."""

TOLD = "told-like:"
"""Before the id of a red flag: the fact that a message is told as people tell that red flag."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A concept that a person stated, with its times in minutes where they gave them."""

    concept: str
    manner: str
    turn: int
    sentence: int
    start: int
    end: int
    elsewhere: bool = False
    lasting: float | None = None
    ago: float | None = None

    @property
    def counts(self) -> bool:
        """Tell whether a red flag takes this fact as stated."""
        return self.manner in ("present", "possible") and not self.elsewhere


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation: settings, facts heard, and what was shown last."""

    language: str = "en"
    country: str = ""
    facts: tuple[StatedFact, ...] = ()
    age: float | None = None
    temperature: float | None = None
    turn: int = 0
    topic: str | None = None
    """the answer shown last"""
    warned: tuple[str, ...] = ()
    """the red flags that the last reply warned of"""
    misses: int = 0
    """messages in a row that were not understood"""
    options: tuple[str, ...] = ()
    """ids of the choices offered last"""
    why: tuple[str, ...] = ()
    """why the last reply was given, in concepts"""
    heard_at: datetime | None = None

    def hear(self, reading: Reading, now: datetime) -> Session:
        """Return the session with the facts of one more message; a denial takes back what it denies."""
        fresh = self if not self._expired(now) else Session(self.language, self.country)
        turn = fresh.turn + 1
        times = _by_sentence(reading)
        new = tuple(_fact(mention, times, turn, now) for mention in _telling(reading.mentions))
        animals = {mention.sentence for mention in reading.mentions if mention.concept == "animal"}
        told = [m for m in reading.measures if m.kind in ("age", "temperature") and m.sentence not in animals]
        numbers = {m.kind: m.amount for m in told}
        temperature = numbers.get("temperature", fresh.temperature)
        if numbers.get("temperature", 0.0) >= FEVER:
            new += (StatedFact("fever", "present", turn, 0, 0, 0),)
        denied = {fact.concept for fact in new if fact.manner == "denied"}
        denied -= {fact.concept for fact in new if fact.counts}
        kept = tuple(fact for fact in fresh.facts if fact.concept not in denied)
        return replace(
            fresh,
            facts=(kept + new)[-MOST_FACTS:],
            age=numbers.get("age", fresh.age),
            temperature=temperature,
            turn=turn,
            heard_at=now,
        )

    def with_told(self, flag: str) -> Session:
        """Return the session with one more fact: the message just heard is told as this red flag is told."""
        return replace(self, facts=(*self.facts, StatedFact(TOLD + flag, "present", self.turn, 0, 0, 0)))

    def after(self, reply: Reply) -> Session:
        """Return the session as it is once the reply has been given."""
        from_choices = tuple(option.id for block in reply.blocks for option in getattr(block, "options", ()))
        return replace(
            self,
            topic=reply.topic or self.topic,
            warned=reply.flags or self.warned,
            misses=self.misses + 1 if reply.outcome == "abstain" else 0,
            options=from_choices,
        )

    def _expired(self, now: datetime) -> bool:
        return self.heard_at is not None and now - self.heard_at > EXPIRY


def _telling(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the mentions that are kept: of one concept in one manner only the first and the last few."""
    alike: dict[tuple[str, str, bool], list[Mention]] = {}
    for mention in mentions:
        alike.setdefault((mention.concept, mention.manner, mention.elsewhere), []).append(mention)
    for group in alike.values():
        yield from group[:MOST_ALIKE]
        yield from group[max(MOST_ALIKE, len(group) - MOST_ALIKE) :]


def _by_sentence(reading: Reading) -> Mapping[int, list[Measure]]:
    times: dict[int, list[Measure]] = {}
    for measure in reading.measures:
        here = times.setdefault(measure.sentence, [])
        if measure.kind not in ("age", "temperature") and len(here) < MOST_TIMES:
            here.append(measure)
    return times


def _fact(mention: Mention, times: Mapping[int, list[Measure]], turn: int, now: datetime) -> StatedFact:
    near = [m for sentence in (0, -1, 1) for m in times.get(mention.sentence + sentence, ())]
    lasting = _nearest(mention, [m for m in near if m.kind == "lasting" or m.since])
    ago = _nearest(mention, [m for m in near if m.kind != "lasting"])
    return StatedFact(
        mention.concept,
        mention.manner,
        turn,
        mention.sentence,
        mention.start,
        mention.end,
        mention.elsewhere,
        lasting.minutes(now) if lasting else None,
        ago.minutes(now) if ago else None,
    )


def _nearest(mention: Mention, near: Sequence[Measure]) -> Measure | None:
    """Return the nearest measure of the mention's sentence, or else of the sentences beside it."""
    return min(
        near,
        key=lambda m: (abs(m.sentence - mention.sentence), abs(m.start - mention.start)),
        default=None,
    )
