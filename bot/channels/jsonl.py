"""The reply as one JSON object, and a run over a file of questions, one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.app import Inbound, Service
from bot.channels.plain import plain
from bot.core.trace import Trace
from bot.core.turn import Outcome

MOST_TEXT = 1_000_000
"""Characters of one question; a longer line is an error."""


def as_json(name: object, outcome: Outcome) -> str:
    """Return one reply as a line of JSON."""
    reply = outcome.reply
    ranked = [{"topic": m.topic, "score": m.score} for m in outcome.trace.matches[:5]] if outcome.trace else []
    return _line(
        {
            "id": name,
            "outcome": reply.outcome,
            "level": reply.level,
            "flags": list(reply.flags),
            "safeguarding": list(reply.safeguarding),
            "topic": reply.topic,
            "suggestions": list(reply.suggestions),
            "ranked": ranked,
            "asks": reply.asks,
            "reply": plain(reply),
            "why": _why(outcome.trace) if outcome.trace else {},
        }
    )


def _line(data: dict[str, Any]) -> str:
    """Return JSON as readable text, or in ASCII where a part cannot be written as UTF-8."""
    text = json.dumps(data, ensure_ascii=False)
    return text if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text) else json.dumps(data)


def answer_lines(service: Service, lines: Iterable[bytes], out: TextIO) -> int:
    """Answer every line in order; a malformed one gets {"id", "error"} and the run goes on.

    Returns 0, or 1 when a line was malformed.
    """
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name: object = number
        try:
            question = json.loads(line)
            name = question.get("id", number) if isinstance(question, dict) else number
            answer = as_json(name, service.turn(_inbound(question, number)))
        except (ValueError, RecursionError) as error:
            answer, code = _line({"id": name, "error": _problem(error)}), 1
        out.write(answer + "\n")
        out.flush()
    return code


def _inbound(question: Any, number: int) -> Inbound:
    if not isinstance(question, dict):
        raise ValueError("a line must be a JSON object")
    text = question.get("text")
    if not isinstance(text, str):
        raise ValueError("text is missing or no text")
    if len(text) > MOST_TEXT:
        raise ValueError(f"text is longer than {MOST_TEXT} characters")
    parts = {}
    for key in ("session", "country", "language", "now"):
        value = question.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{key} is no text")
        parts[key] = value or ""
    at = _time(parts["now"])
    who = f"session:{parts['session']}" if parts["session"] else f"line:{number}"
    return Inbound(who, text, at, parts["language"], parts["country"])


def _time(text: str) -> datetime:
    if not text:
        return datetime.now(UTC)
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _problem(error: Exception) -> str:
    """Say what is wrong with a line without repeating any of it."""
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | RecursionError):
        return "the line is not valid JSON"
    text = str(error)
    return (
        text
        if text.startswith(("a line", "text ", "session ", "country ", "language ", "now "))
        else "now is no ISO time"
    )


def _why(trace: Trace) -> dict[str, Any]:
    return {
        "concepts": [
            {
                "concept": m.concept,
                "words": trace.reading.words(m.start, m.end),
                "manner": m.manner,
                "elsewhere": m.elsewhere,
            }
            for m in trace.reading.mentions
        ],
        "measures": [{"kind": m.kind, "amount": m.amount, "since": m.since} for m in trace.reading.measures],
        "findings": [
            {
                "flag": f.flag.id,
                "level": f.level,
                "rows": list(f.flag.evidence),
                "because": list(dict.fromkeys(fact.concept for fact in f.evidence)),
                "raised-by": list(f.raised_by),
            }
            for f in trace.verdict.findings
        ],
        "told-like": trace.likeness.flag if trace.likeness else None,
        "nearest": trace.matches[0].nearest if trace.matches else None,
        "decision": trace.decision,
    }
