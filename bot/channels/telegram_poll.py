"""Asks Telegram for messages, answers each, and only then confirms them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from telegram import Bot, BotCommand, CallbackQuery, Chat, Message, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.app import Inbound
from bot.channels import telegram_render
from bot.channels.telegram_queue import Queue
from bot.channels.telegram_send import BlockedError, Pace, seconds_of, send
from bot.core.blocks import Reply
from bot.errors import ChannelError
from bot.ops.logs import counts, log

ALLOWED = ["message", "edited_message", "callback_query"]
BATCH = 100

COMMANDS: Mapping[str, str] = {
    "start": "What this is",
    "help": "How to use it",
    "topics": "What you can ask about",
    "emergency": "Who to call now",
    "privacy": "What is kept (nothing you write)",
    "why": "Why the last reply said what it said",
    "forget": "Forget this conversation",
}
"""What the menu of Telegram lists; the same for everyone, and discreet."""

POINTER = "I only talk in private: https://t.me/{name}"
LAST_RESORT = (
    "Something went wrong here, so I could not answer. "
    "If you are badly hurt, bleeding a lot or in danger, call your local emergency number now. "
    "Otherwise please send your message again."
)


class Answering(Protocol):
    """Whatever answers messages; the service of bot.app does."""

    def handle(self, inbound: Inbound) -> Reply:
        """Return the reply to one message."""
        ...


class TolerantRequest(HTTPXRequest):
    """Reads the answer to getUpdates so that one update that cannot be parsed does not cost the whole batch."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the parsed payload, with the bare number of the update in place of one that cannot be parsed."""
        data = HTTPXRequest.parse_json_payload(payload)
        result = data.get("result")
        if isinstance(result, list):
            data["result"] = [_readable(raw) for raw in result if _number_of(raw) is not None]
        return data


