"""What a reply looks like as plain text."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.plain import option, plain
from bot.core.blocks import AlertCard, Bullets, Choice, Choices, Reply, Sources, Text
from tests.fake_service import EMERGENCY

CARD = EMERGENCY.blocks[1]


def reply(*blocks: AlertCard | Text | Bullets | Choices | Sources) -> Reply:
    """A reply of these blocks."""
    return Reply(outcome="answer", blocks=blocks)


def test_an_emergency_starts_with_what_to_do() -> None:
    """The first line of an emergency is the action, even when the reply has another block in front of the card."""
    assert plain(EMERGENCY).splitlines()[:2] == ["Call 999 now, or go to A&E now.", "This is an emergency"]


def test_an_emergency_card_has_its_parts_in_order() -> None:
    """The card goes on with why, do, do not, say and the numbers, each item on a line."""
    assert plain(reply(CARD)) == (
        "Call 999 now, or go to A&E now.\nThis is an emergency\n\n"
        "Why\n- Blood that does not stop needs a doctor.\n\n"
        "Do\n- Lie down.\n- Keep warm.\n\n"
        "Do not\n- Do not drive yourself.\n\n"
        "Say\n- I am bleeding from my bottom.\n\n"
        "- Emergency: 999"
    )


def test_a_milder_card_starts_with_its_heading() -> None:
    """Below an emergency the level in words comes first; parts that are empty leave no trace."""
    assert isinstance(CARD, AlertCard)
    card = replace(CARD, level="soon", heading="See a GP soon", action="Book this week.", why=(), do=(), do_not=())
    text = plain(reply(Text(("Hello.",)), replace(card, say=(), numbers=())))
    assert text == "Hello.\n\nSee a GP soon\nBook this week."


def test_text_and_bullets() -> None:
    """Titles stand over their text, bullets under their lead line, steps are numbered."""
    text = plain(
        reply(
            Text(("One.", "Two."), title="Title"),
            Bullets("Avoid", ("this", "that")),
            Bullets("Steps", ("first", "second"), numbered=True),
        )
    )
    assert text == "Title\nOne.\n\nTwo.\n\nAvoid\n- this\n- that\n\nSteps\n1. first\n2. second"


def test_choices_are_numbered_and_sources_come_last() -> None:
    """Choices are numbered through the whole reply, and sources with their review state end it."""
    text = plain(
        reply(
            Sources(("NHS: Piles",), "Draft: not signed."),
            Choices("Which?", (Choice("/a", "A"), Choice("/b", "B"))),
            Choices("Or?", (Choice("/c", "C"),)),
            Text(("Body.",)),
        )
    )
    assert text == "Body.\n\nWhich?\n1. A\n2. B\n\nOr?\n3. C\n\nSources\n- NHS: Piles\nDraft: not signed."


def test_a_number_finds_its_choice() -> None:
    """The number that is shown before a label gives the id of that choice, and no other number gives one."""
    shown = reply(Choices("", (Choice("/a", "A"), Choice("/b", "B"))), Choices("", (Choice("/c", "C"),)))
    assert [option(shown, n) for n in (-1, 0, 1, 2, 3, 4)] == [None, None, "/a", "/b", "/c", None]


def test_nothing_that_a_terminal_obeys_gets_through() -> None:
    """Control characters in what a reply repeats do not reach the screen."""
    assert plain(reply(Text(("red \x1b[31m\x07\x9b \ud800 end\ttab",)))) == "red [31m  end\ttab"
