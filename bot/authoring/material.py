"""What the checks look at: the knowledge base as built and as written, the cases, and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.authoring.cases import Case
from bot.core.document import Document
from bot.core.knowledge import Knowledge
from bot.errors import Problem


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a check may look at; a check asks it for the place of what it finds."""

    book: Knowledge
    documents: Mapping[str, Document]
    """by path"""
    cases: tuple[Case, ...]
    root: Path
    """the knowledge folder"""
    today: date

    def problem(
        self, place: tuple[str, *tuple[str | int, ...]], what: str, mend: str, severity: str = "error"
    ) -> Problem:
        """Make a problem at a place: the entry ("answers/mess"), then keys and positions inside it."""
        entry, *keys = place
        path, line = self.book.places.get(entry, (entry, 1))
        document = self.documents.get(path)
        node = document.root if document else None
        for key in keys if path.removesuffix(".yaml") == entry else (entry.rpartition("/")[2], *keys):
            value = node.value if node else None
            if isinstance(value, tuple) and isinstance(key, int) and key < len(value):
                node = value[key]
            elif isinstance(value, Mapping) and key in value:
                node = value[str(key)]
            else:
                break
            line = node.line
        return Problem(path, line, what, mend, severity)
