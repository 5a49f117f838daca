"""Every clock that a finding starts is told, with the time that is left by what the person said."""

from __future__ import annotations

import pytest

from bot.app import Service
from bot.core.blocks import AlertCard
from bot.core.clocks import DAY, HOUR, running
from bot.core.knowledge import Clock, Limit
from bot.core.session import StatedFact
from bot.core.triage import Finding, Verdict
from bot.core.wording import Wording
from tests.core import small
from tests.talking import talk

PHRASES = {
    "clock-closes": "{title}: within {limit}{best}",
    "clock-left": "{title}: {left} left of {limit}{best}",
    "clock-closed": "{title}: {limit} over",
    "clock-opens": "{title}: from {limit}",
    "clock-opens-in": "{title}: in {left}",
    "clock-open": "{title}: now",
    "clock-best": ", best in {best}",
    "clock-hour": "an hour",
    "clock-hours": "{count} hours",
    "clock-short": "less than an hour",
    "clock-days": "{count} days",
}
WORDING = Wording({"en": PHRASES}, "en")
FLAGS = {flag.id: flag for flag in small.FLAGS}
PILL = Clock("pill", "Pill", Limit("<=", 72 * HOUR), ("exposure", "exposure-late"))
JAB = Clock("jab", "Jab", Limit("<=", 7 * DAY), ("exposure",), best="2 days")
TEST = Clock("test", "Test", Limit(">=", 14 * DAY), ("exposure", "exposure-late"))


def started(flag: str, *agos: float | None) -> Finding:
    """A flag that fired by one fact for each time, in minutes; None for a time that nobody told."""
    evidence = tuple(StatedFact("exposure", "present", 1, 0, n, n + 1, ago=ago) for n, ago in enumerate(agos))
    return Finding(FLAGS[flag], FLAGS[flag].level, evidence)


def lines(*clocks: Clock, by: tuple[Finding, ...]) -> tuple[str, ...]:
    """The lines of some clocks, started by some findings."""
    return running(clocks, Verdict(by[0].level if by else "none", by), WORDING)


def line(clock: Clock, *agos: float | None) -> str:
    """The line of one clock after an exposure."""
    (only,) = lines(clock, by=(started("exposure", *agos),))
    return only


def test_an_unknown_time_is_inside() -> None:
    """Who did not say when is told the whole time, before it closes or until it opens."""
    assert line(PILL, None) == "Pill: within 72 hours"
    assert line(PILL) == "Pill: within 72 hours"
    assert line(TEST, None) == "Test: from 14 days"


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (0, "72 hours"),
        (30, "71 hours"),
        (36 * HOUR, "36 hours"),
        (70 * HOUR - 1, "2 hours"),
        (70 * HOUR + 1, "an hour"),
        (71 * HOUR, "an hour"),
    ],
)
def test_what_is_left_is_counted_from_what_was_said(passed: float, left: str) -> None:
    """The time that has passed is taken off the limit, and hours are told whole and never too many."""
    assert line(PILL, passed) == f"Pill: {left} left of 72 hours"


@pytest.mark.parametrize(
    ("passed", "left"),
    [(0, "7 days"), (3 * DAY, "4 days"), (4 * DAY - 1, "3 days"), (4 * DAY, "72 hours"), (6 * DAY, "24 hours")],
)
def test_a_long_time_is_told_in_days(passed: float, left: str) -> None:
    """More than three days are told in whole days, and three days or less in hours."""
    assert line(JAB, passed) == f"Jab: {left} left of 7 days, best in 2 days"


def test_by_when_it_is_best_is_told_when_it_is_known() -> None:
    """What is best stands in the line of a clock that has it, and no other clock speaks of it."""
    assert line(JAB, None) == "Jab: within 7 days, best in 2 days"
    assert "best" not in line(PILL, None)
    assert "{" not in line(PILL, None)


