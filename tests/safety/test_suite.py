"""No emergency of the frozen suite is missed, next to nothing urgent is, and calm messages stay calm."""

from __future__ import annotations

import json
import re
from collections import Counter

from bot.app import Service, find_knowledge
from bot.authoring.coverage import plain
from bot.authoring.measure import ALARM, Judged
from bot.authoring.plain import sentences
from bot.authoring.verdicts import changes
from bot.core.knowledge import RANK
from bot.loader import load
from tests.safety.suite import FOLDER, VERDICTS, judged, messages

LEAST = {"positives": 1500, "negatives": 1000}
UNCLEAN = 1 / 3


def listed(wrong: list[Judged]) -> str:
    """The messages that were judged wrong, for the report of a failure."""
    return "\n" + "\n".join(f"{j.item.id} {j.level} {j.flags}: {j.item.turns[-1]}" for j in wrong)


def test_the_suite_is_large_and_told_as_people_tell() -> None:
    """There are enough messages of both sides, every row of the evidence, and a third of them not clean English."""
    for name, least in LEAST.items():
        assert len(messages(name)) >= least
    lines = [line for name in LEAST for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    styles = Counter(json.loads(line)["style"] for line in lines)
    assert sum(n for style, n in styles.items() if style not in ("clean", "short", "long", "")) >= UNCLEAN * len(lines)
    rows = {row for item in messages("positives") for row in item.rows}
    evidence = load(find_knowledge()).evidence.values()
    assert {row.id for row in evidence if row.emergency} <= rows


def test_no_emergency_is_missed(service: Service) -> None:
    """Every message that is an emergency gets the emergency card."""
    missed = [j for j in judged(service, "positives") if j.item.level == "emergency" != j.level]
    assert not missed, listed(missed)


def test_what_is_urgent_is_escalated(service: Service) -> None:
    """At least 99 of 100 messages that need help today are told so."""
    due = [j for j in judged(service, "positives") if j.item.level in ("urgent", "emergency")]
    missed = [j for j in due if RANK[j.level] < ALARM]
    assert len(missed) <= 0.01 * len(due), listed(missed)


def test_what_is_calm_stays_calm(service: Service) -> None:
    """At most 3 of 100 calm messages are sent for help today."""
    calm = judged(service, "negatives")
    alarms = [j for j in calm if j.over]
    assert len(alarms) <= 0.03 * len(calm), listed(alarms)


def test_every_verdict_is_known(service: Service) -> None:
    """An edit that changes a verdict is seen: `make triage-diff` shows it, `make triage-accept` takes it."""
    found = changes((*judged(service, "positives"), *judged(service, "negatives")), VERDICTS)
    assert not found, "run make triage-diff, and make triage-accept if it is right:\n" + "\n".join(found)


def test_nothing_of_the_suite_stands_in_the_knowledge_base() -> None:
    """No message of the suite, nor a sentence of one, is a phrasing, a telling, or in a phrase of the lexicon."""
    book = load(find_knowledge())
    known = {plain(text) for answer in book.answers.values() for text in answer.asks}
    known |= {plain(text) for flag in book.red_flags.values() for text in (*flag.told, *flag.calm)}
    known |= {plain(text) for text in book.calm}
    bare = re.compile(r"[a-z0-9' ]+")
    known |= {plain(p) for c in book.vocabulary.concepts.values() for p in c.says if bare.fullmatch(p)}
    leaks = []
    for item in (*messages("positives"), *messages("negatives")):
        parts = [part for turn in item.turns for part in sentences(turn) if len(part.split()) > 4]
        leaks += [(item.id, part) for part in (*item.turns, *parts) if len(part.split()) > 4 and plain(part) in known]
    assert not leaks
