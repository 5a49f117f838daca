"""What clinicians and editors wrote, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

LEVELS = ("none", "self-care", "soon", "urgent", "emergency")
"""Levels of advice, from lowest to highest."""

RANK: Mapping[str, int] = MappingProxyType({level: rank for rank, level in enumerate(LEVELS)})
"""The place of each level in `LEVELS`."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answer:
    """One topic's answer: what to say, and the phrasings (`asks`) that lead to it."""

    id: str
    group: str
    title: str
    short: str
    asks: tuple[str, ...]
    body: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    help: str = ""
    more: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    audience: str = "everyone"
    """everyone, or adults: never shown to someone who says that they are under 18"""
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    unsourced: str = ""
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class Limit:
    """A comparison with a number: `sign` is one of < <= > >=; `amount` in minutes, years or degrees Celsius."""

    sign: str
    amount: float


@dataclass(frozen=True, slots=True)
class Fact:
    """Holds when the concept, or a narrower one, was stated; optionally in certain ways or with a measured time."""

    concept: str
    manners: tuple[str, ...] = ()
    """assertions that count instead of the usual present and possible"""
    lasting: Limit | None = None
    """how long it has lasted, in minutes; unknown does not fit"""
    ago: Limit | None = None
    """how long ago it was, in minutes; unknown fits an upper limit and not a lower one"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Holds when a number of this kind was given (age in years, temperature in °C) and fits."""

    measure: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Together:
    """Holds when every part holds within one sentence."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = "Fact | Measured | All | AnyOf | Not | Together"


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A form: when it fires, how urgent it is, and what the care card says."""

    id: str
    level: str
    title: str
    when: Condition
    action: str
    why: str
    kind: str = "medical"
    """medical or safeguarding"""
    raise_with: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    say_on_arrival: tuple[str, ...] = ()
    see: str = ""
    lines: tuple[str, ...] = ()
    """kinds of the country's lines that the card shows"""
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    status: str = "draft"
    known_gaps: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    """how people tell it, each enough by itself"""
    calm: tuple[str, ...] = ()
    """messages in much the same words that need no such card"""


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when something can be done after an event (limit <=), or from when a test tells (limit >=)."""

    id: str
    title: str
    limit: Limit
    flags: tuple[str, ...]
    """the red flags that start it"""
    best: str = ""
    """by when it is best, in words"""
    late: str = ""
    """what is said when the limit has passed"""
    evidence: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of the lexicon and every way in which people say it."""

    name: str
    about: str
    kind: str
    says: tuple[str, ...]
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lexicon as written: concepts, respellings, and the words that typo repair leaves alone."""

    concepts: Mapping[str, Concept]
    respell: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """variant spelling -> plain words: "u" -> "you", "2moro" -> "tomorrow" """
    emoji: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """emoji -> plain words: "🩸" -> "blood" """
    real_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One support line of a country."""

    kind: str
    """advice, assault, crisis, domestic, poison or child"""
    name: str
    number: str
    source: str
    verified: str
    """seen (at the operator's or a government page), secondary, or unverified"""
    address: str = ""
    """a web address, for a service that has no one number"""
    text: str = ""
    who: str = ""
    hours: str = ""
    verified_on: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """Emergency number and support lines of one country, or of the rest of the world."""

    id: str
    name: str
    number: str
    say: str
    """the emergency number as it stands inside a sentence"""
    also: tuple[str, ...] = ()
    note: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that supports what entries say."""

    id: str
    publisher: str
    title: str
    addresses: tuple[str, ...]
    seen: str
    read: str
    """original, mirror, secondary or not-seen"""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the evidence table that answers and red flags must cover."""

    id: str
    about: str
    level: str = ""
    emergency: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician's signature under one version of an entry."""

    entry: str
    hash: str
    role: str
    date: str


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The whole knowledge base; a reload builds a new one."""

    answers: Mapping[str, Answer]
    red_flags: Mapping[str, RedFlag]
    vocabulary: Vocabulary
    wording: Mapping[str, Mapping[str, str]]
    """language -> key -> phrase"""
    countries: Mapping[str, Country]
    sources: Mapping[str, Source]
    evidence: Mapping[str, Row]
    reviews: Mapping[str, Review]
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """entry ("answers/mess") -> file and line, for problems found later"""
    calm: tuple[str, ...] = ()
    """messages that are near to no red flag: other life, other health, talk"""
