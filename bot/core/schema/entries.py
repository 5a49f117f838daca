"""Documents into entries, folder by folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.document import Document, Node
from bot.core.knowledge import Answer, Concept, Country, Line, RedFlag, Review, Row, Source
from bot.core.schema import fields
from bot.core.schema.phrases import check_phrase
from bot.core.schema.report import Report
from bot.core.schema.values import read_map, suggest

Parts = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """The knowledge base while it grows."""

    answers: dict[str, Answer] = field(default_factory=dict)
    red_flags: dict[str, RedFlag] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    respell: dict[str, str] = field(default_factory=dict)
    emoji: dict[str, str] = field(default_factory=dict)
    wording: dict[str, Mapping[str, str]] = field(default_factory=dict)
    countries: dict[str, Country] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    evidence: dict[str, Row] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    names: dict[str, set[str]] = field(default_factory=dict)
    """folder -> every id that has a file or a key, also those that could not be read"""

    def claim(self, folder: str, name: str, report: Report, line: int) -> bool:
        """Take an id for the entry at `line`; a problem, and False, when another entry has it."""
        entry = f"{folder}/{name}"
        if entry in self.places:
            path, first = self.places[entry]
            report.error(line, f"the id {name!r} stands already at {path}:{first}", "rename or remove one of the two")
            return False
        self.places[entry] = (report.path, line)
        self.names.setdefault(folder, set()).add(name)
        return True


def take(document: Document, draft: Draft, report: Report) -> None:
    """Add what one document holds to the draft."""
    folder, _, rest = document.path.rpartition("/")
    reader = _FILES.get(document.path) or _FOLDERS.get(folder)
    if reader is None:
        known = [*_FOLDERS, *_FILES]
        mend = suggest(folder or document.path, known, "move it into one of the folders of knowledge/README.md")
        report.error(1, "no entry of the knowledge base belongs here", mend)
        return
    reader(rest.removesuffix(".yaml"), document.root, draft, report)


def _entry(folder: str, table: fields.Table) -> Callable[[str, Node, Draft, Report], None]:
    def read(stem: str, node: Node, draft: Draft, report: Report) -> None:
        draft.names.setdefault(folder, set()).add(stem)
        parts = read_map(table, node, report, f"{folder}/{stem}")
        if parts is None or not isinstance(node.value, Mapping):
            return
        line = node.value["id"].line
        if parts["id"] != stem:
            report.error(line, f"the id {parts['id']!r} is not the name of the file", f"write id: {stem}")
        if draft.claim(folder, parts["id"], report, line):
            _MAKERS[folder](parts, draft, report, node)

    return read


def _answer(parts: Parts, draft: Draft, _report: Report, _node: Node) -> None:
    draft.answers[parts["id"]] = Answer(**parts)


def _red_flag(parts: Parts, draft: Draft, report: Report, node: Node) -> None:
    flag = RedFlag(**parts)
    if flag.level == "none" and flag.kind != "safeguarding" and isinstance(node.value, Mapping):
        report.error(node.value["level"].line, "level none is for safeguarding only", "give a level, or change kind")
    draft.red_flags[flag.id] = flag


def _country(parts: Parts, draft: Draft, report: Report, node: Node) -> None:
    lines = []
    for line in parts.pop("lines", ()):
        if not line.setdefault("number", "") and not line.get("address"):
            where = node.value["lines"].line if isinstance(node.value, Mapping) else node.line
            report.error(where, f"the line {line['name']!r} has no number", "give a number or an address")
        lines.append(Line(**line))
    draft.countries[parts["id"]] = Country(**parts.pop("emergency"), **parts, lines=tuple(lines))


_MAKERS: Mapping[str, Callable[[Parts, Draft, Report, Node], None]] = {
    "answers": _answer,
    "red-flags": _red_flag,
    "countries": _country,
}


def _keys(node: Node, report: Report) -> Mapping[str, Node]:
    if isinstance(node.value, Mapping):
        return node.value
    report.error(node.line, "the file must be a map of keys", "write key: value lines")
    return {}


def _items(node: Node) -> tuple[Node, ...]:
    return node.value if isinstance(node.value, tuple) else (node,)


def _lexicon(_stem: str, node: Node, draft: Draft, report: Report) -> None:
    for name, child in _keys(node, report).items():
        if not re.fullmatch(fields.ID, name):
            report.error(child.line, f"{name!r} is no name for a concept", "use lower-case words joined by hyphens")
        if not draft.claim("lexicon", name, report, child.line):
            continue
        parts = read_map(fields.CONCEPT, child, report, f"concept {name!r}")
        if parts is None or not isinstance(child.value, Mapping):
            continue
        for item in _items(child.value["says"]):
            check_phrase(str(item.value), item.line, report)
        draft.concepts[name] = Concept(name=name, **parts)


def _words(slot: str) -> Callable[[str, Node, Draft, Report], None]:
    def read(_stem: str, node: Node, draft: Draft, report: Report) -> None:
        table: dict[str, str] = getattr(draft, slot)
        for plain, child in _keys(node, report).items():
            for item in _items(child):
                if not isinstance(item.value, str) or not item.value:
                    report.error(item.line, f"a variant of {plain!r} must be text", "put it in quotes")
                    continue
                first = table.setdefault(item.value, plain)
                if first != plain:
                    report.error(item.line, f"{item.value!r} is read as {first!r} already", "keep one of the two")

    return read


def _wording(stem: str, node: Node, draft: Draft, report: Report) -> None:
    phrases: dict[str, str] = {}
    draft.claim("wording", stem, report, 1)
    for key, child in _keys(node, report).items():
        if isinstance(child.value, str):
            phrases[key] = child.value.strip()
        else:
            report.error(child.line, f"the phrase {key!r} must be text", "put it in quotes")
    draft.wording[stem] = phrases


def _sources(_stem: str, node: Node, draft: Draft, report: Report) -> None:
    for name, child in _keys(node, report).items():
        parts = read_map(fields.SOURCE, child, report, f"source {name}")
        if draft.claim("sources", name, report, child.line) and parts is not None:
            draft.sources[name] = Source(id=name, **parts)


def _evidence(_stem: str, node: Node, draft: Draft, report: Report) -> None:
    for section, child in _keys(node, report).items():
        if section == "policy":
            for item in _items(child):
                read_map(fields.POLICY, item, report, "a policy")
        elif section in ("red-flags", "answers"):
            _rows(child, draft, report)
        else:
            mend = suggest(section, ("red-flags", "answers", "policy"), "use red-flags, answers or policy")
            report.error(child.line, f"unknown key {section!r} in evidence.yaml", mend)


def _rows(node: Node, draft: Draft, report: Report) -> None:
    for name, child in _keys(node, report).items():
        parts = read_map(fields.ROW, child, report, f"row {name}")
        if draft.claim("evidence", name, report, child.line) and parts is not None:
            emergency = parts.pop("emergency", "no") == "yes"
            draft.evidence[name] = Row(id=name, emergency=emergency, **parts)


def _reviews(_stem: str, node: Node, draft: Draft, report: Report) -> None:
    for name, child in _keys(node, report).items():
        parts = read_map(fields.REVIEW, child, report, f"the review of {name}")
        if draft.claim("reviews", name, report, child.line) and parts is not None:
            draft.reviews[name] = Review(entry=name, **parts)


_FOLDERS: Mapping[str, Callable[[str, Node, Draft, Report], None]] = {
    "answers": _entry("answers", fields.ANSWER),
    "red-flags": _entry("red-flags", fields.RED_FLAG),
    "countries": _entry("countries", fields.COUNTRY),
    "lexicon": _lexicon,
    "wording": _wording,
}
_FILES: Mapping[str, Callable[[str, Node, Draft, Report], None]] = {
    "lexicon/respell.yaml": _words("respell"),
    "lexicon/emoji.yaml": _words("emoji"),
    "sources.yaml": _sources,
    "evidence.yaml": _evidence,
    "reviews.yaml": _reviews,
}
