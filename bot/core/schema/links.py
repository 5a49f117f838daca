"""References between entries: every id that is named must exist, and nothing may refer to itself in a ring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.document import Document, Node
from bot.core.knowledge import AnyOf, Condition, Fact, Measured, Not
from bot.core.schema.entries import Draft
from bot.core.schema.phrases import concepts_in
from bot.core.schema.report import Report
from bot.core.schema.values import suggest

_LINKS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "answers": (
        ("related", "answers", "topic"),
        ("evidence", "evidence", "row of evidence.yaml"),
        ("sources", "sources", "source"),
    ),
    "red-flags": (
        ("see", "answers", "topic"),
        ("raise-with", "lexicon", "concept"),
        ("evidence", "evidence", "row of evidence.yaml"),
        ("sources", "sources", "source"),
    ),
}


def check_links(documents: tuple[Document, ...], draft: Draft, reports: Mapping[str, Report]) -> None:
    """Note every reference that leads nowhere, in every document."""
    for document in documents:
        report = reports[document.path]
        folder = document.path.partition("/")[0]
        keys = document.root.value
        if not isinstance(keys, Mapping):
            continue
        for key, target, what in _LINKS.get(folder, ()):
            if key in keys:
                _check_names(keys[key], draft.names.get(target, set()), what, report)
        if folder == "red-flags" and "when" in keys:
            _check_when(document, keys["when"], draft, report)
        if folder == "lexicon":
            _check_concepts(keys, draft, report)
    _check_reviews(draft, reports)
    _check_rings(draft, reports)


def _check_names(node: Node, known: set[str], what: str, report: Report) -> None:
    items = node.value if isinstance(node.value, tuple) else (node,)
    for item in items:
        name = item.value
        if isinstance(name, str) and name and name not in known:
            report.error(item.line, f"there is no {what} {name!r}", suggest(name, known, "add it, or remove the name"))


def _facts(condition: Condition) -> Iterator[str]:
    if isinstance(condition, Fact):
        yield condition.concept
    elif isinstance(condition, Not):
        yield from _facts(condition.part)
    elif not isinstance(condition, Measured):
        for part in condition.parts:
            yield from _facts(part)


def _check_when(document: Document, node: Node, draft: Draft, report: Report) -> None:
    flag = draft.red_flags.get(document.path.rpartition("/")[2].removesuffix(".yaml"))
    if flag is None:
        return
    known = draft.names.get("lexicon", set())
    lines = dict(_texts(node))
    for name in dict.fromkeys(_facts(flag.when)):
        if name not in known:
            mend = suggest(name, known, "add it to the lexicon, or use another fact")
            report.error(lines.get(name, node.line), f"there is no concept {name!r}", mend)
    if _holds_of_nothing(flag.when):
        report.error(node.line, "this fires when nothing was said", "name a fact that must be stated outside 'not'")


def _texts(node: Node) -> Iterator[tuple[str, int]]:
    if isinstance(node.value, str):
        yield node.value.strip(), node.line
        return
    for child in node.value.values() if isinstance(node.value, Mapping) else node.value:
        yield from _texts(child)


def _holds_of_nothing(condition: Condition) -> bool:
    if isinstance(condition, Fact | Measured):
        return False
    if isinstance(condition, Not):
        return not _holds_of_nothing(condition.part)
    holds = [_holds_of_nothing(part) for part in condition.parts]
    return any(holds) if isinstance(condition, AnyOf) else all(holds)


def _check_concepts(keys: Mapping[str, Node], draft: Draft, report: Report) -> None:
    known = draft.names.get("lexicon", set())
    for name, node in keys.items():
        if name not in draft.concepts or not isinstance(node.value, Mapping):
            continue
        if "is" in node.value:
            _check_names(node.value["is"], known, "concept", report)
        phrases = _texts(node.value["says"]) if any("<" in phrase for phrase in draft.concepts[name].says) else ()
        for text, line in phrases:
            for other in concepts_in(text):
                if other not in known:
                    report.error(line, f"there is no concept {other!r}", suggest(other, known, "add it"))


def _check_reviews(draft: Draft, reports: Mapping[str, Report]) -> None:
    entries = {f"answers/{name}" for name in draft.names.get("answers", ())}
    entries |= {f"red-flags/{name}" for name in draft.names.get("red-flags", ())}
    for review in draft.reviews.values():
        if review.entry not in entries:
            path, line = draft.places[f"reviews/{review.entry}"]
            mend = suggest(review.entry, entries, "write it like answers/mess, or remove it")
            reports[path].error(line, f"there is no entry {review.entry!r}", mend)


def _check_rings(draft: Draft, reports: Mapping[str, Report]) -> None:
    for name in _in_rings({name: concept.wider for name, concept in draft.concepts.items()}):
        path, line = draft.places[f"lexicon/{name}"]
        reports[path].error(line, f"the concept {name!r} is wider than itself", "break the ring of 'is'")


def _in_rings(edges: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for start in edges:
        seen: set[str] = set()
        ahead = list(edges[start])
        while ahead:
            name = ahead.pop()
            if name == start:
                yield start
                break
            if name not in seen:
                seen.add(name)
                ahead.extend(edges.get(name, ()))
