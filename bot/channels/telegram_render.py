"""Turns a reply into Telegram messages: HTML that always closes, parts that fit, and buttons."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.channels.plain import Line, Paragraph, body, clean, menus, sources
from bot.core.blocks import Choice, Reply, Sources

MAX_UNITS = 4096
"""How much text Telegram takes in one message, in UTF-16 units."""
MAX_BUTTONS = 6
MAX_DATA_BYTES = 64

_TAGS = {"strong": ("<b>", "</b>"), "quiet": ("<i>", "</i>"), "": ("", "")}


@dataclass(frozen=True, slots=True)
class Button:
    """A choice to tap: what it says, and what comes back."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to send, as HTML and as the plain text to fall back on."""

    html: str
    plain: str
    buttons: tuple[Button, ...] = ()


def render(reply: Reply) -> tuple[Message, ...]:
    """Return the messages of a reply; choices hang under the last part, and no message is without text."""
    shown = [*body(reply), *(sources(block) for block in reply.blocks if isinstance(block, Sources))]
    messages: list[Message] = []
    number = 0
    for menu in menus(reply):
        groups = _groups(_buttons(menu.options, number))
        number += len(menu.options)
        prompt = (Line(clean(menu.prompt).strip() or "…"),)
        messages += _with_buttons(pack([*shown, prompt]), groups[0] if groups else ())
        messages += [_continued(n, len(groups), group) for n, group in enumerate(groups[1:], 2)]
        shown = []
    return (*messages, *pack(shown))


def pack(paragraphs: Iterable[Paragraph]) -> tuple[Message, ...]:
    """Return paragraphs as messages that fit, cut at the end of a paragraph wherever one ends in time."""
    messages: list[list[Paragraph]] = []
    for paragraph in (part for whole in paragraphs for part in _fitting(whole)):
        if messages and units(_html([*messages[-1], paragraph])) <= MAX_UNITS:
            messages[-1].append(paragraph)
        else:
            messages.append([paragraph])
    return tuple(Message(_html(part), _plain(part)) for part in messages if _plain(part).strip())


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _html(paragraphs: Iterable[Paragraph]) -> str:
    return "\n\n".join("\n".join(_line_html(line) for line in paragraph) for paragraph in paragraphs)


def _plain(paragraphs: Iterable[Paragraph]) -> str:
    return "\n\n".join("\n".join(line.text for line in paragraph) for paragraph in paragraphs)


def _line_html(line: Line) -> str:
    opening, closing = _TAGS[line.tone]
    return f"{opening}{html.escape(line.text, quote=False)}{closing}"


def _fitting(paragraph: Paragraph) -> Iterator[Paragraph]:
    """Cut a paragraph that is too long for one message at the ends of lines, else of words."""
    part: list[Line] = []
    for line in (piece for whole in paragraph for piece in _pieces(whole)):
        if part and units(_html([(*part, line)])) > MAX_UNITS:
            yield tuple(part)
            part = []
        part.append(line)
    if part:
        yield tuple(part)


def _pieces(line: Line) -> Iterator[Line]:
    while units(_line_html(line)) > MAX_UNITS:
        end = _cut(line)
        yield replace(line, text=line.text[:end].rstrip())
        line = replace(line, text=line.text[end:].lstrip())
    yield line


def _cut(line: Line) -> int:
    """Return how many characters of a line fit, up to the end of a word where there is one."""
    low, high = 1, len(line.text)
    while low < high:
        middle = (low + high + 1) // 2
        if units(_line_html(replace(line, text=line.text[:middle]))) <= MAX_UNITS:
            low = middle
        else:
            high = middle - 1
    space = line.text.rfind(" ", 1, low + 1)
    return space if space > 0 else low


def _buttons(options: tuple[Choice, ...], before: int) -> list[Button]:
    return [_button(option, before + n) for n, option in enumerate(options, 1)]


def _button(option: Choice, number: int) -> Button:
    return Button(clean(option.label).strip() or str(number), _data(option, number))


def _data(option: Choice, number: int) -> str:
    """The id of a choice, or its number when Telegram would not carry the id."""
    fits = 0 < len(option.id.encode("utf-8", "surrogatepass")) <= MAX_DATA_BYTES and clean(option.id) == option.id
    return option.id if fits else str(number)


def _groups(buttons: list[Button]) -> list[tuple[Button, ...]]:
    return [tuple(buttons[start : start + MAX_BUTTONS]) for start in range(0, len(buttons), MAX_BUTTONS)]


def _with_buttons(messages: tuple[Message, ...], buttons: tuple[Button, ...]) -> tuple[Message, ...]:
    return (*messages[:-1], replace(messages[-1], buttons=buttons))


def _continued(number: int, total: int, buttons: tuple[Button, ...]) -> Message:
    text = f"({number}/{total})"
    return Message(text, text, buttons)
