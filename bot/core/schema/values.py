"""One map of a knowledge file against its table: values by attribute, and every problem by line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from bot.core.document import Node
from bot.core.schema.conditions import parse_condition
from bot.core.schema.fields import Field, Table
from bot.core.schema.report import Report

_BROKEN = object()


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """Name the nearest known word, or else say `otherwise`."""
    near = get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]!r}?" if near else otherwise


def read_map(table: Table, node: Node, report: Report, what: str) -> dict[str, Any] | None:
    """Read a map by its table; None when it cannot become an entry."""
    if not isinstance(node.value, Mapping):
        report.error(node.line, f"{what} must be a map of keys", "write key: value lines")
        return None
    fields = {field.name: field for field in table}
    values: dict[str, Any] = {}
    for name, child in node.value.items():
        if (field := fields.get(name)) is None:
            allowed = f"remove it, or use one of: {', '.join(fields)}"
            report.error(child.line, f"unknown key {name!r} in {what}", suggest(name, fields, allowed))
        else:
            values[field.slot] = _READERS[field.kind](field, child, report)
    for field in table:
        if field.required and field.name not in node.value:
            report.error(node.line, f"{what} lacks {field.name!r}", f"add it: {field.about}")
            values[field.slot] = _BROKEN
    return None if _BROKEN in values.values() else values


def _text(field: Field, node: Node, report: Report) -> Any:
    if not isinstance(node.value, str):
        report.error(node.line, f"{field.name!r} must be text", "write one text, in quotes if it holds : or [")
        return _BROKEN
    text = node.value.strip()
    if not text and (field.required or field.choices):
        report.error(node.line, f"{field.name!r} is empty", f"fill it: {field.about}")
        return _BROKEN
    if text and not _fits(field, text, node, report):
        return _BROKEN
    if field.most and len(text) > field.most:
        report.error(node.line, f"{field.name!r} has {len(text)} characters", f"use at most {field.most}")
    if field.words and len(text.split()) > field.words:
        report.error(node.line, f"{field.name!r} has {len(text.split())} words", f"use at most {field.words}")
    return text


def _fits(field: Field, text: str, node: Node, report: Report) -> bool:
    if field.choices and text not in field.choices:
        mend = suggest(text, field.choices, f"use one of: {', '.join(field.choices)}")
        report.error(node.line, f"{text!r} is no {field.name!r}", mend)
        return False
    if field.pattern and not re.fullmatch(field.pattern, text):
        report.error(node.line, f"{text!r} is not the form of {field.name!r}", f"it must look like {field.pattern}")
        return False
    return True


def _texts(field: Field, node: Node, report: Report) -> Any:
    if not isinstance(node.value, tuple):
        report.error(node.line, f"{field.name!r} must be a list", "start each line with '- ', or write []")
        return _BROKEN
    texts: list[str] = []
    broken = False
    for item in node.value:
        text = item.value
        if not isinstance(text, str):
            report.error(item.line, f"a line of {field.name!r} must be text", 'put it in quotes: it may hold ": "')
            broken = True
        elif not (text := text.strip()):
            report.error(item.line, f"a line of {field.name!r} is empty", "fill it, or remove the line")
        elif field.choices and not _fits(field, text, item, report):
            broken = True
        else:
            texts.append(text)
    if not broken and len(texts) < field.least:
        report.error(node.line, f"{field.name!r} is empty", f"fill it: {field.about}")
        broken = True
    return _BROKEN if broken else tuple(texts)


def _date(field: Field, node: Node, report: Report) -> Any:
    try:
        return date.fromisoformat(str(node.value)).isoformat()
    except ValueError:
        report.error(node.line, f"{field.name!r} must be a date", "write it as 2026-12-31")
        return _BROKEN


def _condition(field: Field, node: Node, report: Report) -> Any:
    condition = parse_condition(node, report)
    return _BROKEN if condition is None else condition


def _map(field: Field, node: Node, report: Report) -> Any:
    values = read_map(field.parts, node, report, repr(field.name))
    return _BROKEN if values is None else values


def _maps(field: Field, node: Node, report: Report) -> Any:
    if not isinstance(node.value, tuple):
        report.error(node.line, f"{field.name!r} must be a list", "start each entry with '- '")
        return _BROKEN
    items = [read_map(field.parts, item, report, f"an entry of {field.name!r}") for item in node.value]
    return _BROKEN if None in items else tuple(items)


_READERS: Mapping[str, Callable[[Field, Node, Report], Any]] = {
    "text": _text,
    "texts": _texts,
    "date": _date,
    "condition": _condition,
    "map": _map,
    "maps": _maps,
}
