"""The only file that opens knowledge/: YAML files become plain data with line numbers, then a Knowledge."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.core.document import Document, Node
from bot.core.knowledge import Knowledge
from bot.core.schema import build
from bot.errors import KnowledgeError, Problem

MAX_BYTES = 1 << 20
MAX_DEPTH = 32
MAX_NODES = 50_000

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_IGNORED_FOLDERS = frozenset({"schema", "retired"})
_IGNORED_FILES = frozenset({"README.md", "real-words.txt"})
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


class _UnreadableError(Exception):
    """The rest of the file cannot be read."""


class _Tree:
    """Grows the nodes of one file from events, with its own stack, so that nesting cannot exhaust Python's."""

    __slots__ = ("_begun", "_count", "_key", "_path", "_stack", "_top", "problems", "root")

    def __init__(self, path: str) -> None:
        self._path = path
        self._top: Any = None
        """the list or the map that grows now"""
        self._key: tuple[str, int] | None = None
        """the key of that map which waits for its value, and its line"""
        self._stack: list[tuple[Any, tuple[str, int] | None, int]] = []
        """what waits until that is closed, and the line where that began"""
        self._count = 0
        self._begun = False
        self.root: Node | None = None
        self.problems: list[Problem] = []

    def grow(self, parser: Any) -> None:
        """Read events until the stream ends."""
        read, scalar = parser.get_event, yaml.ScalarEvent
        while (event := read()) is not None:
            kind = event.__class__
            if kind is scalar:
                self._scalar(event)
            elif (step := _STEPS.get(kind)) is not None:
                step(self, event)

    def _scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None:
            self._forbid(event, line)
        self._count += 1
        top = self._top
        if top.__class__ is list and self._count < MAX_NODES:
            top.append(Node(event.value, line))
        elif top.__class__ is dict and self._key is None:
            self._name(event.value, line)
        else:
            self._place(event.value, line)

    def _name(self, key: str, line: int) -> None:
        if key == "<<":
            self._problem(line, "a merge key (<<) is not allowed", "write the keys out")
        elif key in self._top:
            self._problem(line, f"the key {key!r} stands here twice", "keep one of the two")
        self._key = (key, line)

    def _place(self, value: Any, line: int) -> None:
        if self._count > MAX_NODES:
            raise self._stop(line, f"more than {MAX_NODES:,} values in one file", "split the file")
        if self._top is None:
            self.root = Node(value, line)
        elif self._key is None:
            self._top.append(Node(value, line))
        else:
            self._top[self._key[0]] = Node(value, self._key[1])
            self._key = None

    def _open(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if event.anchor is not None or event.tag is not None:
            self._forbid(event, line)
        if len(self._stack) >= MAX_DEPTH:
            raise self._stop(line, f"nested more than {MAX_DEPTH} levels deep", "make it flatter, or close a bracket")
        if self._top.__class__ is dict and self._key is None:
            raise self._stop(line, "a list or a map cannot be a key", "use text before the colon")
        self._count += 1
        self._stack.append((self._top, self._key, line))
        self._top = {} if event.__class__ is yaml.MappingStartEvent else []
        self._key = None

    def _close(self, _event: Any) -> None:
        value = tuple(self._top) if self._top.__class__ is list else self._top
        self._top, self._key, line = self._stack.pop()
        self._place(value, line)

    def _alias(self, event: Any) -> None:
        line = event.start_mark.line + 1
        self._problem(line, f"an alias (*{event.anchor}) is not allowed", _WRITE_OUT)
        event.tag, event.anchor, event.value = None, None, ""
        self._scalar(event)

    def _start(self, event: Any) -> None:
        if self._begun:
            raise self._stop(event.start_mark.line + 1, "a second document (---) in one file", "remove the line ---")
        self._begun = True

    def _forbid(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            self._problem(line, f"an anchor (&{event.anchor}) is not allowed", _WRITE_OUT)
        if event.tag is not None:
            self._problem(line, f"a tag ({event.tag}) is not allowed", "put the text in quotes")

    def _problem(self, line: int, what: str, mend: str) -> None:
        self.problems.append(Problem(self._path, line, what, mend))

    def _stop(self, line: int, what: str, mend: str) -> _UnreadableError:
        self._problem(line, what, mend)
        return _UnreadableError()


_STEPS: dict[type, Any] = {
    yaml.MappingStartEvent: _Tree._open,
    yaml.SequenceStartEvent: _Tree._open,
    yaml.MappingEndEvent: _Tree._close,
    yaml.SequenceEndEvent: _Tree._close,
    yaml.AliasEvent: _Tree._alias,
    yaml.DocumentStartEvent: _Tree._start,
}


def read_text(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read the bytes of one file; the document is None when something in it could not be read."""
    if len(data) > MAX_BYTES:
        return None, (Problem(path, 1, f"larger than {MAX_BYTES:,} bytes", "split the file"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (Problem(path, line, "not UTF-8 text", "save the file as UTF-8"),)
    tree = _Tree(path)
    parser = None
    try:
        parser = _PARSER(text)
        tree.grow(parser)
    except _UnreadableError:
        pass
    except yaml.YAMLError as error:
        tree.problems.append(_explain(path, text, error))
    finally:
        if parser is not None:
            parser.dispose()
    if tree.root is None and not tree.problems:
        tree.problems.append(Problem(path, 1, "the file is empty", "fill it, or delete it"))
    if tree.root is None or tree.problems:
        return None, tuple(tree.problems)
    return Document(path, tree.root), ()


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
    for path, file in sorted(_files(str(root), "")):
        if not path.endswith(".yaml"):
            problems.append(Problem(path, 1, "not a .yaml file", "rename it to end in .yaml, or move it elsewhere"))
            continue
        try:
            with open(file, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except OSError as error:
            problems.append(Problem(path, 1, f"cannot be opened ({error.strerror})", "check its permissions"))
            continue
        document, found = read_text(path, data)
        problems.extend(found)
        if document is not None:
            documents.append(document)
    return tuple(documents), tuple(problems)


def _files(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith((".", "__")) or (not prefix and name in _IGNORED_FILES | _IGNORED_FOLDERS):
                continue
            if entry.is_dir():
                yield from _files(entry.path, f"{prefix}{name}/")
            else:
                yield f"{prefix}{name}", entry.path


def read_words(root: Path) -> frozenset[str]:
    """Read the ordinary words that typo repair leaves alone, one a line below the comment; without the file, none."""
    try:
        data = (root / "real-words.txt").read_bytes()
    except FileNotFoundError:
        return frozenset()
    lines = data.decode("utf-8", "replace").splitlines()
    return frozenset(lines[next((place for place, line in enumerate(lines) if not line.startswith("#")), 0) :])


def read_knowledge(root: Path) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Read what can be used of a knowledge folder, and everything that is wrong with it, sorted by place."""
    documents, problems = read_folder(root)
    book, more = build(documents, read_words(root))
    return book, tuple(sorted((*problems, *more)))


def load(root: Path) -> Knowledge:
    """Read a knowledge folder, or raise one KnowledgeError that carries every error in it."""
    book, problems = read_knowledge(root)
    if any(problem.severity == "error" for problem in problems):
        raise KnowledgeError(problems)
    return book
