"""The messages of tests/cases that each entry must match and must not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.core.document import Document, Node
from bot.core.schema.fields import Field, Table
from bot.core.schema.report import Report
from bot.core.schema.values import read_map
from bot.errors import KnowledgeError, Problem
from bot.loader import read_folder

KINDS = ("answers", "red-flags")
_TABLE: Table = (
    Field("must-match", "messages that must lead to this entry", "texts", required=True),
    Field("must-not-match", "messages that must not", "texts", required=True),
)


@dataclass(frozen=True, slots=True)
class Case:
    """One message, the entry it is about, and whether it must match."""

    entry: str
    """the id of the entry"""
    kind: str
    """answers or red-flags"""
    text: str
    must: bool
    path: str
    line: int


def read_cases(folder: Path) -> tuple[Case, ...]:
    """Read every case, or raise one KnowledgeError that carries everything wrong with the files."""
    cases, problems = gather_cases(folder)
    if problems:
        raise KnowledgeError(problems)
    return cases


def gather_cases(folder: Path) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Read every case that can be read, with everything wrong with the files."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for kind in KINDS:
        prefix = "/".join((*folder.parts[-2:], kind))
        documents, found = read_folder(folder / kind) if (folder / kind).is_dir() else ((), ())
        for problem in found:
            problems.append(Problem(f"{prefix}/{problem.path}", problem.line, problem.what, problem.mend))
        for document in documents:
            report = Report(f"{prefix}/{document.path}")
            cases.extend(_cases(kind, document, report))
            problems.extend(report.problems)
    return tuple(cases), tuple(problems)


def _cases(kind: str, document: Document, report: Report) -> list[Case]:
    entry = document.path.removesuffix(".yaml")
    values = read_map(_TABLE, document.root, report, f"the cases of {entry}")
    if values is None or not isinstance(document.root.value, dict):
        return []
    return [
        Case(entry, kind, str(item.value).strip(), name == "must-match", report.path, item.line)
        for name, node in document.root.value.items()
        if name in ("must-match", "must-not-match")
        for item in node.value
        if isinstance(item, Node) and str(item.value).strip()
    ]
