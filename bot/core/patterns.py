"""The small language in which the lexicon writes phrases, compiled into a trie and matched over words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.core.normalise import stem

GAP = 4
"""Words that a bare `~` may stand for, at most."""

_PIECE = re.compile(r"[()\[\]|]|[^\s()\[\]|]+")
_CLOSES = {"(": ")", "[": "]"}


class PhraseError(ValueError):
    """A phrase of the lexicon cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a phrase: a word (by its stem), an exact word, a concept, or a gap of some words."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice between phrases; an empty one may be left out."""

    options: tuple[Phrase, ...]


Phrase: TypeAlias = "tuple[Step | Choice, ...]"


Trie: TypeAlias = dict[str, Any]
"""Phrases that share their beginnings, as nested maps (they load fast from a cache).

A node maps a stem, "=word" or "<concept>" to the node that follows. Three more keys: `ENDS` names the concepts of the
phrases that end here, `JOINS` lists nodes reached without a word (where a choice ends), `GAPS` maps a number of words
that may be skipped to the node behind them.
"""
ENDS, JOINS, GAPS = ".", "|", "~"


def add(trie: Trie, phrase: Phrase, concept: str) -> None:
    """Add one phrase of a concept; choices meet again behind themselves, so that size stays linear."""
    first = phrase[0]
    if isinstance(first, Choice) and () in first.options:
        add(trie, phrase[1:], concept)
        phrase = (Choice(tuple(option for option in first.options if option)), *phrase[1:])
    node = _extend(trie, phrase)
    if concept not in node.get(ENDS, ()):
        node[ENDS] = (*node.get(ENDS, ()), concept)


def _extend(node: Trie, phrase: Phrase) -> Trie:
    for item in phrase:
        if isinstance(item, Step):
            node = _step(node, item)
            continue
        join: Trie = {}
        for option in item.options:
            _extend(node, option).setdefault(JOINS, []).append(join)
        node = join
    return node


def _step(node: Trie, step: Step) -> Trie:
    if step.kind == "gap":
        following: Trie = node.setdefault(GAPS, {}).setdefault(int(step.value), {})
        return following
    following = node.setdefault({"word": "", "exact": "=", "concept": "<"}[step.kind] + step.value, {})
    return following


def compact(trie: Trie) -> Trie:
    """Return the same trie with branches that are alike shared, which makes it several times smaller."""
    return _shared(trie, {}, {})


def _shared(node: Trie, done: dict[int, Trie], seen: dict[Any, Trie]) -> Trie:
    if id(node) in done:
        return done[id(node)]
    small: Trie = {}
    for key, value in node.items():
        if key == ENDS:
            small[key] = value
        elif key == JOINS:
            small[key] = tuple({id(j): j for j in (_shared(join, done, seen) for join in value)}.values())
        elif key == GAPS:
            small[key] = {most: _shared(following, done, seen) for most, following in value.items()}
        else:
            small[key] = _shared(value, done, seen)
    shape = tuple(sorted((key, _shape(key, value)) for key, value in small.items()))
    done[id(node)] = seen.setdefault(shape, small)
    return done[id(node)]


def _shape(key: str, value: Any) -> Any:
    """Describe a branch so that branches alike have the same description; shared nodes count as themselves."""
    if key == ENDS:
        return value
    if key == JOINS:
        return tuple(map(id, value))
    return tuple((most, id(node)) for most, node in sorted(value.items())) if key == GAPS else id(value)


def parse(phrase: str, plain: Callable[[str], Sequence[str]]) -> Phrase:
    """Read a phrase as written in the lexicon; `plain` gives the plain words of a word as written."""
    pieces = _PIECE.findall(phrase)
    items, rest = _sequence(pieces, plain, phrase)
    if rest:
        raise PhraseError(f"'{rest[0]}' stands alone in '{phrase}'")
    whole = _tidy(items)
    if _may_be_empty(whole):
        raise PhraseError(f"'{phrase}' may stand for nothing")
    return whole


def needs(phrase: Phrase) -> frozenset[str]:
    """Return the concepts that a phrase refers to."""
    found: set[str] = set()
    for item in phrase:
        if isinstance(item, Choice):
            found.update(name for option in item.options for name in needs(option))
        elif item.kind == "concept":
            found.add(item.value)
    return frozenset(found)


def _sequence(
    pieces: list[str], plain: Callable[[str], Sequence[str]], phrase: str
) -> tuple[list[Step | Choice], list[str]]:
    items: list[Step | Choice] = []
    while pieces and pieces[0] not in (")", "]", "|"):
        piece, pieces = pieces[0], pieces[1:]
        if piece in _CLOSES:
            choice, pieces = _choice(piece, pieces, plain, phrase)
            items.append(choice)
        else:
            items.extend(_steps(piece, plain))
    return items, pieces


