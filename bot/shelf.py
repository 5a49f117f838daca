"""Keeps the compiled knowledge base between runs, so that a question from cold does not wait for it to be compiled.

What is kept holds the knowledge base only, never a word that anybody wrote. It is used again only while every file it
was made from, and the code that made it, are unchanged; anything wrong with it means that it is made anew.
"""

from __future__ import annotations

import contextlib
import copyreg
import gc
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.core.book import Book


def _frozen(plain: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(plain)


def _thaw(proxy: MappingProxyType[Any, Any]) -> tuple[Any, tuple[dict[Any, Any]]]:
    return _frozen, (dict(proxy),)


copyreg.pickle(MappingProxyType, _thaw)  # pickle has no way of its own for these


def take_or_make(knowledge: Path, make: Callable[[], Book], environment: Mapping[str, str]) -> Book:
    """Return the compiled book of a knowledge folder from the shelf, or make it and put it there.

    Errors of `make` pass through; every error of the shelf itself only means that nothing is kept.
    """
    shelf = _shelf(environment)
    if shelf is None:
        return make()
    place = shelf / f"{_fingerprint(knowledge)}.book"
    kept = _read(place)
    if kept is not None:
        return kept
    book = make()
    with contextlib.suppress(OSError, pickle.PicklingError, RecursionError):
        _write(place, book)
    return book


def _shelf(environment: Mapping[str, str]) -> Path | None:
    """Return the cache folder of this user (XDG base directory specification); PLAINLY_CACHE=off keeps nothing."""
    chosen = environment.get("PLAINLY_CACHE", "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    cache = environment.get("XDG_CACHE_HOME") or (environment.get("HOME", "") and environment["HOME"] + "/.cache")
    return Path(cache) / "plainly" if cache else None


def _fingerprint(knowledge: Path) -> str:
    """Return a hash over the names, times and sizes of every file that the book is made from."""
    here = Path(__file__).resolve().parent
    files = [*_stats(knowledge, ("yaml", "txt")), *_stats(here / "core", ("py",)), *_stats(here, ("py",), deep=False)]
    text = repr((sys.version, files))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _stats(folder: Path, endings: Iterable[str], deep: bool = True) -> list[tuple[str, int, int]]:
    found = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__"}) if deep else []
        for name in sorted(names):
            if name.rpartition(".")[2] in endings:
                path = os.path.join(root, name)
                status = os.stat(path)
                found.append((path, status.st_mtime_ns, status.st_size))
    return found


def _read(place: Path) -> Book | None:
    """Return the book kept at a place if it is this user's own file and can be read."""
    try:
        with place.open("rb") as file:
            status = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return None
            gc.disable()  # nothing that is being read can be garbage, and looking for some doubles the time
            book: Any = pickle.load(file)  # only a file that this user alone can write gets here
    except Exception:  # a damaged file must never stop an answer
        return None
    finally:
        gc.enable()
    return book if isinstance(book, Book) else None


def _write(place: Path, book: Book) -> None:
    """Put a book on the shelf in one step, and take older ones away."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = pickle.dumps(book, protocol=5)
    number, name = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(number, "wb") as file:
        file.write(content)
    os.replace(name, place)
    for old in place.parent.glob("*.book"):
        if old != place:
            old.unlink(missing_ok=True)
