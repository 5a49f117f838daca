"""Plain data into Knowledge, with every problem found on the way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from bot.core import knowledge as written
from bot.core.document import Document, Node
from bot.core.schema import fields
from bot.core.schema.values import Reader, suggest
from bot.errors import Problem

_LINKED = {
    "answers": "topic",
    "lexicon": "concept",
    "sources": "source",
    "evidence": "row of evidence.yaml",
    "red-flags": "red flag",
}


class _Draft(Reader):
    """The knowledge base while it grows."""

    def __init__(self) -> None:
        super().__init__("")
        self.entries: dict[str, dict[str, Any]] = defaultdict(dict)
        """folder -> id -> entry"""
        self.names: dict[str, set[str]] = defaultdict(set)
        """folder -> every id that has a file or a key, also those that could not be read"""
        self.places: dict[str, tuple[str, int]] = {}

    def claim(self, folder: str, name: str, line: int) -> bool:
        """Take an id for the entry at `line`; a problem, and False, when another entry has it."""
        self.names[folder].add(name)
        path, first = self.places.setdefault(f"{folder}/{name}", (self.path, line))
        if (path, first) == (self.path, line):
            return True
        self.error(line, f"the id {name!r} stands already at {path}:{first}", "rename or remove one of the two")
        return False


def build(
    documents: tuple[Document, ...], real_words: frozenset[str] = frozenset()
) -> tuple[written.Knowledge, tuple[Problem, ...]]:
    """Build what can be built of the documents, and return it with everything that is wrong."""
    draft = _Draft()
    for document in documents:
        draft.path = document.path
        _take(document, draft)
    _check_links(draft)
    _check_rings(draft)
    folders = ("answers", "red_flags", "wording", "countries", "sources", "evidence", "reviews", "clocks")
    lexicon, respell, emoji = (MappingProxyType(draft.entries[name]) for name in ("lexicon", "respell", "emoji"))
    book = written.Knowledge(
        vocabulary=written.Vocabulary(lexicon, respell, emoji, real_words),
        places=MappingProxyType(draft.places),
        calm=tuple(text for group in draft.entries["calm"].values() if group for text in group["calm"]),
        **{name: MappingProxyType(draft.entries[name.replace("_", "-")]) for name in folders},
    )
    return book, tuple(sorted(draft.problems))


def _take(document: Document, draft: _Draft) -> None:
    folder, _, rest = document.path.rpartition("/")
    stem = rest.removesuffix(".yaml")
    if take := _READERS.get(document.path) or _READERS.get(folder):
        take(stem if document.path in _READERS else folder, stem, document.root, draft)
    else:
        mend = suggest(folder or document.path, _READERS, "move it into one of the folders of knowledge/README.md")
        draft.error(1, "no entry of the knowledge base belongs here", mend)


def _entry(kind: str, name: str, node: Node, draft: _Draft) -> None:
    draft.names[kind].add(name)
    make, table, called = _KINDS[kind]
    values, line = draft.read(table, node, called.format(name)), node.line
    keys: Any = node.value
    if values is not None and "id" in values:
        line, stem, name = keys["id"].line, name, values.pop("id")
        if name != stem:
            draft.error(line, f"the id {name!r} is not the name of the file", f"write id: {stem}")
    if draft.claim(kind, name, line) and values is not None:
        entry = draft.entries[kind][name] = make(name, **values)
        for key, what, mend in _contradictions(entry):
            draft.error(keys[key].line, what, mend)


def _map(kind: str, _stem: str, node: Node, draft: _Draft) -> None:
    for name, child in _keys(node, draft).items():
        if kind == "lexicon" and not re.fullmatch(fields.ID, name):
            draft.error(child.line, f"{name!r} is no name for a concept", "use lower-case words joined by hyphens")
        if kind == "reviews":
            draft.link(child.line, "entries", name)
        _entry(kind, name, child, draft)


def _country(code: str, lines: tuple[dict[str, str], ...] = (), **values: Any) -> written.Country:
    return written.Country(code, lines=tuple(written.Line(**{"number": ""} | line) for line in lines), **values)


def _row(name: str, emergency: str = "no", **values: str) -> written.Row:
    return written.Row(name, emergency=emergency == "yes", **values)


def _contradictions(entry: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(entry, written.RedFlag):
        if entry.level == "none" and entry.kind != "safeguarding":
            yield "level", "level none is for safeguarding only", "give a level, or change kind"
        if _holds_of_nothing(entry.when):
            yield "when", "this fires when nothing was said", "name a fact that must be stated outside 'not'"
    for line in entry.lines if isinstance(entry, written.Country) else ():
        if not line.number and not line.address:
            yield "lines", f"the line {line.name!r} has no number", "give a number or an address"


def _holds_of_nothing(condition: written.Condition) -> bool:
    if isinstance(condition, written.Fact | written.Measured):
        return False
    if isinstance(condition, written.Not):
        return not _holds_of_nothing(condition.part)
    return (any if isinstance(condition, written.AnyOf) else all)(map(_holds_of_nothing, condition.parts))


def _keys(node: Node, draft: _Draft) -> Mapping[str, Node]:
    if isinstance(node.value, Mapping):
        return node.value
    draft.error(node.line, "the file must be a map of keys", "write key: value lines")
    return {}


def _items(node: Node) -> tuple[Node, ...]:
    return node.value if isinstance(node.value, tuple) else (node,)


def _evidence(kind: str, _stem: str, node: Node, draft: _Draft) -> None:
    for section, child in _keys(node, draft).items():
        if section in ("red-flags", "answers"):
            _map(kind, section, child, draft)
        elif section == "policy":
            for item in _items(child):
                draft.read(fields.POLICY, item, "a policy")
        else:
            mend = suggest(section, ("red-flags", "answers", "policy"), "use red-flags, answers or policy")
            draft.error(child.line, f"unknown key {section!r} in evidence.yaml", mend)


def _words(kind: str, _stem: str, node: Node, draft: _Draft) -> None:
    for plain, child in _keys(node, draft).items():
        for item in _items(child):
            if not isinstance(item.value, str) or not item.value:
                draft.error(item.line, f"a variant of {plain!r} must be text", "put it in quotes")
            elif (first := draft.entries[kind].setdefault(item.value, plain)) != plain:
                draft.error(item.line, f"{item.value!r} is read as {first!r} already", "keep one of the two")


def _calm(kind: str, _stem: str, node: Node, draft: _Draft) -> None:
    for group, child in _keys(node, draft).items():
        draft.claim(kind, group, child.line)
        draft.entries[kind][group] = draft.read(fields.CALM, Node({"calm": child}, child.line), f"the group {group!r}")


def _wording(kind: str, stem: str, node: Node, draft: _Draft) -> None:
    draft.claim(kind, stem, 1)
    phrases = draft.entries[kind][stem] = {}
    for key, child in _keys(node, draft).items():
        if isinstance(child.value, str):
            phrases[key] = child.value.strip()
        else:
            draft.error(child.line, f"the phrase {key!r} must be text", "put it in quotes")


def _check_links(draft: _Draft) -> None:
    names = draft.names
    names["entries"] = {f"{folder}/{name}" for folder in ("answers", "red-flags") for name in names[folder]}
    for path, line, folder, name in draft.links:
        if name not in names[folder]:
            draft.path = path
            mend = suggest(name, names[folder], "add it, or remove the name")
            draft.error(line, f"there is no {_LINKED.get(folder, 'entry')} {name!r}", mend)


def _check_rings(draft: _Draft) -> None:
    concepts = draft.entries["lexicon"]
    for start in concepts:
        above: set[str] = set()
        ahead = [start]
        while ahead:
            concept = concepts.get(ahead.pop())
            more = set(concept.wider if concept else ()) - above
            above |= more
            ahead += more
        if start in above:
            draft.path, line = draft.places[f"lexicon/{start}"]
            draft.error(line, f"the concept {start!r} is wider than itself", "break the ring of 'is'")


_KINDS: Mapping[str, tuple[Callable[..., Any], fields.Table, str]] = {
    "answers": (written.Answer, fields.ANSWER, "answers/{}"),
    "red-flags": (written.RedFlag, fields.RED_FLAG, "red-flags/{}"),
    "countries": (_country, fields.COUNTRY, "countries/{}"),
    "lexicon": (written.Concept, fields.CONCEPT, "concept {!r}"),
    "clocks": (written.Clock, fields.CLOCK, "the clock {}"),
    "sources": (written.Source, fields.SOURCE, "source {}"),
    "evidence": (_row, fields.ROW, "row {}"),
    "reviews": (written.Review, fields.REVIEW, "the review of {}"),
}
"""What the entries of a kind become, their fields, and what a problem calls one."""

_READERS: Mapping[str, Callable[[str, str, Node, _Draft], None]] = {
    **dict.fromkeys(("answers", "red-flags", "countries"), _entry),
    **dict.fromkeys(("lexicon", "sources.yaml", "reviews.yaml", "clocks.yaml"), _map),
    **dict.fromkeys(("lexicon/respell.yaml", "lexicon/emoji.yaml"), _words),
    "wording": _wording,
    "evidence.yaml": _evidence,
    "calm.yaml": _calm,
}
"""What reads each folder, and each file that is not like the others of its folder."""
