"""Sends messages until Telegram has taken them, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.channels.telegram_render import MAX_UNITS, Button, Message, units
from bot.errors import ChannelError
from bot.ops.logs import log


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the bot waits for what, in seconds."""

    poll: int = 25
    first_wait: float = 1.0
    longest_wait: float = 30.0
    rest: float = 0.5
    """how long a slow chat may hold back the next poll"""
    grace: float = 3.0
    """how long a chat may go on with its message when the bot is told to stop"""

    def waits(self) -> Iterator[float]:
        """Return the waits between tries: each twice as long as the one before, up to the longest."""
        wait = self.first_wait
        while True:
            yield min(wait, self.longest_wait)
            wait = min(wait * 2, self.longest_wait)


class BlockedError(ChannelError):
    """The person does not want to hear from the bot any more."""


class _Form(TypedDict):
    """One way to send a message."""

    text: str
    parse_mode: str | None
    reply_markup: InlineKeyboardMarkup | None


async def send(bot: Bot, chat: int, message: Message, pace: Pace) -> None:
    """Send a message, in a plainer form if Telegram cannot read the first.

    Raises:
        BlockedError: the chat takes no messages from the bot.
    """
    for form in _forms(message):
        if await _persist(bot, chat, form, pace):
            return
    log("telegram.undeliverable", parts=1)


def seconds_of(error: RetryAfter) -> float:
    """Return how long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, dt.timedelta) else float(wait)


def _forms(message: Message) -> Iterator[_Form]:
    keyboard = _keyboard(message.buttons)
    yield {"text": message.html, "parse_mode": "HTML", "reply_markup": keyboard}
    yield {"text": message.plain, "parse_mode": None, "reply_markup": keyboard}
    if keyboard:
        yield {"text": _listed(message), "parse_mode": None, "reply_markup": None}


def _keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.label, callback_data=button.data)] for button in buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _listed(message: Message) -> str:
    """The text with the choices under it, for when Telegram refuses the buttons."""
    text = "\n".join([message.plain, *(f"- {button.label}" for button in message.buttons)])
    return text if units(text) <= MAX_UNITS else message.plain


async def _persist(bot: Bot, chat: int, form: _Form, pace: Pace) -> bool:
    """Try until the message is taken (true) or refused for good (false)."""
    for wait in pace.waits():
        try:
            await bot.send_message(chat, **form, link_preview_options=LinkPreviewOptions(is_disabled=True))
        except RetryAfter as error:
            log("telegram.slowed", wait=seconds_of(error))
            await asyncio.sleep(seconds_of(error))
        except (Forbidden, ChatMigrated):
            raise BlockedError from None
        except BadRequest as error:
            log("telegram.refused", error=error)
            return False
        except TelegramError as error:
            log("telegram.unreachable", error=error, wait=wait)
            await asyncio.sleep(wait)
        else:
            return True
    return False
