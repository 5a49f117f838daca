"""The composition root: builds the parts, and answers one incoming message at a time."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.core.blocks import AlertCard, Reply
from bot.core.book import Book, open_book
from bot.core.session import Session
from bot.core.turn import Outcome, take_turn
from bot.core.wording import Wording
from bot.shelf import take_or_make
from bot.stores import Store
from bot.stores.memory import MemoryStore


@dataclass(frozen=True, slots=True)
class Inbound:
    """One message or tap as a channel received it."""

    who: str
    """an opaque key of the conversation; never shown, logged or stored in the clear"""
    text: str
    """what was typed, or the id of the choice that was tapped ("/topic lost-object")"""
    at: datetime
    language: str = ""
    country: str = ""


class Service:
    """Answers messages; every failure inside becomes the fixed safe reply."""

    def __init__(self, book: Book, store: Store, country: str = "") -> None:
        self.book = book
        self._store = store
        self._country = country

    def handle(self, inbound: Inbound) -> Reply:
        """Return the reply to one message; never raises, never silent."""
        return self.turn(inbound).reply

    def turn(self, inbound: Inbound) -> Outcome:
        """Answer one message and return the reply with its trace; never raises."""
        session = Session(country=self._country)
        if inbound.at.tzinfo is None:
            inbound = replace(inbound, at=inbound.at.replace(tzinfo=UTC))
        try:
            self._store.purge(inbound.at)
            session = self._session(inbound)
            outcome = take_turn(self.book, session, inbound.text, inbound.at)
            self._store.put(inbound.who, outcome.session)
        except Exception:  # whatever fails, the person gets emergency signposting; nothing of the message may leak
            return Outcome(self._safe_reply(session), session, None)
        return outcome

    def _session(self, inbound: Inbound) -> Session:
        session = self._store.get(inbound.who) or Session(country=self._country)
        return replace(
            session, country=inbound.country or session.country, language=inbound.language or session.language
        )

    def _safe_reply(self, session: Session) -> Reply:
        country = self.book.country(session.country)
        text = Wording(self.book.knowledge.wording, session.language).say("safe-reply", emergency=country.say)
        return Reply("abstain", (AlertCard("none", "", text),))


def find_knowledge() -> Path:
    """Return the folder of the knowledge base: beside an installed package, or in the checkout."""
    here = Path(__file__).resolve().parent
    checkout, installed = here.parent / "knowledge", here / "_knowledge"
    return checkout if (checkout / "answers").is_dir() else installed


def open_service(knowledge: Path | None = None, country: str = "", store: Store | None = None) -> Service:
    """Load the knowledge base and return a service; raises KnowledgeError with every problem in it."""
    root = knowledge or find_knowledge()

    def make() -> Book:
        from bot.loader import load

        return open_book(load(root))

    book = take_or_make(root, make, os.environ)
    return Service(book, store or MemoryStore(), country)