class Poller:
    """One bot at work: takes updates, has them answered, confirms what was answered."""

    def __init__(self, bot: Bot, service: Answering, pace: Pace) -> None:
        self._bot = bot
        self._service = service
        self._pace = pace
        self._queue: Queue[Update] = Queue(self._answer)
        self._offering: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            ChannelError: Telegram does not know the token.
        """
        await self._meet()
        self._offering = asyncio.create_task(self._offer())
        waits = self._pace.waits()
        while True:
            started = time.monotonic()
            try:
                updates = await self._fetch(self._pace.poll)
            except Exception as error:
                await self._bear(error, next(waits))
                continue
            waits = self._pace.waits()
            self._sort(updates)
            await self._queue.rest(self._pace.rest)
            if time.monotonic() - started < 0.05 and not updates:
                # A server that does not wait, as it should, must not make this loop spin.
                await asyncio.sleep(0.1)

    async def close(self) -> None:
        """Finish what is under way and confirm it, so that nothing is answered twice after a restart."""
        if self._offering:
            self._offering.cancel()
        await self._queue.close(self._pace.grace)
        if self._queue.offset:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(self._pace.grace / 2):
                    await self._fetch(0, limit=1)

    async def _meet(self) -> None:
        """Learn the own name; only an unknown token stops the bot."""
        for wait in self._pace.waits():
            try:
                await self._bot.initialize()
                return
            except InvalidToken:
                # The message of the error holds the token.
                raise ChannelError("the token was refused") from None
            except TelegramError as error:
                await self._bear(error, wait)

    async def _offer(self) -> None:
        """Offer the commands in the menu; without it the bot works just as well."""
        try:
            await self._bot.set_my_commands([BotCommand(name, text) for name, text in COMMANDS.items()])
        except TelegramError as error:
            log("telegram.no-menu", error=error)

    async def _fetch(self, seconds: int, limit: int = BATCH) -> tuple[Update, ...]:
        offset = self._queue.offset or None
        return await self._bot.get_updates(offset=offset, limit=limit, timeout=seconds, allowed_updates=ALLOWED)

    async def _bear(self, error: Exception, wait: float) -> None:
        if isinstance(error, RetryAfter):
            wait = seconds_of(error)
        kinds = {Conflict: "telegram.conflict", InvalidToken: "telegram.token-refused"}
        log(kinds.get(type(error), "telegram.unreachable"), error=error, wait=wait)
        await asyncio.sleep(wait)

    def _sort(self, updates: tuple[Update, ...]) -> None:
        """Put each new update in the line of its chat."""
        for update in updates:
            if self._queue.knows(update.update_id):
                continue
            try:
                chat = _chat_of(update)
                self._queue.take(update.update_id, chat.id if chat else 0, update)
            except Exception as error:
                log("telegram.unreadable", error=error, updates=1)
                self._queue.settle(update.update_id)
        if updates:
            self._queue.reach(max(update.update_id for update in updates))

    async def _answer(self, update: Update) -> None:
        chat = _chat_of(update)
        if chat is None:
            log("telegram.unreadable", updates=1)
        elif chat.type != Chat.PRIVATE:
            await self._point(chat, update)
        elif update.callback_query:
            # The answer must not wait for the acknowledgement, which only ends a spinner on a button.
            texts = [update.callback_query.data] if update.callback_query.data else []
            await asyncio.gather(self._acknowledge(update.callback_query), self._converse(chat.id, texts))
        else:
            await self._converse(chat.id, self._texts(update))

    def _texts(self, update: Update) -> list[str]:
        """What to answer in a message: its words, and that there is something in it that cannot be read."""
        message = update.effective_message
        if not isinstance(message, Message):
            return []
        words = message.text or message.caption
        texts = [_for_me(words, self._bot.username)] if words else []
        unread = update.message and not message.text and _is_unsupported(message)
        return [*texts, "/unsupported"] if unread else texts

    async def _converse(self, chat: int, texts: list[str]) -> None:
        for text in texts:
            try:
                for message in self._reply(chat, text):
                    await send(self._bot, chat, message, self._pace)
            except BlockedError:
                self._reply(chat, "/forget")
                return

    def _reply(self, chat: int, text: str) -> tuple[telegram_render.Message, ...]:
        started = time.monotonic()
        try:
            reply = self._service.handle(Inbound(f"telegram:{chat}", text, datetime.now(UTC)))
            messages = telegram_render.render(reply)
        except Exception as error:
            log("telegram.handler-failed", error=error)
            messages = ()
        else:
            log("telegram.answered", seconds=time.monotonic() - started, parts=len(messages), **counts(reply))
        return messages or (telegram_render.Message(LAST_RESORT, LAST_RESORT),)

    async def _point(self, chat: Chat, update: Update) -> None:
        """In a group, say only where to talk: what people ask here is nobody else's business."""
        if update.message and update.message.text:
            text = POINTER.format(name=self._bot.username)
            with contextlib.suppress(BlockedError):
                await send(self._bot, chat.id, telegram_render.Message(text, text), self._pace)
        elif update.callback_query:
            await self._acknowledge(update.callback_query)

    async def _acknowledge(self, query: CallbackQuery) -> None:
        # A tap that is too old cannot be acknowledged any more, but it can be answered.
        with contextlib.suppress(TelegramError):
            await self._bot.answer_callback_query(query.id)


def _number_of(raw: object) -> int | None:
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _readable(raw: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(dict(raw), None)
    except Exception:
        # Whatever went wrong, its message may quote the update; the bare number is counted when its turn comes.
        return {"update_id": raw["update_id"]}
    return raw


def _chat_of(update: Update) -> Chat | None:
    """The chat to answer in; a tap on a message that is gone belongs to the private chat of the person."""
    query = update.callback_query
    if query and not query.message:
        return Chat(query.from_user.id, Chat.PRIVATE)
    return update.effective_chat


def _for_me(text: str, name: str) -> str:
    """A command without the name of the bot, which some apps add."""
    command, space, rest = text.partition(" ")
    if not command.startswith("/"):
        return text
    return f"{command.removesuffix(f'@{name}')}{space}{rest}"


def _is_unsupported(message: Message) -> bool:
    """Tell whether a message holds a photo, voice or the like, or a kind that is newer than the library."""
    return bool(message.effective_attachment or message.api_kwargs or getattr(message, "checklist", None))
