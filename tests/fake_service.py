"""A small service that answers at once and remembers what it was asked, for tests of the channels."""

from __future__ import annotations

from collections.abc import Callable

from bot.app import Inbound
from bot.core.blocks import AlertCard, Choice, Choices, Reply, Sources, Text

EMERGENCY = Reply(
    outcome="alert",
    level="emergency",
    flags=("heavy-bleeding",),
    blocks=(
        Text(("I am sorry this is happening.",)),
        AlertCard(
            level="emergency",
            heading="This is an emergency",
            action="Call 999 now, or go to A&E now.",
            why=("Blood that does not stop needs a doctor.",),
            do=("Lie down.", "Keep warm."),
            do_not=("Do not drive yourself.",),
            say=("I am bleeding from my bottom.",),
            numbers=("Emergency: 999",),
        ),
    ),
)


def question() -> Reply:
    """A reply with two choices."""
    options = (Choice("/topic lube-which", "Which lube?"), Choice("/topic lube-why", "Why <lube> & more?"))
    return Reply(
        outcome="choices", blocks=(Text(("Here is what I know.",), title="Lube"), Choices("Which one?", options))
    )


def echo(text: str) -> Reply:
    """A reply that repeats what was said."""
    return Reply(
        outcome="answer",
        blocks=(Text((f"You said: {text}",)), Sources(("NHS: Piles",), "Draft.")),
        topic="about-bot",
    )


class FakeService:
    """Knows a question, an emergency, and how to repeat everything else."""

    def __init__(self, before: Callable[[str], None] = lambda text: None) -> None:
        self.heard: list[tuple[str, str]] = []
        self._before = before

    def handle(self, inbound: Inbound) -> Reply:
        """Return a reply, after whatever the test wants to happen first."""
        self.heard.append((inbound.who, inbound.text))
        self._before(inbound.text)
        if "bleeding" in inbound.text:
            return EMERGENCY
        return question() if inbound.text == "lube" else echo(inbound.text)

    def texts(self) -> list[str]:
        """What was heard, in order."""
        return [text for _, text in self.heard]
