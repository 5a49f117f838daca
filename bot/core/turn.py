"""One turn of a conversation: a message in, a reply and the new session out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.blocks import Reply
from bot.core.book import Book
from bot.core.commands import obey
from bot.core.match import Match, find
from bot.core.reading import Reading, read
from bot.core.reply import Found, compose
from bot.core.session import Session
from bot.core.tellings import Likeness, recognise
from bot.core.trace import Trace, explain
from bot.core.triage import Verdict, judge

_OURS = frozenset(("place", "act", "substance", "condition", "safeguarding", "topic"))
CHAT = "about-the-bot"
"""Group of the answers that are small talk or about the bot."""
SMALL_TALK = frozenset(("greeting", "thanks", "goodbye", "insult"))
"""Topics that give way to any other when the message also names something of the bot's field."""
_BODILY = _OURS | {"symptom", "sign", "object"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The reply of one turn, the session as it is now, and why; a command has no trace."""

    reply: Reply
    session: Session
    trace: Trace | None


def take_turn(book: Book, session: Session, text: str, now: datetime) -> Outcome:
    """Answer one message; the same inputs always give the same outcome.

    Red flags are judged first, on every turn, whatever else the message asks. A bare number picks one of the choices
    offered last.
    """
    text = _chosen(session, text.strip())
    if text.startswith("/"):
        reply, after = obey(book, session, text)
        heard_at = None if after.turn < session.turn else now
        return Outcome(reply, replace(after.after(reply), heard_at=heard_at), None)
    reading = read(text, book.lexicon)
    session = session.hear(reading, now)
    session, verdict, likeness = _judged(book, session, reading)
    matches = () if verdict.level == "emergency" else find(book.index, reading, session.topic)
    found = _found(book, reading, matches)
    reply = compose(book, session, verdict, found)
    decision = "alert" if reply.outcome == "alert" else found.decision
    trace = Trace(reading, verdict, matches, decision, likeness)
    session = replace(session.after(reply), why=explain(trace, book.lexicon))
    return Outcome(reply, session, trace)


def _judged(book: Book, session: Session, reading: Reading) -> tuple[Session, Verdict, Likeness | None]:
    """Judge by the rules, and once more when the message is told as people tell something more urgent."""
    red_flags = book.knowledge.red_flags.values()
    verdict = judge(red_flags, session, book.lexicon)
    likeness = recognise(book.tellings, reading, book.lexicon, verdict.level)
    if likeness is None:
        return session, verdict, None
    session = session.with_told(likeness.flag)
    return session, judge(red_flags, session, book.lexicon), likeness


def _chosen(session: Session, text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) < 3 and 1 <= int(text) <= len(session.options):
        return session.options[int(text) - 1]
    return text


def _found(book: Book, reading: Reading, matches: tuple[Match, ...]) -> Found:
    kind = book.lexicon.kind
    kinds = {kind(m.concept) for m in reading.mentions if not m.elsewhere} | {kind(idea) for idea in reading.ideas}
    ours = bool(kinds & _OURS)
    refused = next((idea for idea in reading.ideas if kind(idea) == "refuse"), "")
    elsewhere = "place" not in kinds and any(kind(m.concept) == "elsewhere" for m in reading.mentions)
    if ours:  # "no thanks, I do not want anal" is more than thanks
        matches = tuple(sorted(matches, key=lambda match: match.topic in SMALL_TALK))
    chat = bool(matches) and book.knowledge.answers[matches[0].topic].group == CHAT
    return Found(matches, bool(kinds & _BODILY), ours, elsewhere, refused, chat)
