"""Checks of what people read: length, plainness, and what an emergency card must never say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import mean

from bot.authoring.material import Material, Place
from bot.authoring.plain import grade, sentences
from bot.core.knowledge import Answer, RedFlag
from bot.errors import Problem

MOST_CHARACTERS = 900
MOST_CARD_CHARACTERS = 600
MOST_SENTENCES = {"short": 2, "body": 3, "more": 3}
MOST_WORDS = 20
MOST_GRADE = 8.0
MEAN_GRADE = 6.0
CARD_GRADE = 5.0
LEAST_ASKS = 15

_REASSURING = re.compile(r"\b(enemas?|laxatives?|don['’]t worry|normal(?:ly)?)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(?!emergency\})[^{}]*\}?")
_ANSWER = ("short", "body", "steps", "avoid", "help")
_CARD = ("title", "action", "why", "do", "do-not", "say-on-arrival")


def _pieces(entries: Iterable[Answer | RedFlag], *more: str) -> Iterator[tuple[Place, str]]:
    for entry in entries:
        folder, keys = ("answers", _ANSWER) if isinstance(entry, Answer) else ("red-flags", _CARD)
        for key in (*keys, *more):
            value = getattr(entry, key.replace("-", "_"), ())
            if isinstance(value, str):
                yield (f"{folder}/{entry.id}", key), value
            else:
                yield from (((f"{folder}/{entry.id}", key, place), text) for place, text in enumerate(value))


def check_length(material: Material) -> Iterator[Problem]:
    """An answer has at most 900 characters before "tell me more", and an emergency card at most 600."""
    for name, entry in material.entries.items():
        count = sum(len(text) for _, text in _pieces([entry]))
        if isinstance(entry, Answer) and count > MOST_CHARACTERS:
            mend = f"shorten it to {MOST_CHARACTERS}, or move some of it to 'more'"
            yield material.problem((name, "short"), f"the answer has {count} characters", mend)
        elif isinstance(entry, RedFlag) and entry.level == "emergency" and count > MOST_CARD_CHARACTERS:
            mend = f"shorten it to {MOST_CARD_CHARACTERS}"
            yield material.problem((name, "action"), f"the card has {count} characters", mend)


def check_sentences(material: Material) -> Iterator[Problem]:
    """No sentence of an answer or a card has more than 20 words."""
    for place, text in _pieces(material.entries.values(), "more"):
        for sentence in sentences(text):
            if (count := len(sentence.split())) > MOST_WORDS:
                what = f"a sentence of {count} words: {sentence[:40]!r}..."
                yield material.problem(place, what, f"split it: at most {MOST_WORDS} words")


def check_paragraphs(material: Material) -> Iterator[Problem]:
    """The short answer has at most 2 sentences, and a paragraph at most 3."""
    for place, text in _pieces(material.entries.values(), "more"):
        count = len(sentences(text))
        if count > (most := MOST_SENTENCES.get(str(place[1]), count)):
            yield material.problem(place, f"{count} sentences in {place[1]!r}", f"use at most {most}")


def check_grade(material: Material) -> Iterator[Problem]:
    """Answers read at grade 6 or lower on average and never above 8; the cards of pressing flags at grade 5."""
    grades = {name: grade(text for _, text in _pieces([answer])) for name, answer in material.book.answers.items()}
    for name, found in grades.items():
        if found > MOST_GRADE:
            what = f"the answer reads at grade {found:.1f}"
            yield material.problem((f"answers/{name}", "short"), what, f"use shorter words: at most {MOST_GRADE:.0f}")
    if grades and (average := mean(grades.values())) > MEAN_GRADE:
        hardest = ", ".join(sorted(grades, key=lambda name: -grades[name])[:5])
        mend = f"make the hardest plainer: {hardest}"
        yield Problem("answers", 1, f"the answers read at grade {average:.1f} on average", mend)
    flags = [flag for flag in material.book.red_flags.values() if flag.level in ("emergency", "urgent")]
    if (found := grade(text for _, text in _pieces(flags))) > CARD_GRADE:
        what = f"the emergency and urgent cards read at grade {found:.1f}"
        yield Problem("red-flags", 1, what, f"use shorter words: at most {CARD_GRADE:.0f}", "warning")


def check_reassurance(material: Material) -> Iterator[Problem]:
    """An emergency card neither reassures nor names enemas and laxatives, except as what not to do."""
    for place, text in _pieces(flag for flag in material.book.red_flags.values() if flag.level == "emergency"):
        if place[1] != "do-not" and (found := _REASSURING.search(text)):
            what = f"an emergency card says {found[0]!r} outside 'do-not'"
            yield material.problem(place, what, "say it in other words")


def check_placeholders(material: Material) -> Iterator[Problem]:
    """The only placeholder of an entry is {emergency}."""
    for place, text in _pieces(material.entries.values()):
        if found := _PLACEHOLDER.search(text):
            yield material.problem(place, f"unknown placeholder {found[0]!r}", "use {emergency} or words")


def check_asks(material: Material) -> Iterator[Problem]:
    """An answer has at least 15 phrasings."""
    for answer in material.book.answers.values():
        if (count := len(answer.asks)) < LEAST_ASKS:
            what = f"only {count} asks"
            yield material.problem((f"answers/{answer.id}", "asks"), what, f"write at least {LEAST_ASKS}, varied")
