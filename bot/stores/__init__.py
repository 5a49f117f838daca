"""Where conversations wait for their next message."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.core.session import Session


class Store(Protocol):
    """Keeps sessions by an opaque key; nothing of a session outlives its expiry."""

    def get(self, who: str) -> Session | None:
        """Return the session of a conversation, or None when there is none."""

    def put(self, who: str, session: Session) -> None:
        """Keep a session in place of the one before."""

    def forget(self, who: str) -> None:
        """Drop a session; dropping one that is not there is no error."""

    def purge(self, now: datetime) -> int:
        """Drop every session that has expired by `now`; return how many."""
