"""Labelled messages are read with all that is wrong in them, judged one by one, and counted in tables."""

from __future__ import annotations

import json

import pytest

from bot.app import Inbound, Service
from bot.authoring.measure import Judged, Labelled, Table, measure, read_labelled, tables
from bot.core.blocks import Reply
from bot.core.knowledge import LEVELS
from bot.stores.memory import MemoryStore
from tests.core import small


class Listening(Service):
    """A service on the small knowledge base that keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(small.book(), MemoryStore())
        self.heard: list[Inbound] = []

    def handle(self, inbound: Inbound) -> Reply:
        """Keep the message, and answer it."""
        self.heard.append(inbound)
        return super().handle(inbound)


def item(name: str, level: str, *also: str, rows: tuple[str, ...] = (), kind: str = "") -> Labelled:
    """One labelled message; `also` are further levels that a nurse could give."""
    return Labelled(name, (f"text of {name}",), level, (level, *also), rows, kind)


def judged(due: Labelled, given: str, *flags: str) -> Judged:
    """A message with the level that the bot gave it."""
    return Judged(due, given, flags)


def table(title: str, *run: Judged) -> Table:
    """The table of a run whose title starts so."""
    (only,) = (one for one in tables(run) if one.title.startswith(title))
    return only


def test_everything_of_a_line_arrives() -> None:
    """Each key of a line stands in its place, and accepted levels may be more than the one that is due."""
    data = {
        "id": "p1",
        "turns": ["i bleed", "it wont stop"],
        "level": "urgent",
        "levels": ["urgent", "emergency"],
        "rows": ["RF01", "RF02"],
        "kind": "symptom",
        "country": "IE",
    }
    items, problems = read_labelled([json.dumps(data)], "a.jsonl")
    assert problems == ()
    assert items == (
        Labelled(
            "p1",
            ("i bleed", "it wont stop"),
            "urgent",
            ("urgent", "emergency"),
            ("RF01", "RF02"),
            "symptom",
            "IE",
        ),
    )


def test_a_short_line_is_enough() -> None:
    """A text and a level are all that a line needs; its number is its id, and blank lines count as lines."""
    items, problems = read_labelled(["", '{"text": "hi", "level": "none"}', "  "], "a.jsonl")
    assert problems == ()
    assert items == (Labelled("2", ("hi",), "none", ("none",), country="GB"),)


def test_what_looks_like_a_red_flag_is_the_kind() -> None:
    """The way in which a calm message denies goes before what sort of message it is."""
    (one,), _ = read_labelled(['{"text": "no blood", "level": "none", "neg": "denied", "kind": "symptom"}'], "a")
    assert one.kind == "denied"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("nonsense", "not valid JSON"),
        ('{"text": "hi", "level": "none"', "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[1]", "'list' object"),
        ("null", "'NoneType' object"),
        ('{"level": "none"}', "text is missing"),
        ('{"text": " ", "level": "none"}', "text is missing"),
        ('{"text": 5, "level": "none"}', "text is missing"),
        ('{"turns": ["hi", 5], "level": "none"}', "text is missing"),
        ('{"turns": 5, "level": "none"}', "must be lists"),
        ('{"text": "hi"}', "the level must be one of none, self-care, soon, urgent, emergency"),
        ('{"text": "hi", "level": "bad"}', "the level must be one of"),
        ('{"text": "hi", "level": ["none"]}', "unhashable"),
        ('{"text": "hi", "level": "none", "levels": ["none", "bad"]}', "the level must be one of"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_rest_is_read(line: str, what: str) -> None:
    """A line that cannot be read is named by file and line with the way to mend it, and the lines around it count."""
    good = '{"text": "hi", "level": "none"}'
    items, (problem,) = read_labelled([good, line, good], "some/a.jsonl")
    assert [one.id for one in items] == ["1", "3"]
    assert (problem.path, problem.line, problem.severity) == ("some/a.jsonl", 2, "error")
    assert what in problem.what
    assert problem.mend


def test_every_bad_line_is_named() -> None:
    """One bad line hides no other, and no problem repeats what somebody wrote."""
    items, problems = read_labelled(['{"text": "secret", "level": "x"}', '{"text": "hi", "level": "none"}', "{"], "a")
    assert len(items) == 1
    assert [problem.line for problem in problems] == [1, 3]
    assert "secret" not in "".join(map(str, problems))


def test_the_bot_is_asked_every_message() -> None:
    """Each message is judged in order, with the level and the red flags of the bot's reply."""
    due = (Labelled("a", ("heavy haemorrhage, blood everywhere",), "emergency", ("emergency",)), item("b", "none"))
    run = measure(Listening(), due, small.NOW)
    assert [one.item for one in run] == list(due)
    assert (run[0].level, run[0].flags[0]) == ("emergency", "heavy")
    assert (run[1].level, run[1].flags) == ("none", ())


def test_each_message_is_a_conversation_of_its_own() -> None:
    """What one message said is not known in the next one, also in a second run of the same service."""
    service = Listening()
    due = (Labelled("a", ("i bleed",), "urgent", ("urgent",)), Labelled("b", ("it wont stop",), "none", ("none",)))
    assert [one.level for one in measure(service, due, small.NOW)] == ["urgent", "none"]
    assert [one.level for one in measure(service, due[::-1], small.NOW)] == ["none", "urgent"]
    assert len({inbound.who for inbound in service.heard}) == 4


