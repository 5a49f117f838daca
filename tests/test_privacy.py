"""Nothing that somebody writes, and nothing that names them, stays anywhere or leaves by a side door."""

from __future__ import annotations

import json
import logging
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import Inbound, Service
from bot.core.blocks import Reply
from bot.core.session import TOLD, Session
from bot.core.turn import Outcome
from bot.ops import logs
from bot.stores.memory import MemoryStore
from tests.core import small
from tests.talking import NOW

ROOT = Path(__file__).resolve().parent.parent
WORD = "wibblecanary"
WHO = "who-canary-4711"
MESSAGES = (
    f"my {WORD} bum is bleeding since {WORD} saturday, im 19",
    f"which {WORD} lube is best",
    f"{WORD} {WORD}",
    f"no {WORD} blood",
    f"/topic {WORD}",
    f"/country {WORD}",
    f"/{WORD}",
    f"bleeding{WORD}",
)


class FailingStore(MemoryStore):
    """A store whose errors carry what must not get out."""

    def put(self, who: str, session: Session) -> None:
        """Fail with all that a careless library would tell."""
        raise RuntimeError(f"{who}: {WORD}")


def said(service: Service, text: str) -> Outcome:
    """The outcome of one message of one known person."""
    return service.turn(Inbound(WHO, text, NOW))


@pytest.fixture
def talkative() -> Iterator[None]:
    """Every logger at its most talkative, and back."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    logs.set_threshold("debug")
    yield
    logs.set_threshold("info")
    root.setLevel(before)


@pytest.mark.usefixtures("talkative")
@pytest.mark.parametrize("text", MESSAGES)
def test_nothing_is_logged(
    service: Service, text: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """A turn writes nothing of the message or the person to any log or stream, at the lowest level."""
    with caplog.at_level(logging.DEBUG):
        said(service, text)
    out, err = capfd.readouterr()
    for written in (caplog.text, out, err):
        assert WORD not in written
        assert WHO not in written


@pytest.mark.usefixtures("talkative")
def test_an_error_tells_nothing(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """An error inside a turn gives the safe reply without a word of the error, the message or the person."""
    with caplog.at_level(logging.DEBUG):
        outcome = said(Service(small.book(), FailingStore(), "GB"), f"my {WORD} bum")
    out, err = capfd.readouterr()
    told = caplog.text + out + err + repr(outcome.reply) + repr(outcome.session)
    assert outcome.trace is None
    assert WORD not in told
    assert WHO not in told


@pytest.mark.parametrize("text", MESSAGES)
def test_a_session_holds_no_words(service: Service, text: str) -> None:
    """What is remembered of a conversation has neither the words of the message nor the name of the person."""
    outcome = said(service, text)
    kept = repr(outcome.session) + pickle.dumps(outcome.session).decode("latin-1")
    assert WORD not in kept
    assert WHO not in kept


def test_a_session_is_made_of_words_of_the_knowledge_base(service: Service) -> None:
    """Facts are kept as concepts of the lexicon and numbers, in whatever words they were told."""
    session = said(service, f"My arse has been bleedinng {WORD} for 3 days, im 23").session
    assert session.facts
    told_like = {TOLD + flag for flag in service.book.knowledge.red_flags}
    strange = {fact.concept for fact in session.facts} - set(service.book.lexicon.concepts) - told_like
    assert not strange
    assert "bleedinng" not in repr(session)


@pytest.mark.parametrize("text", MESSAGES)
def test_a_reply_never_repeats_the_person(service: Service, text: str) -> None:
    """No word of the message comes back in the reply unless the bot knows it itself."""
    reply: Reply = said(service, text).reply
    assert WORD not in repr(reply)
    assert WHO not in repr(reply)


def test_the_book_learns_nothing(service: Service) -> None:
    """The compiled knowledge base is the same, byte for byte, before and after people have talked."""
    before = pickle.dumps(service.book)
    for text in MESSAGES:
        said(service, text)
    after = pickle.dumps(service.book)
    assert WORD.encode() not in after
    assert len(after) == len(before)


def test_forgetting_leaves_only_settings(service: Service) -> None:
    """After /forget nothing of the conversation is left but language and country."""
    said(service, f"my {WORD} bum is bleeding, im 17")
    session = said(service, "/forget").session
    assert (session.facts, session.age, session.topic, session.why, session.heard_at) == ((), None, None, (), None)


def test_a_run_at_debug_level_leaves_nothing_behind(tmp_path: Path) -> None:
    """The command line at its most talkative writes no word of a question to standard error or to the shelf."""
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PLAINLY_", "XDG_", "TELEGRAM_"))},
        "HOME": str(home),
        "PLAINLY_LOG_LEVEL": "debug",
    }
    lines = [json.dumps({"id": number, "text": text, "session": WHO}) for number, text in enumerate(MESSAGES)]
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input="\n".join([*lines, f'{{"{WORD}": ', f'{{"text": "a", "now": "{WORD}"}}']),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == len(MESSAGES) + 2
    assert WORD not in done.stderr
    assert WHO not in done.stderr + done.stdout
    (shelf,) = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    assert WORD.encode() not in shelf
    assert WHO.encode() not in shelf
