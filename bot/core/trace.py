"""Why a reply is what it is: the stages of one turn, and the same in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.assertion import Mention
from bot.core.concepts import Lexicon
from bot.core.match import Match
from bot.core.measures import Measure
from bot.core.reading import Reading
from bot.core.tellings import Likeness
from bot.core.triage import Finding, Verdict


@dataclass(frozen=True, slots=True)
class Trace:
    """What was understood, judged and found in one turn."""

    reading: Reading
    verdict: Verdict
    matches: tuple[Match, ...]
    decision: str
    """why this reply: one of alert, sure, close, possible, nothing"""
    likeness: Likeness | None = None
    """the red flag that the message is told like, where the rules alone gave a lower level"""


def explain(trace: Trace, lexicon: Lexicon, words: bool = False) -> tuple[str, ...]:
    """Return the trace in plain lines; the person's own words appear only when `words` is set."""
    return (
        "Understood:",
        *(f"  {line}" for line in _understood(trace.reading, lexicon, words)),
        "Red flags:",
        *(f"  {line}" for line in (*_judged(trace.verdict), *_told(trace.likeness))),
        "Answers, best first:",
        *(f"  {line}" for line in _found(trace.matches)),
        f"Decision: {trace.decision}",
    )


def _understood(reading: Reading, lexicon: Lexicon, words: bool) -> Iterator[str]:
    if words:
        for typed, read_as in reading.repaired.items():
            yield f"'{typed}' was also read as '{read_as}'"
    for mention in reading.mentions:
        yield _mention(mention, reading, lexicon, words)
    for measure in reading.measures:
        yield _measure(measure)
    if not reading.mentions and not reading.measures:
        yield "no concept that I know"


def _mention(mention: Mention, reading: Reading, lexicon: Lexicon, words: bool) -> str:
    quoted = f' "{reading.words(mention.start, mention.end)}"' if words else ""
    place = ", elsewhere than where I can help" if mention.elsewhere else ""
    return f"{mention.concept}{quoted}: {mention.manner}{place} ({lexicon.concepts[mention.concept].about})"


def _measure(measure: Measure) -> str:
    if measure.kind == "weekday":
        return "time: a day of the week" + (" until now" if measure.since else "")
    unit = {"age": "years", "temperature": "°C", "year": ""}.get(measure.kind, "minutes")
    return f"{measure.kind}: {measure.amount:g} {unit}".rstrip()


def _judged(verdict: Verdict) -> Iterator[str]:
    for place, finding in enumerate(verdict.findings):
        yield _finding(finding, "" if place == 0 else "runner-up: " if place == 1 else "also: ")
    if not verdict.findings:
        yield "none"


def _finding(finding: Finding, lead: str) -> str:
    facts = ", ".join(dict.fromkeys(f"{fact.concept} ({fact.manner})" for fact in finding.evidence)) or "a number given"
    raised = f"; raised by {', '.join(finding.raised_by)}" if finding.raised_by else ""
    rows = ", ".join(finding.flag.evidence)
    return f"{lead}{finding.level}: {finding.flag.id} [{rows}] because of {facts}{raised}"


def _told(likeness: Likeness | None) -> Iterator[str]:
    if likeness is not None:
        what = f"told like {likeness.flag} ({likeness.level}, {likeness.score:.2f})"
        yield f"{what}: what weighs most is {', '.join(likeness.marks)}"


def _found(matches: tuple[Match, ...]) -> Iterator[str]:
    for match in matches[:4]:
        yield f'{match.topic} {match.score:.2f}: nearest "{match.nearest}", shares {", ".join(match.shared)}'
    if not matches:
        yield "none"
