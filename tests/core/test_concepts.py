"""Phrases become mentions of concepts, also through misspellings and through other concepts."""

from __future__ import annotations

import pytest

from bot.core.concepts import Lexicon, Span, compile_lexicon, find_spans
from bot.core.knowledge import Vocabulary
from bot.core.normalise import normalise
from bot.core.patterns import PhraseError
from bot.core.spelling import MOST_REPAIRS
from tests.core import small


def named(text: str, lexicon: Lexicon | None = None) -> set[tuple[str, str]]:
    """The concepts of a message, each with its plain words."""
    chosen = lexicon or small.lexicon()
    plain = normalise(text, chosen.respelling)
    spans, _ = find_spans(plain, chosen)
    return {(span.concept, " ".join(token.word for token in plain.tokens[span.start : span.end])) for span in spans}


def test_words_name_concepts() -> None:
    """Any form of a word of the lexicon names its concept, other words name none."""
    assert named("Bleeding from my bum") == {("bleeding", "bleeding"), ("bottom", "bum")}
    assert named("what a lovely day") == set()


def test_emoji_and_respellings_name_concepts() -> None:
    """Emoji and variant spellings are read like the words they stand for."""
    assert named("🩸 on my 🍑") == {("bleeding", "blood"), ("bottom", "bottom")}
    assert named("bld") == {("bleeding", "blood")}


def test_a_relation_needs_its_parts() -> None:
    """A phrase over a concept is found with the words of that concept, and not without them."""
    assert ("heavy-bleeding", "blood everywhere") in named("there is blood everywhere")
    assert named("toys everywhere") == {("toy", "toys")}


def test_relations_stand_on_relations() -> None:
    """A relation may be a part of another one."""
    found = named("the plug is stuck and now bleeding")
    assert ("toy-stuck", "plug is stuck") in found
    assert ("urgent-toy", "plug is stuck and now bleeding") in found


def test_a_narrower_concept_serves_a_relation() -> None:
    """A relation over a concept takes a narrower one too."""
    assert ("heavy-bleeding", "haemorrhage everywhere") in named("haemorrhage everywhere")


def test_the_closure_holds_every_wider_concept() -> None:
    """Stating a concept states itself and all that is wider, however many steps away, even in a circle."""
    assert small.lexicon().closure["heavy-bleeding"] == {"heavy-bleeding", "bleeding"}
    circle = {
        "a": small.concept("a", "symptom", "aaa", wider=("b",)),
        "b": small.concept("b", "symptom", "bbb", wider=("c",)),
        "c": small.concept("c", "symptom", "ccc", wider=("a",)),
    }
    assert compile_lexicon(Vocabulary(circle)).closure["a"] == {"a", "b", "c"}


def test_of_nested_mentions_the_longest_stays() -> None:
    """Of two mentions of one concept, one inside the other, only the longer is kept."""
    longer = small.concept("pain", "symptom", "pain", "pain in my side")
    lexicon = compile_lexicon(Vocabulary({"pain": longer}))
    assert named("a pain in my side", lexicon) == {("pain", "pain in my side")}


def test_misspellings_name_concepts_and_are_told() -> None:
    """A near miss is read as the word of the lexicon too, and the repair is reported."""
    plain = normalise("its bleding", small.lexicon().respelling)
    spans, repaired = find_spans(plain, small.lexicon())
    assert Span("bleeding", 1, 2) in spans
    assert repaired == {"bleding": "bleeding"}


@pytest.mark.parametrize("text", ["paint", "score", "tree", "flood", "please"])
def test_real_words_are_never_repaired(text: str) -> None:
    """An ordinary English word near a word of the lexicon stays what it is."""
    assert named(text) == set()


def test_repairs_are_capped() -> None:
    """Only so many unknown words of one message are looked at, so that a long one costs no more."""
    strange = " ".join(f"xq{chr(97 + n // 26)}{chr(97 + n % 26)}zk" for n in range(MOST_REPAIRS))
    assert ("bleeding", "bleding") in named(f"bleding {strange}")
    assert ("bleeding", "bleding") not in named(f"{strange} bleding")
    assert ("bleeding", "bleeding") in named(f"{strange} bleeding")


def test_a_broken_phrase_names_its_concept() -> None:
    """A phrase that cannot be read is an error that says which concept it belongs to."""
    broken = Vocabulary({"odd": small.concept("odd", "symptom", "fine", "(not closed")})
    with pytest.raises(PhraseError, match=r"^odd: "):
        compile_lexicon(broken)


def test_kinds_are_known() -> None:
    """The kind of a concept is the one it was written with."""
    assert small.lexicon().kind("bottom") == "place"
    assert small.lexicon().kind("cue-deny") == "cue"
