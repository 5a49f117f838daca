"""Order within a chat, chats side by side, and what may be confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.channels import telegram_queue
from bot.channels.telegram_queue import Queue


class Desk:
    """Work that waits until the test lets it go."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.done: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def work(self, item: str) -> None:
        """Wait at the gate of the item, if it has one."""
        self.started.append(item)
        if item in self.gates:
            await self.gates[item].wait()
        if item == "bad":
            raise ValueError(item)
        self.done.append(item)


def in_loop(test: Callable[[Desk, Queue[str]], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a test with a desk and its queue in an event loop."""

    async def main() -> None:
        desk = Desk()
        await test(desk, Queue(desk.work))

    def run() -> None:
        asyncio.run(main())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run


@in_loop
async def test_a_chat_keeps_its_order(desk: Desk, queue: Queue[str]) -> None:
    """A message waits for the one before it in its chat, and not for another chat."""
    desk.gates["a1"] = asyncio.Event()
    for number, item in enumerate(("a1", "a2", "b1"), 1):
        queue.take(number, item[0], item)
    await asyncio.sleep(0.01)
    assert desk.started == ["a1", "b1"]
    desk.gates["a1"].set()
    await queue.rest(1)
    assert desk.done == ["b1", "a1", "a2"]


@in_loop
async def test_only_what_is_answered_is_confirmed(desk: Desk, queue: Queue[str]) -> None:
    """The offset stays at the oldest open message, however much behind it is answered."""
    desk.gates["a1"] = asyncio.Event()
    queue.take(5, "a", "a1")
    queue.take(6, "b", "b1")
    queue.reach(6)
    await queue.rest(0.01)
    assert queue.offset == 5
    assert queue.knows(5)
    assert queue.knows(6)
    assert not queue.knows(7)
    desk.gates["a1"].set()
    await queue.rest(1)
    assert queue.offset == 7


@in_loop
async def test_a_failure_holds_nothing_back(desk: Desk, queue: Queue[str]) -> None:
    """Work that fails counts as done, and its chat goes on."""
    queue.take(1, "a", "bad")
    queue.take(2, "a", "a2")
    queue.reach(2)
    await queue.rest(1)
    assert desk.done == ["a2"]
    assert queue.offset == 3


@in_loop
async def test_closing_leaves_the_rest_unconfirmed(desk: Desk, queue: Queue[str]) -> None:
    """On closing, a message under way may end, one that hangs is dropped, and neither it nor its followers count."""
    desk.gates["a1"] = asyncio.Event()
    desk.gates["b1"] = asyncio.Event()
    for number, item in enumerate(("a1", "a2", "b1", "b2"), 1):
        queue.take(number, item[0], item)
    queue.reach(4)
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_later(0.01, desk.gates["a1"].set)
    await queue.close(0.05)
    assert desk.done == ["a1"]
    assert queue.offset == 2


def test_memory_of_answered_updates_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old numbers are forgotten, so that a bot that runs for months does not grow."""
    monkeypatch.setattr(telegram_queue, "REMEMBERED", 3)
    queue: Queue[str] = Queue(Desk().work)
    for number in range(10):
        queue.settle(number)
    assert [n for n in range(10) if queue.knows(n)] == [7, 8, 9]
