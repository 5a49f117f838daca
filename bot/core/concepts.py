"""Phrases of the lexicon become mentions: spans of words that name a concept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.core.knowledge import Concept, Vocabulary
from bot.core.normalise import Plain, Respelling, normalise, stem
from bot.core.patterns import Phrase, PhraseError, Trie, Words, add, compact, matches, needs, parse
from bot.core.spelling import MOST_REPAIRS, Speller

_DENIAL = re.compile(
    r"\b(no|not|never|none|without|nor|neither|zero|cannot|(is|was|are|were|have|has|had|do|does|did|ca|wo|could|would|ai)nt)\b"
)
_DENIALS = frozenset("not never dont didnt doesnt isnt wasnt arent werent".split())
MOST_ROUNDS = 5
"""Rounds of relations over relations, at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """A concept named by the words from `start` up to, not including, `end`."""

    concept: str
    start: int
    end: int
    denied: bool = False
    """whether a word of denial stands between its words"""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The vocabulary compiled for reading."""

    concepts: Mapping[str, Concept]
    closure: Mapping[str, frozenset[str]]
    """concept -> itself and every wider concept"""
    phrases: Trie
    """phrases of words only"""
    relations: Trie
    """phrases that refer to concepts"""
    respelling: Respelling
    speller: Speller
    negative: frozenset[str]
    """concepts that some phrase names with a word of denial ("wont stop", "no feeling")"""

    def kind(self, concept: str) -> str:
        """Return the kind of a concept: place, symptom, act and so on."""
        return self.concepts[concept].kind


def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """Compile the vocabulary; raises PhraseError, naming the concept, when a phrase cannot be read."""
    respelling = _respelling(vocabulary)
    plain_words = _PlainWords(respelling)
    phrases = {name: _phrases(concept, plain_words) for name, concept in vocabulary.concepts.items()}
    closure = {name: frozenset(_wider(name, vocabulary.concepts)) for name in vocabulary.concepts}
    words = {
        word
        for concept in vocabulary.concepts.values()
        if concept.kind not in ("word", "topic", "question")
        for phrase in concept.says
        for word in _letters(phrase).split()
        if word.isalpha()
    }
    speller = Speller(words, vocabulary.real_words)
    plain: Trie = {}
    relations: Trie = {}
    for name, group in phrases.items():
        for phrase in group:
            add(relations if needs(phrase) else plain, phrase, name)
    named = {name: replace(concept, says=()) for name, concept in vocabulary.concepts.items()}
    return Lexicon(named, closure, compact(plain), compact(relations), respelling, speller, _negative(vocabulary))


def find_spans(plain: Plain, lexicon: Lexicon) -> tuple[tuple[Span, ...], Mapping[str, str]]:
    """Return the mentions of every concept in order, and the words that were read as another (typed -> read).

    Relations are matched over what was found so far until nothing new is found, `MOST_ROUNDS` times at most.
    """
    words, repaired = _offered(plain, lexicon)
    spans = {Span(*found) for found in matches(lexicon.phrases, words, {})}
    fresh = spans
    for _ in range(MOST_ROUNDS):
        fresh = {Span(*found) for found in matches(lexicon.relations, words, _by_start(spans, lexicon))} - spans
        if not fresh:
            break
        spans |= fresh
    return tuple(_longest(spans)), repaired


def _by_start(spans: set[Span], lexicon: Lexicon) -> Mapping[int, Mapping[str, tuple[int, ...]]]:
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for span in spans:
        here = found.setdefault(span.start, {})
        for name in lexicon.closure[span.concept]:
            here["<" + name] = (*here.get("<" + name, ()), span.end)
    return found


def _respelling(vocabulary: Vocabulary) -> Respelling:
    words = {variant: tuple(plain.split()) for variant, plain in vocabulary.respell.items()}
    return Respelling(words, vocabulary.emoji)


class _PlainWords(dict[str, tuple[str, ...]]):
    """The plain words of each word of the lexicon, worked out once."""

    def __init__(self, respelling: Respelling) -> None:
        super().__init__()
        self._respelling = respelling

    def __missing__(self, word: str) -> tuple[str, ...]:
        self[word] = tuple(token.word for token in normalise(word, self._respelling).tokens)
        return self[word]


def _phrases(concept: Concept, plain_words: _PlainWords) -> list[Phrase]:
    try:
        return [parse(phrase, plain_words.__getitem__) for phrase in concept.says]
    except PhraseError as error:
        raise PhraseError(f"{concept.name}: {error}") from None


def _negative(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(
        name for name, concept in vocabulary.concepts.items() if any(_DENIAL.search(phrase) for phrase in concept.says)
    )


def _letters(phrase: str) -> str:
    return "".join(c if c.isalnum() else " " for c in phrase)


def _wider(name: str, concepts: Mapping[str, Concept]) -> set[str]:
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(concepts[here].wider if here in concepts else ())
    return seen


def _offered(plain: Plain, lexicon: Lexicon) -> tuple[Words, Mapping[str, str]]:
    """Give each position its stem, its exact word, and the readings of a misspelling."""
    repaired: dict[str, str] = {}
    keys: list[tuple[str, ...]] = []
    looked = 0
    for token in plain.tokens:
        here = [token.stem, "=" + token.word]
        if looked < MOST_REPAIRS and not lexicon.speller.known(token.word):
            looked += 1
            readings = lexicon.speller.repairs(token.word)
            here.extend(key for reading in readings for key in (stem(reading), "=" + reading))
            if readings:
                repaired[token.word] = readings[0]
        keys.append(tuple(dict.fromkeys(here)))
    row = Words(
        tuple(keys),
        tuple(token.sentence for token in plain.tokens),
        frozenset(at for at, token in enumerate(plain.tokens) if token.word in _DENIALS),
        frozenset(at for at, token in enumerate(plain.tokens) if token.word in ("no", "without", "zero")),
        frozenset(at for at, token in enumerate(plain.tokens) if "," in token.before or ";" in token.before),
    )
    return row, repaired


def _longest(spans: set[Span]) -> Iterator[Span]:
    """Of overlapping mentions of one concept keep the longest, the denied and the others each for themselves."""
    last: dict[tuple[str, bool], Span] = {}
    for span in sorted(spans, key=lambda s: (s.concept, s.start, -s.end, s.denied)):
        before = last.get((span.concept, span.denied))
        if before is not None and span.end <= before.end:
            continue
        last[span.concept, span.denied] = span
        yield span
