"""Recognises a red flag by how people tell it, where the words of the rules fall short; it only ever adds.

Every form brings tellings of it, and messages in much the same words that are calm. From them, against every question
that the answers know, one weight is learnt for each mark of a message (a word, two neighbours, a concept as meant, two
concepts side by side) and each level: an averaged perceptron with a margin (Freund and Schapire 1999; Collins 2002).
Learning takes the tellings in a fixed order, so that the same knowledge base always gives the same weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.core.concepts import Lexicon
from bot.core.knowledge import RANK
from bot.core.match import Index, Match, build_index, find
from bot.core.reading import Reading

SURE = {"emergency": 0.4, "urgent": 0.25, "soon": 0.5}
"""Score from which a message counts as told like something of that level, most urgent first."""
LEAN = -0.2
"""Score from which a message that is urgent already counts as told like an emergency."""
WINDOW = 60
"""Words that are looked at together at most, so that a flag in the midst of much else weighs no less."""
RUN = 12
"""Sentences that are looked at together at most."""
STRIDE = 20
"""Step of the window through a sentence that is longer than it."""
ROUNDS = 8
"""Times that learning goes over the tellings."""
MARGIN = 1.0
LEAST = 2
"""Tellings that must share a mark before it is given a weight."""
HOP = 7919
"""Step, a prime, in which learning goes through the tellings."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One way in which people tell a red flag."""

    flag: str
    level: str
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Tellings:
    """What was learnt: weights by mark and the starting score, each by level as in `SURE`; and the tellings indexed."""

    weights: Mapping[str, tuple[float, ...]]
    start: tuple[float, ...]
    indexes: Mapping[str, Index]
    """level -> the tellings of the forms of that level"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The red flag that a message is told like, how surely, and the nearest telling."""

    flag: str
    level: str
    score: float
    nearest: Match


def learn(tellings: Sequence[Telling], calm: Sequence[Reading], lexicon: Lexicon) -> Tellings:
    """Learn to tell tellings from calm messages, for each level and above."""
    readings = [*(telling.reading for telling in tellings), *calm]
    bags = [_marks(reading, lexicon, 0, len(reading.plain.tokens)) for reading in readings]
    counts = Counter(mark for bag in bags for mark in bag)
    numbers = {mark: number for number, mark in enumerate(sorted(m for m, n in counts.items() if n >= LEAST))}
    rows = [sorted(numbers[mark] for mark in bag if mark in numbers) for bag in bags]
    ranks = [RANK[telling.level] for telling in tellings] + [0] * len(calm)
    columns = [_trained(rows, [rank >= RANK[level] for rank in ranks], len(numbers)) for level in SURE]
    return Tellings(
        {mark: tuple(round(weights[number], 4) for weights, _ in columns) for mark, number in numbers.items()},
        tuple(round(start, 4) for _, start in columns),
        {
            level: build_index([(t.flag, t.text, t.reading) for t in tellings if t.level == level], lexicon)
            for level in SURE
        },
    )


def recognise(tellings: Tellings, reading: Reading, lexicon: Lexicon, above: str = "none") -> Likeness | None:
    """Return what the message is told like when that is more urgent than `above`; linear in its length."""
    scored = [(_scores(tellings, _marks(reading, lexicon, *part)), part) for part in _parts(reading)]
    alarmed = RANK[above] >= RANK["urgent"]
    alarmed = alarmed or any(scores[1] >= SURE["urgent"] for scores, _ in scored)
    for column, (level, sure) in enumerate(SURE.items()):
        if RANK[level] <= RANK[above]:
            return None
        scores, part = max(scored, key=lambda entry: entry[0][column])
        enough = LEAN if alarmed and level == "emergency" else sure
        if scores[column] >= enough and (near := find(tellings.indexes[level], _part(reading, *part))):
            return Likeness(near[0].topic, level, round(scores[column], 3), near[0])
    return None


