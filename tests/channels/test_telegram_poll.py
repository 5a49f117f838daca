"""What becomes of each update: answered in order, confirmed afterwards, never lost to a bad one."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest

from bot.app import Inbound
from bot.channels.telegram_poll import COMMANDS, LAST_RESORT, TolerantRequest
from bot.core.blocks import Reply, Text
from tests.fake_service import FakeService
from tests.fake_telegram import FakeTelegram
from tests.running_bot import running
from tests.telegram_rules import Fault

BAD: dict[str, Any] = {"message": {"message_id": "x", "text": "canary", "chat": 3}}
PHOTO: dict[str, Any] = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}


def test_commands_are_passed_on_as_text() -> None:
    """Each command reaches the service as it was typed, without the name of the bot, and gets an answer."""
    commands = ["/start", "/help", "/topics", "/emergency", "/privacy"]
    with FakeTelegram() as fake, running(fake, service := FakeService()):
        for command in commands:
            fake.message(1, command)
        fake.message(1, "/topic@plainly_bot lube-which")
        fake.until(lambda: len(fake.sent(1)) == 6)
        assert service.heard == [("telegram:1", text) for text in [*commands, "/topic lube-which"]]


def test_the_menu_lists_the_commands() -> None:
    """At the start the bot offers its commands; being refused does not stop it."""
    with FakeTelegram() as fake:
        fake.fail("setMyCommands", Fault(400, "Bad Request"))
        with running(fake, FakeService()):
            fake.message(1, "hello")
            fake.until(lambda: fake.sent(1) and fake.of("setMyCommands"))
        listed = [command["command"] for command in fake.of("setMyCommands")[0].fields["commands"]]
        assert listed == list(COMMANDS)
        assert {"start", "help", "topics", "emergency", "privacy"} <= set(listed)


def test_an_update_is_confirmed_only_after_its_answer() -> None:
    """While the reply is not sent, no poll confirms the update; afterwards one does."""
    gate = threading.Event()
    with FakeTelegram() as fake:
        fake.fail("sendMessage", *[Fault(500)] * 3, chat=1)
        with running(fake, FakeService(lambda text: gate.set())):
            number = fake.message(1, "hello")
            assert gate.wait(5)
            fake.until(lambda: fake.sent(1))
            fake.until(lambda: not fake.waiting())
        calls = [(call.method, call.fields.get("offset", 0), call.status) for call in fake.calls]
        answered = calls.index(("sendMessage", 0, 200))
        assert all(offset <= number for method, offset, _ in calls[:answered] if method == "getUpdates")


def test_order_is_kept_within_a_chat_and_chats_do_not_wait_for_each_other() -> None:
    """A chat that Telegram slows down gets its replies late but in order; another chat is served meanwhile."""
    with FakeTelegram() as fake:
        fake.fail("sendMessage", Fault(429, "Too Many Requests", {"retry_after": 1}), chat=1)
        with running(fake, service := FakeService()):
            fake.push_all([fake.words(1, "a"), fake.words(2, "b"), fake.words(1, "c")])
            fake.until(lambda: fake.sent(2))
            assert fake.sent(1) == []
            fake.message(2, "d")
            fake.until(lambda: len(fake.sent(2)) == 2)
            assert fake.sent(1) == []
            fake.until(lambda: len(fake.sent(1)) == 2)
            fake.until(lambda: not fake.waiting())
        assert [text.splitlines()[0] for text in fake.sent(1)] == ["You said: a", "You said: c"]
        assert sorted(service.texts()) == ["a", "b", "c", "d"]


def test_one_bad_update_costs_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    """A batch with an update that cannot be parsed is answered but for that one, which is counted and confirmed."""
    with FakeTelegram() as fake, running(fake, FakeService()):
        fake.push_all([fake.words(1, "before"), BAD, {"unheard_of": {}}, fake.words(1, "after")])
        fake.until(lambda: len(fake.sent(1)) == 2)
        fake.until(lambda: not fake.waiting())
        polls = len(fake.of("getUpdates"))
    assert polls < 10
    err = capsys.readouterr().err
    assert err.count("telegram.unreadable") == 2
    assert "canary" not in err


def test_a_tolerant_request_keeps_the_numbers() -> None:
    """Of an update that cannot be parsed its number is kept, so that it can be confirmed; junk has none."""
    good = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}}
    bad = [{"update_id": 2, "message": {"chat": "canary"}}, {"update_id": True}, "junk", None]
    payload = json.dumps({"ok": True, "result": [good, *bad]}).encode()
    assert TolerantRequest.parse_json_payload(payload)["result"] == [good, {"update_id": 2}]
    assert TolerantRequest.parse_json_payload(b'{"ok": true, "result": true}')["result"] is True


def test_an_edited_message_is_judged_again() -> None:
    """What somebody adds to a message is answered like a new one."""
    with FakeTelegram() as fake, running(fake, service := FakeService()):
        fake.message(1, "sore")
        fake.edit(1, "sore and bleeding")
        fake.until(lambda: len(fake.sent(1)) == 2)
        assert service.texts() == ["sore", "sore and bleeding"]
        assert fake.sent(1)[1].startswith("Call 999 now")


def test_what_is_no_text_is_told_apart() -> None:
    """A photo gets the fixed reply of the service; words under a photo are answered first; a pinned note is ignored."""
    with FakeTelegram() as fake, running(fake, service := FakeService()):
        fake.message(1, **PHOTO)
        fake.message(1, caption="I am bleeding", **PHOTO)
        fake.message(1, sticker_of_the_future={"a": 1})
        fake.message(1, message_auto_delete_timer_changed={"message_auto_delete_time": 60})
        fake.message(1, "end")
        fake.until(lambda: len(fake.sent(1)) == 5)
        assert service.texts() == ["/unsupported", "I am bleeding", "/unsupported", "/unsupported", "end"]


def test_a_group_gets_only_a_pointer() -> None:
    """In a group nothing is answered: the bot says where to talk, and the service hears nothing."""
    with FakeTelegram() as fake, running(fake, service := FakeService()):
        fake.message(-5, "is it safe", kind="supergroup")
        fake.message(-6, "/start@plainly_bot", kind="group")
        fake.message(-5, kind="group", new_chat_title="x")
        fake.until(lambda: not fake.waiting())
        assert fake.sent(-5) == fake.sent(-6) == ["I only talk in private: https://t.me/plainly_bot"]
        assert service.heard == []


def test_a_tap_works_even_when_its_message_is_gone() -> None:
    """A tap is acknowledged and answered in the private chat of whoever tapped; a tap without data is not answered."""
    with FakeTelegram() as fake:
        fake.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old"))
        with running(fake, service := FakeService()):
            fake.tap_data(4, "/topic lube-why", gone=True)
            fake.tap_data(4, "")
            fake.until(lambda: fake.sent(4) and not fake.waiting())
            assert service.heard == [("telegram:4", "/topic lube-why")]
            assert len(fake.of("answerCallbackQuery")) == 2


def test_a_person_who_blocked_the_bot_is_forgotten() -> None:
    """After a 403 the session is forgotten, nothing else is sent, and the update is confirmed."""
    with FakeTelegram() as fake, running(fake, service := FakeService()):
        fake.block(1)
        fake.message(1, "hello")
        fake.message(2, "hello")
        fake.until(lambda: fake.sent(2) and not fake.waiting())
        assert ("telegram:1", "/forget") in service.heard
        assert len([call for call in fake.of("sendMessage") if call.fields["chat_id"] == 1]) == 1


def test_the_bot_is_never_silent(capsys: pytest.CaptureFixture[str]) -> None:
    """A service that fails, and a reply without a word, both give the last resort with its signpost."""

    class Broken:
        """Fails, or says nothing."""

        def handle(self, inbound: Inbound) -> Reply:
            """Fail on one text and return an empty reply to any other."""
            if inbound.text == "fail":
                raise ValueError("canary")
            return Reply(outcome="chat", blocks=(Text(()),))

    with FakeTelegram() as fake, running(fake, Broken()):
        fake.message(1, "fail")
        fake.message(1, "empty")
        fake.until(lambda: not fake.waiting())
        assert fake.sent(1) == [LAST_RESORT] * 2
    assert "emergency number" in LAST_RESORT
    err = capsys.readouterr().err
    assert "ValueError" in err
    assert "canary" not in err


@pytest.mark.parametrize(
    ("fault", "event"),
    [
        (Fault(500), "telegram.unreachable"),
        (Fault(half=True), "telegram.unreachable"),
        (Fault(409, "Conflict: terminated by other getUpdates request"), "telegram.conflict"),
        (Fault(401, "Unauthorized"), "telegram.token-refused"),
        (Fault(429, "Too Many Requests", {"retry_after": 1}), "telegram.unreachable"),
    ],
)
def test_a_failed_poll_is_tried_again(fault: Fault, event: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a poll fails with, the person who runs the bot is told, and the message is answered in the end."""
    with FakeTelegram() as fake:
        fake.fail("getUpdates", fault)
        with running(fake, FakeService()):
            fake.message(1, "hello")
            fake.until(lambda: fake.sent(1))
    assert event in capsys.readouterr().err


def test_the_start_waits_for_the_network() -> None:
    """A server that is not there yet when the bot starts is tried again."""
    with FakeTelegram() as fake:
        fake.fail("getMe", Fault(500), Fault(half=True))
        with running(fake, FakeService()):
            fake.message(1, "hello")
            fake.until(lambda: fake.sent(1))
