"""What one conversation has told so far: facts, never text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.assertion import Mention
from bot.core.blocks import Reply
from bot.core.measures import DAY, Measure
from bot.core.reading import Reading

EXPIRY = timedelta(minutes=30)
"""A conversation is forgotten after this long without a message."""
MOST_FACTS = 400
"""Facts kept of one conversation; the oldest go first."""
FEVER = 38.0
"""Degrees Celsius from which a stated temperature counts as the concept `fever` (NHS: 38 °C or above)."""


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
        new = tuple(_fact(mention, reading, turn, now) for mention in reading.mentions)
        numbers = {m.kind: m.amount for m in reading.measures if m.kind in ("age", "temperature")}
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

    def after(self, reply: Reply) -> Session:
        """Return the session as it is once the reply has been given."""
        from_choices = tuple(option.id for block in reply.blocks for option in getattr(block, "options", ()))
        return replace(
            self,
            topic=reply.topic or self.topic,
            warned=reply.flags,
            misses=self.misses + 1 if reply.outcome == "abstain" else 0,
            options=from_choices,
        )

    def _expired(self, now: datetime) -> bool:
        return self.heard_at is not None and now - self.heard_at > EXPIRY


def _fact(mention: Mention, reading: Reading, turn: int, now: datetime) -> StatedFact:
    lasting = _nearest(mention, reading, lambda m: m.kind == "lasting" or m.since)
    ago = _nearest(mention, reading, lambda m: m.kind in ("ago", "weekday", "year"))
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


def _nearest(mention: Mention, reading: Reading, wanted: object) -> Measure | None:
    """Return the nearest fitting measure of the mention's sentence, or of the sentence beside it."""
    assert callable(wanted)
    fitting = [m for m in reading.measures if wanted(m) and abs(m.sentence - mention.sentence) <= 1]
    if not fitting:
        return None
    return min(fitting, key=lambda m: (abs(m.sentence - mention.sentence), abs(m.start - mention.start)))


RECENT = 3 * DAY
"""Minutes within which a thing is recent (the window for PEP: BASHH 2021, 72 hours)."""
