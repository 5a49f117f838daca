"""Numbers with a meaning are read as people write them, and other numbers are left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.measures import DAY, HOUR, Measure, measure
from bot.core.normalise import Respelling, normalise
from tests.core import small

EMPTY = Respelling({}, {})


def read(text: str) -> list[tuple[str, float]]:
    """The kind and amount of each measure in a message."""
    return [(one.kind, one.amount) for one in measure(normalise(text, EMPTY).tokens)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("for 40 mins", 40),
        ("40min", 40),
        ("an hour", HOUR),
        ("an hour and a half", 1.5 * HOUR),
        ("half an hour", 0.5 * HOUR),
        ("half hour", 0.5 * HOUR),
        ("1.5 hours", 1.5 * HOUR),
        ("1,5 hours", 1.5 * HOUR),
        ("two and a half hours", 2.5 * HOUR),
        ("twenty five minutes", 25),
        ("2 or 3 days", 3 * DAY),
        ("10 to 15 minutes", 15),
        ("a couple of hours", 2 * HOUR),
        ("for the past few days", 3 * DAY),
        ("for weeks", 14 * DAY),
        ("its been hours", 2 * HOUR),
        ("a fortnight", 14 * DAY),
    ],
)
def test_durations(text: str, minutes: float) -> None:
    """A duration is read in minutes, in figures or words, with halves and ranges, the longer end counting."""
    assert read(text) == [("lasting", minutes)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("3 days ago", 3 * DAY),
        ("half an hour ago", 0.5 * HOUR),
        ("four hours back", 4 * HOUR),
        ("last night", 12 * HOUR),
        ("yesterday", DAY),
        ("the day before yesterday", 2 * DAY),
        ("this morning", 6 * HOUR),
        ("last year", 365 * DAY),
    ],
)
def test_times_ago(text: str, minutes: float) -> None:
    """A time that is gone is read in minutes, as a number or by its name."""
    assert read(text) == [("ago", minutes)]


@pytest.mark.parametrize("text", ["since yesterday", "since last night", "for it hurts since 3 days", "since saturday"])
def test_since_lasts_until_now(text: str) -> None:
    """What is so since some time has lasted until now."""
    (one,) = measure(normalise(text, EMPTY).tokens)
    assert one.since


def test_a_time_alone_has_not_lasted() -> None:
    """What was yesterday has not lasted until now."""
    (one,) = measure(normalise("it bled yesterday", EMPTY).tokens)
    assert not one.since


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("im 17", 17),
        ("I'm only 16", 16),
        ("i am 34 and new to this", 34),
        ("17 years old", 17),
        ("17yo", 17),
        ("17 y/o", 17),
        ("aged 16", 16),
        ("just turned 15", 15),
        ("shes 14", 14),
        ("my age is 70", 70),
        ("im 17m", 17),
    ],
)
def test_ages(text: str, years: float) -> None:
    """An age is read in the ways people give it."""
    assert read(text) == [("age", years)]


@pytest.mark.parametrize("text", ["im nearly 18", "im almost 18", "im turning 18 next month", "im not 18 yet"])
def test_nearly_an_age_is_not_that_age(text: str) -> None:
    """Somebody who is not yet 18 is never taken for 18."""
    assert all(kind != "age" or years < 18 for kind, years in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "im 20 weeks pregnant",
        "im 5 minutes away",
        "my plug is 15 cm",
        "married 17 years",
        "it was 17 of us",
        "im 38.5",
        "im 200",
        "im 2",
        "16",
    ],
)
def test_numbers_that_are_no_age(text: str) -> None:
    """Weeks, lengths, temperatures and bare numbers are no age."""
    assert "age" not in [kind for kind, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("temp 38.5", 38.5),
        ("im 38.5", 38.5),
        ("39 degrees", 39.0),
        ("my temperature is 40", 40.0),
        ("38c", 38.0),
        ("101 f", 38.3),
        ("fever of 102", 38.9),
    ],
)
def test_temperatures(text: str, degrees: float) -> None:
    """A temperature is read in degrees Celsius or Fahrenheit."""
    assert read(text) == [("temperature", degrees)]


@pytest.mark.parametrize("text", ["38 people", "i paid 40", "100 times", "38.5 hours"])
def test_numbers_that_are_no_temperature(text: str) -> None:
    """A number in the range of temperatures is none unless something says so."""
    assert "temperature" not in [kind for kind, _ in read(text)]


@pytest.mark.parametrize(
    ("text", "now", "hours"),
    [
        ("on wednesday", small.NOW, 51),
        ("on friday", small.NOW, 3),
        ("last sat", datetime(2026, 11, 22, 1, 0, tzinfo=UTC), 13),
    ],
)
def test_weekdays_count_back_from_now(text: str, now: datetime, hours: float) -> None:
    """A weekday is its last one before today, at midday."""
    (one,) = measure(normalise(text, EMPTY).tokens)
    assert (one.kind, one.minutes(now)) == ("weekday", hours * HOUR)


@pytest.mark.parametrize("text", ["we sat down", "he wed her", "the sun", "mon"])
def test_short_weekdays_need_a_sign(text: str) -> None:
    """A short weekday that is also another word counts only after a word that announces a day."""
    assert read(text) == []


def test_years_count_back_from_now() -> None:
    """A year is as many years ago as it is, and one to come is now."""
    (one,) = measure(normalise("back in 2021", EMPTY).tokens)
    assert one.kind == "year"
    assert one.minutes(small.NOW) == 5 * 365 * DAY
    assert Measure("year", 2030, 0, 1, 0).minutes(small.NOW) == 0


def test_each_word_belongs_to_one_measure() -> None:
    """Several measures in one message are all read, in order, and none shares a word."""
    found = measure(normalise("im 17, it bled for 2 hours last night and i have 38.5", EMPTY).tokens)
    assert [one.kind for one in found] == ["age", "lasting", "ago", "temperature"]
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(
    st.lists(
        st.sampled_from(
            "im 17 38.5 101 half an hour and a few days ago since last night 2 or 3 years old in friday ²".split()
        ),
        max_size=14,
    )
)
def test_any_row_of_words_can_be_measured(words: list[str]) -> None:
    """However the words of measures are thrown together, every measure is finite and stands inside the message."""
    tokens = normalise(" ".join(words), EMPTY).tokens
    for one in measure(tokens):
        assert 0 <= one.start < one.end <= len(tokens)
        assert 0 <= one.minutes(small.NOW) < 200 * 365 * DAY
