"""Composes the reply of one turn from the verdict and the matches; urgency comes before everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.blocks import AlertCard, Block, Bullets, Choice, Choices, Reply, Sources, Text
from bot.core.book import Book
from bot.core.cards import action, card, numbers, top_findings
from bot.core.knowledge import RANK, Answer
from bot.core.match import MARGIN, POSSIBLE, SAME, SURE, SURE_CHAT, SURE_ELSEWHERE, SURE_OUTSIDE, Match
from bot.core.session import Session
from bot.core.triage import Verdict
from bot.core.wording import Wording

MOST_CHOICES = 3
ADULT_AGE = 18


@dataclass(frozen=True, slots=True)
class Found:
    """The matches of a message, and what the message speaks of."""

    matches: tuple[Match, ...]
    bodily: bool = False
    """it names something bodily"""
    ours: bool = False
    """it names something of the bot's field"""
    elsewhere: bool = False
    """it names a part of the body, a thing or an animal outside the field, and nothing inside it"""
    refused: str = ""
    """the kind of request that the bot refuses, if the message makes one"""
    chat: bool = False
    """the best match is small talk or about the bot"""

    @property
    def decision(self) -> str:
        """One of sure (one answer), close (two or three to choose from), possible (weak) and nothing."""
        first = self.matches[0].score if self.matches else 0.0
        second = self.matches[1].score if len(self.matches) > 1 else 0.0
        if first < POSSIBLE:
            return "nothing"
        if first >= self._sure() or (self.matches[0].closeness >= SAME and not self.elsewhere):
            return "sure" if first - second >= MARGIN else "close"
        return "nothing" if self.elsewhere else "possible"

    def _sure(self) -> float:
        if self.elsewhere:
            return SURE_ELSEWHERE
        return SURE_CHAT if self.chat else SURE if self.ours else SURE_OUTSIDE


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every part of a reply is composed from."""

    book: Book
    session: Session
    wording: Wording

    def allowed(self, topic: str) -> bool:
        """Tell whether there is such an answer, and whether it may be shown in this conversation."""
        entry = self.book.knowledge.answers.get(topic)
        return entry is not None and may_see(entry, self.session)


def compose(book: Book, session: Session, verdict: Verdict, found: Found) -> Reply:
    """Return the reply: when urgent a card and nothing else, otherwise card, answer, choices or an honest miss."""
    desk = _Desk(book, session, Wording(book.knowledge.wording, session.language))
    safeguarding = tuple(f.flag.id for f in verdict.findings if f.flag.kind == "safeguarding")
    flags = tuple(f.flag.id for f in verdict.findings)
    fresh = _is_new(session, verdict)
    alarm = _alarm(desk, verdict, fresh)
    if verdict.level == "emergency" or (verdict.stops and fresh):
        return Reply("alert", alarm, verdict.level, flags, safeguarding)
    said = _beside_card(desk, verdict, found) if verdict.findings and fresh else _answered(desk, found)
    card_leads = bool(alarm) and RANK[verdict.level] >= RANK["soon"]
    return Reply(
        "alert" if card_leads else said.outcome,
        (*alarm, *said.blocks),
        verdict.level,
        flags,
        safeguarding,
        said.topic,
        said.suggestions,
    )


def _is_new(session: Session, verdict: Verdict) -> bool:
    """Tell whether this message itself says what is warned of, or brought a red flag that was not warned of yet."""
    top = top_findings(verdict)
    said_now = any(fact.turn == session.turn for finding in top for fact in finding.evidence)
    return said_now or bool({finding.flag.id for finding in top} - set(session.warned))


def _alarm(desk: _Desk, verdict: Verdict, whole: bool) -> tuple[Block, ...]:
    """The card in full when it is new, or one line to recall it."""
    if not verdict.findings:
        return ()
    country = desk.book.country(desk.session.country)
    full = card(verdict, desk.book.knowledge.clocks.values(), country, desk.wording)
    if whole:
        return (full,)
    if verdict.level == "emergency":
        return (AlertCard(full.level, full.heading, full.action, say=full.say, numbers=full.numbers),)
    if RANK[verdict.level] < RANK["soon"]:
        return ()
    recall = desk.wording.say(f"reminder-{verdict.level}", action=action(verdict.findings[0], country, desk.wording))
    return (Text((recall,)),)


def _beside_card(desk: _Desk, verdict: Verdict, found: Found) -> Reply:
    """What stands under a card that is not urgent: the answer asked for, or the one that the red flag names."""
    sure = found.decision in ("sure", "close") and desk.allowed(found.matches[0].topic)
    if sure and RANK[verdict.level] < RANK["soon"]:
        return _answered(desk, found)
    see = next((f.flag.see for f in verdict.findings if desk.allowed(f.flag.see)), "")
    if see:
        return _brief(desk, see)
    return _answered(desk, found) if sure else Reply("alert", ())


def _brief(desk: _Desk, topic: str) -> Reply:
    """The short answer under a card, with the whole one a tap away."""
    entry = desk.book.knowledge.answers[topic]
    more = Choices("", (Choice(f"/topic {topic}", desk.wording.say("more")),))
    return Reply("answer", (Text((entry.short,), entry.title), more), topic=topic)


def _answered(desk: _Desk, found: Found) -> Reply:
    """The answer to a question, a choice between a few, or an honest miss."""
    decision = found.decision
    if found.refused:
        return _refusal(desk, found.refused)
    if decision == "nothing":
        return _miss(desk, found)
    if not desk.allowed(found.matches[0].topic):
        return Reply("chat", (Text((desk.wording.say("adults-only"),)),))
    topics = [match.topic for match in found.matches if desk.allowed(match.topic)][:MOST_CHOICES]
    if decision == "possible":
        return _choose(desk, topics)
    best = found.matches[0].score
    close = [m.topic for m in found.matches[1:MOST_CHOICES] if best - m.score < MARGIN]
    return answer(desk.book, topics[0], desk.wording, desk.session, close)


def is_minor(session: Session) -> bool:
    """Tell whether the person said that they are under 18."""
    if session.age is not None:
        return session.age < ADULT_AGE
    return any(fact.concept == "minor" and fact.counts for fact in session.facts)


def may_see(entry: Answer, session: Session) -> bool:
    """Tell whether an answer may be shown in this conversation: technique is for adults."""
    return entry.audience == "everyone" or not is_minor(session)


def answer(book: Book, topic: str, wording: Wording, session: Session, others: Sequence[str] = ()) -> Reply:
    """Return the reply that shows one answer; `others` are close topics, offered first."""
    entry = book.knowledge.answers[topic]
    blocks: list[Block] = [Text((entry.short, *entry.body), entry.title)]
    if entry.steps:
        blocks.append(Bullets(wording.say("steps"), entry.steps, numbered=True))
    if entry.avoid:
        blocks.append(Bullets(wording.say("avoid"), entry.avoid))
    if entry.help:
        blocks.append(Text((entry.help,), wording.say("help")))
    known = book.knowledge.answers
    suggested = [t for t in dict.fromkeys((*others, *entry.related)) if t in known and may_see(known[t], session)]
    suggested = suggested[:MOST_CHOICES]
    options = [Choice(f"/topic {name}", book.knowledge.answers[name].title) for name in suggested]
    if entry.more:
        options.insert(0, Choice(f"/more {topic}", wording.say("more")))
    if options:
        blocks.append(Choices(wording.say("related"), tuple(options)))
    chat = entry.group == "about-the-bot"
    if not chat:
        blocks.append(_sources(book, entry, wording))
    return Reply("chat" if chat else "answer", tuple(blocks), topic=topic, suggestions=tuple(suggested))


def _sources(book: Book, entry: Answer, wording: Wording) -> Sources:
    known = book.knowledge.sources
    items = tuple(f"{known[name].publisher}: {known[name].title}" for name in entry.sources if name in known)
    review = book.knowledge.reviews.get(f"answers/{entry.id}")
    status = wording.say("status-draft")
    if review is not None and entry.status == "signed":
        status = wording.say("status-reviewed", role=review.role, date=review.date)
    return Sources(items, status)


def _refusal(desk: _Desk, kind: str) -> Reply:
    """A fixed, short, kind refusal; where a child is concerned, with the child helpline."""
    lines = [desk.wording.say(kind)]
    if kind == "refuse-minor":
        lines += numbers("none", ["child"], desk.book.country(desk.session.country), desk.wording)
    return Reply("abstain", (Text(tuple(lines)), groups_menu(desk.book, desk.wording)))


def _choose(desk: _Desk, topics: Sequence[str]) -> Reply:
    return Reply("choices", (_offer(desk, "choose", topics),), suggestions=tuple(topics))


def _offer(desk: _Desk, key: str, topics: Sequence[str]) -> Choices:
    answers = desk.book.knowledge.answers
    return Choices(desk.wording.say(key), tuple(Choice(f"/topic {name}", answers[name].title) for name in topics))


def _miss(desk: _Desk, found: Found) -> Reply:
    """Say honestly that nothing was found; each miss in a row says something else and offers more."""
    misses = desk.session.misses
    first = "abstain-elsewhere" if found.elsewhere else "abstain"
    blocks: list[Block] = [Text((desk.wording.say((first, "abstain-again", "abstain-people")[min(misses, 2)]),))]
    if found.bodily:
        blocks.append(Text((desk.wording.say("safety-net"),)))
    nearest = [m.topic for m in found.matches if desk.allowed(m.topic)][:MOST_CHOICES]
    if misses or found.elsewhere or not nearest:
        return Reply("abstain", (*blocks, groups_menu(desk.book, desk.wording)))
    return Reply("abstain", (*blocks, _offer(desk, "nearest", nearest)), suggestions=tuple(nearest))


def groups_menu(book: Book, wording: Wording) -> Choices:
    """Return the menu of topic groups."""
    groups = dict.fromkeys(entry.group for entry in book.knowledge.answers.values())
    ordered = sorted(groups, key=list(_GROUPS).index)
    options = tuple(Choice(f"/topics {group}", wording.say(f"group-{group}")) for group in ordered)
    return Choices(wording.say("topics-prompt"), options)


_GROUPS = (
    "basics",
    "pain",
    "bleeding-and-healing",
    "lost-object",
    "lasting-effects",
    "hygiene",
    "lube",
    "toys",
    "hands-and-mouth",
    "infections",
    "pregnancy-and-vagina",
    "health-conditions",
    "substances",
    "relationships",
    "feelings",
    "getting-care",
    "about-the-bot",
)