def test_of_several_turns_the_last_reply_counts() -> None:
    """The turns of a message are one conversation, said at the given time in the given country."""
    service = Listening()
    due = Labelled("a", ("i bleed", "im pregnant"), "emergency", ("emergency",), country="GB")
    (one,) = measure(service, (due,), small.NOW)
    assert (one.level, "bleeding" in one.flags) == ("emergency", True)
    assert [inbound.text for inbound in service.heard] == ["i bleed", "im pregnant"]
    assert {(inbound.who, inbound.at, inbound.country) for inbound in service.heard} == {
        (service.heard[0].who, small.NOW, "GB")
    }


@pytest.mark.parametrize(
    ("accepted", "given", "low", "over"),
    [
        (("urgent",), "urgent", False, False),
        (("urgent",), "soon", True, False),
        (("urgent",), "emergency", False, False),
        (("soon", "urgent"), "soon", False, False),
        (("soon", "urgent"), "self-care", True, False),
        (("soon", "urgent"), "emergency", False, False),
        (("none",), "soon", False, False),
        (("none",), "urgent", False, True),
        (("none", "soon"), "emergency", False, True),
    ],
)
def test_what_is_too_low_and_what_alarms(accepted: tuple[str, ...], given: str, low: bool, over: bool) -> None:
    """Too low is below every accepted level; an alarm is help today where no accepted level asks for it."""
    one = judged(Labelled("a", ("x",), accepted[0], accepted), given)
    assert (one.low, one.over) == (low, over)


def test_rates() -> None:
    """Each rate counts the messages that it is about and no others."""
    run = (
        judged(item("a", "emergency"), "emergency"),
        judged(item("b", "emergency"), "urgent"),
        judged(item("c", "emergency"), "soon"),
        judged(item("d", "urgent"), "urgent"),
        judged(item("e", "none"), "none"),
        judged(item("f", "none"), "urgent"),
        judged(item("g", "soon", "urgent"), "urgent"),
        judged(item("h", "soon"), "soon"),
    )
    assert table("Rates", *run).rows == (
        ("emergency caught", "1", "3", "33.3"),
        ("escalated", "3", "4", "75.0"),
        ("not too low", "6", "8", "75.0"),
        ("not over-triaged", "2", "3", "66.7"),
    )


def test_a_rate_of_nothing_is_left_out() -> None:
    """A run without emergencies says nothing of them, and an empty run has no rates at all."""
    names = [row[0] for row in table("Rates", judged(item("a", "none"), "none")).rows]
    assert names == ["not too low", "not over-triaged"]
    assert table("Rates").rows == ()


def test_confusion() -> None:
    """Every message stands once in the table of levels, in the row that was due and the column that was given."""
    due = (item("a", "none"), item("b", "urgent", "soon"), item("c", "urgent"))
    made = table("Level", *(judged(one, given) for one, given in zip(due, ("soon", "soon", "urgent"), strict=True)))
    assert made.columns == ("due \\ given", *LEVELS)
    assert made.rows == (
        ("none", "0", "0", "1", "0", "0"),
        ("self-care", "0", "0", "0", "0", "0"),
        ("soon", "0", "0", "0", "0", "0"),
        ("urgent", "0", "0", "1", "1", "0"),
        ("emergency", "0", "0", "0", "0", "0"),
    )


def test_misses_by_row() -> None:
    """A row with misses is told with how many of its messages missed, the most first; a row without is left out."""
    run = (
        judged(item("a", "urgent", rows=("RF02", "RF03")), "soon"),
        judged(item("b", "urgent", rows=("RF02",)), "urgent"),
        judged(item("c", "urgent", rows=("RF03", "RF01")), "none"),
        judged(item("d", "urgent", rows=("RF04",)), "urgent"),
    )
    assert table("Too low", *run).rows == (
        ("RF03", "2", "2", "100.0"),
        ("RF01", "1", "1", "100.0"),
        ("RF02", "1", "2", "50.0"),
    )


def test_false_alarms_by_kind() -> None:
    """A kind with false alarms is told among the calm messages of that kind, and a message without kind is other."""
    run = (
        judged(item("a", "none", kind="denied"), "urgent"),
        judged(item("b", "soon", kind="denied"), "soon"),
        judged(item("c", "urgent", kind="denied"), "urgent"),
        judged(item("d", "none"), "emergency"),
        judged(item("e", "none", kind="past"), "none"),
    )
    assert table("Alarms", *run).rows == (("denied", "1", "2", "50.0"), ("other", "1", "1", "100.0"))


def test_tables_fit_their_columns() -> None:
    """Each row has a cell for each column, and a share is a number between 0 and 100."""
    run = (
        judged(item("a", "urgent", rows=("RF01",), kind="x"), "none"),
        judged(item("b", "none", kind="denied"), "emergency"),
    )
    for made in tables(run):
        assert made.rows
        assert {len(row) for row in made.rows} == {len(made.columns)}
        if made.share:
            assert made.columns[made.share] == "%"
            assert all(0 <= float(row[made.share]) <= 100 for row in made.rows)
