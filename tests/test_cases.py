"""Each entry of the knowledge base matches the messages that it must, and none that it must not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import Service
from bot.authoring.cases import Case, gather_cases, read_cases
from tests.talking import talk

FOLDER = Path(__file__).resolve().parent / "cases"
CASES, _ = gather_cases(FOLDER)


def of(kind: str) -> list[str]:
    """The entries of one kind that have cases."""
    return sorted({case.entry for case in CASES if case.kind == kind})


def failures(kind: str, entry: str, matches: Callable[[Case], str]) -> list[str]:
    """The messages of an entry that end differently than they must, with what came instead."""
    found = []
    for case in CASES:
        if (case.kind, case.entry) == (kind, entry):
            instead = matches(case)
            if instead:
                found.append(
                    f"{case.path}:{case.line}: {'must' if case.must else 'must not'} match: {case.text!r} {instead}"
                )
    return found


def test_every_file_of_cases_can_be_read() -> None:
    """No file of cases is broken."""
    assert read_cases(FOLDER) == CASES


def test_every_entry_has_cases(service: Service) -> None:
    """Each answer and each red flag has its cases, and no cases are left of an entry that is gone."""
    assert of("answers") == sorted(service.book.knowledge.answers)
    assert of("red-flags") == sorted(service.book.knowledge.red_flags)


@pytest.mark.parametrize("entry", of("red-flags"))
def test_red_flag(service: Service, entry: str) -> None:
    """The red flag fires for every message that it must fire for, and for none other."""

    def instead(case: Case) -> str:
        trace = talk(service, case.text).trace
        fired = [finding.flag.id for finding in trace.verdict.findings] if trace else ["a failure"]
        return "" if (entry in fired) is case.must else f"fires {fired}"

    missed = failures("red-flags", entry, instead)
    assert not missed, "\n" + "\n".join(missed)


@pytest.mark.parametrize("entry", of("answers"))
def test_answer(service: Service, entry: str) -> None:
    """The answer comes first, or among the choices, for every message that it must, and first for none other."""

    def instead(case: Case) -> str:
        reply = talk(service, case.text).reply
        offered = reply.topic == entry or (case.must and reply.outcome == "choices" and entry in reply.suggestions)
        return "" if offered is case.must else f"gets {reply.outcome} {reply.topic} {list(reply.suggestions)}"

    missed = failures("answers", entry, instead)
    assert not missed, "\n" + "\n".join(missed)
