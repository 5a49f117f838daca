"""Commands that every channel understands, typed or tapped: "/help", "/topic lost-object", "/country GB"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.core.blocks import Choice, Choices, Reply, Text
from bot.core.book import Book
from bot.core.cards import numbers
from bot.core.reply import answer, groups_menu, may_see
from bot.core.session import Session
from bot.core.wording import Wording

KINDS_OF_LINES = ("advice", "assault", "crisis", "domestic", "poison", "child")

Step = tuple[Reply, Session]


def obey(book: Book, session: Session, command: str) -> Step:
    """Carry out one command, which begins with "/"; an unknown one is answered kindly."""
    name, _, rest = command.strip().partition(" ")
    wording = Wording(book.knowledge.wording, session.language)
    act = _COMMANDS.get(name.lower().partition("@")[0])
    if act is None:
        return _say(wording, "unknown-command"), session
    return act(book, session, rest.strip(), wording)


def _say(wording: Wording, key: str, **parts: str) -> Reply:
    return Reply("chat", (Text((wording.say(key, **parts),)),))


def _start(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    options = (Choice("/topics", wording.say("topics-prompt")), Choice("/emergency", wording.say("emergency-title")))
    return Reply("chat", (Text((wording.say("welcome"),)), Choices("", options)), topic="greeting"), session


def _help(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    return _say(wording, "help-text"), session


def _topics(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    entries = [e for e in book.knowledge.answers.values() if e.group == rest and may_see(e, session)]
    if not entries:
        return Reply("choices", (groups_menu(book, wording),)), session
    options = tuple(Choice(f"/topic {entry.id}", entry.title) for entry in entries)
    return Reply("choices", (Choices(wording.say("group-prompt"), options),)), session


def _topic(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    entry = book.knowledge.answers.get(rest)
    if entry is None:
        return _say(wording, "unknown-topic"), session
    if not may_see(entry, session):
        return _say(wording, "adults-only"), session
    return answer(book, rest, wording, session), session


def _more(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    entry = book.knowledge.answers.get(rest or session.topic or "")
    if entry is None or not may_see(entry, session):
        return _say(wording, "unknown-topic"), session
    return Reply("answer", (Text(entry.more or entry.body or (entry.short,), entry.title),), topic=entry.id), session


def _emergency(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    country = book.country(session.country)
    lines = numbers("emergency", KINDS_OF_LINES, country, wording)
    text = wording.say("emergency-text", emergency=country.say)
    return Reply("chat", (Text((text, *lines), wording.say("emergency-title")),)), session


def _country(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    known = book.knowledge.countries
    code = rest.upper()
    if code in known:
        return _say(wording, "country-set", name=known[code].name), replace(session, country=code)
    codes = ", ".join(sorted(code for code in known if len(code) == 2))
    return _say(wording, "country-which", list=codes), session


def _privacy(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    return answer(book, "privacy", wording, session), session


def _about(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    return answer(book, "about-bot", wording, session), session


def _forget(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    return _say(wording, "forgotten"), Session(session.language, session.country)


def _why(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    lines = session.why or (wording.say("why-nothing"),)
    return Reply("chat", (Text(("\n".join(lines),)),)), session


def _unsupported(book: Book, session: Session, rest: str, wording: Wording) -> Step:
    return _say(wording, "unsupported"), session


_COMMANDS: Mapping[str, Callable[[Book, Session, str, Wording], Step]] = {
    "/start": _start,
    "/help": _help,
    "/topics": _topics,
    "/topic": _topic,
    "/more": _more,
    "/emergency": _emergency,
    "/sos": _emergency,
    "/country": _country,
    "/privacy": _privacy,
    "/about": _about,
    "/forget": _forget,
    "/why": _why,
    "/unsupported": _unsupported,
}
