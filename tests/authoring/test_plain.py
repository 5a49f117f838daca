"""How plain a text is."""

from __future__ import annotations

import pytest

from bot.authoring import plain


def test_sentences() -> None:
    """Sentences end at a full stop, a question mark or an exclamation mark, also inside quotes."""
    assert plain.sentences('Is it? Yes! Say "Stop." Then go (or not.) Wait 1.5 hours') == (
        *("Is it?", "Yes!", 'Say "Stop.', "Then go (or not.", "Wait 1.5 hours"),
    )
    assert plain.sentences("  ") == ()


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cat", 1),
        ("bleeding", 2),
        ("infection", 3),
        ("don't", 1),
        ("partner's", 2),
        ("condoms", 2),
        ("haemorrhoids", 3),
    ],
)
def test_syllables(word: str, count: int) -> None:
    """Syllables are counted as they are spoken, also of words that no dictionary holds."""
    assert plain.syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [("make", 1), ("table", 2), ("stopped", 1), ("wanted", 2), ("makes", 1), ("uses", 2), ("the", 1), ("bleeding", 2)],
)
def test_rule(monkeypatch: pytest.MonkeyPatch, word: str, count: int) -> None:
    """Without the dictionary a rule counts the syllables."""
    monkeypatch.setattr(plain, "_spoken", dict)
    plain.syllables.cache_clear()
    assert plain.syllables(word) == count
    plain.syllables.cache_clear()


def test_grade() -> None:
    """The grade is Flesch-Kincaid's: 6 words of 1 syllable in 1 sentence give -1.45."""
    assert plain.grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert plain.grade(["Go on.", "Stop now."]) == pytest.approx(0.39 * 2 + 11.8 - 15.59)
    assert plain.grade(["Infection is complicated."]) > 12
    assert plain.grade([]) == 0
