"""Recognises a red flag by how people tell it, where the words of the rules fall short; it only ever adds.

Every form brings tellings of it, and messages in much the same words that are calm. From them, against every question
that the answers know, one weight is learnt for each mark of a message (a word, two near each other, a concept as meant,
two concepts side by side) and each level: an averaged perceptron with a margin (Freund and Schapire 1999; Collins
2002). Which form it is, the marks tell by tf-idf (Manning et al. 2008, chapter 6).
Learning takes the tellings in a fixed order, so that the same knowledge base always gives the same weights.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.concepts import Lexicon
from bot.core.knowledge import RANK
from bot.core.reading import Reading

SURE = {"emergency": 0.7, "urgent": 0.6, "soon": 0.7}
"""Score from which a message counts as told like something of that level, most urgent first."""
LEAN = -0.4
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
LEAST = 3
"""Tellings that must share a mark before it is given a weight."""
_IDLE = frozenset(
    "hi hiya hello hey so basically well ok okay um uh erm please thanks thank cheers ta advance sorry lol haha omg "
    "just actually really literally honestly like anyway plus also".split()
)
"""Words of courtesy and filling, which tell nothing."""
_GAPS = (" ", " .. ", " .. ", " .. ")
"""Between two words of a pair: neighbours, or up to three words apart."""
SLIGHT = 0.2
"""Weight below which a mark is dropped once all is learnt."""
PROFILE = 500
"""Marks by which a form is told from the other forms of its level."""
SHOWN = 6
"""Marks that the explanation names."""
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
    """What was learnt of the tellings."""

    marks: Mapping[str, int]
    """the place of each mark in every column"""
    columns: tuple[Sequence[float], ...]
    """weights by level as in `SURE`"""
    start: tuple[float, ...]
    """the starting score by level"""
    profiles: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    """level -> mark -> the forms that it speaks for, and how strongly"""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The red flag that a message is told like, how surely, and the marks that weigh most."""

    flag: str
    level: str
    score: float
    marks: tuple[str, ...]


def learn(tellings: Sequence[Telling], calm: Sequence[Reading], lexicon: Lexicon) -> Tellings:
    """Learn to tell tellings from calm messages, for each level and above."""
    readings = [*(telling.reading for telling in tellings), *calm]
    bags = [_marks(reading, lexicon, 0, len(reading.plain.tokens)) for reading in readings]
    counts = Counter(mark for bag in bags for mark in bag)
    numbers = {mark: number for number, mark in enumerate(sorted(m for m, n in counts.items() if n >= LEAST))}
    rows = [sorted(numbers[mark] for mark in bag if mark in numbers) for bag in bags]
    ranks = [RANK[telling.level] for telling in tellings] + [0] * len(calm)
    columns = [_trained(rows, [rank >= RANK[level] for rank in ranks], len(numbers)) for level in SURE]
    kept = [mark for mark, at in numbers.items() if max(abs(weights[at]) for weights, _ in columns) >= SLIGHT]
    return Tellings(
        {mark: place for place, mark in enumerate(kept)},
        tuple(tuple(round(weights[numbers[mark]], 2) for mark in kept) for weights, _ in columns),
        tuple(round(start, 4) for _, start in columns),
        _profiles([(telling.flag, telling.level) for telling in tellings], bags),
    )


