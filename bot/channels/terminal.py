"""A conversation in the terminal: no history kept, colours only on a terminal, Ctrl-C leaves clean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TextIO

from bot.app import Inbound, Service
from bot.channels.plain import plain
from bot.core.blocks import AlertCard, Reply

PROMPT = "You: "
LEAVE = frozenset(("/quit", "/exit", "/bye"))
_COLOURS = {"emergency": "\033[1;31m", "urgent": "\033[1;33m", "soon": "\033[1;36m", "self-care": "\033[1;32m"}
_PLAIN = "\033[0m"
_HINT = "Type your question. /help shows the commands, /quit or Ctrl-C leaves."


def converse(service: Service, lines: TextIO, out: TextIO, environment: Mapping[str, str]) -> int:
    """Talk until the input ends or the person leaves; return the exit code."""
    _no_history()
    coloured = out.isatty() and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"
    _show(service.handle(Inbound("terminal", "/start", datetime.now(UTC))), out, coloured)
    out.write(f"{_HINT}\n")
    try:
        for line in _typed(lines, out):
            if line.strip().lower() in LEAVE:
                break
            if line.strip():
                _show(service.handle(Inbound("terminal", line, datetime.now(UTC))), out, coloured)
    except KeyboardInterrupt:
        pass
    out.write("\nTake care. Nothing of this conversation was kept.\n")
    return 0


def _typed(lines: TextIO, out: TextIO) -> Iterator[str]:
    """Yield what is typed, prompting for each line; end at the end of the input."""
    while True:
        out.write(f"\n{PROMPT}")
        out.flush()
        line = lines.readline()
        if not line:
            return
        yield line


def _show(reply: Reply, out: TextIO, coloured: bool) -> None:
    text = plain(reply)
    level = next((block.level for block in reply.blocks if isinstance(block, AlertCard)), "")
    if coloured and level in _COLOURS:
        first, _, rest = text.partition("\n")
        text = f"{_COLOURS[level]}{first}{_PLAIN}\n{rest}"
    out.write(f"\n{text}\n")
    out.flush()


def _no_history() -> None:
    """Make sure that a readline loaded by the interpreter keeps nothing of what is typed."""
    try:
        import readline
    except ImportError:
        return
    readline.set_auto_history(False)
    readline.clear_history()
