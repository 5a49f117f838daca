"""What the fake Bot API takes and refuses, by the rules of the real one, and what can be made to go wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

TAGS = frozenset("b strong i em u s code pre a blockquote".split())


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot: the method, its fields, and the status it got."""

    method: str
    fields: dict[str, Any]
    status: int


@dataclass(frozen=True, slots=True)
class Fault:
    """What to answer instead of the truth: a status with a description, or a body that is cut in half."""

    status: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, Any] = field(default_factory=dict)
    half: bool = False


class Refusal(Exception):  # noqa: N818  # it is an answer of the server, not an error of the test
    """The server does not do what was asked."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.fault = Fault(status, description, parameters)


class _Entities(HTMLParser):
    """Reads HTML as the real server does: known tags only, each closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag not in TAGS:
            raise Refusal(400, f"Bad Request: can't parse entities: unsupported start tag {tag!r}")
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag."""
        if not self.open or self.open.pop() != tag:
            raise Refusal(400, "Bad Request: can't parse entities: unexpected end tag")

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def shown(text: str, mode: str | None) -> str:
    """What a person sees of a message; refuses what the real server refuses."""
    if mode == "HTML":
        parser = _Entities()
        parser.feed(text)
        parser.close()
        if parser.open:
            raise Refusal(400, "Bad Request: can't parse entities: can't find end tag")
        text = parser.text
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if len(text.encode("utf-16-le")) // 2 > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    return text