def _profiles(
    told: Sequence[tuple[str, str]], bags: Sequence[frozenset[str]]
) -> Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]:
    """Weigh the marks of each form by how often they are in its tellings and in how few forms (tf-idf)."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for entry, bag in zip(told, bags, strict=False):  # the bags behind those of the tellings are calm
        counts.setdefault(entry, Counter()).update(bag)
    spread = Counter(mark for counter in counts.values() for mark in counter)
    profiles: dict[str, dict[str, list[tuple[str, float]]]] = {level: {} for level in SURE}
    for (flag, level), counter in counts.items():
        weights = {mark: n * math.log(1 + len(counts) / spread[mark]) for mark, n in counter.items() if n > 1}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for mark in sorted(weights, key=lambda mark: (-weights[mark], mark))[:PROFILE]:
            profiles.setdefault(level, {}).setdefault(mark, []).append((flag, round(weights[mark] / length, 3)))
    return {level: {mark: tuple(forms) for mark, forms in each.items()} for level, each in profiles.items()}


def recognise(tellings: Tellings, reading: Reading, lexicon: Lexicon, above: str = "none") -> Likeness | None:
    """Return what the message is told like when that is more urgent than `above`; linear in its length."""
    bags = [_marks(reading, lexicon, *part) for part in _parts(reading)]
    scored = [(_scores(tellings, bag), place) for place, bag in enumerate(bags)]
    alarmed = RANK[above] >= RANK["urgent"] or any(scores[1] >= SURE["urgent"] for scores, _ in scored)
    for column, (level, sure) in enumerate(SURE.items()):
        if RANK[level] <= RANK[above]:
            return None
        scores, place = max(scored, key=lambda entry: entry[0][column])
        enough = LEAN if alarmed and level == "emergency" else sure
        if scores[column] >= enough and (flag := _nearest(tellings.profiles[level], bags[place])):
            return Likeness(flag, level, round(scores[column], 3), _heaviest(tellings, bags[place], column))
    return None


def _nearest(profile: Mapping[str, tuple[tuple[str, float], ...]], bag: frozenset[str]) -> str:
    """Return the form whose profile the marks of a message fill most, or nothing when they fill none."""
    sums: dict[str, float] = {}
    for mark in sorted(bag):
        for flag, weight in profile.get(mark, ()):
            sums[flag] = sums.get(flag, 0.0) + weight
    return min(sums, key=lambda flag: (-sums[flag], flag), default="")


def _heaviest(tellings: Tellings, bag: frozenset[str], column: int) -> tuple[str, ...]:
    weights = {mark: tellings.columns[column][tellings.marks[mark]] for mark in bag if mark in tellings.marks}
    return tuple(sorted(weights, key=lambda mark: (-weights[mark], mark))[:SHOWN])


def _parts(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where the parts begin and end: the whole when it is short, otherwise every run of sentences that is.

    A message therefore has its own part again whatever sentences, or questions, stand around it.
    """
    sentences = [token.sentence for token in reading.plain.tokens]
    ends = [place for place in range(1, len(sentences)) if sentences[place] != sentences[place - 1]]
    bounds = [0, *ends, len(sentences)]
    if len(sentences) <= WINDOW and len(bounds) <= RUN + 1:
        yield from _without_questions(reading, bounds)
        return
    for place, start in enumerate(bounds[:-1]):
        for end in bounds[place + 1 : place + 1 + RUN]:
            if end - start <= WINDOW:
                yield start, end
        for begin in range(start, bounds[place + 1] - WINDOW + STRIDE, STRIDE):
            yield begin, min(begin + WINDOW, bounds[place + 1])


def _without_questions(reading: Reading, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the whole, and the whole without each question that stands before or behind the rest."""
    tokens, count = reading.plain.tokens, len(bounds) - 1
    asked = [start < end and tokens[start].sentence in reading.plain.questions for start, end in pairwise(bounds)]
    before = next((place for place, question in enumerate(asked) if not question), count)
    behind = next((place for place, question in enumerate(reversed(asked)) if not question), count)
    for start in range(before + 1):
        for end in range(max(start + 1, count - behind), count + 1):
            yield bounds[start], bounds[end]


def _scores(tellings: Tellings, bag: frozenset[str]) -> tuple[float, ...]:
    places = [place for mark in bag if (place := tellings.marks.get(mark)) is not None]
    length = math.sqrt(len(places)) or 1.0
    return tuple(
        sum([column[place] for place in places]) / length + start
        for column, start in zip(tellings.columns, tellings.start, strict=True)
    )


def _marks(reading: Reading, lexicon: Lexicon, start: int, end: int) -> frozenset[str]:
    """Return the marks of the words from `start` up to `end`."""
    tokens = reading.plain.tokens[start:end]
    marks = {"?" + hint.concept for hint in reading.hints if start <= hint.start < end}
    words = [
        ("#" if token.stem.isdigit() else token.stem, token.sentence) for token in tokens if token.word not in _IDLE
    ]
    marks.update(word for word, _ in words)
    for place, (one, sentence) in enumerate(words):
        for gap, (two, other) in zip(_GAPS, words[place + 1 :], strict=False):
            if sentence == other:
                marks.add(one + gap + two)
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
