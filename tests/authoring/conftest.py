"""A small project for the tests of authoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that passes every check."""
    return Project(tmp_path)
