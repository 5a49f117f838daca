"""What clinicians wrote is held in frozen values."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import pytest

from bot.core import knowledge
from bot.core.knowledge import LEVELS, RANK, Vocabulary
from tests.core import small

CLASSES = [one for _, one in inspect.getmembers(knowledge, dataclasses.is_dataclass) if inspect.isclass(one)]


def test_levels_are_ranked() -> None:
    """The levels run from none to emergency, and the rank follows their order."""
    assert sorted(LEVELS, key=RANK.__getitem__) == ["none", "self-care", "soon", "urgent", "emergency"]


def test_the_rank_cannot_be_changed() -> None:
    """Nobody can give a level another rank."""
    with pytest.raises(TypeError):
        RANK["none"] = 9  # type: ignore[index]  # the point of the test


@pytest.mark.parametrize("value", CLASSES, ids=lambda value: value.__name__)
def test_values_are_frozen_and_closed(value: type) -> None:
    """Every value of the knowledge base is frozen, and takes no field that it was not given."""
    made: Any = object.__new__(value)
    assert not hasattr(made, "__dict__")
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        made.anything = 1


def test_fields_cannot_be_set() -> None:
    """A field of an entry cannot be set once it is made."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        small.ANSWERS[0].short = "Anything."  # type: ignore[misc]  # the point of the test


def test_the_default_maps_are_closed() -> None:
    """Vocabularies without respellings share one empty map that nobody can fill."""
    first, second = Vocabulary({}), Vocabulary({})
    with pytest.raises(TypeError):
        first.respell["u"] = "you"  # type: ignore[index]  # the point of the test
    assert second.respell == {}
