"""Phrases of the lexicon match what people write, and nothing across the end of a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.core.normalise import Respelling, normalise
from bot.core.patterns import PhraseError, Trie, Words, add, matches, needs, parse

EMPTY = Respelling({}, {})


def plain(word: str) -> list[str]:
    """The plain words of a word as written."""
    return [token.word for token in normalise(word, EMPTY).tokens]


def spans(
    phrases: str | list[str], text: str, found: Mapping[int, Mapping[str, tuple[int, ...]]] | None = None
) -> set[str]:
    """The words of a message that one of the phrases matches."""
    trie: Trie = {}
    for phrase in [phrases] if isinstance(phrases, str) else phrases:
        add(trie, parse(phrase, plain), "concept")
    tokens = normalise(text, EMPTY).tokens
    words = Words(tuple((t.stem, "=" + t.word) for t in tokens), tuple(t.sentence for t in tokens))
    return {" ".join(t.word for t in tokens[start:end]) for _, start, end, *_ in matches(trie, words, found or {})}


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("bleed", "i was bleeding", {"bleeding"}),
        ("wont stop", "it won't stop", {"wont stop"}),
        ("=severe", "severe", {"severe"}),
        ("=bleed", "bleeding", set()),
        ("(red|dark) blood", "dark blood", {"dark blood"}),
        ("(red|dark) blood", "blue blood", set()),
        ("(keeps|keep) (coming|going on)", "it keeps going on", {"keeps going on"}),
        ("not [even] slowing", "not slowing", {"not slowing"}),
        ("not [even] slowing", "not even slowing", {"not even slowing"}),
        ("[very] sore", "very sore", {"very sore", "sore"}),
        ("a ([b] c|d) e", "a c e", {"a c e"}),
        ("a ~2 ~2 e", "a b c d e", {"a b c d e"}),
        ("a ~2 [x] ~1 e", "a b c d e", {"a b c d e"}),
        ("a ([b] c|d) e", "a b c e", {"a b c e"}),
        ("a ([b] c|d) e", "a b e", set()),
        ("sore [and|or] red", "sore or red", {"sore or red"}),
        ("stuck ~ bottom", "stuck in my poor old bottom", {"stuck in my poor old bottom"}),
        ("stuck ~ bottom", "stuck bottom", {"stuck bottom"}),
        ("stuck ~ bottom", "stuck all the way up my bottom", set()),
        ("stuck ~1 bottom", "stuck up bottom", {"stuck up bottom"}),
        ("stuck ~1 bottom", "stuck up my bottom", set()),
        ("~ stuck ~", "it is stuck there", {"stuck"}),
    ],
)
def test_what_a_phrase_matches(phrase: str, text: str, expected: set[str]) -> None:
    """Stems, exact words, choices, parts that may be missing and gaps match as the format says."""
    assert spans(phrase, text) == expected


def test_a_phrase_never_leaves_its_sentence() -> None:
    """Neither the words nor the gap of a phrase reach over the end of a sentence."""
    assert spans(["wont stop", "stuck ~ bottom"], "it wont. stop. stuck. bottom") == set()


@pytest.mark.parametrize("text", ["it wont stop", "it wont stop. help me", "it wont stop bleeding"])
def test_a_gap_before_a_part_that_may_be_missing(text: str) -> None:
    """A phrase may end where its gap begins, also when that is the end of the sentence or of the message."""
    assert "wont stop" in spans("wont stop ~ [bleeding]", text)


def test_a_gap_at_the_end_stays_in_its_sentence() -> None:
    """Where the part behind a gap is missing, the gap takes no word of the next sentence."""
    assert all("help" not in span for span in spans("wont stop ~ [bleeding]", "it wont stop ever. help me please"))


def test_phrases_that_begin_alike_stay_apart() -> None:
    """Phrases with the same beginning do not lend each other their ends."""
    assert spans(["cant [ever] pee", "cant (really|ever) sit"], "cant ever pee") == {"cant ever pee"}
    assert spans(["cant [ever] pee", "cant (really|ever) sit"], "cant really pee") == set()


def test_a_concept_stands_for_its_mentions() -> None:
    """A phrase that names a concept matches wherever that concept was found, as long as it is."""
    assert spans("<thing> ~ stuck", "my big plug is stuck", {1: {"<thing": (3,)}}) == {"big plug is stuck"}
    assert spans("<thing> ~ stuck", "my big plug is stuck", {}) == set()


def test_needs_names_the_concepts_of_a_phrase() -> None:
    """The concepts a phrase refers to are found inside choices too."""
    assert needs(parse("<a> (b|<c> [<d>])", plain)) == {"a", "c", "d"}
    assert needs(parse("a b", plain)) == frozenset()


@pytest.mark.parametrize("phrase", ["(a|b", "[a", "a)", "a | b", "(a]", "[a]", "~", "[a] [b]", "", "(a|[b])"])
def test_phrases_that_cannot_be_read(phrase: str) -> None:
    """A bracket without its partner, a stray bar, and a phrase that may stand for nothing are errors."""
    with pytest.raises(PhraseError, match=r"stands alone|is not closed|may stand for nothing"):
        parse(phrase, plain)


def test_many_gaps_stay_cheap() -> None:
    """A phrase with many gaps over a message of one word repeated ends, and finds what is there."""
    assert spans("a ~ b ~ c", "a " * 300 + "b c") >= {"a b c", "a a a a a b c"}
