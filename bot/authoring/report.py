"""Tables of a measuring run as plain text, and as one page of HTML with bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from bot.authoring.measure import Judged, Table

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0 2rem; }
th, td { padding: 0.25rem 0.75rem; text-align: right; border-bottom: 1px solid #8886; }
th:first-child, td:first-child { text-align: left; }
svg { vertical-align: middle; } rect { fill: #2f6f8f; } .track { fill: #8884; }
.due { background: #2f6f8f40; }
"""


def as_text(tables: Iterable[Table], judged: Iterable[Judged], misses: bool = False) -> str:
    """Return the tables in columns; with `misses` also the id of every message that was judged wrong."""
    parts = [_text(table) for table in tables if table.rows]
    if misses and (found := list(_misses(judged))):
        parts.append("\n".join(found))
    return "\n\n".join(parts)


def _text(table: Table) -> str:
    rows = [table.columns, *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = [
        row[0].ljust(widths[0])
        + "".join("  " + cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        for row in rows
    ]
    return "\n".join((table.title, *("  " + line for line in lines)))


def _misses(judged: Iterable[Judged]) -> Iterator[str]:
    for each in judged:
        if each.low or each.over:
            what = "too low" if each.low else "alarm"
            flags = f" ({', '.join(each.flags)})" if each.flags else ""
            yield f"{what}: {each.item.id}: {each.level}, due {'/'.join(each.item.accepted)}{flags}"


def as_html(tables: Iterable[Table], title: str) -> str:
    """Return one page, complete in itself, with a bar beside every share."""
    body = "".join(_section(table) for table in tables if table.rows)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>\n"
    )


def _section(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.columns)
    rows = "".join(f"<tr>{''.join(_cells(table, row))}</tr>" for row in table.rows)
    return f"<h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cells(table: Table, row: tuple[str, ...]) -> Iterator[str]:
    for place, cell in enumerate(row):
        if place == 0:
            yield f'<th scope="row">{escape(cell)}</th>'
        elif table.share == place:
            yield f"<td>{escape(cell)} {_bar(float(cell))}</td>"
        else:
            due = ' class="due"' if table.columns[place] == row[0] else ""
            yield f"<td{due}>{escape(cell)}</td>"


def _bar(percent: float) -> str:
    return (
        '<svg width="120" height="10" aria-hidden="true"><rect class="track" width="120" height="10"/>'
        f'<rect width="{1.2 * percent:.1f}" height="10"/></svg>'
    )
