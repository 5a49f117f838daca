"""Turns a reply into plain text, and into the lines from which other channels build theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.blocks import AlertCard, Block, Bullets, Choice, Choices, Reply, Sources, Text

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reply, and how loud it is: strong, quiet or neither."""

    text: str
    tone: str = ""


Paragraph: TypeAlias = "tuple[Line, ...]"


def plain(reply: Reply) -> str:
    """Return the reply as plain text; an emergency starts with what to do."""
    shown = [*body(reply), *_menus(reply), *_sources(reply)]
    return "\n\n".join("\n".join(line.text for line in paragraph) for paragraph in shown)


def option(reply: Reply, n: int) -> str | None:
    """Return the id of choice number n as `plain` numbers them, or none when there is no such number."""
    options = [choice for menu in menus(reply) for choice in menu.options]
    return options[n - 1].id if 1 <= n <= len(options) else None


def menus(reply: Reply) -> tuple[Choices, ...]:
    """Return the choices of a reply, in order."""
    return tuple(block for block in reply.blocks if isinstance(block, Choices))


def body(reply: Reply) -> tuple[Paragraph, ...]:
    """Return all but choices and sources, with emergencies in front."""
    blocks = sorted(reply.blocks, key=lambda block: not _is_emergency(block))
    return tuple(paragraph for block in blocks for paragraph in _paragraphs(block))


def sources(block: Sources) -> Paragraph:
    """Return where an answer comes from and how far it has been reviewed."""
    heading = [Line("Sources", "quiet")] if block.items else []
    items = [*(f"- {item}" for item in block.items), block.status]
    return (*heading, *(Line(clean(item), "quiet") for item in items if item))


def clean(text: str) -> str:
    """Return the text without control characters, which a terminal would obey and a service refuse."""
    return _UNPRINTABLE.sub("", text)


def _is_emergency(block: Block) -> bool:
    return isinstance(block, AlertCard) and block.level == "emergency"


def _paragraphs(block: Block) -> Iterator[Paragraph]:
    match block:
        case AlertCard():
            yield from _card(block)
        case Text():
            yield from _text(block)
        case Bullets():
            yield from _bullets(block)
        case Choices() | Sources():
            return


def _card(card: AlertCard) -> Iterator[Paragraph]:
    first = (card.action, card.heading) if _is_emergency(card) else (card.heading, card.action)
    head = tuple(Line(clean(text), "strong") for text in first if text)
    if head:
        yield head
    for label, items in (("Why", card.why), ("Do", card.do), ("Do not", card.do_not), ("Say", card.say)):
        if items:
            yield (Line(label, "strong"), *_items(items))
    if card.clocks:
        yield (Line("Time matters", "strong"), *_items(card.clocks))
    if card.numbers:
        yield _items(card.numbers)


def _text(block: Text) -> Iterator[Paragraph]:
    title = (Line(clean(block.title), "strong"),) if block.title else ()
    lines = [Line(clean(paragraph)) for paragraph in block.paragraphs if paragraph]
    if title or lines:
        yield (*title, *lines[:1])
    yield from ((line,) for line in lines[1:])


def _bullets(block: Bullets) -> Iterator[Paragraph]:
    lead = (Line(clean(block.lead), "strong"),) if block.lead else ()
    if lead or block.items:
        yield (*lead, *_items(block.items, numbered=block.numbered))


def _items(items: tuple[str, ...], *, numbered: bool = False) -> Paragraph:
    marks = (f"{n}." if numbered else "-" for n in range(1, len(items) + 1))
    return tuple(Line(f"{mark} {clean(item)}") for mark, item in zip(marks, items, strict=True))


def _menus(reply: Reply) -> Iterator[Paragraph]:
    number = 0
    for menu in menus(reply):
        prompt = (Line(clean(menu.prompt)),) if menu.prompt else ()
        yield (*prompt, *(_choice(number + n, choice) for n, choice in enumerate(menu.options, 1)))
        number += len(menu.options)


def _choice(number: int, choice: Choice) -> Line:
    return Line(f"{number}. {clean(choice.label)}")


def _sources(reply: Reply) -> Iterator[Paragraph]:
    yield from (sources(block) for block in reply.blocks if isinstance(block, Sources))
