"""The fields of every kind of entry as data: reading, links and the editors' schemas all follow these tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.core.knowledge import LEVELS, All, AnyOf, Condition, Fact, Measured, Not, Together

LINE_KINDS = ("advice", "assault", "crisis", "domestic", "poison", "child")
CONCEPT_KINDS = (
    *("place", "symptom", "sign", "course", "amount", "cause", "object", "substance", "condition", "person"),
    *("time", "act", "cue", "safeguarding", "elsewhere", "idiom", "word", "topic", "question", "refuse"),
)
MANNERS = ("present", "possible", "past", "hypothetical", "asked", "denied")
ID = r"[a-z0-9]+(-[a-z0-9]+)*"
LIMIT = r"(<=|>=|<|>) *[0-9]+(\.[0-9]+)?( *(minutes?|hours?|days?|weeks?|months?|years?|°C))?"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an entry and what may stand under it."""

    name: str
    about: str
    kind: str = "text"
    """text, texts (a list), phrases, date, time, limit, condition, conditions, map (of the entry), maps (a list)"""
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    most: int = 0
    """characters at most, when not 0; so for `words`"""
    words: int = 0
    least: int = 0
    link: str = ""
    """the folder that its texts are names of"""
    attribute: str = ""
    """what holds the value, when not the attribute that is named like the key"""
    parts: tuple[Field, ...] = ()


Table = tuple[Field, ...]


_ID = Field("id", "The same as the name of the file.", required=True, pattern=ID)
_EVIDENCE = Field("evidence", "Rows of evidence.yaml that this entry covers.", "texts", required=True, link="evidence")
_SOURCES = Field("sources", "Ids of sources.yaml that support what is said.", "texts", required=True, link="sources")
_STATUS = Field("status", "draft until a clinician signs it.", required=True, choices=("draft", "signed"))

ANSWER: Table = (
    _ID,
    Field("group", "The group of the menu.", required=True, pattern=ID),
    Field("title", "The topic as a person would say it.", required=True, most=60),
    Field("short", "The answer itself, at most 2 sentences.", required=True),
    Field("body", "The rest: short paragraphs of at most 3 sentences.", "texts"),
    Field("steps", "Numbered steps.", "texts"),
    Field("avoid", "What not to do, one line each.", "texts"),
    Field("help", "When to get help, and where."),
    Field("more", 'Shown only on "tell me more".', "texts"),
    Field("related", "Ids of related topics.", "texts", link="answers"),
    Field("audience", "adults: never shown to someone under 18.", choices=("everyone", "adults")),
    Field("asks", "Phrasings that lead here, at least 15, varied.", "texts", required=True, least=1),
    _EVIDENCE,
    _SOURCES,
    Field("unsourced", "What no source supports, said openly."),
    _STATUS,
)

RED_FLAG: Table = (
    _ID,
    Field("level", "How urgent it is; none for safeguarding only.", required=True, choices=LEVELS),
    Field("kind", "What sort of concern it is.", choices=("medical", "safeguarding")),
    Field("title", "What it is, in plain words.", required=True),
    Field("when", "When it fires, over facts.", "condition", required=True),
    Field("raise-with", "Facts that raise the level by one.", "texts", link="lexicon"),
    Field("action", "What to do now, at most 15 words.", required=True, words=15),
    Field("why", "Why, in one or two sentences.", required=True),
    Field("do", "What to do, one line each.", "texts"),
    Field("do-not", "What not to do, one line each.", "texts"),
    Field("say-on-arrival", "What to tell the staff.", "texts"),
    Field("see", "The topic shown under a soon or self-care card.", link="answers"),
    Field("lines", "Kinds of the country's lines to show.", "texts", choices=LINE_KINDS),
    _EVIDENCE,
    _SOURCES,
    _STATUS,
    Field("known-gaps", "Must stay empty.", "texts"),
    Field("told", "How people tell it; each line is enough by itself.", "texts"),
    Field("calm", "Much the same words where no such card is needed.", "texts"),
)

