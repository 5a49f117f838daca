"""Finds the answers that a question is about: an index over stems, concepts and word pairs of the phrasings.

Every phrasing is a bag of features weighted by how few topics use them (inverse topic frequency). A topic's score joins
its nearest phrasing (cosine) with the sum of its phrasings (nearest centroid), as in Manning et al. 2008, chapter 14.
Words of the question that the knowledge base does not know count in full against every topic.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.concepts import Lexicon
from bot.core.normalise import stem
from bot.core.reading import Reading

NEAREST = 0.2
"""Share of the nearest phrasings in a topic's score; the rest is the sum of all its phrasings."""
NEIGHBOURS = 3
"""Phrasings of a topic that count as the nearest."""
FLATTER = 0.7
"""Power to which rarity is taken: rare words count for more, but not for everything."""
SURE = 0.32
"""Score from which an answer is given to a message that speaks of the bot's field."""
SAME = 0.9
"""Closeness to a phrasing from which a question counts as that phrasing, whatever else it lacks."""
SURE_CHAT = 0.28
"""Score from which small talk and questions about the bot are answered."""
SURE_OUTSIDE = 0.45
"""Score from which an answer is given to a message that names nothing of the bot's field ("who does pep manage")."""
SURE_ELSEWHERE = 0.6
"""Score from which an answer is given to a message about another part of the body, a machine or an animal."""
POSSIBLE = 0.15
"""Score from which a topic is offered as a choice."""
MARGIN = 0.02
"""Lead over the second topic below which both are offered."""
MOST_CANDIDATES = 12
"""Topics that come to the second look, at the nearest phrasing."""
MOST_WORDS = 80
"""Words of a question that are matched: the last ones, where the question usually stands."""

_STOP = frozenset(
    "a an the i im ive id me my mine you your youre we us our he hes him his she shes her they them their it its "
    "this that these those is am are was were be been being do does did done have has had having to of in on at "
    "by for from with and or but so if then than as up out there here just really very too also any some will "
    "would can could should shall may might must what whats which who how when where why not no yes okay please "
    "like get got go going want need know thing things something anything one about into over dont cant wont isnt "
    "didnt doesnt after before during because while much many lot bit more most good bad".split()
)
_SILENT_KINDS = frozenset(("cue", "idiom", "refuse"))


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that a question may be about: its score, its nearest phrasing, and the features they share."""

    topic: str
    score: float
    nearest: str
    shared: tuple[str, ...] = ()
    closeness: float = 0.0
    """cosine between the question and the nearest phrasing"""


@dataclass(frozen=True, slots=True)
class Index:
    """The phrasings of every answer, ready for `find`."""

    phrasings: tuple[tuple[str, str], ...]
    """topic and text"""
    lengths: tuple[float, ...]
    """length of each phrasing's bag of weights"""
    postings: Mapping[str, Mapping[str, tuple[int, ...]]]
    """feature -> topic -> numbers of the phrasings that have it"""
    centroids: Mapping[str, tuple[tuple[str, float], ...]]
    """feature -> (topic, weight in it)"""
    rarity: Mapping[str, float]
    unknown: float
    """weight of a word that no phrasing has"""
    lexicon: Lexicon


def build_index(phrasings: Iterable[tuple[str, str, Reading]], lexicon: Lexicon) -> Index:
    """Index phrasings: for each the name of what it leads to, its text, and its reading."""
    bags = [(name, text, _bag(reading, lexicon)) for name, text, reading in phrasings]
    rarity = _rarity(bags)
    postings: dict[str, dict[str, list[int]]] = {}
    for number, (topic, _, bag) in enumerate(bags):
        for feature in bag:
            postings.setdefault(feature, {}).setdefault(topic, []).append(number)
    return Index(
        tuple((topic, text) for topic, text, _ in bags),
        tuple(math.sqrt(sum(rarity[f] ** 2 for f in bag)) or 1.0 for _, _, bag in bags),
        {feature: {topic: tuple(n) for topic, n in here.items()} for feature, here in postings.items()},
        _centroids([(topic, _unit(bag, rarity)) for topic, _, bag in bags]),
        rarity,
        max(rarity.values(), default=1.0),
        lexicon,
    )


def find(index: Index, reading: Reading, topic: str | None = None) -> tuple[Match, ...]:
    """Return the topics that the message may be about, best first, at most eight; `topic` is the one shown last."""
    query = _unit(_bag(reading, index.lexicon), index.rarity, index.unknown)
    sums: dict[str, float] = {}
    for feature, weight in query.items():
        for name, there in index.centroids.get(feature, ()):
            sums[name] = sums.get(name, 0.0) + weight * there
    candidates = sorted(sums, key=lambda name: (-sums[name], name))[:MOST_CANDIDATES]
    scored = [
        (NEAREST * near + (1 - NEAREST) * sums[name], name, best)
        for name in candidates
        for near, best in (_nearest(index, query, name),)
    ]
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    return tuple(_match(index, query, *entry) for entry in scored[:8])


