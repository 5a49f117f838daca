"""All checks of the knowledge base, with all problems at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot.authoring import coverage, review, schemas, texts
from bot.authoring.cases import gather_cases
from bot.authoring.material import Material
from bot.core.schema import build
from bot.errors import Problem
from bot.loader import read_folder, read_words

CHECKS: tuple[Callable[[Material], Iterator[Problem]], ...] = tuple(
    made
    for module in (texts, coverage, review, schemas)
    for name, made in vars(module).items()
    if name.startswith("check_")
)
"""Each looks at one thing; what it looks at is its docstring."""


def check(root: Path, today: date) -> tuple[Problem, ...]:
    """Read a knowledge folder and its cases, and return everything that is wrong, sorted by place."""
    documents, unreadable = read_folder(root)
    book, unfit = build(documents, read_words(root))
    cases, miscast = gather_cases(root.resolve().parent / "tests" / "cases")
    material = Material(book, {document.path: document for document in documents}, cases, root, today)
    found = [problem for one in CHECKS for problem in one(material)]
    return tuple(sorted({*unreadable, *unfit, *miscast, *found}))
