"""Plain data with the line numbers it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a knowledge file: text, a list or a map of nodes, and its line (in a map, that of its key)."""

    value: str | tuple[Node, ...] | Mapping[str, Node]
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """One knowledge file as read: its path relative to the knowledge folder, and its top node."""

    path: str
    root: Node
