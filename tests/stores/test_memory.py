"""Sessions in memory: kept while they are in use, gone when they are old, too many or dropped."""

from __future__ import annotations

from datetime import timedelta

from bot.core.session import EXPIRY, Session
from bot.stores import Store
from bot.stores.memory import MemoryStore
from tests.core.small import NOW


def test_put_and_get() -> None:
    """A session comes back as it was put, the later one in place of the earlier, and nobody gets another's."""
    store: Store = MemoryStore()
    store.put("a", Session("de"))
    store.put("a", Session("fr"))
    assert store.get("a") == Session("fr")
    assert store.get("b") is None


def test_forget() -> None:
    """A session that was dropped is gone, and dropping it again is no error."""
    store = MemoryStore()
    store.put("a", Session())
    store.forget("a")
    store.forget("a")
    assert store.get("a") is None


def test_the_longest_silent_goes_first() -> None:
    """When there are too many sessions, the one that was put longest ago makes room."""
    store = MemoryStore(most=2)
    for who in ("a", "b", "a", "c"):
        store.put(who, Session(who))
    assert [store.get(who) for who in "abc"] == [Session("a"), None, Session("c")]


def test_purge_drops_what_expired() -> None:
    """A purge drops exactly the sessions whose time is over, and counts them."""
    store = MemoryStore()
    store.put("old", Session(heard_at=NOW - EXPIRY - timedelta(seconds=1)))
    store.put("edge", Session(heard_at=NOW - EXPIRY))
    store.put("silent", Session())
    assert store.purge(NOW) == 1
    assert store.get("old") is None
    assert store.get("edge") is not None
    assert store.get("silent") is not None
    assert store.purge(NOW) == 0
