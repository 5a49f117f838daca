"""Care cards: the findings of a verdict as one card with the action first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.core.blocks import AlertCard
from bot.core.clocks import running
from bot.core.knowledge import Clock, Country
from bot.core.triage import Finding, Verdict
from bot.core.wording import Wording

MOST_FINDINGS = 3
"""Findings of the highest level that share a card, at most."""
MOST_LINES = 6
"""Lines of each kind on a card, at most."""


def top_findings(verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings of the highest level that the card shows."""
    return tuple(f for f in verdict.findings if f.level == verdict.level)[:MOST_FINDINGS]


def card(verdict: Verdict, clocks: Iterable[Clock], country: Country, wording: Wording) -> AlertCard:
    """Return the card for a verdict with at least one finding, with every clock that runs."""
    findings = top_findings(verdict)
    flags = [finding.flag for finding in findings]
    return AlertCard(
        verdict.level,
        wording.say(f"heading-{verdict.level}"),
        action(findings[0], country, wording),
        tuple(dict.fromkeys(flag.why for flag in flags))[:2],
        tuple(line.replace("{emergency}", country.say) for line in _merged(flag.do for flag in flags)),
        tuple(line.replace("{emergency}", country.say) for line in _merged(flag.do_not for flag in flags)),
        _merged(flag.say_on_arrival for flag in flags)[:4],
        numbers(verdict.level, _kinds(verdict), country, wording),
        running(clocks, verdict, wording),
    )


def action(finding: Finding, country: Country, wording: Wording) -> str:
    """Return the action line with the country's emergency number in it; a raised level takes that level's action."""
    raised = finding.level != finding.flag.level
    line = wording.say(f"action-{finding.level}") if raised else finding.flag.action
    return line.replace("{emergency}", country.say)


def numbers(level: str, kinds: Sequence[str], country: Country, wording: Wording) -> tuple[str, ...]:
    """Return the emergency number and the verified lines of the kinds asked for, in words."""
    result = []
    if level == "emergency":
        known = country.id != "world"
        result.append(wording.say("number-emergency" if known else "number-world", number=country.number))
    for kind in dict.fromkeys(kinds):
        lines = [line for line in country.lines if line.kind == kind and line.verified != "unverified"]
        for line in lines[:2]:
            key = "number-text" if line.text and "text" in line.name.lower() else "number-line"
            result.append(wording.say(key, name=line.name, number=line.number or line.address, text=line.text))
    return tuple(result)


def _kinds(verdict: Verdict) -> list[str]:
    """Return the kinds of lines that the findings ask for; an emergency has no time for an advice line."""
    kinds = [kind for finding in verdict.findings for kind in finding.flag.lines]
    return [kind for kind in kinds if verdict.level != "emergency" or kind != "advice"]


def _merged(groups: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Take lines from each finding in turn, so that none is crowded out."""
    rows = [list(group) for group in groups]
    longest = max(map(len, rows), default=0)
    mixed = [row[place] for place in range(longest) for row in rows if place < len(row)]
    return tuple(dict.fromkeys(mixed))[:MOST_LINES]
