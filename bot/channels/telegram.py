"""Runs the bot on Telegram until it is told to stop; the library is loaded only then."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from typing import TYPE_CHECKING

from bot.errors import ChannelError
from bot.ops.logs import log, set_threshold, silence
from bot.settings import Settings

if TYPE_CHECKING:
    from telegram import Bot

    from bot.channels.telegram_poll import Answering
    from bot.channels.telegram_send import Pace

STOPPED, FAILED, MISCONFIGURED = 0, 1, 2
"""Exit codes: told to stop; something broke; the token is missing or refused."""


def run(settings: Settings, service: Answering, pace: Pace | None = None) -> int:
    """Answer messages until SIGTERM or SIGINT, and return the exit code."""
    silence()
    set_threshold(settings.log_level)
    if not settings.telegram_token:
        log("telegram.no-token")
        return MISCONFIGURED
    try:
        return asyncio.run(_run(settings, service, pace))
    except Exception as error:
        # A traceback would show the message of the error, and that may hold the token or a text.
        log("telegram.stopped-by-error", error=error)
        return FAILED


async def serve(settings: Settings, service: Answering, stop: asyncio.Event, pace: Pace | None = None) -> int:
    """Answer messages until `stop` is set, and return the exit code."""
    # Waits as timedelta are what the library moves to; without this it warns at every one.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    from bot.channels.telegram_poll import Poller
    from bot.channels.telegram_send import Pace

    bot = _bot(settings)
    poller = Poller(bot, service, pace or Pace())
    polling = asyncio.create_task(poller.run())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({polling, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return await _result(polling)
    finally:
        stopping.cancel()
        await poller.close()
        await bot.shutdown()


async def _run(settings: Settings, service: Answering, pace: Pace | None) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # Where the system has no such handlers, Control-C still ends the program.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(number, stop.set)
    log("telegram.started")
    code = await serve(settings, service, stop, pace)
    log("telegram.stopped")
    return code


async def _result(polling: asyncio.Task[None]) -> int:
    """End the polling, and tell how it ended."""
    polling.cancel()
    try:
        await polling
    except asyncio.CancelledError:
        return STOPPED
    except ChannelError:
        log("telegram.token-refused")
        return MISCONFIGURED
    return STOPPED


def _bot(settings: Settings) -> Bot:
    from telegram import Bot
    from telegram.request import HTTPXRequest

    from bot.channels.telegram_poll import TolerantRequest

    return Bot(
        settings.telegram_token or "",
        base_url=f"{settings.telegram_base_url}/bot",
        request=HTTPXRequest(connection_pool_size=64, pool_timeout=30, read_timeout=15, connect_timeout=10),
        get_updates_request=TolerantRequest(connection_pool_size=2, read_timeout=10, connect_timeout=10),
    )
