"""Sessions in memory: gone when the process ends."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from bot.core.session import EXPIRY, Session

MOST_SESSIONS = 20_000
"""Sessions kept at once; the one that was silent longest goes first."""


class MemoryStore:
    """The default store."""

    def __init__(self, most: int = MOST_SESSIONS) -> None:
        self._most = most
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def get(self, who: str) -> Session | None:
        """Return the session of a conversation, or None when there is none."""
        return self._sessions.get(who)

    def put(self, who: str, session: Session) -> None:
        """Keep a session in place of the one before."""
        self._sessions[who] = session
        self._sessions.move_to_end(who)
        while len(self._sessions) > self._most:
            self._sessions.popitem(last=False)

    def forget(self, who: str) -> None:
        """Drop a session; dropping one that is not there is no error."""
        self._sessions.pop(who, None)

    def purge(self, now: datetime) -> int:
        """Drop every session that has expired by `now`; return how many."""
        gone = 0
        while self._sessions:
            who, session = next(iter(self._sessions.items()))
            if session.heard_at is not None and now - session.heard_at <= EXPIRY:
                break
            del self._sessions[who]
            gone += 1
        return gone
