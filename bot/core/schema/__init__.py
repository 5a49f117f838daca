"""Plain data into Knowledge, with every problem found on the way."""

from __future__ import annotations

from types import MappingProxyType

from bot.core.document import Document
from bot.core.knowledge import Knowledge, Vocabulary
from bot.core.schema.entries import Draft, take
from bot.core.schema.links import check_links
from bot.core.schema.report import Report
from bot.errors import Problem

__all__ = ["build"]


def build(
    documents: tuple[Document, ...], real_words: frozenset[str] = frozenset()
) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Build what can be built of the documents, and return it with everything that is wrong."""
    draft = Draft()
    reports = {document.path: Report(document.path) for document in documents}
    for document in documents:
        take(document, draft, reports[document.path])
    check_links(documents, draft, reports)
    frozen = MappingProxyType
    vocabulary = Vocabulary(frozen(draft.concepts), frozen(draft.respell), frozen(draft.emoji), real_words)
    knowledge = Knowledge(
        answers=frozen(draft.answers),
        red_flags=frozen(draft.red_flags),
        vocabulary=vocabulary,
        wording=frozen(draft.wording),
        countries=frozen(draft.countries),
        sources=frozen(draft.sources),
        evidence=frozen(draft.evidence),
        reviews=frozen(draft.reviews),
        places=frozen(draft.places),
    )
    problems = [problem for report in reports.values() for problem in report.problems]
    return knowledge, tuple(sorted(problems))
