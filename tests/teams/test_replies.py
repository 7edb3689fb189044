"""What connectors answer, read."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox.replies import CHATS, Accepted, Rejected
from bot.teams.replies import LONGEST_RETRY_AFTER, code, understand, waiting_time

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('{"error":{"code":"BotNotInConversationRoster","message":"…"}}', "BotNotInConversationRoster"),
        ('{"errorCode":209,"message":"{\\"subCode\\":\\"MessageWritesBlocked\\"}"}', "MessageWritesBlocked"),
        ('{"error":{"code":"Bad Argument","message":"…"}}', "BadArgument"),
        ('{"error":{"code":"SomethingNew","message":"…"}}', "SomethingNew"),
        ('{"error":{"code":"Words of a person?","message":"…"}}', ""),
        ("<html>Bad gateway</html>", ""),
        ("", ""),
    ],
)
def test_finds_the_code_in_any_shape(body: str, expected: str) -> None:
    """Documented codes are found anywhere; a new one only where it is written like a code."""
    assert code(body) == expected


@pytest.mark.parametrize("known", sorted(CHATS))
def test_knows_every_code_that_the_domain_acts_on(known: str) -> None:
    """What says that a chat is gone or closed is found even in plain text."""
    assert code(f"Forbidden: {known}.") == known


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("7", timedelta(seconds=7)),
        (" 12.5 ", timedelta(seconds=12)),
        ("Mon, 23 Nov 2026 09:31:00 GMT", timedelta(minutes=1)),
        ("Mon, 23 Nov 2026 09:31:00 -0000", timedelta(minutes=1)),
        ("Mon, 23 Nov 2026 09:00:00 GMT", None),
        ("999999999", LONGEST_RETRY_AFTER),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_RETRY_AFTER),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_reads_retry_after(header: str | None, expected: timedelta | None) -> None:
    """Seconds or a date, bounded; nonsense and the past say nothing."""
    assert waiting_time(header, NOW) == expected


@pytest.mark.parametrize("body", ['{"id":7}', "[]", "null", "not json", ""])
def test_a_taken_message_needs_no_id(body: str) -> None:
    """The status alone says that it was taken."""
    assert understand(202, None, body, NOW) == Accepted("")


def test_a_redirect_is_a_refusal() -> None:
    """Nothing below 200 or from 300 on counts as taken."""
    assert understand(302, None, "", NOW) == Rejected(302)
