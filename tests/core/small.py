"""A small knowledge base made by hand, so that tests of the core do not depend on what knowledge/ says."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.core.assertion import Mention
from bot.core.book import Book, open_book
from bot.core.concepts import Lexicon, compile_lexicon
from bot.core.knowledge import (
    All,
    Answer,
    AnyOf,
    Concept,
    Country,
    Fact,
    Knowledge,
    Limit,
    Line,
    Measured,
    Not,
    RedFlag,
    Review,
    Source,
    Together,
    Vocabulary,
)
from bot.core.reading import read
from bot.core.session import Session
from bot.core.turn import Outcome, take_turn

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday afternoon."""


def concept(name: str, kind: str, *says: str, wider: tuple[str, ...] = ()) -> Concept:
    """One idea and how people say it."""
    return Concept(name, f"about {name}", kind, says, wider)


CONCEPTS = (
    concept("bottom", "place", "bottom", "bum", "anus"),
    concept("elsewhere-body", "elsewhere", "nose", "leg", "gums"),
    concept("animal", "elsewhere", "dog", "cat"),
    concept("bleeding", "symptom", "bleed", "bled", "blood"),
    concept("blood-loss", "symptom", "haemorrhage", wider=("bleeding",)),
    concept("pain", "symptom", "pain", "hurt", "sore"),
    concept("fever", "symptom", "fever"),
    concept("wont-stop", "course", "wont stop", "cant get ~ to stop", "not [even] slowing down"),
    concept("heavy-bleeding", "symptom", "<bleeding> everywhere", wider=("bleeding",)),
    concept("severe", "amount", "=severe", "agony"),
    concept("toy", "object", "toy", "plug"),
    concept("stuck", "course", "stuck", "wont come out"),
    concept("toy-stuck", "object", "<toy> ~ <stuck>"),
    concept("urgent-toy", "object", "<toy-stuck> ~ <bleeding>"),
    concept("erection", "symptom", "erection"),
    concept("exposure", "cause", "condom broke"),
    concept("assault", "safeguarding", "raped", "forced me"),
    concept("pregnant", "condition", "pregnant"),
    concept("minor", "person", "schoolboy"),
    concept("figure-of-speech", "idiom", "bloody brilliant", "pain in the neck"),
    concept("cue-deny", "cue", "no", "not", "never", "without", "(isnt|dont|didnt) [have]", "never had"),
    concept("cue-deny-after", "cue", "isnt (a problem|there)"),
    concept("cue-pseudo", "cue", "not only", "not sure if", "never had ~ like (this|that)"),
    concept("cue-end", "cue", "but", "just", "only", "now"),
    concept("cue-if", "cue", "if", "what if"),
    concept("cue-ask", "cue", "is it (normal|safe)", "does it"),
    concept("cue-ask-after", "cue", "normal", "ok"),
    concept("cue-past", "cue", "years ago", "used to"),
    concept("cue-over", "cue", "all better now"),
    concept("cue-now", "cue", "now", "right now", "still", "its been"),
    concept("cue-real", "cue", "ive got", "im bleeding"),
    concept("cue-story", "cue", "for my novel"),
)
RESPELL = {"u": "you", "gonna": "going to", "hemroids": "haemorrhoids", "bld": "blood"}
EMOJI = {"🩸": "blood", "🍑": "bottom"}
REAL_WORDS = frozenset("paint please score tree brown flood stock".split())
VOCABULARY = Vocabulary({one.name: one for one in CONCEPTS}, RESPELL, EMOJI, REAL_WORDS)


def flag(name: str, level: str, when: object, **more: object) -> RedFlag:
    """One red flag; its words are made from its name."""
    return RedFlag(
        name,
        level,
        f"Title of {name}",
        when,  # type: ignore[arg-type]  # a test may build any condition
        str(more.pop("action", f"Act on {name}.")),
        f"Why {name}.",
        **more,  # type: ignore[arg-type]  # the optional fields of a red flag, by name
    )


FLAGS = (
    flag(
        "heavy",
        "emergency",
        AnyOf((Fact("heavy-bleeding"), Together((Fact("bleeding"), Fact("wont-stop"))))),
        action="Call {emergency} now.",
        do=("Lie down.", "Keep warm."),
        do_not=("Do not wait.",),
        say_on_arrival=("I am bleeding.",),
        evidence=("RF01",),
    ),
    flag("toy-stuck", "emergency", Fact("toy-stuck"), do=("Stay still.", "Lie down.")),
    flag("bleeding", "urgent", All((Fact("bleeding"), Not(Fact("heavy-bleeding")))), raise_with=("pregnant",)),
    flag("priapism", "urgent", Fact("erection", lasting=Limit(">=", 120))),
    flag("exposure", "urgent", Fact("exposure", ago=Limit("<=", 72 * 60)), lines=("advice",)),
    flag("exposure-late", "soon", Fact("exposure", ago=Limit(">", 72 * 60))),
    flag("assault", "urgent", Fact("assault"), kind="safeguarding", lines=("assault", "crisis")),
    flag("sore", "self-care", Fact("pain"), see="pain"),
    flag("under-18", "none", AnyOf((Measured("age", Limit("<", 18)), Fact("minor"))), kind="safeguarding"),
)


