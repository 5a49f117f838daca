"""Writes what happened as lines of JSON that cannot carry a text, a person or a secret."""

from __future__ import annotations

import json
import logging
import math
import re
import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.core.blocks import Reply

SEVERITIES = ("debug", "info", "warning", "error")
LEVELS = frozenset("emergency urgent soon self-care none".split())
OUTCOMES = frozenset("alert answer choices question chat abstain".split())
CHANNELS = frozenset("telegram web terminal".split())
LIBRARIES = ("httpx", "httpcore", "telegram", "apscheduler", "asyncio", "anyio", "h11", "hpack")

MAX_COUNT = 1_000_000
"""Larger numbers are left out: they may be the id of somebody."""

_BOT = Path(__file__).resolve().parent.parent
_EVENT = re.compile(r"[a-z][a-z0-9]*(?:[.-][a-z0-9]+){0,5}")


@dataclass(frozen=True, slots=True)
class Event:
    """How bad an event is, and what the person who runs the bot can do about it."""

    severity: str = "info"
    hint: str = ""


EVENTS: Mapping[str, Event] = {
    "telegram.answered": Event("debug"),
    "telegram.conflict": Event(
        "warning", "Another copy of this bot is polling with the same token, or a webhook is set: stop that one."
    ),
    "telegram.handler-failed": Event("error", "A message got the last-resort reply: mend what failed."),
    "telegram.no-token": Event("error", "Set TELEGRAM_TOKEN or TELEGRAM_TOKEN_FILE."),
    "telegram.refused": Event("warning", "Telegram refused a message: it is tried again in a plainer form."),
    "telegram.stopped-by-error": Event("error"),
    "telegram.token-refused": Event(
        "error", "Telegram does not know this token: check TELEGRAM_TOKEN and TELEGRAM_BASE_URL."
    ),
    "telegram.undeliverable": Event("error", "Telegram refused a message in every form, so it was given up."),
    "telegram.slowed": Event("info", "Telegram asked to wait before the next message to a chat."),
    "telegram.unreachable": Event("warning", "Telegram cannot be reached: it is tried again, and nothing is lost."),
    "telegram.unreadable": Event("warning", "An update had a form that is not known, so it was skipped."),
}


class _Output:
    """Where lines go, and from which severity on."""

    threshold = SEVERITIES.index("info")


def _count(value: object) -> object:
    fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_COUNT
    return value if fits else None


def _seconds(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value, 3) if 0 <= value < MAX_COUNT else None


def _error(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else None


def _one_of(names: frozenset[str]) -> Callable[[object], object]:
    return lambda value: value if isinstance(value, str) and value in names else None


FIELDS: Mapping[str, Callable[[object], object]] = {
    "answers": _count,
    "attempt": _count,
    "channel": _one_of(CHANNELS),
    "error": _error,
    "flags": _count,
    "level": _one_of(LEVELS),
    "outcome": _one_of(OUTCOMES),
    "parts": _count,
    "problems": _count,
    "seconds": _seconds,
    "updates": _count,
    "wait": _seconds,
}
"""Every field that may come out, and the form in which it may."""


def log(event: str, **fields: object) -> None:
    """Write one line about an event; whatever is not on the list of fields is left out and counted."""
    known = EVENTS.get(event, Event())
    if SEVERITIES.index(known.severity) < _Output.threshold:
        return
    name = event if _EVENT.fullmatch(event) else "unnamed"
    line: dict[str, object] = {"time": _now(), "severity": known.severity, "event": name}
    kept = {key: value for key in fields if (value := _allowed(key, fields[key])) is not None}
    line.update(kept)
    if len(kept) < len(fields):
        line["left-out"] = len(fields) - len(kept)
    error = fields.get("error")
    if isinstance(error, BaseException):
        line["at"] = own_frames(error)
    if known.hint:
        line["hint"] = known.hint
    print(json.dumps(line), file=sys.stderr, flush=True)


def counts(reply: Reply) -> dict[str, object]:
    """Return what may be logged about a reply."""
    return {"outcome": reply.outcome, "level": reply.level, "flags": len(reply.flags)}


def own_frames(error: BaseException) -> list[str]:
    """Return file and line of every frame of the bot that an error passed through; its message may quote somebody."""
    places = []
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_BOT):
            places.append(f"{path.relative_to(_BOT.parent).as_posix()}:{line}")
    return places


def set_threshold(severity: str) -> None:
    """Leave out every line that is less severe."""
    _Output.threshold = SEVERITIES.index(severity)


def silence() -> None:
    """Shut up the libraries that log addresses with the token in them, or what people write."""
    names = [name for name in logging.Logger.manager.loggerDict if name.split(".")[0] in LIBRARIES]
    for name in {*LIBRARIES, *names}:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False


def _allowed(key: str, value: object) -> object:
    return FIELDS[key](value) if key in FIELDS else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
