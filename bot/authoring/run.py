"""One run of `measure`: files in, tables out, and what has changed since the verdicts were written."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import TextIO

from bot.app import Service
from bot.authoring.measure import measure, read_labelled, tables
from bot.authoring.report import as_html, as_text
from bot.authoring.verdicts import changes, write_verdicts


def run(service: Service, options: Namespace, now: datetime, out: TextIO, errors: TextIO) -> int:
    """Measure, print, and return 0, or 1 when a line could not be read or a verdict has changed."""
    read = [read_labelled(path.read_text(encoding="utf-8").split("\n"), str(path)) for path in options.file]
    problems = [problem for _, found in read for problem in found]
    for problem in problems:
        print(problem, file=errors)
    judged = measure(service, [item for items, _ in read for item in items], now)
    result = tables(judged)
    print(as_text(result, judged, options.misses), file=out)
    if options.html:
        options.html.write_text(as_html(result, ", ".join(path.name for path in options.file)), encoding="utf-8")
    if options.accept:
        write_verdicts(judged, options.verdicts)
    elif options.verdicts:
        found = changes(judged, options.verdicts)
        print("\n".join(("", *found, f"{len(found)} of {len(judged)} verdicts have changed")), file=out)
        return 1 if found or problems else 0
    return 1 if problems else 0