def _bag(reading: Reading, lexicon: Lexicon) -> Counter[str]:
    words = [
        (token.word, *filter(None, (reading.repaired.get(token.word, ""),)))
        for token in reading.plain.tokens[-MOST_WORDS:]
    ]
    concepts = [*reading.ideas, *(mention.concept for mention in reading.mentions if not mention.elsewhere)]
    return features(words, concepts, lexicon)


def _nearest(index: Index, query: Mapping[str, float], topic: str) -> tuple[float, tuple[int, float]]:
    """Return the mean cosine of the topic's phrasings nearest to the question, and the nearest with its own cosine."""
    near: dict[int, float] = {}
    for feature, weight in query.items():
        product = weight * index.rarity[feature]
        for number in index.postings[feature].get(topic, ()):
            near[number] = near.get(number, 0.0) + product
    best = sorted(((near[n] / index.lengths[n], -n) for n in near), reverse=True)[:NEIGHBOURS]
    return sum(cosine for cosine, _ in best) / NEIGHBOURS, (-best[0][1], best[0][0]) if best else (0, 0.0)


def _match(index: Index, query: Mapping[str, float], score: float, topic: str, nearest: tuple[int, float]) -> Match:
    number, closeness = nearest
    shared = [f for f in sorted(query, key=lambda f: (-query[f], f)) if number in index.postings[f].get(topic, ())]
    return Match(topic, round(score, 4), index.phrasings[number][1], tuple(shared[:6]), round(closeness, 4))


def features(words: Sequence[tuple[str, ...]], concepts: Iterable[str], lexicon: Lexicon) -> Counter[str]:
    """Return the features of a row of words, each with its possible readings: stems, pairs of stems and concepts."""
    bag: Counter[str] = Counter()
    told = [readings for readings in words if readings[0] not in _STOP] or words
    content = [[stem(word) for reading in readings for word in reading.split()] for readings in told]
    for stems in content:
        bag.update(dict.fromkeys(stems, 1))
    for first, second in pairwise(content):
        bag[f"{first[-1]} {second[-1]}"] = 1
    for concept in concepts:
        kind = lexicon.kind(concept)
        if kind not in _SILENT_KINDS:
            mark = "?" if kind == "question" else "<"
            bag.update(dict.fromkeys((mark + name for name in lexicon.closure[concept]), 1))
    return bag


def _rarity(bags: Sequence[tuple[str, str, Counter[str]]]) -> Mapping[str, float]:
    """Weigh a feature by how few topics use it: log(1 + topics / topics that have it), flattened."""
    topics: dict[str, set[str]] = {}
    for topic, _, bag in bags:
        for feature in bag:
            topics.setdefault(feature, set()).add(topic)
    total = len({topic for topic, _, _ in bags})
    return {
        feature: math.log(1 + total / len(having)) ** FLATTER * _kind_weight(feature)
        for feature, having in topics.items()
    }


def _kind_weight(feature: str) -> float:
    if feature.startswith("?"):
        return 0.5
    return 0.2 if " " in feature else 1.0


def _unit(bag: Mapping[str, int], rarity: Mapping[str, float], unknown: float = 0.0) -> Mapping[str, float]:
    """Return the weights of a bag with length 1; unknown single words lengthen it and take part in nothing."""
    weights = {feature: rarity[feature] for feature in bag if feature in rarity}
    strange = sum(1 for f in bag if f not in rarity and f[0] not in "<?" and " " not in f and not f.isdigit())
    length = math.sqrt(sum(w * w for w in weights.values()) + strange * unknown * unknown) or 1.0
    return {feature: weight / length for feature, weight in weights.items()}


def _centroids(phrasings: Sequence[tuple[str, Mapping[str, float]]]) -> Mapping[str, tuple[tuple[str, float], ...]]:
    sums: dict[str, dict[str, float]] = {}
    for topic, weights in phrasings:
        mine = sums.setdefault(topic, {})
        for feature, weight in weights.items():
            mine[feature] = mine.get(feature, 0.0) + weight
    result: dict[str, list[tuple[str, float]]] = {}
    for topic, mine in sums.items():
        length = math.sqrt(sum(w * w for w in mine.values())) or 1.0
        for feature, weight in mine.items():
            result.setdefault(feature, []).append((topic, weight / length))
    return {feature: tuple(entries) for feature, entries in result.items()}
