"""The only file that opens knowledge/: YAML files become plain data with line numbers, then a Knowledge."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from bot.core.document import Document, Node
from bot.core.knowledge import Knowledge
from bot.core.schema import build
from bot.errors import KnowledgeError, Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IGNORED = frozenset({"schema", "retired", "README.md", "real-words.txt"})
_WRITE_OUT = "write the text out, or put it in quotes"
_FORMAT = "see knowledge/README.md for the format"
_ADVICE = {
    "mapping values are not allowed": 'put the text in quotes, because it holds ": "',
    "could not find expected ':'": "end the key with a colon, or indent the text like the lines above",
    "did not find expected key": "indent this line like its neighbours, or put the text in quotes",
    "did not find expected '-' indicator": "indent this line like the other lines of the list",
    "cannot start any token": "put the text in quotes; indent with spaces, not tabs",
    "unexpected end of stream": "close the quotes",
    "did not find expected node content": "close the bracket, or put the text in quotes",
    "did not find expected ',' or": "close the bracket, or put the text in quotes",
}


class _Reader:
    """Reads the values of one file from events: text, lists and maps, and nothing else that YAML can do."""

    def __init__(self, path: str, parser: Any, problems: list[Problem]) -> None:
        self._path = path
        self._next = parser.get_event
        self._problems = problems
        self._left = MAX_NODES

    def root(self) -> Node | None:
        """Read the only document of the file; None when there is none."""
        root = None
        while (event := self._next()) is not None:
            if event.__class__ is yaml.DocumentStartEvent:
                if root is not None:
                    raise self._wrong(event, "a second document (---) in one file", "remove the line ---")
                event = self._next()
                root = Node(self._value(event, 0), event.start_mark.line + 1)
        return root

    def _value(self, event: Any, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            raise self._wrong(event, f"more than {MAX_NODES:,} values in one file", "split the file")
        if event.anchor is not None:
            what = "an alias (*" if event.__class__ is yaml.AliasEvent else "an anchor (&"
            self._wrong(event, f"{what}{event.anchor}) is not allowed", _WRITE_OUT)
            if event.__class__ is yaml.AliasEvent:
                return ""
        if event.tag is not None:
            self._wrong(event, f"a tag ({event.tag}) is not allowed", "put the text in quotes")
        if event.__class__ is ScalarEvent:
            return event.value
        if depth >= MAX_DEPTH:
            raise self._wrong(event, f"nested more than {MAX_DEPTH} levels deep", "make it flatter, or close a bracket")
        return self._map(depth + 1) if event.__class__ is MappingStartEvent else self._list(depth + 1)

    def _list(self, depth: int) -> tuple[Node, ...]:
        items = []
        while (event := self._next()).__class__ is not SequenceEndEvent:
            items.append(Node(self._value(event, depth), event.start_mark.line + 1))
        return tuple(items)

    def _map(self, depth: int) -> Mapping[str, Node]:
        keys: dict[str, Node] = {}
        while (event := self._next()).__class__ is not MappingEndEvent:
            key = self._value(event, depth)
            if not isinstance(key, str):
                raise self._wrong(event, "a list or a map cannot be a key", "use text before the colon")
            if key == "<<":
                self._wrong(event, "a merge key (<<) is not allowed", "write the keys out")
            elif key in keys:
                self._wrong(event, f"the key {key!r} stands here twice", "keep one of the two")
            keys[key] = Node(self._value(self._next(), depth), event.start_mark.line + 1)
        return keys

    def _wrong(self, event: Any, what: str, mend: str) -> KnowledgeError:
        self._problems.append(Problem(self._path, event.start_mark.line + 1, what, mend))
        return KnowledgeError(self._problems)


def read_text(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read the bytes of one file; the document is None when something in it could not be read."""
    if len(data) > MAX_BYTES:
        return None, (Problem(path, 1, f"larger than {MAX_BYTES:,} bytes", "split the file"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Problem(path, line, "not UTF-8 text", "save the file as UTF-8"),)
    problems: list[Problem] = []
    root = None
    try:
        root = _Reader(path, _PARSER(text), problems).root()
    except KnowledgeError:
        pass  # the rest of the file cannot be read
    except yaml.YAMLError as error:
        problems.append(_explain(path, text, error))
    if root is None and not problems:
        problems.append(Problem(path, 1, "the file is empty", "fill it, or delete it"))
    return (None if root is None or problems else Document(path, root)), tuple(problems)


def _explain(path: str, text: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).splitlines()[0]
    before = text.count("\n", 0, getattr(error, "position", 0)) if mark is None else mark.line
    mend = next((advice for part, advice in _ADVICE.items() if part in what), _FORMAT)
    return Problem(path, before + 1, f"not readable as YAML: {what}", mend)


def read_folder(root: Path) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Read every YAML file under a folder, in the order of their paths, with every problem of every file."""
    documents: list[Document] = []
    problems: list[Problem] = []
    if not root.is_dir():
        return (), (Problem(str(root), 1, "there is no such folder", "name the knowledge folder"),)
    for path in sorted(_files(root)):
        if not path.endswith(".yaml"):
            problems.append(Problem(path, 1, "not a .yaml file", "rename it to end in .yaml, or move it elsewhere"))
            continue
        try:
            with open(root / path, "rb") as stream:
                document, found = read_text(path, stream.read(MAX_BYTES + 1))
        except OSError as error:
            problems.append(Problem(path, 1, f"cannot be opened ({error.strerror})", "check its permissions"))
            continue
        problems.extend(found)
        if document is not None:
            documents.append(document)
    return tuple(documents), tuple(problems)


def _files(folder: Path, prefix: str = "") -> Iterator[str]:
    for entry in os.scandir(folder):
        path = prefix + entry.name
        if entry.name.startswith((".", "__")) or path in _IGNORED:
            continue
        if entry.is_dir():
            yield from _files(folder / entry.name, f"{path}/")
        else:
            yield path


def read_words(root: Path) -> frozenset[str]:
    """Read the ordinary words that typo repair leaves alone, one a line below the comment; without the file, none."""
    path = root / "real-words.txt"
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    while text.startswith("#"):
        text = text.partition("\n")[2]
    return frozenset(text.splitlines())


def load(root: Path) -> Knowledge:
    """Read a knowledge folder, or raise one KnowledgeError that carries everything wrong in it, sorted by place."""
    documents, unreadable = read_folder(root)
    book, unfit = build(documents, read_words(root))
    if problems := sorted((*unreadable, *unfit)):
        raise KnowledgeError(problems)
    return book
