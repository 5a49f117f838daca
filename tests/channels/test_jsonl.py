"""A file of questions is answered line by line, in order, and a malformed line never ends the run."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.app import Inbound, Service
from bot.channels.jsonl import MOST_TEXT, answer_lines, as_json
from bot.stores.memory import MemoryStore
from tests.core import small

KEYS = [
    "id",
    "outcome",
    "level",
    "flags",
    "safeguarding",
    "topic",
    "suggestions",
    "ranked",
    "asks",
    "reply",
    "why",
]


def run(*lines: object) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the answers to lines given as bytes or as values."""
    out = io.StringIO()
    data = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    code = answer_lines(Service(small.book(), MemoryStore(), "GB"), [line + b"\n" for line in data], out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def one(**question: object) -> dict[str, Any]:
    """The answer to one question."""
    _, (answer,) = run({"id": "x", **question})
    return answer


def test_an_answer_has_every_key() -> None:
    """An answer holds the agreed keys in the agreed order."""
    answer = one(text="which lube is best")
    assert list(answer) == KEYS
    assert (answer["id"], answer["outcome"], answer["level"], answer["topic"]) == ("x", "answer", "none", "lube")
    assert answer["ranked"][0]["topic"] == "lube"
    assert answer["why"]["decision"] in {"sure", "close"}
    assert "Short lube." in answer["reply"]


def test_an_alert_explains_itself() -> None:
    """An alert names its flags, its safeguarding flags, and the facts behind them."""
    answer = one(text="he raped me. blood everywhere")
    assert (answer["outcome"], answer["level"], answer["safeguarding"]) == ("alert", "emergency", ["assault"])
    assert answer["flags"][0] == "heavy"
    finding = answer["why"]["findings"][0]
    assert (finding["flag"], finding["rows"], finding["because"]) == ("heavy", ["RF01"], ["heavy-bleeding"])
    assert {"concept": "assault", "words": "raped", "manner": "present", "elsewhere": False} in answer["why"][
        "concepts"
    ]


def test_a_raised_level_is_explained() -> None:
    """What raised a level is told."""
    answer = one(text="im pregnant and bleeding")
    assert answer["why"]["findings"][0]["raised-by"] == ["pregnant"]


def test_answers_come_in_order() -> None:
    """One answer comes for each line, in order, blank lines aside, and all right is exit 0."""
    code, answers = run(*({"id": number, "text": "hi"} for number in (3, 1, 2)), b"", b"  ")
    assert (code, [answer["id"] for answer in answers]) == (0, [3, 1, 2])


def test_lines_of_a_session_are_turns() -> None:
    """Lines of one session are one conversation, other lines stand alone."""
    lines = [
        {"id": 1, "text": "im bleeding", "session": "s"},
        {"id": 2, "text": "im bleeding"},
        {"id": 3, "text": "im pregnant", "session": "s"},
        {"id": 4, "text": "im pregnant"},
        {"id": 5, "text": "im pregnant", "session": "t"},
    ]
    assert [answer["level"] for answer in run(*lines)[1]] == ["urgent", "urgent", "emergency", "none", "none"]


def test_time_country_and_language_are_taken() -> None:
    """A time, with or without a zone, a country and a language steer the answer."""
    late = {"text": "the condom broke on monday", "session": ""}
    assert one(**late, now="2026-11-20T15:00:00+00:00")["flags"] == ["exposure-late"]
    assert one(**late, now="2026-11-24T15:00:00")["flags"] == ["exposure"]
    assert "999" not in one(text="blood everywhere", country="XX")["reply"]
    assert "Nicht verstanden." in one(text="zebra", language="de")["reply"]


@pytest.mark.parametrize(
    ("line", "error", "name"),
    [
        (b"not json", "the line is not valid JSON", 1),
        (b"\xff\xfe", "the line is not valid JSON", 1),
        (b"[" * 100_000, "the line is not valid JSON", 1),
        (b'["text"]', "a line must be a JSON object", 1),
        (b'{"id": "x"}', "text is missing or no text", "x"),
        (b'{"id": "x", "text": 5}', "text is missing or no text", "x"),
        (b'{"id": "x", "text": "a", "now": "canary"}', "now is no ISO time", "x"),
        (b'{"id": "x", "text": "a", "now": 5}', "now is no text", "x"),
        (b'{"id": "x", "text": "a", "session": ["canary"]}', "session is no text", "x"),
        (b'{"id": "x", "text": "a", "country": {}}', "country is no text", "x"),
        (b'{"text": "a", "language": 1}', "language is no text", 1),
    ],
)
def test_a_malformed_line_is_an_error(line: bytes, error: str, name: object) -> None:
    """A malformed line gets its id or number and what is wrong, without a word of it; the run goes on, exit 1."""
    code, answers = run(line, {"id": "next", "text": "which lube is best"})
    assert code == 1
    assert answers[0] == {"id": name, "error": error}
    assert answers[1]["topic"] == "lube"


def test_a_text_that_is_too_long_is_an_error() -> None:
    """The longest text is answered, a longer one refused."""
    code, (answer,) = run({"id": 1, "text": "a" * MOST_TEXT})
    assert (code, "error" in answer) == (0, False)
    code, (answer,) = run({"id": 1, "text": "a" * (MOST_TEXT + 1)})
    assert (code, answer["error"]) == (1, f"text is longer than {MOST_TEXT} characters")


@pytest.mark.parametrize("name", [None, 5, "ü\n", ["a"], {"b": 1}])
def test_any_id_comes_back(name: object) -> None:
    """An id of any kind is given back as it came, and an answer is always one line."""
    assert one(id=name, text="hi")["id"] == name


def test_a_missing_id_is_the_number_of_the_line() -> None:
    """Without an id the line is named by its number, blank lines counted."""
    _, answers = run(b"", {"text": "hi"})
    assert answers[0]["id"] == 2


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "\u2028", "²"])
def test_odd_texts_are_one_valid_line(text: str) -> None:
    """Text that is empty or broken is answered in one line of JSON that can be encoded."""
    service = Service(small.book(), MemoryStore(), "GB")
    line = as_json(text, service.turn(Inbound("a", text, small.NOW)))
    assert "\n" not in line
    assert json.loads(line)["reply"]


def test_a_broken_character_in_an_id_does_not_end_the_run() -> None:
    """Half a character in an id can be written out as UTF-8."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    lines = [b'{"id": "\\ud800", "text": "hi"}\n', b'{"id": 2, "text": "hi"}\n']
    answer_lines(Service(small.book(), MemoryStore(), "GB"), lines, out)
    out.flush()
    assert len(raw.getvalue().splitlines()) == 2


def test_a_command_has_no_why() -> None:
    """A command is answered, and there is nothing to explain."""
    answer = one(text="/help")
    assert (answer["outcome"], answer["why"], answer["ranked"]) == ("chat", {}, [])


@given(st.lists(st.binary(max_size=40), max_size=4))
def test_any_bytes_get_one_answer_a_line(lines: list[bytes]) -> None:
    """Whatever stands on a line, it gets exactly one answer unless it is blank."""
    lines = [line.replace(b"\n", b"") for line in lines]
    code, answers = run(*lines)
    assert len(answers) == sum(bool(line.strip()) for line in lines)
    assert code == int(any("error" in answer for answer in answers))
