"""Fixed phrases come in the language of the conversation, or in the fallback, and never go missing."""

from __future__ import annotations

import pytest

from bot.core.wording import Wording

PHRASES = {"en": {"hello": "Hello {name}", "bye": "Bye"}, "de": {"hello": "Hallo {name}"}}


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Hello Jo"), ("de", "Hallo Jo"), ("fr", "Hello Jo"), ("", "Hello Jo")]
)
def test_languages(language: str, said: str) -> None:
    """A language with the phrase says it, any other falls back."""
    assert Wording(PHRASES, language).say("hello", name="Jo") == said


def test_one_missing_phrase_falls_back() -> None:
    """A language that lacks one phrase borrows only that one."""
    assert Wording(PHRASES, "de").say("bye") == "Bye"


def test_an_unknown_key_says_itself() -> None:
    """A phrase that nobody wrote never leaves the bot silent."""
    assert Wording(PHRASES, "en").say("lost") == "lost"
    assert Wording({}, "en").say("lost") == "lost"


def test_parts_without_value_stay() -> None:
    """A part that was not given stays as written, and other braces are left alone."""
    assert Wording(PHRASES, "en").say("hello") == "Hello {name}"
    assert Wording({"en": {"odd": "{} {0} {name!r}"}}, "en").say("odd", name="Jo") == "{} {0} {name!r}"
