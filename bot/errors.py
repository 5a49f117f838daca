"""Every exception of Plainly, split by who must act.

PlainlyError
├── KnowledgeError    the person who writes knowledge/ must mend a file (carries every Problem)
├── SettingsError     the person who runs the bot must change a setting
└── ChannelError      a messaging service refused or broke; the channel retries or gives up
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a knowledge file, where it is, and how to mend it."""

    path: str
    line: int
    what: str
    mend: str = ""
    severity: str = "error"
    """error or warning"""

    def __str__(self) -> str:
        mend = f": {self.mend}" if self.mend else ""
        return f"{self.path}:{self.line}: {self.what}{mend}"


class PlainlyError(Exception):
    """Base of all errors that Plainly raises on purpose."""


class KnowledgeError(PlainlyError):
    """The knowledge base cannot be used; `problems` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SettingsError(PlainlyError):
    """A setting is missing or cannot be read; the message names the variable."""


class ChannelError(PlainlyError):
    """A messaging service refused a request or could not be reached."""
