"""Keeps the order of messages within a chat, and knows up to which update all have been answered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bot.ops.logs import log

T = TypeVar("T")

REMEMBERED = 10_000
"""How many answered updates are known by their number, so that one that comes again is not answered again."""


class Queue(Generic[T]):
    """Works on items of one chat one after the other, and on different chats side by side."""

    def __init__(self, work: Callable[[T], Awaitable[None]]) -> None:
        self._work = work
        self._lines: dict[Hashable, deque[tuple[int, T]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open: set[int] = set()
        self._answered: OrderedDict[int, None] = OrderedDict()
        self._next = 0
        self._closing = False

    @property
    def offset(self) -> int:
        """The lowest update that is not answered yet: all below it may be confirmed."""
        return min(self._open, default=self._next)

    def knows(self, number: int) -> bool:
        """Tell whether an update is answered or under way."""
        return number in self._open or number in self._answered

    def take(self, number: int, chat: Hashable, item: T) -> None:
        """Put an item at the end of the line of its chat."""
        self._open.add(number)
        line = self._lines.get(chat)
        if line is not None:
            line.append((number, item))
            return
        self._lines[chat] = deque([(number, item)])
        task = asyncio.create_task(self._serve(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def settle(self, number: int) -> None:
        """Note that an update needs no answer, or has had it."""
        self._open.discard(number)
        self._answered[number] = None
        if len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)

    def reach(self, number: int) -> None:
        """Note the highest update of a batch: what follows it is next."""
        self._next = number + 1

    async def rest(self, seconds: float) -> None:
        """Wait until every line is empty, but no longer than this."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    async def close(self, seconds: float) -> None:
        """Let each chat finish the message that it is at, then stop; what is left stays unconfirmed."""
        self._closing = True
        await self.rest(seconds)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, chat: Hashable) -> None:
        line = self._lines[chat]
        while line and not self._closing:
            number, item = line.popleft()
            try:
                await self._work(item)
            except Exception as error:
                # Tried again it would fail again, and hold back everything behind it for ever.
                log("telegram.handler-failed", error=error)
            self.settle(number)
        del self._lines[chat]
