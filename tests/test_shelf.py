"""The shelf gives back the same book while nothing changed, and never stands in the way of an answer."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from bot.core.book import Book
from bot.shelf import take_or_make
from tests.core import small


class Maker:
    """Makes the small book and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Book:
        """Make it once more."""
        self.times += 1
        return small.book()


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder with one file."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "a.yaml").write_text("a: b\n")
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Where the shelf is to be."""
    return tmp_path / "cache" / "deep"


def take(knowledge: Path, maker: Maker, shelf: Path) -> Book:
    """Take a book from the shelf, or make it."""
    return take_or_make(knowledge, maker, {"PLAINLY_CACHE": str(shelf)})


def test_a_book_is_made_once(knowledge: Path, shelf: Path) -> None:
    """The second time the book comes from the shelf, and answers like the first."""
    maker = Maker()
    first, second = take(knowledge, maker, shelf), take(knowledge, maker, shelf)
    assert maker.times == 1
    assert second is not first
    assert second.knowledge == first.knowledge
    assert second.index.rarity == first.index.rarity


@pytest.mark.parametrize("change", ["edit", "add", "remove", "words"])
def test_any_change_makes_it_anew(knowledge: Path, shelf: Path, change: str) -> None:
    """A file of the knowledge base that changed, came or went makes a new book, and the old one leaves the shelf."""
    maker = Maker()
    take(knowledge, maker, shelf)
    match change:
        case "edit":
            os.utime(knowledge / "a.yaml", ns=(1, 1))
        case "add":
            (knowledge / "b.yaml").write_text("c: d\n")
        case "remove":
            (knowledge / "a.yaml").unlink()
        case _:
            (knowledge / "real-words.txt").write_text("paint\n")
    take(knowledge, maker, shelf)
    assert maker.times == 2
    assert len(list(shelf.glob("*.book"))) == 1


def test_other_files_do_not_count(knowledge: Path, shelf: Path) -> None:
    """A file that no book is made from makes no new one."""
    maker = Maker()
    take(knowledge, maker, shelf)
    (knowledge / "README.md").write_text("hello")
    take(knowledge, maker, shelf)
    assert maker.times == 1


@pytest.mark.parametrize("damage", [b"", b"garbage", pickle.dumps("no book"), b"\x80\x05."])
def test_a_damaged_book_is_made_anew(knowledge: Path, shelf: Path, damage: bytes) -> None:
    """What cannot be read, or is no book, is replaced."""
    maker = Maker()
    take(knowledge, maker, shelf)
    (place,) = shelf.glob("*.book")
    place.write_bytes(damage)
    assert take(knowledge, maker, shelf).knowledge.red_flags == small.knowledge().red_flags
    assert maker.times == 2
    take(knowledge, maker, shelf)
    assert maker.times == 2


def test_a_book_that_others_can_write_is_not_trusted(knowledge: Path, shelf: Path) -> None:
    """A file that somebody else could have written is never unpickled."""
    maker = Maker()
    take(knowledge, maker, shelf)
    (place,) = shelf.glob("*.book")
    place.chmod(0o666)
    take(knowledge, maker, shelf)
    assert maker.times == 2


def test_what_is_kept_is_private(knowledge: Path, shelf: Path) -> None:
    """Nobody but the user can read or write what is kept."""
    take(knowledge, Maker(), shelf)
    (place,) = shelf.glob("*.book")
    assert place.stat().st_mode & 0o077 == 0
    assert shelf.stat().st_mode & 0o077 == 0
    assert list(shelf.iterdir()) == [place]


def test_off_keeps_nothing(knowledge: Path, tmp_path: Path) -> None:
    """With the shelf off a book is made each time and no file is written."""
    maker = Maker()
    for _ in range(2):
        take_or_make(knowledge, maker, {"PLAINLY_CACHE": "off", "HOME": str(tmp_path)})
    assert maker.times == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.yaml", "knowledge"]


@pytest.mark.parametrize(
    ("environment", "place"),
    [({"XDG_CACHE_HOME": "xdg", "HOME": "home"}, "xdg/plainly"), ({"HOME": "home"}, "home/.cache/plainly")],
)
def test_where_the_shelf_stands(knowledge: Path, tmp_path: Path, environment: dict[str, str], place: str) -> None:
    """The shelf stands in the cache folder of the user."""
    take_or_make(knowledge, Maker(), {name: str(tmp_path / value) for name, value in environment.items()})
    assert len(list((tmp_path / place).glob("*.book"))) == 1


def test_no_home_keeps_nothing(knowledge: Path) -> None:
    """Without a home folder a book is made and nothing is kept."""
    maker = Maker()
    assert take_or_make(knowledge, maker, {}) is small.book()


def test_a_shelf_that_cannot_be_written_stops_nothing(knowledge: Path, tmp_path: Path) -> None:
    """Where the shelf cannot be made the book is answered from all the same."""
    (tmp_path / "file").write_text("in the way")
    assert take(knowledge, Maker(), tmp_path / "file" / "shelf") is small.book()


def test_errors_of_the_maker_pass_through(knowledge: Path, shelf: Path) -> None:
    """A knowledge base that cannot be used is an error of the caller, and nothing is kept."""

    def fail() -> Book:
        raise LookupError

    with pytest.raises(LookupError):
        take_or_make(knowledge, fail, {"PLAINLY_CACHE": str(shelf)})
    assert not shelf.exists()
