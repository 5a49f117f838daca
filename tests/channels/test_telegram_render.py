"""That every reply becomes messages which Telegram takes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.plain import plain
from bot.channels.telegram_render import MAX_BUTTONS, MAX_DATA_BYTES, MAX_UNITS, Button, render, units
from bot.core.blocks import AlertCard, Block, Bullets, Choice, Choices, Reply, Sources, Text
from tests.fake_service import EMERGENCY, echo, question
from tests.telegram_rules import shown

words = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["<b>", "a & b", "x" * 5000, "é🍑 " * 1500, "&<>" * 2000]
)
many = st.lists(words, max_size=4).map(tuple)
choices = st.lists(st.builds(Choice, words, words), max_size=15).map(tuple)
blocks: st.SearchStrategy[Block] = (
    st.builds(Text, many, words)
    | st.builds(Bullets, words, many, st.booleans())
    | st.builds(Choices, words, choices)
    | st.builds(Sources, many, words)
    | st.builds(AlertCard, st.sampled_from(["emergency", "soon"]), words, words, many, many, many, many, many)
)


def reply(*parts: Block) -> Reply:
    """A reply of these blocks."""
    return Reply(outcome="answer", blocks=parts)


@given(st.lists(blocks, max_size=4))
def test_telegram_takes_every_message(parts: list[Block]) -> None:
    """Whatever stands in a reply, each message is short enough, its HTML closes, and its buttons fit."""
    for message in render(reply(*parts)):
        assert units(message.html) <= MAX_UNITS
        assert units(message.plain) <= MAX_UNITS
        assert shown(message.html, "HTML").strip()
        assert len(message.buttons) <= MAX_BUTTONS
        assert all(button.label and 0 < len(button.data.encode()) <= MAX_DATA_BYTES for button in message.buttons)


def test_markup_in_a_text_is_shown_as_it_is() -> None:
    """What looks like a tag is escaped, and the plain form has neither tags nor escapes."""
    (message,) = render(echo("<b>1 & 2</b>"))
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in message.html
    assert shown(message.html, "HTML") == message.plain
    assert "You said: <b>1 & 2</b>" in message.plain


def test_an_emergency_starts_with_what_to_do() -> None:
    """The first thing on a lock screen is the action."""
    (message,) = render(EMERGENCY)
    assert message.html.startswith("<b>Call 999 now, or go to A&amp;E now.</b>\n<b>This is an emergency</b>")
    assert message.plain == plain(EMERGENCY)


def test_choices_become_buttons() -> None:
    """Each choice is a button that brings back its id, under the prompt."""
    (message,) = render(question())
    assert message.plain.endswith("Which one?")
    assert message.buttons == (
        Button("Which lube?", "/topic lube-which"),
        Button("Why <lube> & more?", "/topic lube-why"),
    )


def test_an_id_that_is_too_long_becomes_its_number() -> None:
    """A button never carries more than Telegram takes: the number of the choice stands in for a long id."""
    options = (Choice("/a", "A"), Choice("/" + "é" * 40, "B"), Choice("", "C"))
    (message,) = render(reply(Choices("Which?", options)))
    assert [button.data for button in message.buttons] == ["/a", "2", "3"]


def test_many_choices_take_several_messages() -> None:
    """No choice is lost when there are more than fit under one message."""
    options = tuple(Choice(f"/{n}", f"Label {n}") for n in range(14))
    messages = render(reply(Choices("Which?", options)))
    assert [message.plain for message in messages] == ["Which?", "(2/3)", "(3/3)"]
    assert [button.data for message in messages for button in message.buttons] == [f"/{n}" for n in range(14)]


def test_long_replies_are_cut_at_paragraphs() -> None:
    """A reply that is too long is cut between paragraphs, and nothing is lost."""
    paragraphs = tuple(f"{n} " + "word " * 200 for n in range(12))
    messages = render(reply(Text(paragraphs), Choices("Which?", (Choice("/a", "A"),))))
    assert len(messages) > 2
    assert "\n\n".join(message.plain for message in messages).split("\n\n") == [*paragraphs, "Which?"]
    assert [bool(message.buttons) for message in messages] == [False] * (len(messages) - 1) + [True]


def test_a_long_paragraph_is_cut_between_words() -> None:
    """A paragraph longer than a message is cut at a space, counted as Telegram counts."""
    messages = render(reply(Text(("🍑 " * 3000,))))
    assert {word for message in messages for word in message.plain.split()} == {"🍑"}
    assert sum(message.plain.count("🍑") for message in messages) == 3000


def test_an_empty_reply_gives_no_message() -> None:
    """A reply without a word is no message, so that the channel can see it and say something itself."""
    assert render(reply(Text(("", " ")))) == ()
    (message,) = render(reply(Choices(" ", (Choice("/a", "A"),))))
    assert message.plain == "…"
