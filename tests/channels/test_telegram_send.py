"""That a message arrives whatever goes wrong on the way, and that no chat waits for another."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from itertools import islice

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.channels.telegram_render import Button, Message
from bot.channels.telegram_send import BlockedError, Pace, seconds_of, send
from bot.ops.logs import silence
from tests.fake_telegram import FakeTelegram
from tests.running_bot import FAST
from tests.telegram_rules import Fault

HELLO = Message("<b>1 &lt; 2</b>", "1 < 2", (Button("More", "/more"),))


@pytest.fixture(autouse=True)
def waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the library for the newer form of its waits, as the running channel does; keep it quiet."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    silence()


def with_bot(fake: FakeTelegram, work: Callable[[Bot], Awaitable[None]]) -> None:
    """Do something with a bot of the library that talks to the fake."""

    async def main() -> None:
        async with Bot(fake.token, base_url=f"{fake.url}/bot") as bot:
            await work(bot)

    asyncio.run(main())


def deliver(fake: FakeTelegram, message: Message = HELLO) -> None:
    """Send a message to chat 7."""
    with_bot(fake, lambda bot: send(bot, 7, message, FAST))


def test_waits_double_up_to_half_a_minute() -> None:
    """The pauses between tries are 1, 2, 4, 8, 16 and then always 30 seconds."""
    assert list(islice(Pace().waits(), 7)) == [1, 2, 4, 8, 16, 30, 30]


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(500)],
        [Fault(502, "Bad Gateway"), Fault(500), Fault(504, "Gateway Timeout")],
        [Fault(half=True)],
        [Fault(401, "Unauthorized")],
    ],
)
def test_a_broken_server_loses_nothing(faults: list[Fault]) -> None:
    """After errors of the server, or an answer that is cut in half, the message is sent until it is taken."""
    with FakeTelegram() as fake:
        fake.fail("sendMessage", *faults)
        deliver(fake)
        assert fake.sent(7) == ["1 < 2"]
        assert len(fake.of("sendMessage")) == len(faults) + 1


def test_html_that_is_refused_is_sent_as_plain_text() -> None:
    """When Telegram cannot parse the entities, the same words come without them, and with their buttons."""
    with FakeTelegram() as fake:
        deliver(fake, Message("<b>1 < 2", "1 < 2", HELLO.buttons))
        assert fake.sent(7) == ["1 < 2"]
        assert "parse_mode" not in fake.sent_calls(7)[0].fields
        assert fake.sent_calls(7)[0].fields["reply_markup"]["inline_keyboard"]


def test_buttons_that_are_refused_become_lines() -> None:
    """When Telegram refuses the buttons, the choices stand in the text."""
    with FakeTelegram() as fake:
        deliver(fake, Message("1", "1", (Button("More", "x" * 65),)))
        assert fake.sent(7) == ["1\n- More"]


def test_a_message_that_is_refused_for_good_is_given_up(capsys: pytest.CaptureFixture[str]) -> None:
    """A chat that does not exist holds nothing back, and the log counts it."""
    with FakeTelegram() as fake:
        fake.fail("sendMessage", *[Fault(400, "Bad Request: chat not found")] * 3)
        deliver(fake)
        assert fake.sent(7) == []
    assert "telegram.undeliverable" in capsys.readouterr().err


def test_a_long_text_survives_the_loss_of_its_buttons() -> None:
    """When the choices would make the text too long, the text goes alone."""
    with FakeTelegram() as fake:
        deliver(fake, Message("x" * 4096, "x" * 4096, (Button("More", "x" * 65),)))
        assert fake.sent(7) == ["x" * 4096]


def test_a_person_who_blocked_the_bot_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A 403 ends the sending at once, without a line in the log."""
    with FakeTelegram() as fake:
        fake.block(7)
        with pytest.raises(BlockedError):
            deliver(fake)
        assert len(fake.of("sendMessage")) == 1
    assert capsys.readouterr() == ("", "")


def test_a_wait_is_read_in_both_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wait that Telegram asks for is understood as the library gives it today and as it will give it."""
    assert seconds_of(RetryAfter(dt.timedelta(seconds=3))) == 3
    monkeypatch.setattr(RetryAfter, "retry_after", 4)
    assert seconds_of(RetryAfter(4)) == 4


def test_a_429_is_waited_out() -> None:
    """Told to wait a second, the bot waits that long and then delivers."""

    async def timed(bot: Bot) -> None:
        loop = asyncio.get_running_loop()
        start = loop.time()
        await send(bot, 7, HELLO, FAST)
        assert loop.time() - start >= 1

    with FakeTelegram() as fake:
        fake.fail("sendMessage", Fault(429, "Too Many Requests: retry after 1", {"retry_after": 1}))
        with_bot(fake, timed)
        assert fake.sent(7) == ["1 < 2"]
