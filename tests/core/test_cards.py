"""A care card says what to do first, and gives the numbers of the right country only."""

from __future__ import annotations

from dataclasses import replace

from bot.core.cards import MOST_FINDINGS, MOST_LINES, action, card, numbers, top_findings
from bot.core.knowledge import Country, Fact
from bot.core.triage import Finding, Verdict
from bot.core.wording import Wording
from tests.core import small

EN = Wording(small.WORDING, "en")
FLAGS = {flag.id: flag for flag in small.FLAGS}


def finding(name: str, level: str = "") -> Finding:
    """A flag that fired, at its own level or at another."""
    return Finding(FLAGS[name], level or FLAGS[name].level, ())


def verdict(*findings: Finding) -> Verdict:
    """A verdict with its most urgent finding first."""
    return Verdict(findings[0].level, findings)


def test_a_card_of_one_finding() -> None:
    """All that the flag says stands on the card, with the number of the country in its action."""
    made = card(verdict(finding("heavy")), (), small.GB, EN)
    assert (made.level, made.heading, made.action) == ("emergency", "Emergency", "Call 999 now.")
    assert (made.why, made.do, made.do_not) == (("Why heavy.",), ("Lie down.", "Keep warm."), ("Do not wait.",))
    assert (made.say, made.numbers) == (("I am bleeding.",), ("Emergency number: 999",))


def test_findings_of_the_highest_level_share_a_card() -> None:
    """Lines of both flags take turns on the card, none twice; a lower finding adds none."""
    made = card(verdict(finding("heavy"), finding("toy-stuck"), finding("exposure")), (), small.GB, EN)
    assert made.do == ("Lie down.", "Stay still.", "Keep warm.")
    assert made.why == ("Why heavy.", "Why toy-stuck.")


def test_only_so_many_findings_and_lines() -> None:
    """A card stays short however many flags fire."""
    flags = [small.flag(f"f{n}", "soon", Fact("pain"), do=tuple(f"Do {n} {m}." for m in range(5))) for n in range(6)]
    findings = tuple(Finding(flag, "soon", ()) for flag in flags)
    assert len(top_findings(verdict(*findings))) == MOST_FINDINGS
    made = card(verdict(*findings), (), small.GB, EN)
    assert len(made.do) == MOST_LINES
    assert {line.split()[1] for line in made.do} == {"0", "1", "2"}


def test_a_raised_level_has_the_action_of_that_level() -> None:
    """A finding whose level was raised says what to do at that level, with the country's number."""
    assert action(finding("bleeding"), small.GB, EN) == "Act on bleeding."
    assert action(finding("bleeding", "emergency"), small.GB, EN) == "Raised: call 999."


def test_an_unknown_country_gets_no_number_of_another() -> None:
    """Without a known country neither 999 nor any line of a country shows."""
    made = card(verdict(finding("heavy"), finding("assault")), (), small.WORLD, EN)
    assert made.action == "Call your local emergency number now."
    assert made.numbers == ("Your local emergency number.",)


def test_lines_of_lower_findings_show_too() -> None:
    """Support lines of lower findings are given too, but an emergency has no time for an advice line."""
    made = card(verdict(finding("heavy"), finding("assault"), finding("exposure")), (), small.GB, EN)
    assert made.numbers == (
        "Emergency number: 999",
        "Rape line: 0800 1",
        "Text line: text SHOUT to 85258",
        "Second line: 116 123",
    )


def test_unverified_lines_never_show() -> None:
    """A line that nobody has verified is never given to anyone."""
    assert numbers("none", ["assault"], small.GB, EN) == ("Rape line: 0800 1",)


def test_at_most_two_lines_of_a_kind() -> None:
    """Of one kind two lines are given, in their order, and each kind once."""
    shown = numbers("none", ["crisis", "crisis"], small.GB, EN)
    assert shown == ("Text line: text SHOUT to 85258", "Second line: 116 123")


def test_the_emergency_number_is_for_emergencies() -> None:
    """Below an emergency the card does not send people to the emergency number."""
    assert numbers("urgent", [], small.GB, EN) == ()


def test_every_line_can_be_reached() -> None:
    """A line that is given always carries a number or an address to write to."""
    odd = replace(small.GB.lines[0], name="Web only", number="", address="https://example.org")
    country = Country("IE", "Ireland", "112", "112", lines=(odd,))
    (line,) = numbers("none", ["assault"], country, EN)
    assert "https://example.org" in line or any(c.isdigit() for c in line)
