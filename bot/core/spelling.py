"""Near-miss words get words of the lexicon as added readings; what was typed always stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from bot.core.normalise import Plain, Token, stem

SHORTEST = 5
"""Letters a word must have before it is repaired by one edit; two edits need `LONG` letters."""
LONG = 8
MOST_REPAIRS = 60
"""Unknown words of one message that are looked at, at most."""

_DOUBLE = re.compile(r"([a-z])\1")


class Speller:
    """Repairs towards the words of the lexicon; words that are real English are left alone."""

    __slots__ = ("_by_first", "_real", "_stems", "_targets")

    def __init__(self, lexicon_words: Iterable[str], real_words: frozenset[str]) -> None:
        self._targets = frozenset(word for word in lexicon_words if word.isalpha())
        self._stems = frozenset(map(stem, self._targets))
        self._real = real_words
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(self._targets):
            if len(word) >= SHORTEST - 1:
                self._by_first.setdefault(word[0], []).append(word)

    def known(self, word: str) -> bool:
        """Tell whether a word needs no repair: it is in the lexicon, or real English, or no word at all."""
        return (
            not word.isalpha()
            or len(word) < 4
            or word in self._real
            or word in self._targets
            or stem(word) in self._stems
        )

    def repairs(self, word: str) -> tuple[str, ...]:
        """Return the lexicon words that an unknown word may stand for, best first, at most three."""
        if word.endswith("in") and stem(word + "g") in self._stems:
            return (word + "g",)
        single = _DOUBLE.sub(r"\1", word)
        if single != word and (single in self._targets or single in self._real):
            return (single,)
        if len(word) < SHORTEST:
            return self._swapped(word)
        distance = 1 if len(word) < LONG else 2
        near = extract(word, self._candidates(word), scorer=OSA.distance, score_cutoff=distance, limit=3)
        best = near[0][1] if near else 0
        return tuple(target for target, score, _ in near if score == best)

    def _candidates(self, word: str) -> Sequence[str]:
        """Words that begin alike, or with the first two letters swapped: first letters are seldom mistyped."""
        firsts = dict.fromkeys((word[0], word[1]))
        return [target for first in firsts for target in self._by_first.get(first, ())]

    def _swapped(self, word: str) -> tuple[str, ...]:
        """Repair a four-letter word only by swapping two neighbours."""
        swaps = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
        return tuple(dict.fromkeys(swap for swap in swaps if swap in self._targets))[:1]

    def apart(self, word: str) -> tuple[str, str] | None:
        """Return the two lexicon words that an unknown word joins ("wontstop"), or None."""
        if self.known(word) or self.repairs(word):
            return None
        for cut in range(4, len(word) - 3):
            head, tail = word[:cut], word[cut:]
            if head in self._targets and tail in self._targets:
                return head, tail
        return None


def separate(plain: Plain, speller: Speller) -> Plain:
    """Return the words with those that were run together in two; both keep the place of the one typed."""
    tokens: list[Token] = []
    for token in plain.tokens:
        pair = speller.apart(token.word) if len(token.word) > 7 else None
        if pair is None:
            tokens.append(token)
            continue
        tokens.append(replace(token, word=pair[0], stem=stem(pair[0])))
        tokens.append(replace(token, word=pair[1], stem=stem(pair[1]), before=""))
    return Plain(tuple(tokens), plain.questions)
