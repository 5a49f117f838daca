"""A bot in a process of its own, so that a test can kill it: `python -m tests.telegram_bot_process WAY`."""

from __future__ import annotations

import logging
import os
import sys
import time

from bot.channels.telegram import run
from bot.settings import read_settings
from tests.fake_service import FakeService
from tests.running_bot import FAST


def hang(text: str) -> None:
    """Tell the test that the message is here, and never answer."""
    print("received", flush=True)
    time.sleep(60)  # noqa: TID251  # the test kills the process long before


def crash(text: str) -> None:
    """Fail with the words of the person in the message of the error."""
    raise ValueError(f"cannot answer {text}")


def answer(text: str) -> None:
    """Answer at once."""


if __name__ == "__main__":
    logging.basicConfig(level=logging.DEBUG)
    service = FakeService({"hang": hang, "crash": crash, "answer": answer}[sys.argv[1]])
    sys.exit(run(read_settings(os.environ), service, FAST))
