"""Signatures and freshness: what a clinician signed is still what stands there, and numbers were seen lately."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from bot.authoring.material import Material
from bot.core.knowledge import Answer, RedFlag
from bot.errors import Problem

STALE_DAYS = 60
EXPIRED_DAYS = 90


def content_hash(entry: Answer | RedFlag) -> str:
    """Return the hash that a clinician signs: of everything in an entry but its status."""
    content = {key: value for key, value in _plain(entry).items() if key != "status"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {"type": type(value).__name__} | {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def check_signatures(material: Material) -> Iterator[Problem]:
    """A signature holds only for the text it was given for, and only a signed entry calls itself signed."""
    for name, entry in material.entries.items():
        review = material.book.reviews.get(name)
        if review is None and entry.status != "draft":
            mend = "write status: draft until a clinician signs it in reviews.yaml"
            yield material.problem((name, "status"), "nobody signed this", mend)
        if review is not None and review.hash != content_hash(entry):
            mend = f"have it signed again, with the hash {content_hash(entry)}, or restore the text"
            yield material.problem((f"reviews/{name}",), f"the text of {name} changed since it was signed", mend)


def check_freshness(material: Material) -> Iterator[Problem]:
    """A number that was seen was seen within 90 days; from 60 days on it is time to look again."""
    for country in material.book.countries.values():
        for number, line in enumerate(country.lines):
            place = (f"countries/{country.id}", "lines", number, "verified-on")
            if line.verified_on:
                age = (material.today - date.fromisoformat(line.verified_on)).days
                if age >= STALE_DAYS:
                    what = f"{line.name}: the number was last seen {age} days ago"
                    severity = "error" if age >= EXPIRED_DAYS else "warning"
                    yield material.problem(place, what, "look at the operator's page, and write the day", severity)
                elif age < 0:
                    yield material.problem(place, f"{line.name}: seen on a day to come", "mend the date")
            elif line.verified != "unverified":
                yield material.problem(place, f"{line.name}: no day of verification", "add verified-on")
