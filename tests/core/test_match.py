"""Questions find the answers whose phrasings they resemble, and strange words make the match weaker."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from bot.core.knowledge import Answer
from bot.core.match import MOST_WORDS, SURE, Index, Match, build_index, find
from bot.core.reading import read
from tests.core import small


def index_of(answers: Iterable[Answer]) -> Index:
    """The index over the phrasings and titles of some answers."""
    phrasings = [(a.id, ask, read(ask, small.lexicon())) for a in answers for ask in (*a.asks, a.title)]
    return build_index(phrasings, small.lexicon())


def found(text: str, index: Index | None = None) -> tuple[Match, ...]:
    """The topics a message may be about."""
    return find(index or small.book().index, read(text, small.lexicon()))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("which lube is best", "lube"),
        ("WHAT LUBRICANT SHOULD I BUY???", "lube"),
        ("any fisting tips for me", "technique"),
        ("is there going to be poo", "mess"),
        ("are you some robot", "about-bot"),
        ("lub based on silicon", "lube"),
    ],
)
def test_the_nearest_topic_comes_first(text: str, topic: str) -> None:
    """A phrasing or something like it finds its topic first."""
    assert found(text)[0].topic == topic


def test_an_exact_phrasing_is_sure() -> None:
    """A phrasing of the knowledge base itself is matched with certainty, and named as the nearest."""
    first = found("silicone or water based lube")[0]
    assert first.score >= SURE
    assert first.nearest == "silicone or water based lube"


def test_every_phrasing_finds_its_own_topic() -> None:
    """Each phrasing and each title of the knowledge base leads to the answer it belongs to."""
    wrong = [ask for one in small.ANSWERS for ask in (*one.asks, one.title) if found(ask)[0].topic != one.id]
    assert wrong == []


def test_strange_words_weaken_a_match() -> None:
    """Words that no phrasing knows count against every topic."""
    assert found("lube zebra carburettor invoice")[0].score < found("lube")[0].score


@pytest.mark.parametrize("text", ["", "zebra carburettor", "the and of it"])
def test_nothing_in_common_finds_nothing(text: str) -> None:
    """A message without a word of any phrasing finds no topic."""
    assert found(text) == ()


def test_a_match_tells_what_it_shares() -> None:
    """The evidence of a match is the features it shares with its nearest phrasing, and none that it does not."""
    (first, *_) = found("silicone or water based zebra")
    assert {"silicon", "water", "base"} <= set(first.shared)
    assert "zebra" not in first.shared


def test_synonyms_are_tied_by_their_concept() -> None:
    """Two words of one concept find each other's phrasings."""
    answers = [small.answer("one", "my plug itches"), small.answer("two", "my willy itches")]
    assert found("toy itches", index_of(answers))[0].topic == "one"


def test_scores_are_ordered_and_few() -> None:
    """At most eight topics come back, best first, equal scores by name, none above 1."""
    answers = [small.answer(f"t{number:02}", "same words here") for number in range(12)]
    matches = found("same words here", index_of(answers))
    assert [match.topic for match in matches] == [f"t{number:02}" for number in range(8)]
    assert all(0 < match.score <= 1.0001 for match in matches)


def test_the_end_of_a_long_message_is_matched() -> None:
    """Of a long message the last words are matched, where the question usually stands."""
    assert found("zebra " * MOST_WORDS * 3 + "which lube is best")[0].topic == "lube"
    assert found("which lube is best " + "zebra " * MOST_WORDS * 3) == ()


def test_the_kind_of_question_tells_topics_apart() -> None:
    """Two topics with the same words are told apart by whether it is asked why or how long."""
    answers = [small.answer("cause", "why zebra stripes"), small.answer("time", "how long zebra stripes")]
    index = index_of(answers)
    assert found("why do zebras have stripes", index)[0].topic == "cause"
    assert found("how long do zebras have stripes", index)[0].topic == "time"


def test_a_repaired_word_finds_its_topic() -> None:
    """A misspelt word of the lexicon counts as the word it was read as."""
    answers = [small.answer("one", "bleeding"), small.answer("two", "weather")]
    assert found("bleding", index_of(answers))[0].topic == "one"


def test_no_answers_no_matches() -> None:
    """An empty knowledge base is searched without an error."""
    assert found("lube", index_of([])) == ()
