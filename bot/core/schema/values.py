"""One map of a knowledge file against its table: values by attribute, and every problem by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.core.document import Node
from bot.core.knowledge import Fact, Limit
from bot.core.schema.fields import CONDITIONS, LIMIT, Field, Table
from bot.errors import Problem

_CONCEPT = re.compile(r"<([^<>\s]*)>")
_SIMPLE = re.compile("[a-z0-9 ~=-]+")
_BRACKET = re.compile(r"[()\[\]|]")
_INNERMOST = re.compile(r"\([^()\[\]]*\)|\[[^()\[\]]*\]")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_830, "year": 525_960}
_FORMS = "use a fact, or one of all, any, not, together, fact, measure"


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Name the nearest known word, or else say `otherwise`."""
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else otherwise


def concepts_in(phrase: str) -> list[str]:
    """Name the concepts that a phrase of the lexicon refers to."""
    return _CONCEPT.findall(phrase) if "<" in phrase else []


class Reader:
    """Reads the maps of one document; gathers its problems, and the names in it that must exist somewhere."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.links: list[tuple[str, int, str, str]] = []
        """path and line, the folder in which there must be such a name, and the name"""

    def error(self, line: int, what: str, mend: str) -> Any:
        """Note something that must be mended; None stands for what cannot be read because of it."""
        self.problems.append(Problem(self.path, line, what, mend))

    def link(self, line: int, folder: str, name: str) -> None:
        """Note a name that must stand in a folder once everything is read."""
        self.links.append((self.path, line, folder, name))

    def read(self, table: Table, node: Node, called: str) -> dict[str, Any] | None:
        """Read a map by its table; None when it cannot become an entry."""
        if not isinstance(node.value, Mapping):
            self.error(node.line, f"{called} must be a map of keys", "write key: value lines")
            return None
        values: dict[str, Any] = {}
        for field in table:
            if field.name in node.value:
                value = getattr(self, f"_{field.kind}")(field, node.value[field.name])
                if field.kind == "map" and value:
                    values.update(value)
                else:
                    values[field.attribute or field.name.replace("-", "_")] = value
            elif field.required:
                values[field.name] = self.error(node.line, f"{called} lacks {field.name!r}", f"add it: {field.about}")
        known = [field.name for field in table]
        for name, child in node.value.items():
            if name not in known:
                mend = suggest(name, known, f"remove it, or use one of: {', '.join(known)}")
                self.error(child.line, f"unknown key {name!r} in {called}", mend)
        return None if None in values.values() else values

    def _text(self, field: Field, node: Node) -> Any:
        if isinstance(node.value, str) and (text := node.value.strip()):
            return self._fit(field, text, node.line)
        if node.value == "" and not field.required and not field.choices:
            return ""
        return self._no_text(field, node, repr(field.name))

    def _texts(self, field: Field, node: Node) -> Any:
        if not isinstance(node.value, tuple):
            return self.error(node.line, f"{field.name!r} must be a list", "start each line with '- ', or write []")
        texts = [
            (isinstance(item.value, str) and item.value.strip())
            or self._no_text(field, item, f"a line of {field.name!r}")
            for item in node.value
        ]
        if field.choices or field.link:
            texts = [text and self._fit(field, text, item.line) for text, item in zip(texts, node.value, strict=True)]
        if len(texts) < field.least:
            return self.error(node.line, f"{field.name!r} is empty", f"fill it: {field.about}")
        return None if None in texts else tuple(texts)

    def _no_text(self, field: Field, node: Node, called: str) -> Any:
        if isinstance(node.value, str):
            return self.error(node.line, f"{called} is empty", f"fill it: {field.about}")
        return self.error(node.line, f"{called} must be text", "write one text, in quotes if it holds : or [")

    def _phrases(self, field: Field, node: Node) -> Any:
        for item in node.value if isinstance(node.value, tuple) else ():
            if isinstance(item.value, str) and not _SIMPLE.fullmatch(item.value):
                self._check_phrase(item.value, item.line)
        return self._texts(field, node)

    def _fit(self, field: Field, text: str, line: int) -> Any:
        if field.link:
            self.link(line, field.link, text)
        if field.choices and text not in field.choices:
            mend = suggest(text, field.choices, f"use one of: {', '.join(field.choices)}")
            return self.error(line, f"{text!r} is no {field.name!r}", mend)
        if field.pattern and not re.fullmatch(field.pattern, text):
            what = f"{text!r} is not the form of {field.name!r}"
            return self.error(line, what, f"it must look like {field.pattern}")
        if field.most and len(text) > field.most:
            self.error(line, f"{field.name!r} has {len(text)} characters", f"use at most {field.most}")
        if field.words and len(text.split()) > field.words:
            self.error(line, f"{field.name!r} has {len(text.split())} words", f"use at most {field.words}")
        return text

    def _check_phrase(self, phrase: str, line: int) -> None:
        for name in concepts_in(phrase):
            self.link(line, "lexicon", name)
        if "'" in phrase or "\u2019" in phrase:
            self.error(line, f"an apostrophe in {phrase!r}", "leave it out: won't is written wont")
        if phrase != phrase.lower():
            self.error(line, f"capital letters in {phrase!r}", "write it lower case")
        rest, left = phrase, 1
        while left:
            rest, left = _INNERMOST.subn(" ", rest)
        if _BRACKET.search(rest):
            mend = "close it: (a|b) or [x]; | only inside ( )"
            self.error(line, f"a bracket without its partner in {phrase!r}", mend)

    def _date(self, field: Field, node: Node) -> Any:
        try:
            return date.fromisoformat(str(node.value)).isoformat()
        except ValueError:
            return self.error(node.line, f"{field.name!r} must be a date", "write it as 2026-12-31")

    def _map(self, field: Field, node: Node) -> Any:
        return self.read(field.parts, node, repr(field.name))

    def _maps(self, field: Field, node: Node) -> Any:
        if not isinstance(node.value, tuple):
            return self.error(node.line, f"{field.name!r} must be a list", "start each entry with '- '")
        items = [self.read(field.parts, item, f"an entry of {field.name!r}") for item in node.value]
        return None if None in items else tuple(items)

    def _limit(self, field: Field, node: Node) -> Any:
        text = node.value.strip() if isinstance(node.value, str) else ""
        example = '">= 2 hours"' if field.kind == "time" else '"< 18"'
        if not (match := re.fullmatch(LIMIT, text)):
            return self.error(node.line, f"not a limit: {text!r}", f"write it like {example}, in quotes")
        sign, unit = match[1], match[3] or ""
        factor = _MINUTES.get(unit.strip().rstrip("s"), 0)
        if (field.kind == "time") is not bool(factor):
            return self.error(node.line, f"a limit with the wrong unit: {text!r}", f"write it like {example}")
        return Limit(sign, float(text.removeprefix(sign).removesuffix(unit)) * (factor or 1))

    _time = _limit

    def _condition(self, _field: Field, node: Node) -> Any:
        value = node.value
        if isinstance(value, str):
            name = self._text(CONDITIONS[Fact][0], node)
            return None if name is None else Fact(name)
        if not isinstance(value, Mapping) or not value:
            return self.error(node.line, "a condition must be a fact or one form", _FORMS)
        for make, table in CONDITIONS.items():
            if table[0].name in value:
                parts = self.read(table, node, "a condition")
                return None if parts is None else make(**parts)
        return self.error(node.line, f"not a condition: {', '.join(value)}", _FORMS)

    def _conditions(self, field: Field, node: Node) -> Any:
        if not isinstance(node.value, tuple) or not node.value:
            mend = f"write {field.name}: [one, other]"
            return self.error(node.line, f"{field.name!r} needs a list of conditions", mend)
        parts = [self._condition(field, each) for each in node.value]
        return None if None in parts else tuple(parts)
