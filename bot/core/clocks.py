"""Clocks that run beside a red flag: until when something can be done, and from when a test tells; all that apply."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from bot.core.knowledge import Clock
from bot.core.triage import Evidence, Verdict
from bot.core.wording import Wording

HOUR, DAY = 60, 1440
"""Minutes."""
HOURS_UP_TO = 3 * DAY
"""Minutes up to which a time is told in hours, and beyond in days."""


def running(clocks: Iterable[Clock], verdict: Verdict, wording: Wording) -> tuple[str, ...]:
    """Return a line for every clock that the findings of a verdict start.

    The time is counted from what the person said; when they did not say, or said several times, the clock counts as
    running with as much time left as it can have.
    """
    return tuple(line for clock in clocks if (line := _line(clock, verdict, wording)))


def _line(clock: Clock, verdict: Verdict, wording: Wording) -> str:
    findings = [finding for finding in verdict.findings if finding.flag.id in clock.flags]
    if not findings:
        return ""
    passed = min(_passed(f.evidence for f in findings), default=None)
    parts = {"title": clock.title, "limit": _told(clock.limit.amount, wording), "best": ""}
    if clock.best:
        parts["best"] = wording.say("clock-best", best=clock.best)
    opens = clock.limit.sign in (">", ">=")
    if passed is None:
        return wording.say("clock-opens" if opens else "clock-closes", **parts)
    left = clock.limit.amount - passed
    if left < 0 or (opens and left == 0):
        return clock.late or wording.say("clock-open" if opens else "clock-closed", **parts)
    return wording.say("clock-opens-in" if opens else "clock-left", **parts, left=_told(left, wording, up=opens))


def _passed(evidences: Iterable[Evidence]) -> Iterator[float]:
    """Yield how many minutes ago it was, by every fact that told it."""
    yield from (fact.ago for evidence in evidences for fact in evidence if fact.ago is not None)


def _told(minutes: float, wording: Wording, up: bool = False) -> str:
    """Tell a time in whole hours, or days when it is long; rounded down, or `up` for what is waited for."""
    unit, size = ("hours", HOUR) if minutes <= HOURS_UP_TO else ("days", DAY)
    count = math.ceil(minutes / size) if up else int(minutes // size)
    if count < 1:
        return wording.say("clock-short")
    return wording.say("clock-hour" if (count, unit) == (1, "hours") else f"clock-{unit}", count=str(count))
