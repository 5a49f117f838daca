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

CHECKS: tuple[Callable[[Material], Iterator[Problem]], ...] = (
    texts.check_length,
    texts.check_sentences,
    texts.check_paragraphs,
    texts.check_grade,
    texts.check_reassurance,
    texts.check_placeholders,
    texts.check_asks,
    coverage.check_evidence,
    coverage.check_counts,
    coverage.check_leaks,
    coverage.check_repeats,
    coverage.check_gaps,
    coverage.check_groups,
    coverage.check_phrases,
    coverage.check_use,
    review.check_signatures,
    review.check_freshness,
    schemas.check_schemas,
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
