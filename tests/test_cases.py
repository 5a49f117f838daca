"""Each entry of the knowledge base matches the messages that it must, and none that it must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import Service
from bot.authoring.cases import Case, gather_cases
from bot.core.session import TOLD
from tests.talking import talk

FOLDER = Path(__file__).resolve().parent / "cases"
CASES, PROBLEMS = gather_cases(FOLDER)
KNOWN_GAPS = [case for case in CASES if case.known_gap]


def of(kind: str) -> list[str]:
    """The entries of one kind that have cases."""
    return sorted({case.entry for case in CASES if case.kind == kind})


def failures(kind: str, entry: str, matches: Callable[[Case], str]) -> list[str]:
    """The messages of an entry that end differently than they must, with what came instead."""
    found = []
    for case in CASES:
        if (case.kind, case.entry) == (kind, entry) and not case.known_gap:
            instead = matches(case)
            if instead:
                found.append(
                    f"{case.path}:{case.line}: {'must' if case.must else 'must not'} match: {case.text!r} {instead}"
                )
    return found


def test_every_file_of_cases_can_be_read() -> None:
    """No file of cases is broken."""
    assert not PROBLEMS, "\n" + "\n".join(map(str, PROBLEMS))


def test_every_entry_has_cases(service: Service) -> None:
    """Each answer and each red flag has its cases, and no cases are left of an entry that is gone."""
    assert of("answers") == sorted(service.book.knowledge.answers)
    assert of("red-flags") == sorted(service.book.knowledge.red_flags)


@pytest.mark.parametrize("entry", of("red-flags"))
def test_red_flag(service: Service, entry: str) -> None:
    """The red flag fires for every message that it must fire for, and its rule for none that it must not.

    What only sounds like a red flag (`told-like`) is measured over the whole safety suite, not case by case.
    """

    def instead(case: Case) -> str:
        trace = talk(service, case.text).trace
        findings = trace.verdict.findings if trace else ()
        fired = [f.flag.id for f in findings if case.must or not all(e.concept.startswith(TOLD) for e in f.evidence)]
        return "" if (entry in fired) is case.must else f"fires {fired}"

    missed = failures("red-flags", entry, instead)
    assert not missed, "\n" + "\n".join(missed)


def other_answer(service: Service, case: Case) -> str:
    """What a message gets instead of what it must get: the answer first, or for a must also among the choices."""
    reply = talk(service, case.text).reply
    choice = case.must and reply.outcome == "choices" and case.entry in reply.suggestions
    if (reply.topic == case.entry or choice) is case.must:
        return ""
    return f"gets {reply.outcome} {reply.topic} {list(reply.suggestions)}"


@pytest.mark.parametrize("entry", of("answers"))
def test_answer(service: Service, entry: str) -> None:
    """The answer comes first, or among the choices, for every message that it must, and first for none other."""
    missed = failures("answers", entry, lambda case: other_answer(service, case))
    assert not missed, "\n" + "\n".join(missed)


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="a known gap: once it passes, move it to a must")
@pytest.mark.parametrize("case", KNOWN_GAPS, ids=lambda case: f"{case.path}:{case.line}")
def test_known_gap(service: Service, case: Case) -> None:
    """A message that should lead to the answer, or should not, does not do so yet; once it does, it moves."""
    assert not other_answer(service, case), f"{case.path}:{case.line}: {case.text!r} is still a gap"
