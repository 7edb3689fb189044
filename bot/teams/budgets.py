"""What was sent to each chat lately, so that none is written to more often than Teams takes.

Each process counts for itself, deliveries and answers together. Between replicas nothing is shared, and
nothing has to be: of one person's deliveries only one is claimed at a time, in all replicas together, so that
the next waits for a claim, a send and a record; and what a person can make the bot answer is bounded as well
(`quotas`). Only somebody for whom more than seven messages wait, while several replicas send, could get them
faster; then Teams' 429 halts the tenant for a moment, and nothing is lost.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.domain.outbox.budgets import MOST, free_at

MOST_CHATS = 10_000
"""Chats remembered at once: those of the last 200 seconds at 50 a second. A busy one is never forgotten."""


class Budgets:
    """Counts what goes to each chat."""

    def __init__(self, most_chats: int = MOST_CHATS) -> None:
        self._most_chats = most_chats
        self._chats: OrderedDict[str, deque[datetime]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._chats)

    def take(self, chat: str, now: datetime) -> timedelta:
        """Count one request, and return zero; or count nothing, and return how long it has to wait."""
        times = self._of(chat)
        free = free_at(times, now)
        if free <= now:
            times.append(now)
        return free - now

    def _of(self, chat: str) -> deque[datetime]:
        times = self._chats.setdefault(chat, deque(maxlen=MOST))
        self._chats.move_to_end(chat)
        if len(self._chats) > self._most_chats:
            self._chats.popitem(last=False)
        return times