def test_a_closed_clock_says_what_is_left_to_do() -> None:
    """After the limit the clock's own words are said, and the common ones where it has none."""
    late = Clock("late", "Late", Limit("<=", 6 * HOUR), ("exposure",), late="Go all the same.")
    assert line(late, 6 * HOUR + 1) == "Go all the same."
    assert line(PILL, 72 * HOUR + 1) == "Pill: 72 hours over"
    assert line(late, 6 * HOUR - 1) == "Late: less than an hour left of 6 hours"


@pytest.mark.parametrize(
    ("passed", "said"),
    [(DAY, "in 13 days"), (12 * DAY, "in 48 hours"), (14 * DAY, "now"), (30 * DAY, "now")],
)
def test_a_test_opens_at_its_limit(passed: float, said: str) -> None:
    """A clock that opens tells how long to wait, and from its limit on that it is time."""
    assert line(TEST, passed) == f"Test: {said}"


@pytest.mark.parametrize(("sign", "said"), [("<", "Any: 48 hours left of 72 hours"), (">", "Any: in 48 hours")])
def test_a_strict_limit_runs_as_well(sign: str, said: str) -> None:
    """A limit without its own end closes or opens like the one with it."""
    assert line(Clock("any", "Any", Limit(sign, 72 * HOUR), ("exposure",)), DAY) == said


def test_of_several_times_the_latest_counts() -> None:
    """Who told several times has as much time left as the latest event gives, also over several findings."""
    assert line(PILL, 100 * HOUR, 24 * HOUR, None) == "Pill: 48 hours left of 72 hours"
    both = (started("exposure", 24 * HOUR), started("exposure-late", 100 * HOUR))
    assert lines(PILL, by=both) == lines(PILL, by=both[::-1]) == ("Pill: 48 hours left of 72 hours",)


def test_every_clock_that_applies_is_told() -> None:
    """All clocks that a finding starts are told side by side in their order, each once."""
    both = (started("exposure", DAY), started("exposure-late", DAY))
    told = lines(TEST, PILL, JAB, by=both)
    assert [one.split(":")[0] for one in told] == ["Test", "Pill", "Jab"]


def test_a_clock_runs_for_its_own_flags_only() -> None:
    """A finding that does not start a clock leaves it silent and lends it no time."""
    assert lines(PILL, JAB, by=(started("bleeding", HOUR),)) == ()
    assert lines(PILL, by=()) == ()
    assert lines(PILL, JAB, by=(started("exposure-late", 73 * HOUR),)) == ("Pill: 72 hours over",)
    other = (started("bleeding", HOUR), started("exposure", 24 * HOUR))
    assert lines(PILL, by=other) == ("Pill: 48 hours left of 72 hours",)


def test_every_phrase_of_the_clocks_is_written(service: Service) -> None:
    """The real wording has each phrase that clocks use, and fills in the parts that the test's own phrases name."""
    written = service.book.knowledge.wording["en"]
    assert PHRASES.keys() <= written.keys()
    for key in ("clock-left", "clock-opens-in"):
        assert "{left}" in written[key]
    for key in ("clock-closes", "clock-left", "clock-opens"):
        assert "{limit}" in written[key]


def test_36_hours_ago_leaves_36_hours(service: Service) -> None:
    """Somebody whose condom broke 36 hours ago reads on the card that about 36 of the 72 hours are left."""
    (card,) = (block for block in talk(service, "the condom broke 36 hours ago").reply.blocks)
    assert isinstance(card, AlertCard)
    (pep,) = (one for one in card.clocks if "(PEP)" in one)
    assert "72 hours" in pep
    assert "about 36 hours" in pep
    assert len(card.clocks) > 1


def test_an_untold_time_is_inside_on_the_card(service: Service) -> None:
    """Somebody who does not say when the condom broke reads the whole window, not that any of it has passed."""
    (card,) = (block for block in talk(service, "the condom broke").reply.blocks)
    assert isinstance(card, AlertCard)
    (pep,) = (one for one in card.clocks if "(PEP)" in one)
    assert "within 72 hours" in pep
    assert "left" not in pep
