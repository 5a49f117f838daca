"""What a reply is made of; channels render these blocks and decide nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AlertCard:
    """A care card: what to do first, why, what else, and what to tell the people who help."""

    level: str
    heading: str
    """the level in words"""
    action: str
    """the action line, at most 15 words"""
    why: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    do_not: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    """lines such as "Emergency: 999", already in words"""
    clocks: tuple[str, ...] = ()
    """until when something can be done, or from when a test tells, already in words"""


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under an optional title; `bullets` are short lines under a lead line."""

    paragraphs: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short lines under a lead line, numbered when they are steps."""

    lead: str
    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap or type: a stable id of at most 60 bytes ("/topic lost-object") and its label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Choices:
    """A prompt with choices."""

    prompt: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Where an answer comes from, and its review state."""

    items: tuple[str, ...]
    """publisher: title"""
    status: str
    """in words"""


Block: TypeAlias = "AlertCard | Text | Bullets | Choices | Sources"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says in one turn, and what it decided."""

    outcome: str
    """alert, answer, choices, question, chat or abstain"""
    blocks: tuple[Block, ...]
    level: str = "none"
    flags: tuple[str, ...] = ()
    safeguarding: tuple[str, ...] = ()
    topic: str | None = None
    suggestions: tuple[str, ...] = ()
    asks: str | None = None
