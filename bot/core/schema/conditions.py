"""The `when` form of a red flag, from nodes to conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.core.document import Node
from bot.core.knowledge import All, AnyOf, Condition, Fact, Limit, Measured, Not, Together
from bot.core.schema.fields import LIMIT, MANNERS, MEASURES
from bot.core.schema.report import Report

_LIMIT = re.compile(r"(<=|>=|<|>) *([0-9]+(?:\.[0-9]+)?) *(.*)")
_MINUTES = MappingProxyType({"minute": 1, "hour": 60, "day": 1440, "week": 10_080, "month": 43_830, "year": 525_960})
_FORMS = "use a fact, or one of all, any, not, together, fact, measure"


def parse_condition(node: Node, report: Report) -> Condition | None:
    """Read one condition; None, and a problem, when it cannot be understood."""
    value = node.value
    if isinstance(value, str):
        return _fact_name(node, report)
    if not isinstance(value, Mapping) or not value:
        report.error(node.line, "a condition must be a fact or one form", _FORMS)
        return None
    if "fact" in value or "measure" in value:
        return _fact(value, report) if "fact" in value else _measured(value, node.line, report)
    return _form(value, node.line, report)


def _form(value: Mapping[str, Node], line: int, report: Report) -> Condition | None:
    (name, child), *rest = value.items()
    if rest or name not in ("all", "any", "together", "not"):
        report.error(line, f"not a condition: {', '.join(value)}", f"{_FORMS}; one form in each map")
        return None
    if name == "not":
        part = parse_condition(child, report)
        return None if part is None else Not(part)
    return _several(name, child, report)


def _fact_name(node: Node, report: Report) -> Fact | None:
    name = node.value.strip() if isinstance(node.value, str) else ""
    if name:
        return Fact(name)
    report.error(node.line, "a fact must be the name of a concept", "name a concept of the lexicon")
    return None


def _several(name: str, node: Node, report: Report) -> Condition | None:
    if not isinstance(node.value, tuple) or not node.value:
        report.error(node.line, f"{name!r} needs a list of conditions", f"write {name}: [one, other]")
        return None
    parts = tuple(part for child in node.value if (part := parse_condition(child, report)) is not None)
    if len(parts) < len(node.value):
        return None
    if name == "all":
        return All(parts)
    return AnyOf(parts) if name == "any" else Together(parts)


def _fact(value: Mapping[str, Node], report: Report) -> Fact | None:
    concept = _fact_name(value["fact"], report)
    allowed = _only(value, ("fact", "lasting", "ago", "as"), report)
    limits: dict[str, Limit | None] = {}
    for key in ("lasting", "ago"):
        if key in value:
            limits[key] = _limit(value[key], report, timed=True)
    manners = _manners(value["as"], report) if "as" in value else ()
    if concept is None or not allowed or None in limits.values() or manners is None:
        return None
    return Fact(concept.concept, manners, limits.get("lasting"), limits.get("ago"))


def _measured(value: Mapping[str, Node], line: int, report: Report) -> Measured | None:
    measure = value["measure"].value
    allowed = _only(value, ("measure", "is"), report)
    if not isinstance(measure, str) or measure not in MEASURES:
        report.error(value["measure"].line, "no such measure", f"use one of: {', '.join(MEASURES)}")
        return None
    if "is" not in value:
        report.error(line, "a measure needs a limit", 'add is: "< 18"')
        return None
    limit = _limit(value["is"], report, timed=False)
    return Measured(measure, limit) if allowed and limit is not None else None


def _only(value: Mapping[str, Node], known: tuple[str, ...], report: Report) -> bool:
    wrong = [key for key in value if key not in known]
    for key in wrong:
        report.error(value[key].line, f"unknown key {key!r} in a condition", f"use only: {', '.join(known)}")
    return not wrong


def _manners(node: Node, report: Report) -> tuple[str, ...] | None:
    found = tuple(str(item.value) for item in node.value) if isinstance(node.value, tuple) else ()
    if found and all(manner in MANNERS for manner in found):
        return found
    report.error(node.line, "'as' must be a list of ways to say it", f"use: {', '.join(MANNERS)}")
    return None


def _limit(node: Node, report: Report, *, timed: bool) -> Limit | None:
    text = node.value.strip() if isinstance(node.value, str) else ""
    match = _LIMIT.fullmatch(text) if re.fullmatch(LIMIT, text) else None
    example = '">= 2 hours"' if timed else '"< 18"'
    if match is None:
        report.error(node.line, f"not a limit: {text!r}", f"write it like {example}, in quotes")
        return None
    sign, number, unit = match.groups()
    factor = _MINUTES.get(unit.rstrip("s"), 0)
    if timed != bool(factor):
        report.error(node.line, f"a limit with the wrong unit: {text!r}", f"write it like {example}")
        return None
    return Limit(sign, float(number) * (factor or 1))
