"""The service answers every message, keeps conversations apart, and is never silent."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.app import Inbound, Service, find_knowledge, open_service
from bot.channels.plain import plain
from bot.core.session import Session
from bot.errors import KnowledgeError
from bot.stores.memory import MemoryStore
from tests.authoring.project import Project
from tests.core import small


class BrokenStore(MemoryStore):
    """A store that fails to give or to take."""

    def __init__(self, failing: str) -> None:
        super().__init__()
        self._failing = failing

    def get(self, who: str) -> Session | None:
        """Fail, or return the session."""
        if self._failing == "get":
            raise OSError("canary in an error")
        return super().get(who)

    def put(self, who: str, session: Session) -> None:
        """Fail, or keep the session."""
        if self._failing == "put":
            raise MemoryError
        super().put(who, session)


def service(country: str = "GB") -> Service:
    """A service on the small knowledge base."""
    return Service(small.book(), MemoryStore(), country)


def inbound(text: str, who: str = "a", at: datetime = small.NOW, language: str = "", country: str = "") -> Inbound:
    """One message."""
    return Inbound(who, text, at, language, country)


def test_handle_and_turn_agree() -> None:
    """The reply is the same, asked for with or without its trace."""
    assert service().handle(inbound("which lube is best")) == service().turn(inbound("which lube is best")).reply


def test_conversations_are_kept_apart() -> None:
    """What one person said is known in their next message and in nobody else's."""
    one = service()
    one.handle(inbound("im bleeding", "a"))
    assert one.handle(inbound("im pregnant", "a")).level == "emergency"
    assert one.handle(inbound("im pregnant", "b")).level == "none"


def test_settings_of_a_message_last() -> None:
    """A country and a language that come with a message hold for the next ones, until others come."""
    one = service("")
    assert "Nicht verstanden." in plain(one.handle(inbound("zebra", language="de", country="GB")))
    assert "999" in plain(one.handle(inbound("blood everywhere")))
    assert "999" not in plain(one.handle(inbound("blood everywhere", country="XX")))


def test_the_country_of_the_service_is_the_default() -> None:
    """Without another country the one the service was made with is used."""
    assert "999" in plain(service("GB").handle(inbound("blood everywhere")))
    assert "999" not in plain(service("").handle(inbound("blood everywhere")))


@pytest.mark.parametrize("failing", ["get", "put"])
def test_a_failure_gives_the_safe_reply(failing: str) -> None:
    """Whatever breaks, the person gets emergency signposting and nothing of the error."""
    outcome = Service(small.book(), BrokenStore(failing), "GB").turn(inbound("im bleeding"))
    assert plain(outcome.reply) == "Something broke. Call 999 if it is bad."
    assert (outcome.reply.outcome, outcome.trace) == ("abstain", None)


def test_a_failure_is_over_with_the_next_message() -> None:
    """A message that broke a turn does not break the next one."""
    one = service()
    one.handle(inbound("im bleeding", at=small.NOW.replace(tzinfo=None)))
    one.handle(inbound("hm"))
    assert one.handle(inbound("which lube is best", "b")).topic == "lube"


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "/" * 5000, "/topic " + "x" * 5000, "²", "🩸" * 5000])
def test_any_message_gets_words(text: str) -> None:
    """Empty, broken and endless messages are answered with words."""
    assert plain(service().handle(inbound(text))).strip()


def test_the_checkout_holds_its_knowledge() -> None:
    """The knowledge base is found beside the code."""
    assert (find_knowledge() / "answers").is_dir()


def test_open_service_answers_from_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service opened on a folder answers from what stands in it."""
    monkeypatch.setenv("PLAINLY_CACHE", "off")
    project = Project(tmp_path)
    project.write("knowledge/countries/world.yaml", WORLD)
    one = open_service(project.root, "GB")
    reply = one.handle(inbound("i bleed"))
    assert (reply.level, reply.flags) == ("emergency", ("bleed",))


def test_open_service_refuses_a_broken_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken knowledge base is refused with every problem in it."""
    monkeypatch.setenv("PLAINLY_CACHE", "off")
    project = Project(tmp_path)
    project.write("knowledge/answers/mess.yaml", "a: [")
    project.write("knowledge/answers/smell.yaml", "b: [")
    with pytest.raises(KnowledgeError) as raised:
        open_service(project.root)
    assert {one.path for one in raised.value.problems} >= {"answers/mess.yaml", "answers/smell.yaml"}


def test_an_inbound_message_needs_no_settings() -> None:
    """A message has no language and no country unless it brings them."""
    assert Inbound("a", "b", small.NOW) == inbound("b")


WORLD = """\
id: world
name: the rest of the world
emergency: {number: "112", say: your local number}
lines:
  - kind: crisis
    name: Find a helpline
    number: "112"
    source: here
    verified: seen
    verified-on: "2026-11-20"
"""
