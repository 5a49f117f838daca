"""Replies are plain frozen values that compare by what they hold."""

from __future__ import annotations

import dataclasses

import pytest

from bot.core.blocks import AlertCard, Bullets, Choice, Choices, Reply, Sources, Text

BLOCKS = (
    AlertCard("urgent", "Heading", "Act."),
    Text(("One.",)),
    Bullets("Lead", ("a",)),
    Choice("/help", "Help"),
    Choices("Which?", ()),
    Sources((), "Draft."),
    Reply("chat", ()),
)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_blocks_are_frozen(block: object) -> None:
    """No field of a block can be set once it is made, and none can be added."""
    for field in dataclasses.fields(block):  # type: ignore[arg-type]  # each of them is a dataclass
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(block, field.name, None)
    with pytest.raises((AttributeError, TypeError)):
        block.anything = 1  # type: ignore[attr-defined]  # the point of the test


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_blocks_are_values(block: object) -> None:
    """Two blocks with the same content are equal and have one hash."""
    twin = dataclasses.replace(block)  # type: ignore[type-var]  # each of them is a dataclass
    assert twin == block
    assert hash(twin) == hash(block)


def test_a_reply_is_harmless_by_default() -> None:
    """A reply that says nothing else has no level, flag or topic."""
    reply = Reply("chat", ())
    assert (reply.level, reply.flags, reply.safeguarding, reply.topic, reply.suggestions) == ("none", (), (), None, ())
