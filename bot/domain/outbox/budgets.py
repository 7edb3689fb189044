"""How often one chat may be written to: what Teams takes of a bot in one conversation.

Teams counts every message, change and deletion, in windows of several lengths at once, and answers 429 to
what is too much; a 429 halts the whole tenant. So what would be too much waits here instead.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

Limits = Sequence[tuple[int, timedelta]]
"""At most so many in any time so long."""

CONVERSATION: Limits = (
    (7, timedelta(seconds=1)),
    (8, timedelta(seconds=2)),
    (60, timedelta(seconds=30)),
    (1_800, timedelta(seconds=3_600)),
)
"""Of one bot in one conversation, as Microsoft documents it."""

MOST = max(most for most, _ in CONVERSATION)
"""So many of the newest moments decide; older ones say nothing more."""

UNDERWAY = timedelta(milliseconds=100)
"""Windows are taken to be so much longer: not every request is on its way for as long as the one before."""


def free_at(times: Sequence[datetime], now: datetime, limits: Limits = CONVERSATION) -> datetime:
    """The first moment from `now` on at which one more keeps every limit.

    `times` are those of earlier ones, oldest first. Where each was at or after the moment that this gave for
    it, no window ever has more than it may.
    """
    full = [times[-most] + within + UNDERWAY for most, within in limits if len(times) >= most]
    return max([now, *full])
