"""A small project without mistakes, for tests to spoil in one place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.authoring.checks import check
from bot.authoring.schemas import write_schemas

DAY = date(2026, 11, 20)

ANSWER = """\
id: {id}
group: hygiene
title: Is it {id}?
short: There may be a bit of poo.
body:
  - Wipe it off. Then go on.
help: See a GP if it hurts.
asks:
{asks}
evidence: [F01]
sources: [S01]
status: draft
"""
FLAG = """\
id: bleed
level: emergency
title: You bleed a lot
when: bleeding
action: Call {emergency} now.
why: It can harm you.
do:
  - Lie down.
do-not:
  - Do not use an enema.
evidence: [RF01]
sources: [S01]
status: draft
"""
FILES = {
    "knowledge/red-flags/bleed.yaml": FLAG,
    "knowledge/lexicon/body.yaml": "bleeding:\n  about: blood\n  kind: symptom\n  says: [bleed]\n",
    "knowledge/countries/GB.yaml": """\
id: GB
name: United Kingdom
emergency: {number: "999", say: "999"}
lines:
  - kind: crisis
    name: Samaritans
    number: "116 123"
    source: here
    verified: seen
    verified-on: "2026-11-20"
""",
    "knowledge/sources.yaml": 'S01: {publisher: N, title: T, addresses: [], seen: "2026-11-20", read: mirror}\n',
    "knowledge/evidence.yaml": """\
red-flags:
  RF01: {about: blood, level: emergency, emergency: "yes"}
answers:
  F01: {about: poo}
""",
    "knowledge/reviews.yaml": "{}\n",
}


def _cases(name: str, must: int, must_not: int) -> str:
    lines = ["must-match:", *(f"  - {name} yes {n}" for n in range(must))]
    return "\n".join([*lines, "must-not-match:", *(f"  - {name} no {n}" for n in range(must_not))]) + "\n"


class Project:
    """Files of a project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Write a project that passes every check."""
        self.folder = folder
        self.root = folder / "knowledge"
        for name in ("mess", "smell"):
            asks = "\n".join(f"  - {name} question {n}" for n in range(15))
            self.write(f"knowledge/answers/{name}.yaml", ANSWER.format(id=name, asks=asks))
            self.write(f"tests/cases/answers/{name}.yaml", _cases(name, 6, 4))
        self.write("tests/cases/red-flags/bleed.yaml", _cases("bleed", 8, 6))
        for path, text in FILES.items():
            self.write(path, text)
        write_schemas(self.root)

    def write(self, path: str, text: str) -> None:
        """Write one file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace the first `old` in one file, which must be there."""
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def problems(self, today: date = DAY) -> list[str]:
        """What is wrong, as `severity file:line: what: mend`."""
        return [f"{problem.severity} {problem}" for problem in check(self.root, today)]