def _choice(
    opened: str, pieces: list[str], plain: Callable[[str], Sequence[str]], phrase: str
) -> tuple[Choice, list[str]]:
    options: list[Phrase] = [()] if opened == "[" else []
    while True:
        items, pieces = _sequence(pieces, plain, phrase)
        options.append(tuple(items))
        if not pieces or pieces[0] not in ("|", _CLOSES[opened]):
            raise PhraseError(f"'{opened}' is not closed in '{phrase}'")
        separator, pieces = pieces[0], pieces[1:]
        if separator != "|":
            return Choice(tuple(dict.fromkeys(options))), pieces


def _steps(word: str, plain: Callable[[str], Sequence[str]]) -> tuple[Step, ...]:
    if word.startswith("~"):
        return (Step("gap", word[1:] or str(GAP)),)
    if word.startswith("<") and word.endswith(">"):
        return (Step("concept", word[1:-1]),)
    if word.startswith("="):
        return (Step("exact", word[1:]),)
    return tuple(Step("word", stem(piece)) for piece in plain(word))


def _tidy(items: list[Step | Choice]) -> Phrase:
    """Drop gaps at either end: they would only swallow words."""
    while items and isinstance(items[0], Step) and items[0].kind == "gap":
        items.pop(0)
    while items and isinstance(items[-1], Step) and items[-1].kind == "gap":
        items.pop()
    return tuple(items)


def _may_be_empty(phrase: Phrase) -> bool:
    return all(isinstance(item, Choice) and any(map(_may_be_empty, item.options)) for item in phrase)


@dataclass(frozen=True, slots=True)
class Words:
    """What a message offers to the trie at each position: keys of the word there, and its sentence."""

    keys: tuple[tuple[str, ...], ...]
    sentences: tuple[int, ...]
    denials: frozenset[int] = frozenset()
    """positions of words that deny a verb ("not")"""
    nos: frozenset[int] = frozenset()
    """positions of words that deny the thing behind them ("no")"""
    breaks: frozenset[int] = frozenset()
    """positions of words behind a comma: no gap reaches over them"""


Found: TypeAlias = Mapping[int, Mapping[str, tuple[int, ...]]]
"""Where mentions of concepts begin: position -> "<concept" -> the positions after their last words."""


_Ways: TypeAlias = Sequence[Sequence[tuple[str, int]]]
"""From each position: a key of what stands there, and the position behind it."""

Hit: TypeAlias = tuple[str, int, int, bool]
"""A concept, where its words start and end, and whether a gap in it skipped a word that denies."""


def matches(trie: Trie, words: Words, found: Found) -> set[Hit]:
    """Return every phrase of `trie` in a row of words; a phrase never leaves its sentence."""
    ways = [[(key, at + 1) for key in keys] for at, keys in enumerate(words.keys)]
    for at, mentions in found.items():
        ways[at] += [(name, end) for name, ends in mentions.items() for end in ends]
    result: set[Hit] = set()
    for start in range(len(words.keys)):
        _walk(trie, words, ways, start, result)
    return result


def _walk(trie: Trie, words: Words, ways: _Ways, start: int, result: set[Hit]) -> None:
    """Follow every path of the trie from one word on; this is the hot path, so it tests before it builds."""
    inside = bisect_right(words.sentences, words.sentences[start])
    stack = [(trie, start, False)]
    while stack:
        node, at, denied = stack.pop()
        if ENDS in node:
            result.update([(concept, start, at, denied) for concept in node[ENDS]])
        if JOINS in node:
            stack += [(join, at, denied) for join in node[JOINS]]
        if GAPS in node:
            stack += _over_gaps(node[GAPS], words, ways, (at, inside), denied)
        if at < inside:
            stack += [(node[key], end, denied) for key, end in ways[at] if key in node]


def _over_gaps(
    gaps: Mapping[int, Trie], words: Words, ways: _Ways, reach: tuple[int, int], denied: bool
) -> list[tuple[Trie, int, bool]]:
    """Return the states one step behind a gap, or right behind it where no word need follow."""
    states: list[tuple[Trie, int, bool]] = []
    for following, here, crossed in _skips(gaps, words, reach, denied):
        if JOINS in following or GAPS in following:
            states.append((following, here, crossed))
        elif here < reach[1]:
            states += [(following[key], end, crossed) for key, end in ways[here] if key in following]
    return states


def _skips(
    gaps: Mapping[int, Trie], words: Words, reach: tuple[int, int], denied: bool
) -> Iterator[tuple[Trie, int, bool]]:
    """Yield the nodes behind a gap for every number of words that it may skip inside the sentence."""
    at, inside = reach
    for most, following in gaps.items():
        crossed = denied
        for skipped in range(most + 1):
            here = at + skipped
            yield following, here, crossed or (skipped > 0 and here - 1 in words.nos)
            if here >= inside or here in words.breaks:
                break
            crossed = crossed or here in words.denials
