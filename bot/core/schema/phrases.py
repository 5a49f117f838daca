"""The form of one phrase of the lexicon."""

from __future__ import annotations

import re

from bot.core.schema.report import Report

_CONCEPT = re.compile(r"<([^<>\s]*)>")
_SIMPLE = re.compile("[a-z0-9 ~<>=-]+")
_INNERMOST = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")


def check_phrase(phrase: str, line: int, report: Report) -> None:
    """Note everything that the reader of phrases could not use."""
    if _SIMPLE.fullmatch(phrase):
        return
    if "'" in phrase or "\u2019" in phrase:
        report.error(line, f"an apostrophe in {phrase!r}", "leave it out: won't is written wont")
    if phrase != phrase.lower():
        report.error(line, f"capital letters in {phrase!r}", "write it lower case")
    if not _balanced(phrase):
        report.error(line, f"a bracket without its partner in {phrase!r}", "close it: (a|b) or [x]; | only inside ( )")


def _balanced(phrase: str) -> bool:
    while (shorter := _INNERMOST.sub(" ", phrase)) != phrase:
        phrase = shorter
    return not re.search(r"[()\[\]|]", phrase)


def concepts_in(phrase: str) -> tuple[str, ...]:
    """Name the concepts that a phrase refers to."""
    return tuple(_CONCEPT.findall(phrase)) if "<" in phrase else ()
