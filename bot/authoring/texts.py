"""Checks of what people read: length, plainness, and what an emergency card must never say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import mean

from bot.authoring.material import Material
from bot.authoring.plain import grade, sentences
from bot.core.knowledge import Answer, RedFlag
from bot.errors import Problem

MOST_CHARACTERS = 900
MOST_CARD_CHARACTERS = 600
MOST_WORDS = 20
MOST_GRADE = 8.0
MEAN_GRADE = 6.0
CARD_GRADE = 5.0
LEAST_ASKS = 15

_REASSURING = re.compile(r"\b(enemas?|laxatives?|don['’]t worry|normal(?:ly)?)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{(?!emergency\})[^{}]*\}?")

Piece = tuple[tuple[str | int, ...], str]
"""The place of a text inside its entry, and the text."""


def _pieces(entry: Answer | RedFlag, keys: tuple[str, ...]) -> Iterator[Piece]:
    for key in keys:
        value = getattr(entry, key.replace("-", "_"))
        for place, text in enumerate((value,) if isinstance(value, str) else value):
            if text:
                yield (key,) if isinstance(value, str) else (key, place), text


def _answer(answer: Answer) -> tuple[Piece, ...]:
    return tuple(_pieces(answer, ("short", "body", "steps", "avoid", "help")))


def _card(flag: RedFlag, *left_out: str) -> tuple[Piece, ...]:
    keys = ("title", "action", "why", "do", "do-not", "say-on-arrival")
    return tuple(_pieces(flag, tuple(key for key in keys if key not in left_out)))


def check_length(material: Material) -> Iterator[Problem]:
    """An answer has at most 900 characters before "tell me more", and an emergency card at most 600."""
    for answer in material.book.answers.values():
        count = sum(len(text) for _, text in _answer(answer))
        if count > MOST_CHARACTERS:
            mend = f"shorten it to {MOST_CHARACTERS}, or move some of it to 'more'"
            yield material.problem((f"answers/{answer.id}", "short"), f"the answer has {count} characters", mend)
    for flag in material.book.red_flags.values():
        count = sum(len(text) for _, text in _card(flag))
        if flag.level == "emergency" and count > MOST_CARD_CHARACTERS:
            mend = f"shorten it to {MOST_CARD_CHARACTERS}"
            yield material.problem((f"red-flags/{flag.id}", "action"), f"the card has {count} characters", mend)


def check_sentences(material: Material) -> Iterator[Problem]:
    """No sentence of an answer or a card has more than 20 words."""
    for answer in material.book.answers.values():
        for place, text in (*_answer(answer), *_pieces(answer, ("more",))):
            yield from _long_sentences(material, (f"answers/{answer.id}", *place), text)
    for flag in material.book.red_flags.values():
        for place, text in _card(flag):
            yield from _long_sentences(material, (f"red-flags/{flag.id}", *place), text)


def _long_sentences(material: Material, place: tuple[str, *tuple[str | int, ...]], text: str) -> Iterator[Problem]:
    for sentence in sentences(text):
        if (count := len(sentence.split())) > MOST_WORDS:
            what = f"a sentence of {count} words: {sentence[:40]!r}..."
            yield material.problem(place, what, f"split it: at most {MOST_WORDS} words")


def check_paragraphs(material: Material) -> Iterator[Problem]:
    """The short answer has at most 2 sentences, and a paragraph at most 3."""
    for answer in material.book.answers.values():
        for place, text in _pieces(answer, ("short", "body", "more")):
            most = 2 if place == ("short",) else 3
            if (count := len(sentences(text))) > most:
                what = f"{count} sentences in {place[0]!r}"
                yield material.problem((f"answers/{answer.id}", *place), what, f"use at most {most}")


def check_grade(material: Material) -> Iterator[Problem]:
    """Answers read at grade 6 or lower on average and never above 8; the cards of pressing flags at grade 5."""
    grades = {answer.id: grade(text for _, text in _answer(answer)) for answer in material.book.answers.values()}
    for name, found in grades.items():
        if found > MOST_GRADE:
            what = f"the answer reads at grade {found:.1f}"
            yield material.problem((f"answers/{name}", "short"), what, f"use shorter words: at most {MOST_GRADE:.0f}")
    if grades and (average := mean(grades.values())) > MEAN_GRADE:
        hardest = ", ".join(sorted(grades, key=lambda name: -grades[name])[:5])
        mend = f"make the hardest plainer: {hardest}"
        yield Problem("answers", 1, f"the answers read at grade {average:.1f} on average", mend)
    flags = [flag for flag in material.book.red_flags.values() if flag.level in ("emergency", "urgent")]
    found = grade(text for flag in flags for _, text in _card(flag))
    if found > CARD_GRADE:
        what = f"the emergency and urgent cards read at grade {found:.1f}"
        yield Problem("red-flags", 1, what, f"use shorter words: at most {CARD_GRADE:.0f}", "warning")


def check_reassurance(material: Material) -> Iterator[Problem]:
    """An emergency card neither reassures nor names enemas and laxatives, except as what not to do."""
    for flag in material.book.red_flags.values():
        for place, text in _card(flag, "do-not") if flag.level == "emergency" else ():
            if found := _REASSURING.search(text):
                what = f"an emergency card says {found[0]!r} outside 'do-not'"
                yield material.problem((f"red-flags/{flag.id}", *place), what, "say it in other words")


def check_placeholders(material: Material) -> Iterator[Problem]:
    """The only placeholder of an entry is {emergency}."""
    book = material.book
    pieces = [(f"red-flags/{flag.id}", piece) for flag in book.red_flags.values() for piece in _card(flag)]
    pieces += [(f"answers/{answer.id}", piece) for answer in book.answers.values() for piece in _answer(answer)]
    for entry, (place, text) in pieces:
        if found := _PLACEHOLDER.search(text):
            yield material.problem((entry, *place), f"unknown placeholder {found[0]!r}", "use {emergency} or words")


def check_asks(material: Material) -> Iterator[Problem]:
    """An answer has at least 15 phrasings."""
    for answer in material.book.answers.values():
        if (count := len(answer.asks)) < LEAST_ASKS:
            what = f"only {count} asks"
            yield material.problem((f"answers/{answer.id}", "asks"), what, f"write at least {LEAST_ASKS}, varied")
