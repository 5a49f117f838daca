"""A measuring run reads well as text and as a page of HTML, and shows nothing that a person wrote."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from bot.authoring.measure import Judged, Labelled, Table, tables
from bot.authoring.report import as_html, as_text

VOID = frozenset(("meta",))
RATES = Table(
    "Rates", ("rate", "of", "messages", "%"), (("caught", "9", "10", "90.0"), ("calm", "100", "100", "100.0")), 3
)
LEVELS = Table("Levels", ("due", "none", "soon"), (("none", "7", "1"), ("soon", "2", "30")))
EMPTY = Table("Nothing", ("row", "%"), (), 1)


class Page(HTMLParser):
    """A page taken apart: its tags, its texts, and whatever was not closed in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and that it waits for its end."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that is its own end."""
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last, or note that another was."""
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        """Note a text that can be read."""
        if self.open and self.open[-1] != "style" and data.strip():
            self.texts.append(data.strip())

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every tag of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def judged(name: str, due: str, given: str, *flags: str) -> Judged:
    """A message that the bot judged."""
    return Judged(Labelled(name, (f"secret of {name}",), due, (due,), ("RF01",), "denied"), given, flags)


RUN = (
    judged("p1", "emergency", "soon", "sore"),
    judged("n1", "none", "urgent", "bleeding", "heavy"),
    judged("p2", "urgent", "urgent"),
)


def test_text_is_aligned() -> None:
    """Names stand on the left, numbers end in one column, and the title stands over them."""
    assert as_text([RATES], ()) == (
        "Rates\n  rate     of  messages      %\n  caught    9        10   90.0\n  calm    100       100  100.0"
    )


def test_text_of_several_tables() -> None:
    """Tables stand apart by a blank line, and one without rows is left out."""
    first, second = as_text([RATES, EMPTY, LEVELS], ()).split("\n\n")
    assert first.startswith("Rates\n")
    assert second == "Levels\n  due   none  soon\n  none     7     1\n  soon     2    30"


def test_misses_are_named_when_asked_for() -> None:
    """Each message that was judged wrong is named with the level given, the level due and the flags, and no other."""
    *_, listed = as_text(tables(RUN), RUN, misses=True).split("\n\n")
    assert listed.splitlines() == [
        "too low: p1: soon, due emergency (sore)",
        "alarm: n1: urgent, due none (bleeding, heavy)",
    ]
    assert "p1" not in as_text(tables(RUN), RUN)


def test_a_miss_names_every_level_that_would_have_done() -> None:
    """Where a nurse could have given several levels all of them are told."""
    one = Judged(Labelled("p3", ("x",), "urgent", ("urgent", "emergency")), "none", ("sore",))
    assert as_text((), (one,), misses=True) == "too low: p3: none, due urgent/emergency (sore)"


@pytest.mark.parametrize("misses", [True, False])
def test_no_report_tells_what_was_written(misses: bool) -> None:
    """Neither the text nor the page repeats a word of a message."""
    assert "secret" not in as_text(tables(RUN), RUN, misses)
    assert "secret" not in as_html(tables(RUN), "suite")


def test_a_page_is_complete() -> None:
    """A page is whole HTML: every tag is closed in order, and it has a title, a language and its letters' encoding."""
    source = as_html([RATES, LEVELS], "suite")
    page = Page(source)
    assert source.startswith("<!doctype html>")
    assert (page.open, page.crossed) == ([], [])
    assert page.named("html") == [{"lang": "en"}]
    assert {"charset": "utf-8"} in page.named("meta")
    assert page.texts[:2] == ["suite", "suite"]
    assert len(page.named("table")) == 2


def test_a_page_needs_nothing_else() -> None:
    """A page loads no script, picture, font or style from anywhere."""
    source = as_html([RATES, LEVELS], "suite")
    assert not {tag for tag, _ in Page(source).tags} & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?:|url\(|@import|\bsrc=|\bhref=", source)


def test_a_page_shows_every_cell() -> None:
    """All that the tables say stands on the page, in their order, and a table without rows is left out."""
    page = Page(as_html([RATES, EMPTY, LEVELS], "t"))
    expected = [
        cell for table in (RATES, LEVELS) for row in ((table.title,), table.columns, *table.rows) for cell in row
    ]
    assert page.texts[2:] == expected


def test_a_share_has_its_bar() -> None:
    """Beside each share there is a bar as long as the share is of the track, and nowhere else."""
    page = Page(as_html([RATES, LEVELS], "t"))
    bars = [float(one["width"] or 0) for one in page.named("rect")]
    assert bars == [120, 108, 120, 120]
    assert len(page.named("svg")) == len(RATES.rows)
    assert all(one["aria-hidden"] == "true" for one in page.named("svg"))


@pytest.mark.parametrize(("share", "width"), [("0.0", 0.0), ("50.0", 60.0), ("33.3", 40.0)])
def test_a_bar_grows_with_its_share(share: str, width: float) -> None:
    """A bar is empty for nothing and half for a half."""
    page = Page(as_html([Table("T", ("name", "%"), (("a", share),), 1)], "t"))
    assert float(page.named("rect")[1]["width"] or 0) == width


def test_what_is_due_stands_out() -> None:
    """In the table of levels exactly the cells where the level given was the level due are marked."""
    source = as_html([LEVELS], "t")
    assert re.findall(r'<td class="due">(\d+)</td>', source) == ["7", "30"]
    assert 'class="due"' not in as_html([RATES], "t")


def test_html_is_escaped() -> None:
    """Whatever stands in a title, a column or a cell is text on the page and never a tag."""
    bad = '<script>alert("x")</script> & co'
    page = Page(as_html([Table(bad, (bad, "n"), ((bad, bad),))], bad))
    assert page.named("script") == []
    assert page.texts == [bad, bad, bad, bad, "n", bad, bad]
    assert (page.open, page.crossed) == ([], [])