def answer(name: str, *asks: str, **more: object) -> Answer:
    """One answer; its words are made from its name."""
    group = str(more.pop("group", "basics"))
    return Answer(name, group, f"About {name}", f"Short {name}.", asks, **more)  # type: ignore[arg-type]  # as for flags


ANSWERS = (
    answer(
        "lube",
        "which lube is best",
        "what lubricant should i buy",
        "silicone or water based lube",
        group="lube",
        body=("More about lube.",),
        steps=("Open it.",),
        avoid=("Oil with latex.",),
        help="See a GP if it burns.",
        more=("Much more about lube.",),
        related=("mess", "gone", "technique"),
        sources=("S01", "S99"),
    ),
    answer("mess", "will there be poo", "how do i avoid a mess", "is poo normal during sex", group="hygiene"),
    answer("pain", "why does it hurt", "is pain normal", "does it hurt the first time", group="pain"),
    answer(
        "technique", "how do i start fisting", "fisting tips", "how to fist someone", audience="adults", more=("x",)
    ),
    answer("privacy", "do you keep what i write", "is this chat private", group="about-the-bot"),
    answer("about-bot", "who made this bot", "are you a robot", group="about-the-bot"),
)
WORDING = {
    "en": {
        "heading-emergency": "Emergency",
        "action-emergency": "Raised: call {emergency}.",
        "action-urgent": "Raised: get help today.",
        "number-emergency": "Emergency number: {number}",
        "number-world": "Your local emergency number.",
        "number-line": "{name}: {number}",
        "number-text": "{name}: {text}",
        "reminder-urgent": "Still urgent. {action}",
        "reminder-soon": "Still soon. {action}",
        "abstain": "First miss.",
        "abstain-again": "Second miss.",
        "abstain-people": "Third miss.",
        "abstain-elsewhere": "Outside what I know.",
        "safety-net": "When to get help.",
        "adults-only": "For adults.",
        "safe-reply": "Something broke. Call {emergency} if it is bad.",
        "status-draft": "Draft.",
        "status-reviewed": "Reviewed by {role} on {date}.",
        "emergency-text": "Call {emergency}.",
        "country-set": "Numbers of {name}.",
        "country-which": "I know: {list}.",
        "forgotten": "Cleared.",
        "why-nothing": "Nothing yet.",
        "unknown-command": "No such command.",
        "unknown-topic": "No such topic.",
        "unsupported": "Only words, please.",
        "welcome": "Hello.",
        "help-text": "Ask me anything.",
        "more": "Tell me more",
    },
    "de": {"abstain": "Nicht verstanden."},
}
GB = Country(
    "GB",
    "United Kingdom",
    "999",
    "999",
    lines=(
        Line("assault", "Rape line", "0800 1", "S01", "seen"),
        Line("assault", "Hidden line", "0800 2", "S01", "unverified"),
        Line("crisis", "Text line", "", "S01", "seen", text="text SHOUT to 85258"),
        Line("crisis", "Second line", "116 123", "S01", "seen"),
        Line("crisis", "Third line", "0800 3", "S01", "seen"),
        Line("advice", "NHS 111", "111", "S01", "secondary"),
    ),
)
WORLD = Country("world", "everywhere else", "112", "your local emergency number")


def knowledge(**changed: object) -> Knowledge:
    """The whole small knowledge base, with parts changed."""
    parts: dict[str, object] = {
        "vocabulary": VOCABULARY,
        "answers": {one.id: one for one in ANSWERS},
        "red_flags": {one.id: one for one in FLAGS},
        "wording": WORDING,
        "countries": {"GB": GB, "world": WORLD},
        "sources": {"S01": Source("S01", "NHS", "Lube", (), "2026-11-20", "original")},
        "evidence": {},
        "reviews": {"answers/pain": Review("answers/pain", "hash", "nurse", "2026-11-01")},
    }
    return Knowledge(**{**parts, **changed})  # type: ignore[arg-type]  # parts by name


@cache
def lexicon() -> Lexicon:
    """The small vocabulary, compiled once."""
    return compile_lexicon(VOCABULARY)


@cache
def book() -> Book:
    """The small knowledge base, made ready once."""
    return open_book(knowledge())


def mentions(text: str) -> tuple[Mention, ...]:
    """Every mention in a message, as read with the small vocabulary."""
    return read(text, lexicon()).mentions


def manners(text: str, name: str) -> list[str]:
    """How each mention of a concept in a message is meant, in order."""
    return [mention.manner for mention in mentions(text) if mention.concept == name]


def talk(*texts: str, session: Session | None = None, now: datetime = NOW) -> Outcome:
    """The outcome of the last of several messages of one conversation."""
    outcome = take_turn(book(), session or Session(country="GB"), texts[0], now)
    for text in texts[1:]:
        outcome = take_turn(book(), outcome.session, text, now)
    return outcome
