"""A knowledge file as read: values that keep their line and cannot be changed."""

from __future__ import annotations

import dataclasses

import pytest

from bot.core.document import Document, Node
from bot.loader import read_text


def test_nodes_keep_their_lines() -> None:
    """Text, lists and maps come with the line that they stand on."""
    document, problems = read_text("a.yaml", b"one: two\nlist:\n  - x\n  - y\n")
    assert problems == ()
    assert document is not None
    assert document.path == "a.yaml"
    assert document.root.value == {
        "one": Node("two", 1),
        "list": Node((Node("x", 3), Node("y", 4)), 2),
    }


def test_documents_are_frozen() -> None:
    """Neither a document nor a node can be changed."""
    document = Document("a.yaml", Node("text", 1))
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.path = "b.yaml"  # type: ignore[misc]  # the point of the test
    with pytest.raises(dataclasses.FrozenInstanceError):
        document.root.line = 2  # type: ignore[misc]  # the point of the test