CLOCK: Table = (
    Field("title", "What the clock is for, in plain words.", required=True, most=60),
    Field("limit", 'Until when ("<= 72 hours"), or from when (">= 2 weeks").', "time", required=True),
    Field("flags", "The red flags that start it.", "texts", required=True, least=1, link="red-flags"),
    Field("best", "By when it is best, in words."),
    Field("late", "What to say when the limit has passed."),
    _EVIDENCE,
    _SOURCES,
)

CONCEPT: Table = (
    Field("about", "The idea in one line.", required=True),
    Field("kind", "What sort of idea it is.", required=True, choices=CONCEPT_KINDS),
    Field("is", "Wider concepts, which this one also states.", "texts", link="lexicon", attribute="wider"),
    Field("says", "How people say it, lower case and without apostrophes.", "phrases", required=True),
)

CONDITIONS: Mapping[Callable[..., Condition], Table] = {
    All: (Field("all", "What must hold.", "conditions", required=True, attribute="parts"),),
    AnyOf: (Field("any", "Of what one must hold.", "conditions", required=True, attribute="parts"),),
    Together: (Field("together", "What must hold in one sentence.", "conditions", required=True, attribute="parts"),),
    Not: (Field("not", "What must not hold.", "condition", required=True, attribute="part"),),
    Fact: (
        Field("fact", "A concept of the lexicon.", required=True, link="lexicon", attribute="concept"),
        Field("lasting", "How long it has lasted.", "time"),
        Field("ago", "How long ago it was.", "time"),
        Field("as", "The ways to say it that count.", "texts", choices=MANNERS, least=1, attribute="manners"),
    ),
    Measured: (
        Field("measure", "What is measured.", required=True, choices=("age", "temperature")),
        Field("is", 'Its limit, like "< 18".', "limit", required=True, attribute="limit"),
    ),
}
"""Each form of a condition, told by its first field."""

LINE: Table = (
    Field("kind", "What the line is for.", required=True, choices=LINE_KINDS),
    Field("name", "The name of the service.", required=True),
    Field("number", "The number to call."),
    Field("address", "A web address, for a service without one number."),
    Field("text", "What to text, and to which number."),
    Field("who", "Whom it is for."),
    Field("hours", "When it answers."),
    Field("source", "Where the number was seen.", required=True),
    Field("verified", "How the number was seen.", required=True, choices=("seen", "secondary", "unverified")),
    Field("verified-on", "The day on which it was seen.", "date"),
)

EMERGENCY: Table = (
    Field("number", "The number to call.", required=True),
    Field("also", "Other numbers that work.", "texts"),
    Field("say", "The number as it stands inside a sentence.", required=True),
)

COUNTRY: Table = (
    Field("id", "The same as the name of the file.", required=True, pattern="[A-Z]{2}|world"),
    Field("name", "The name of the country.", required=True),
    Field("emergency", "The emergency number.", "map", required=True, parts=EMERGENCY),
    Field("note", "What else to know about the number."),
    Field("lines", "Support lines.", "maps", parts=LINE),
)

SOURCE: Table = (
    Field("publisher", "Who published it.", required=True),
    Field("title", "Its title.", required=True),
    Field("addresses", "Its web addresses.", "texts", required=True),
    Field("seen", "The day on which it was read.", "date", required=True),
    Field("read", "How it was read.", required=True, choices=("original", "mirror", "secondary", "not-seen")),
)

ROW: Table = (
    Field("about", "What the row says, in one line.", required=True),
    Field("level", "The level of a red flag's row.", choices=(*LEVELS, "mixed", "as described")),
    Field("emergency", "yes where the row can be an emergency.", choices=("yes", "no")),
)

POLICY: Table = (
    Field("case", "The case where rows are not of one voice.", required=True),
    Field("level", "The level that holds.", required=True, choices=(*LEVELS, "mixed", "as described")),
)

REVIEW: Table = (
    Field("hash", "The hash of the text that was signed.", required=True, pattern="[0-9a-f]{64}"),
    Field("role", "The role of the clinician who signed.", required=True),
    Field("date", "The day of the signature.", "date", required=True),
)

CALM: Table = (Field("calm", "Messages that are no red flag, one line each.", "texts", required=True, least=1),)
