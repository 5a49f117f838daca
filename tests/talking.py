"""Talks with a service on behalf of the tests: each conversation is a new person's."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

from bot.app import Inbound, Service
from bot.core.knowledge import RANK
from bot.core.turn import Outcome

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday afternoon."""

_people = count()


def talk(service: Service, *texts: str, country: str = "") -> Outcome:
    """The outcome of the last of several messages of one new person."""
    who = f"person {next(_people)}"
    for text in texts[:-1]:
        service.turn(Inbound(who, text, NOW, country=country))
    return service.turn(Inbound(who, texts[-1], NOW, country=country))


def level(service: Service, *texts: str) -> str:
    """The level of advice at the end of a conversation."""
    return talk(service, *texts).reply.level


def at_least(service: Service, lowest: str, *texts: str) -> bool:
    """Whether the level of one message, or of a conversation, is `lowest` or higher."""
    return RANK[level(service, *texts)] >= RANK[lowest]


def wrong(service: Service, texts: tuple[str, ...], lowest: str = "none", highest: str = "emergency") -> list[str]:
    """The messages whose level lies outside the bounds, each with its level and flags."""
    found = []
    for text in texts:
        reply = talk(service, text).reply
        if not RANK[lowest] <= RANK[reply.level] <= RANK[highest]:
            found.append(f"{text!r}: {reply.level} {list(reply.flags)}")
    return found
