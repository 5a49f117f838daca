"""Signatures and freshness: what a clinician signed is still what stands there, and numbers were seen lately."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
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
    book = material.book
    entries: Mapping[str, Answer | RedFlag] = {
        **{f"answers/{name}": answer for name, answer in book.answers.items()},
        **{f"red-flags/{name}": flag for name, flag in book.red_flags.items()},
    }
    for name, entry in entries.items():
        review = book.reviews.get(name)
        if review is None and entry.status != "draft":
            mend = "write status: draft until a clinician signs it in reviews.yaml"
            yield material.problem((name, "status"), "nobody signed this", mend)
        if review is not None and review.hash != content_hash(entry):
            mend = f"have it signed again, with the hash {content_hash(entry)}, or restore the text"
            path, line = book.places[f"reviews/{name}"]
            yield Problem(path, line, f"the text of {name} changed since it was signed", mend)


def check_freshness(material: Material) -> Iterator[Problem]:
    """A number that was seen was seen within 90 days; from 60 days on it is time to look again."""
    for country in material.book.countries.values():
        for place, line in enumerate(country.lines):
            at = (f"countries/{country.id}", "lines", place, "verified-on")
            if not line.verified_on:
                if line.verified != "unverified":
                    yield material.problem(at, f"{line.name}: no day of verification", "add verified-on")
                continue
            age = (material.today - date.fromisoformat(line.verified_on)).days
            what = f"{line.name}: the number was last seen {age} days ago"
            if age < 0:
                yield material.problem(at, f"{line.name}: seen on a day to come", "mend the date")
            elif age >= STALE_DAYS:
                severity = "error" if age >= EXPIRED_DAYS else "warning"
                yield material.problem(at, what, "look at the operator's page, and write the day", severity)
