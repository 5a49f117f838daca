"""Numbers with a meaning: durations, times ago, weekdays, ages and temperatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.core.normalise import Token

HOUR, DAY = 60.0, 1440.0

_UNITS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys(("min", "mins", "minute", "minutes", "mns"), 1.0),
        **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), HOUR),
        **dict.fromkeys(("day", "days", "d"), DAY),
        **dict.fromkeys(("night", "nights", "nite"), DAY),
        **dict.fromkeys(("week", "weeks", "wk", "wks"), 7 * DAY),
        **dict.fromkeys(("fortnight", "fortnights"), 14 * DAY),
        **dict.fromkeys(("month", "months", "mnth", "mnths", "mth", "mths"), 30 * DAY),
        **dict.fromkeys(("year", "years", "yr", "yrs"), 365 * DAY),
    }
)
_NUMBERS: Mapping[str, float] = MappingProxyType(
    {
        **{
            word: float(n)
            for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
        },
        **{
            word: float(n + 13)
            for n, word in enumerate("thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())
        },
        **{"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "a": 1.0, "an": 1.0},
        **{"couple": 2.0, "few": 3.0, "several": 4.0, "half": 0.5, "last": 1.0, "past": 1.0},
    }
)
_WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: day
        for day, names in enumerate(
            (
                "monday mon",
                "tuesday tue tues",
                "wednesday wed",
                "thursday thu thurs thur",
                "friday fri",
                "saturday sat",
                "sunday sun",
            )
        )
        for name in names.split()
    }
)
_NAMED_TIMES: Mapping[tuple[str, ...], float] = MappingProxyType(
    {
        ("day", "before", "yesterday"): 2 * DAY,
        ("the", "other", "day"): 3 * DAY,
        ("other", "night"): 3 * DAY,
        ("last", "night"): 12 * HOUR,
        ("last", "nite"): 12 * HOUR,
        ("yesterday",): DAY,
        ("this", "morning"): 6 * HOUR,
        ("this", "afternoon"): 4 * HOUR,
        ("this", "evening"): 3 * HOUR,
        ("tonight",): 2 * HOUR,
        ("today",): 6 * HOUR,
        ("earlier",): 6 * HOUR,
        ("just", "now"): 5.0,
        ("last", "weekend"): 5 * DAY,
        ("the", "weekend"): 4 * DAY,
        ("weekend",): 4 * DAY,
        ("last", "week"): 7 * DAY,
        ("last", "month"): 30 * DAY,
        ("last", "summer"): 200 * DAY,
        ("last", "year"): 365 * DAY,
    }
)
_LONGEST_NAME = max(map(len, _NAMED_TIMES))
_FILLERS = frozenset("or to of a full good odd whole couple few more and half".split())
_NOT_AGES = frozenset("degrees degree c f cm inches percent kg stone weeks of times x".split())
_DEGREES = frozenset("degrees degree c f celsius fahrenheit".split())
_THERMOMETER = frozenset("temp temperature fever thermometer".split())
_ALMOST = frozenset("turning nearly almost".split())
_CELSIUS = (34.0, 43.0)
_FAHRENHEIT = (96.0, 109.0)
_OLDEST = 110


@dataclass(frozen=True, slots=True)
class Measure:
    """A number found in a message.

    `kind` is lasting or ago (`amount` in minutes), weekday (`amount` is 0 for Monday), year, age (years) or temperature
    (°C); `since` tells of a time ago that has lasted until now; `start` and `end` are word positions.
    """

    kind: str
    amount: float
    start: int
    end: int
    sentence: int
    since: bool = False

    def minutes(self, now: datetime) -> float:
        """Return a time as minutes up to `now`; a weekday is its last one, at midday, or today."""
        if self.kind == "year":
            return max(0.0, now.year - self.amount) * 365 * DAY
        if self.kind != "weekday":
            return self.amount
        days = (now.weekday() - int(self.amount)) % 7
        midday = (now - timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
        return max(0.0, (now - midday).total_seconds() / 60)


def measure(tokens: Sequence[Token]) -> tuple[Measure, ...]:
    """Return every measure in a message, in order; a word belongs to one measure only."""
    found: list[Measure] = []
    at = 0
    while at < len(tokens):
        here = _age(tokens, at) or _temperature(tokens, at) or _named(tokens, at) or _duration(tokens, at)
        if here is None:
            at += 1
            continue
        found.append(here)
        at = here.end
    return tuple(found)


def _word(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _number(word: str) -> float | None:
    digits = word.replace(",", ".")
    if digits.replace(".", "", 1).isdigit() and len(digits) < 7:
        return float(digits)
    return _NUMBERS.get(word)


def _age(tokens: Sequence[Token], at: int) -> Measure | None:
    """Read "im 17", "17 years old", "17yo", "aged 16", "17m", "turned 16"."""
    number = _number(_word(tokens, at))
    if number is None or not 5 <= number <= _OLDEST or number != int(number) or not _word(tokens, at)[:1].isalnum():
        return None
    after, later, before = _word(tokens, at + 1), _word(tokens, at + 2), _word(tokens, at - 1)
    end = at + 1
    if after in ("yo", "yrold", "yearold"):
        end = at + 2
    elif after in ("year", "years", "yr", "yrs", "y") and later in ("old", "o"):
        end = at + 3
    elif not (_introduces_age(before, _word(tokens, at - 2), _word(tokens, at - 3)) and _closes_age(after)):
        return None
    return Measure("age", number - 1 if before in _ALMOST else number, at, end, tokens[at].sentence)


def _introduces_age(before: str, second: str, third: str) -> bool:
    if before in ("im", "aged", "age", "turned", "hes", "shes") or (before == "is" and second in ("age", "he", "she")):
        return True
    if before in _ALMOST or before in ("only", "just", "still"):
        return second in ("im", "hes", "shes", "am", "just") or third in ("im", "hes", "shes")
    return before == "am" and second == "i"


def _closes_age(after: str) -> bool:
    """An age stands alone: "im 20 weeks pregnant", "im 5 minutes away" and "im 38.5" are none."""
    return after not in _UNITS and after not in _NOT_AGES


def _temperature(tokens: Sequence[Token], at: int) -> Measure | None:
    """Read "38.5", "39 degrees", "101F", "temp of 39"; a bare whole number needs a word beside it."""
    word = _word(tokens, at)
    if not word[:1].isdigit():
        return None
    number = _number(word)
    if number is None:
        return None
    after = _word(tokens, at + 1)
    near = {_word(tokens, at - back) for back in range(1, 5)}
    said = after in _DEGREES or near & _THERMOMETER
    for low, high, celsius in ((*_CELSIUS, True), (*_FAHRENHEIT, False)):
        if low <= number <= high and (said or (celsius and number != int(number) and after not in _UNITS)):
            degrees = number if celsius else (number - 32) / 1.8
            return Measure("temperature", round(degrees, 1), at, at + 1, tokens[at].sentence)
    return None


def _duration(tokens: Sequence[Token], at: int) -> Measure | None:
    """Read "40 mins", "an hour and a half", "half an hour", "2 or 3 days", "for weeks", "3 days ago"."""
    start, number = at, _number(_word(tokens, at))
    if number is None:
        return _bare_plural(tokens, at)
    at += 1
    while at - start < 6 and _word(tokens, at) not in _UNITS:
        word, here = _word(tokens, at), _number(_word(tokens, at))
        if here is None and word not in _FILLERS:
            return None
        number = _joined(number, word, here, _word(tokens, at - 1))
        at += 1
    unit = _UNITS.get(_word(tokens, at))
    if unit is None:
        return None
    if _word(tokens, at + 1) == "and" and "half" in (_word(tokens, at + 2), _word(tokens, at + 3)):
        number += 0.5
    return _timed(tokens, start, at + 1, number * unit)


def _joined(number: float, word: str, here: float | None, before: str) -> float:
    """Join the next word to a number: "two and a half", "twenty five", "a few", "2 or 3" (the longer time counts)."""
    if word == "half" and number >= 1:
        return number + 0.5 if before in ("and", "a") else 0.5
    if here is None or word in ("a", "an", "half"):
        return number
    if 20 <= number <= 90 and number % 10 == 0 and 1 <= here <= 9 and before not in ("or", "to"):
        return number + here
    return here if word in ("couple", "few", "several") else max(number, here)


def _bare_plural(tokens: Sequence[Token], at: int) -> Measure | None:
    word = _word(tokens, at)
    if word in ("hours", "days", "weeks", "months", "years") and _word(tokens, at - 1) in (
        "for",
        "been",
        "its",
        "going",
        "lasted",
        "after",
    ):
        return _timed(tokens, at, at + 1, 2 * _UNITS[word])
    return None


def _timed(tokens: Sequence[Token], start: int, end: int, minutes: float) -> Measure:
    following = {_word(tokens, end), _word(tokens, end + 1)}
    since = _word(tokens, start - 1) == "since" or "since" in following
    last = _word(tokens, start) == "last" and _word(tokens, start - 1) not in ("the", "for", "past")
    after = _word(tokens, end) == "after" and _word(tokens, start - 1) != "for"
    ago = last or since or after or bool(following & {"ago", "back", "earlier"}) or _word(tokens, start - 1) == "after"
    return Measure("ago" if ago else "lasting", minutes, start, end, tokens[start].sentence, since)


def _named(tokens: Sequence[Token], at: int) -> Measure | None:
    """Read "last night", "yesterday", "since saturday", "on friday night", "in 2021"."""
    since = _word(tokens, at - 1) in ("since", "from") or _word(tokens, at - 2) == "since"
    for length in range(_LONGEST_NAME, 0, -1):
        name = tuple(_word(tokens, at + offset) for offset in range(length))
        if name in _NAMED_TIMES:
            return Measure("ago", _NAMED_TIMES[name], at, at + length, tokens[at].sentence, since)
    word = _word(tokens, at)
    day = _WEEKDAYS.get(word)
    if day is not None and (len(word) > 4 or _word(tokens, at - 1) in ("on", "since", "last", "from", "this")):
        return Measure("weekday", float(day), at, at + 1, tokens[at].sentence, since)
    if (
        _word(tokens, at - 1) in ("in", "since", "from")
        and len(word) == 4
        and word.isdigit()
        and word[:2] in ("19", "20")
    ):
        return Measure("year", float(word), at, at + 1, tokens[at].sentence, since)
    return None
