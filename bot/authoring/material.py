"""What the checks look at: the knowledge base as built and as written, the cases, and the day."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.authoring.cases import Case
from bot.core.document import Document
from bot.core.knowledge import Answer, Knowledge, RedFlag
from bot.errors import Problem

Place = tuple[Any, ...]
"""An entry ("answers/mess"), then keys and positions inside it."""


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

    @property
    def entries(self) -> dict[str, Answer | RedFlag]:
        """Every answer and red flag by its folder and id."""
        answers = {f"answers/{name}": answer for name, answer in self.book.answers.items()}
        return {**answers, **{f"red-flags/{name}": flag for name, flag in self.book.red_flags.items()}}

    def problem(self, place: Place, what: str, mend: str, severity: str = "error") -> Problem:
        """Make a problem at a place, or as near to it as the file goes."""
        entry, *keys = place
        path, line = self.book.places.get(entry, (entry, 1))
        if path.removesuffix(".yaml") != entry:
            keys.insert(0, entry.rpartition("/")[2])
        with suppress(AttributeError, LookupError, TypeError):
            node: Any = self.documents[path].root
            for key in keys:
                node = node.value[key]
                line = node.line
        return Problem(path, line, what, mend, severity)
