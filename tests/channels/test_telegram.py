"""The bot on Telegram from end to end: a conversation, a kill, a stop, and nothing in the logs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import Inbound, open_service
from bot.channels.telegram import MISCONFIGURED, STOPPED, run
from bot.channels.telegram_send import Pace
from bot.core.blocks import AlertCard
from bot.settings import Settings
from tests.fake_service import FakeService
from tests.fake_telegram import TOKEN, FakeTelegram
from tests.running_bot import running
from tests.telegram_rules import Fault

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary words about my bottom"


@contextmanager
def process(fake: FakeTelegram, way: str) -> Iterator[subprocess.Popen[str]]:
    """Run a bot in a process of its own, with everything at DEBUG, and end it with the block."""
    environment = {
        **os.environ,
        "TELEGRAM_TOKEN": fake.token,
        "TELEGRAM_BASE_URL": fake.url,
        "PLAINLY_LOG_LEVEL": "debug",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-X", "dev", "-m", "tests.telegram_bot_process", way]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as bot:
        try:
            yield bot
        finally:
            if bot.poll() is None:
                bot.kill()


def reply_to(fake: FakeTelegram, act: Callable[[], object]) -> list[str]:
    """What comes back when the person in chat 9 does something."""
    before = len(fake.sent(9))
    act()
    fake.until(lambda: len(fake.sent(9)) > before and not fake.waiting())
    return fake.sent(9)[before:]


def test_a_conversation() -> None:
    """A question brings choices, a tap brings the answer of that choice, an emergency brings the action first."""
    with FakeTelegram() as fake, running(fake, service := FakeService()) as ending:
        reply_to(fake, lambda: fake.message(9, "lube"))
        (tapped,) = reply_to(fake, lambda: fake.tap(9, "Which lube?"))
        (alert,) = reply_to(fake, lambda: fake.message(9, "now I am bleeding and it won't stop"))
        assert service.texts()[:2] == ["lube", "/topic lube-which"]
        assert tapped.startswith("You said: /topic lube-which")
        assert alert.startswith("Call 999 now, or go to A&E now.\n")
        assert len(fake.of("answerCallbackQuery")) == 1
    assert ending.codes == [STOPPED]


def test_a_conversation_with_the_real_service() -> None:
    """The bot with its own knowledge asks, takes a tap, and puts the action of an emergency first."""
    service = open_service()
    with FakeTelegram() as fake, running(fake, service):
        fake.message(9, "/topics")
        fake.until(lambda: fake.sent(9) and not fake.waiting())
        buttons = [row[0] for call in fake.sent_calls(9) for row in call.fields["reply_markup"]["inline_keyboard"]]
        reply_to(fake, lambda: fake.tap(9, buttons[0]["text"]))
        replies = reply_to(fake, lambda: fake.message(9, "I am bleeding heavily and it won't stop"))
        alert = service.handle(
            Inbound("test", "I am bleeding heavily and it won't stop", datetime(2026, 1, 1, tzinfo=UTC))
        )
    assert alert.level == "emergency"
    assert replies[0].splitlines()[0] == next(b.action for b in alert.blocks if isinstance(b, AlertCard))


def test_a_killed_bot_answers_after_the_restart() -> None:
    """After kill -9 between receiving and answering, the message comes again and is answered, once."""
    with FakeTelegram() as fake:
        fake.message(9, "hello")
        with process(fake, "hang") as bot:
            assert bot.stdout
            assert bot.stdout.readline() == "received\n"
            bot.send_signal(signal.SIGKILL)
            bot.wait(5)
        assert fake.sent(9) == []
        with running(fake, FakeService()):
            fake.until(lambda: fake.sent(9) and not fake.waiting())
        assert len(fake.sent(9)) == 1


@pytest.mark.parametrize("behaviour", ["crash", "answer"])
def test_no_text_and_no_token_in_any_log(behaviour: str) -> None:
    """With every library at DEBUG, whatever fails, neither words nor token nor chat reach stdout or stderr."""
    with FakeTelegram() as fake:
        fake.fail("getMe", Fault(half=True))
        fake.fail("getUpdates", Fault(half=True))
        fake.fail("sendMessage", Fault(400, f"Bad Request: can't parse entities in {CANARY}"))
        fake.fail("sendMessage", Fault(500, CANARY), Fault(half=True))
        bad = {"message": {"text": CANARY, "chat": {"id": 987654321}}}
        with process(fake, behaviour) as bot:
            fake.push_all([fake.words(987654321, CANARY), bad, fake.words(987654321, CANARY)])
            fake.until(lambda: len(fake.sent(987654321)) >= 2 and not fake.waiting(), 15)
            bot.terminate()
            out, err = bot.communicate(timeout=8)
    assert bot.returncode == STOPPED
    assert out == ""
    for secret in ("canary", TOKEN, "987654321", "bottom"):
        assert secret not in err
    assert "telegram.unreadable" in err
    assert "telegram.answered" in err or behaviour == "crash"
    assert all(line.startswith('{"time"') for line in err.splitlines()), err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_graceful(number: signal.Signals) -> None:
    """Told to stop, the bot ends with 0 within 8 seconds, and what it could not send stays unconfirmed."""
    with FakeTelegram() as fake:
        fake.fail("sendMessage", *[Fault(500)] * 99, chat=1)
        with process(fake, "answer") as bot:
            fake.push_all([fake.words(2, "fine"), fake.words(1, "stuck")])
            fake.until(lambda: fake.sent(2) and len(fake.of("sendMessage")) > 1)
            bot.send_signal(number)
            assert bot.wait(8) == STOPPED
        assert len(fake.waiting()) == 1
    # Outside of tests a stuck chat gets the grace, and the last poll half of it again.
    assert Pace().grace * 1.5 < 8


def test_a_missing_token_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a token the bot ends at once and names the variable."""
    assert run(Settings(), FakeService()) == MISCONFIGURED
    assert "TELEGRAM_TOKEN" in capsys.readouterr().err


def test_a_refused_token_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """With a token that Telegram does not know the bot ends, and says so without showing it."""
    with FakeTelegram() as fake:
        settings = Settings(telegram_token="1:canary-wrong", telegram_base_url=fake.url)
        assert run(settings, FakeService()) == MISCONFIGURED
    err = capsys.readouterr().err
    assert "telegram.token-refused" in err
    assert "canary" not in err


def test_the_library_is_loaded_only_by_a_running_bot() -> None:
    """To import the channel is cheap: telegram, httpx and the rest come with the first run."""
    code = "import bot.channels.telegram, sys; print([m for m in ('telegram', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
