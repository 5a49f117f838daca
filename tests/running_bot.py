"""Runs the Telegram channel in a thread of the test, at the speed of a test."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.channels.telegram import serve
from bot.channels.telegram_poll import Answering
from bot.channels.telegram_send import Pace
from bot.ops.logs import silence
from bot.settings import Settings
from tests.fake_telegram import FakeTelegram

FAST = Pace(poll=5, first_wait=0.02, longest_wait=0.1, rest=0.05, grace=1.0)


@dataclass(slots=True)
class Ending:
    """How the bot ended: its exit code, or what went wrong."""

    codes: list[int] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)


@contextmanager
def running(fake: FakeTelegram, service: Answering, *, token: str | None = None, pace: Pace = FAST) -> Iterator[Ending]:
    """Run a bot against the fake while the block lasts."""
    silence()
    settings = Settings(telegram_token=token or fake.token, telegram_base_url=fake.url)
    ending, started = Ending(), threading.Event()
    handles: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main() -> int:
        stop = asyncio.Event()
        handles.append((asyncio.get_running_loop(), stop))
        started.set()
        return await serve(settings, service, stop, pace)

    def work() -> None:
        try:
            ending.codes.append(asyncio.run(main()))
        except BaseException as error:
            ending.errors.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    started.wait(5)
    try:
        yield ending
    finally:
        loop, stop = handles[0]
        if thread.is_alive():
            loop.call_soon_threadsafe(stop.set)
        thread.join(10)
    assert not thread.is_alive(), "the bot did not stop"
    assert not ending.errors, ending.errors
