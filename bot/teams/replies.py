"""What a connector's answer means: status, header and body → `Reply`.

Bodies come in more than one shape, so the code is looked for in the raw text.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.domain.outbox.replies import CHATS, Accepted, Rejected, Reply

KNOWN_CODES = (
    *sorted(CHATS),
    "BotNotRegistered",
    "MessageSizeTooBig",
    "PreconditionFailed",
    "Throttled",
    "ServiceError",
    "Bad Argument",
    "BadArgument",
)
"""The codes that Teams documents, most telling first."""

LONGEST_RETRY_AFTER = timedelta(hours=1)
"""A longer `Retry-After` is taken for a mistake: it would silence the bot for everybody."""

_ANY_CODE = re.compile(r'"(?:code|errorCode|subCode)"\s*:\s*"([A-Za-z]{1,60})"')


def understand(status: int, retry_after: str | None, body: str, now: datetime) -> Reply:
    """The reply that an HTTP answer stands for; `now` is what a date in `Retry-After` is counted from."""
    if 200 <= status < 300:
        return Accepted(_activity_id(body))
    return Rejected(status, code(body), waiting_time(retry_after, now))


def code(body: str) -> str:
    """The error code in a body of any shape, without blanks; empty where there is none."""
    known = next((known for known in KNOWN_CODES if known in body), "")
    other = _ANY_CODE.search(body)
    return known.replace(" ", "") or (other[1] if other else "")


def waiting_time(header: str | None, now: datetime) -> timedelta | None:
    """How long `Retry-After` asks to wait, as seconds or as a date; None where it says nothing usable."""
    wait = _seconds(header or "") or _until(header or "", now)
    if wait is None or wait <= timedelta(0):
        return None
    return min(wait, LONGEST_RETRY_AFTER)


def _seconds(header: str) -> timedelta | None:
    number = re.fullmatch(r"\s*(\d{1,9})(?:\.\d+)?\s*", header)
    return timedelta(seconds=int(number[1])) if number else None


def _until(header: str, now: datetime) -> timedelta | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


def _activity_id(body: str) -> str:
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    found = said.get("id") if isinstance(said, dict) else None
    return found if isinstance(found, str) else ""
