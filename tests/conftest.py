"""How hypothesis looks for counterexamples, here and in CI, and a service on the real knowledge base."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from bot.app import Service, open_service

# The same examples on every run of CI, so that a red run means a changed project; a developer explores new ones.
settings.register_profile("ci", derandomize=True, deadline=None, database=None)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """A service on the real knowledge base, made once, with nothing kept on disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAINLY_CACHE", "off")
        yield open_service(country="GB")
