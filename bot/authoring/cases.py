"""The messages of tests/cases that each entry must match and must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.core.document import Document
from bot.core.schema.fields import Field, Table
from bot.core.schema.values import Reader
from bot.errors import Problem
from bot.loader import read_folder

_RED_FLAG: Table = (
    Field("must-match", "messages that must lead to this entry", "texts", required=True),
    Field("must-not-match", "messages that must not", "texts", required=True),
)
_ANSWER: Table = (
    *_RED_FLAG,
    Field("known-gap", "messages that should lead to it and do not yet", "texts"),
    Field("known-gap-not", "messages that should not lead to it and still do", "texts"),
)
KINDS = {"answers": _ANSWER, "red-flags": _RED_FLAG}
"""What may stand in a file of cases of each kind: a red flag has no known gaps."""


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
    known_gap: bool = False
    """it should match, or not match, and does not yet do so: it is expected to fail"""


def gather_cases(folder: Path) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """Read every case that can be read, with everything wrong with the files."""
    above = "/".join(folder.parts[-2:])
    documents, found = read_folder(folder)
    problems = [replace(each, path=f"{above}/{each.path}") for each in found if each.path.split("/")[0] in KINDS]
    cases: list[Case] = []
    for document in documents:
        if document.path.split("/")[0] in KINDS:
            reader = Reader(f"{above}/{document.path}")
            cases.extend(_cases(document, reader))
            problems.extend(reader.problems)
    return tuple(cases), tuple(problems)


def _cases(document: Document, reader: Reader) -> Iterator[Case]:
    kind, _, entry = document.path.removesuffix(".yaml").partition("/")
    keys: Any = document.root.value
    if reader.read(KINDS[kind], document.root, f"the cases of {entry}") is None:
        return
    for key in [field.name for field in KINDS[kind] if field.name in keys]:
        for item in keys[key].value:
            must, gap = key in ("must-match", "known-gap"), key.startswith("known-gap")
            yield Case(entry, kind, item.value.strip(), must, reader.path, item.line, gap)
