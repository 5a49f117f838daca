"""Where a check says that something stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.authoring.material import Material
from bot.core.schema import build
from bot.loader import read_folder
from tests.authoring.project import DAY, Project


@pytest.mark.parametrize(
    ("place", "at"),
    [
        (("answers/mess",), ("answers/mess.yaml", 1)),
        (("answers/mess", "short"), ("answers/mess.yaml", 4)),
        (("answers/mess", "asks", 2), ("answers/mess.yaml", 11)),
        (("answers/mess", "asks", 99), ("answers/mess.yaml", 8)),
        (("answers/mess", "steps", 0), ("answers/mess.yaml", 1)),
        (("lexicon/bleeding", "kind"), ("lexicon/body.yaml", 3)),
        (("countries/GB", "lines", 0, "verified"), ("countries/GB.yaml", 9)),
        (("answers/nowhere", "short"), ("answers/nowhere", 1)),
    ],
)
def test_places(tmp_path: Path, place: tuple[str, *tuple[str | int, ...]], at: tuple[str, int]) -> None:
    """A place inside an entry is its file and line, or the nearest line above when it is not there."""
    root = Project(tmp_path).root
    documents, _ = read_folder(root)
    material = Material(build(documents)[0], {document.path: document for document in documents}, (), root, DAY)
    problem = material.problem(place, "what", "mend", "warning")
    assert (problem.path, problem.line) == at
    assert (problem.what, problem.mend, problem.severity) == ("what", "mend", "warning")
