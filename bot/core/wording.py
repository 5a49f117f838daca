"""Fixed phrases in the language of the conversation."""

from __future__ import annotations

from collections.abc import Mapping

FALLBACK = "en"
"""Language whose phrase serves where another language has none."""


class Wording:
    """The phrases of one language, over those of the fallback language."""

    __slots__ = ("_own", "_rest")

    def __init__(self, phrases: Mapping[str, Mapping[str, str]], language: str) -> None:
        self._own = phrases.get(language, {})
        self._rest = phrases.get(FALLBACK, {})

    def say(self, key: str, **parts: str) -> str:
        """Return a phrase with its {parts} filled in; an unknown key returns the key, so that nothing goes silent."""
        phrase = self._own.get(key) or self._rest.get(key, key)
        for name, value in parts.items():
            phrase = phrase.replace("{" + name + "}", value)
        return phrase
