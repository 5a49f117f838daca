"""Problems of one document, gathered while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.errors import Problem


@dataclass(slots=True)
class Report:
    """Gathers what is wrong with the file at `path`."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def error(self, line: int, what: str, mend: str) -> None:
        """Note something that must be mended."""
        self.problems.append(Problem(self.path, line, what, mend))