def _parts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where the parts begin and end: the whole when it is short, otherwise every run of sentences that is.

    A message therefore has its own part again whatever sentences stand around it.
    """
    sentences = [token.sentence for token in reading.plain.tokens]
    ends = [place for place in range(1, len(sentences)) if sentences[place] != sentences[place - 1]]
    bounds = [0, *ends, len(sentences)]
    if len(sentences) <= WINDOW and len(bounds) <= RUN + 1:
        yield 0, len(sentences)
        return
    for place, start in enumerate(bounds[:-1]):
        for end in bounds[place + 1 : place + 1 + RUN]:
            if end - start <= WINDOW:
                yield start, end
        for begin in range(start, bounds[place + 1] - WINDOW + STRIDE, STRIDE):
            yield begin, min(begin + WINDOW, bounds[place + 1])


def _part(reading: Reading, start: int, end: int) -> Reading:
    return replace(
        reading,
        plain=replace(reading.plain, tokens=reading.plain.tokens[start:end]),
        mentions=tuple(mention for mention in reading.mentions if start <= mention.start < end),
        hints=tuple(hint for hint in reading.hints if start <= hint.start < end),
    )


def _scores(tellings: Tellings, marks: frozenset[str]) -> tuple[float, ...]:
    known = [weights for mark in marks if (weights := tellings.weights.get(mark))]
    length = math.sqrt(len(known)) or 1.0
    sums = (sum(column) for column in zip(*known, strict=True)) if known else (0.0 for _ in tellings.start)
    return tuple(each / length + start for each, start in zip(sums, tellings.start, strict=True))


def _marks(reading: Reading, lexicon: Lexicon, start: int, end: int) -> frozenset[str]:
    """Return the marks of the words from `start` up to `end`."""
    tokens = reading.plain.tokens[start:end]
    marks = {"?" + hint.concept for hint in reading.hints if start <= hint.start < end}
    words = [("#" if token.stem.isdigit() else token.stem, token.sentence) for token in tokens]
    marks.update(word for word, _ in words)
    marks.update(f"{one} {two}" for (one, here), (two, there) in pairwise(words) if here == there)
    named: set[tuple[str, int]] = set()
    for mention in reading.mentions:
        if start <= mention.start < end:
            manner = "" if mention.counts else f" {mention.manner}{'!' if mention.elsewhere else ''}"
            named.update((f"<{name}{manner}", mention.sentence) for name in lexicon.closure[mention.concept])
    marks.update(name for name, _ in named)
    marks.update(_side_by_side(named))
    return frozenset(marks)


def _side_by_side(named: Iterable[tuple[str, int]]) -> Iterator[str]:
    ordered = sorted(named)
    for place, (one, sentence) in enumerate(ordered):
        for two, other in ordered[place + 1 :]:
            if abs(sentence - other) < 2 and one != two:
                yield f"{one} + {two}"


def _trained(rows: Sequence[Sequence[int]], told: Sequence[bool], marks: int) -> tuple[list[float], float]:
    """Return the averaged weights and the averaged start that part the rows that are told from the others."""
    weights, sums = [0.0] * marks, [0.0] * marks
    start, start_sum, time = 0.0, 0.0, 1
    hop = HOP if len(rows) % HOP else 1
    for turn in range(ROUNDS):
        for step in range(len(rows)):
            number = (turn * 31 + step * hop) % len(rows)
            row, sign = rows[number], 1.0 if told[number] else -1.0
            length = math.sqrt(len(row)) or 1.0
            short = MARGIN - sign * (sum([weights[mark] for mark in row]) / length + start)
            if short > 0:
                push = sign * min(1.0, short) / length
                for mark in row:
                    weights[mark] += push
                    sums[mark] += time * push
                start += push / 10
                start_sum += time * push / 10
            time += 1
    return [weight - total / time for weight, total in zip(weights, sums, strict=True)], start - start_sum / time
