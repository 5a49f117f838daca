"""That a line of the log cannot carry what somebody wrote."""

from __future__ import annotations

import ast
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.blocks import Reply
from bot.ops import logs

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary my bottom hurts"


@pytest.fixture(autouse=True)
def everything_shows() -> Iterator[None]:
    """Let every severity through, and put the threshold back afterwards."""
    logs.set_threshold("debug")
    yield
    logs.set_threshold("info")


def written(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines that came out, on stderr only."""
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_a_line_holds_what_is_allowed(capsys: pytest.CaptureFixture[str]) -> None:
    """Counts, level, outcome, seconds and the name of an error come out as they are."""
    logs.log("telegram.answered", parts=2, level="urgent", outcome="alert", seconds=0.12345, channel="telegram")
    (line,) = written(capsys)
    del line["time"]
    assert line == {
        "severity": "debug",
        "event": "telegram.answered",
        "parts": 2,
        "level": "urgent",
        "outcome": "alert",
        "seconds": 0.123,
        "channel": "telegram",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", CANARY),
        ("level", CANARY),
        ("outcome", CANARY),
        ("error", CANARY),
        ("parts", CANARY),
        ("parts", 123456789),
        ("parts", True),
        ("seconds", float("nan")),
        ("seconds", [CANARY]),
        (CANARY, 1),
    ],
)
def test_the_rest_stays_inside(name: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    """A field that is not on the list, or holds something else than it may, is counted and left out."""
    logs.log("something.happened", **{name: value})
    (line,) = written(capsys)
    assert set(line) == {"time", "severity", "event", "left-out"}
    assert line["left-out"] == 1


def test_a_text_is_no_event(capsys: pytest.CaptureFixture[str]) -> None:
    """What somebody wrote does not come out by being taken for the name of an event."""
    logs.log(CANARY)
    (line,) = written(capsys)
    assert line["event"] == "unnamed"


def test_an_error_shows_its_class_and_our_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """An exception is named by class and by the lines of the bot it came through; its message stays inside."""
    try:
        logs.set_threshold(CANARY)
    except ValueError as error:
        logs.log("telegram.handler-failed", error=error)
    (line,) = written(capsys)
    assert line["error"] == "ValueError"
    assert [place.rpartition(":")[0] for place in line["at"]] == ["bot/ops/logs.py"]
    assert "canary" not in json.dumps(line)


def test_the_threshold_holds(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines below the chosen severity do not come out."""
    logs.set_threshold("warning")
    logs.log("telegram.answered")
    logs.log("something.happened")
    logs.log("telegram.conflict")
    (line,) = written(capsys)
    assert line["event"] == "telegram.conflict"
    assert line["hint"] == logs.EVENTS["telegram.conflict"].hint


def test_a_reply_gives_only_counts() -> None:
    """What may be logged of a reply holds no topic and no words."""
    reply = Reply(outcome="answer", blocks=(), level="soon", flags=("a", "b"), topic=CANARY)
    assert logs.counts(reply) == {"outcome": "answer", "level": "soon", "flags": 2}


@given(st.dictionaries(st.sampled_from([*logs.FIELDS, "text"]), st.text(min_size=1).map(lambda text: f"«{text}»")))
def test_no_text_gets_out(fields: dict[str, str]) -> None:
    """Whatever text stands in whatever field, none of it is allowed through."""
    assert all(logs.FIELDS[key](value) is None for key, value in fields.items() if key in logs.FIELDS)


def test_libraries_are_silent(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    """Even with everything at DEBUG, nothing that a library logs reaches a handler, nor the last resort."""
    early = logging.getLogger("telegram.Bot")
    early.addHandler(logging.StreamHandler())
    early.setLevel(logging.DEBUG)
    with caplog.at_level(logging.DEBUG):
        logs.silence()
        names = ("telegram.Bot", "telegram.ext.Late", "httpx", "httpcore.http11", "apscheduler", "asyncio")
        for name in names:
            logging.getLogger(name).critical(CANARY)
            logging.getLogger(name).debug(CANARY)
    assert capsys.readouterr() == ("", "")
    assert caplog.records == []


def test_events_are_written_in_the_code() -> None:
    """No call of `log` in the bot takes its event from a value that may hold a text."""
    wrong = []
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "log":
                event = node.args[0]
                known = isinstance(event, ast.Constant) or ast.unparse(event).startswith("kinds.get(type(error), ")
                wrong += [] if known else [f"{path.name}:{node.lineno}: {ast.unparse(event)}"]
    assert not wrong, f"write the event as a string in the call: {wrong}"
