"""Any spelling of a message becomes one plain form: lower-case words without accents, with offsets kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import snowballstemmer

LONGEST = 8_192
"""Characters that are read of one message: the first half and the last half of it when it is longer."""

_LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕԁһԛԝбαβεικνορτυχωɑɡıⅼ０ł",
    "abekmhopctyxijsdhqwbabeikvoptuxwagilol",
)
_LEET = str.maketrans("$@", "sa")
_WORD = re.compile(r"\d+[.,]\d+|[a-z0-9$@]+(?:'[a-z]+)*'?")
_NUMBER_THEN_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)([a-z]{1,8})")
_STRETCH = re.compile(r"([a-z])\1{2,}")
_ENDS = frozenset(".!?;\n")
_NEGATED = {
    **{word: word + "nt" for word in "could would should did does do is are was were has have had".split()},
    "can": "cant",
    "will": "wont",
    "am": "isnt",
}
_JOINED = {
    ("i", "am"): "im",
    ("it", "is"): "its",
    ("he", "is"): "hes",
    ("she", "is"): "shes",
    ("there", "is"): "theres",
    ("that", "is"): "thats",
    ("i", "have", "been"): "ive been",
}
_KEPT_WHOLE = {"several": "several", "severally": "several", "news": "news", "numbers": "number", "number": "number"}
_stemmer = snowballstemmer.stemmer("english")
if hasattr(_stemmer, "maxCacheSize"):
    _stemmer.maxCacheSize = 0  # words that people type are never kept


@dataclass(frozen=True, slots=True)
class Token:
    """One plain word, where it stood in the text as typed, and the punctuation before it."""

    word: str
    stem: str
    start: int
    end: int
    sentence: int
    before: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A message in plain form: its words, and the numbers of the sentences that end in a question mark."""

    tokens: tuple[Token, ...]
    questions: frozenset[int]


@dataclass(frozen=True, slots=True)
class Respelling:
    """Variant spellings and emoji with the plain words they stand for."""

    words: Mapping[str, tuple[str, ...]]
    emoji: Mapping[str, str]


def stem(word: str) -> str:
    """Return the English Snowball stem of a plain word (Porter 2; see snowballstem.org)."""
    kept = _KEPT_WHOLE.get(word)
    return kept if kept is not None else str(_stemmer.stemWord(word))


def normalise(text: str, respelling: Respelling) -> Plain:
    """Return the plain words of `text` with their offsets in it; any text is accepted, none raises."""
    plain, offsets = _plain_characters(text, respelling.emoji)
    raw = list(_raw_words(plain, respelling.words))
    tokens: list[Token] = []
    questions: set[int] = set()
    sentence, last_end = 0, 0
    for word, start, end in raw:
        gap = plain[last_end:start]
        last_end = end
        before = "".join(c for c in gap if not c.isalnum() and (c == "\n" or not c.isspace()))
        if tokens and any(c in _ENDS for c in before):
            questions.update({sentence} if "?" in before else ())
            sentence += 1
        for index, piece in enumerate(respelling.words.get(word, (word,))):
            where = (offsets[start], offsets[end - 1] + 1)
            tokens.append(Token(piece, "", *where, sentence, before if index == 0 else ""))
    if "?" in plain[last_end:]:
        questions.add(sentence)
    return Plain(tuple(_joined(tokens)), frozenset(questions))


def _plain_characters(text: str, emoji: Mapping[str, str]) -> tuple[str, list[int]]:
    """Fold case, width, accents, look-alikes, invisible characters and emoji; keep each character's offset."""
    if len(text) > LONGEST:
        half = LONGEST // 2
        head, tail = text[:half], text[-half:]
        joined = head + "\n" + tail
        places = [*range(half + 1), *range(len(text) - half, len(text))]
    else:
        joined, places = text, list(range(len(text)))
    if joined.isascii():
        return joined.lower(), places
    out: list[str] = []
    offsets: list[int] = []
    for place, character in zip(places, joined, strict=True):
        for piece in _fold(character, emoji):
            out.append(piece)
            offsets.append(place)
    return "".join(out), offsets


def _fold(character: str, emoji: Mapping[str, str]) -> str:
    """Return the plain characters that stand for one character; empty for those that nobody sees."""
    if character.isascii():
        return character.lower()
    if character in emoji:
        return f" {emoji[character]} "
    if character in "’‘ʼ＇´`":
        return "'"
    folded = unicodedata.normalize("NFKD", character).casefold().translate(_LOOK_ALIKES)
    kept = [c for c in folded if unicodedata.category(c) not in ("Mn", "Cf", "Me")]
    return "".join(c if c.isascii() or c.isalnum() else " " for c in kept)


def _raw_words(plain: str, whole: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, int, int]]:
    """Yield words with their span: apostrophes dropped, stretched letters shortened, "40mins" in two."""
    for match in _WORD.finditer(plain):
        word, start, end = match.group().replace("'", ""), match.start(), match.end()
        if word.isdigit() or not word or word in whole:
            yield word, start, end
            continue
        unit = _NUMBER_THEN_UNIT.fullmatch(word)
        if unit and unit[2] not in ("nd", "rd", "th", "st"):
            middle = start + len(unit[1])
            yield unit[1], start, middle
            yield unit[2], middle, end
            continue
        if not word.isalpha() and any(c.isalpha() for c in word):
            word = word.translate(_LEET)
        yield _STRETCH.sub(r"\1\1", word), start, end


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens with "did not" as "didnt", "i am" as "im" and so on, each with its stem."""
    index = 0
    while index < len(tokens):
        token, word, width = tokens[index], tokens[index].word, 1
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is not None and not after.before:
            if after.word == "not" and word in _NEGATED:
                word, width = _NEGATED[word], 2
            elif (word, after.word) in _JOINED:
                word, width = _JOINED[word, after.word], 2
        end = tokens[index + width - 1].end
        yield Token(word, stem(word), token.start, end, token.sentence, token.before)
        index += width
