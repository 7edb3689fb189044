"""Bodies that no Teams would send, with a good token: a short answer, and nothing kept."""

import asyncio
import gzip

import pytest
from yarl import URL

from bot.domain.json import Json
from bot.web.app import LARGEST_BODY
from tests.attacks.front import STAFF, Front, activity, encoded, pressed

pytestmark = pytest.mark.asyncio(loop_scope="package")

PRESSED = pressed(STAFF, "set_up", {"role": "ward-clerk", "licence": "chat", "days": "0,1"})
WHOLE = encoded(PRESSED)
HUGE = b'{"a":"' + b"x" * LARGEST_BODY + b'"}'

BODIES = {
    "empty": (b"", 400),
    "cut short": (WHOLE[: len(WHOLE) // 2], 400),
    "two in one": (WHOLE + WHOLE, 400),
    "no JSON": (b"<xml/>", 400),
    "no text": (b"\xff\xfe\x00", 400),
    "a list": (b"[" + WHOLE + b"]", 400),
    "a number": (b"1e999", 400),
    "lists in lists": (b"[" * 100_000, 400),
    "objects in objects": (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400),
    "a deep part of a good one": (WHOLE[:-1] + b',"x":' + b"[" * 90 + b"]" * 90 + b"}", 400),
    "a number of a million digits": (b'{"a":' + b"9" * 200_000 + b"}", 400),
    "huge": (HUGE, 413),
}


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES.keys())
async def test_a_strange_body_is_refused(door: Front, body: bytes, status: int) -> None:
    """400 or 413, and nothing is stored."""
    before = door.kept()
    said, answer = await door.post(body)
    assert (said, len(answer) < 200) == (status, True)
    assert door.kept() == before


@pytest.mark.parametrize("body", [body for body, _ in BODIES.values()], ids=BODIES.keys())
async def test_without_a_token_no_body_is_read(door: Front, body: bytes) -> None:
    """Whatever it is: 401, or 413 where it is too large to take in at all."""
    assert (await door.post(body, None))[0] == (413 if body is HUGE else 401)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/xml", "multipart/form-data", "application/json5"]
)
async def test_another_content_type_is_refused(door: Front, kind: str) -> None:
    """415, whatever is in it."""
    assert (await door.post(WHOLE, kind=kind))[0] == 415


@pytest.mark.parametrize(
    ("coding", "body"), [("gzip", WHOLE), ("gzip", gzip.compress(WHOLE)), ("deflate", b"x"), ("x", WHOLE)]
)
async def test_a_packed_body_is_not_unpacked(door: Front, coding: str, body: bytes) -> None:
    """Refused, with or without a token: nothing is unpacked for strangers, and nothing breaks on it."""
    headers = {"Content-Type": "application/json", "Content-Encoding": coding}
    async with door.http.post(door.address, data=body, headers=headers) as response:
        assert response.status in {400, 415}  # 400 where it is not even packed as it says


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Authorization: Bearer \xff\xfe\r\nContent-Length: 2\r\n\r\n{}", b"401"),
        (b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", b"400"),
        (b"Authorization:\r\n Bearer secret-of-somebody\r\nContent-Length: 2\r\n\r\n{}", b"400"),
        (b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", b"400"),
    ],
    ids=["no text", "odd chunks", "a header over two lines", "another packing"],
)
async def test_odd_headers_are_refused(
    door: Front, head: bytes, status: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """Never a 500, and no word of the request reaches the log."""
    assert (await _raw(door, b"POST /api/messages HTTP/1.1\r\nHost: x\r\n" + JSON + head))[9:12] == status
    assert [leak for leak in ("secret-of-somebody", "Traceback", "Bearer") if leak in caplog.text] == []


JSON = b"Content-Type: application/json\r\n"


async def _raw(door: Front, request: bytes) -> bytes:
    """The answer to bytes that no client would send."""
    address = URL(door.address)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    writer.write(request)
    answer = await reader.readline()
    writer.close()
    return answer


@pytest.mark.parametrize("odd", ["\ud800", "\0", {}, 5])
@pytest.mark.parametrize("part", ["conversation", "from", "recipient"])
async def test_an_address_that_cannot_be_kept_is_refused(door: Front, part: str, odd: Json) -> None:
    """400, before anything is done: no answer could reach it."""
    before = door.kept()
    side = PRESSED[part]
    assert isinstance(side, dict)
    assert (await door.post(encoded({**PRESSED, part: {**side, "id": odd}})))[0] == 400
    assert (await door.post(encoded({**PRESSED, "replyToId": odd})))[0] == 400
    assert door.kept() == before


@pytest.mark.parametrize(
    "kind",
    ["", "somethingNew", "trace", "endOfConversation", "messageUpdate", "messageDelete", "command", "event"],
)
async def test_an_unknown_activity_is_taken_note_of(door: Front, kind: str) -> None:
    """200, so that Teams does not come again; an activity without a type is none, and 400."""
    before = door.kept()
    assert (await door.post(encoded(activity(STAFF, kind))))[0] == (200 if kind else 400)
    assert door.kept() == before


@pytest.mark.parametrize(
    "value", [None, 5, "x", [], {}, {"action": []}, {"action": {"verb": {}, "data": []}}]
)
async def test_an_invoke_without_sense_gets_a_kind_card(door: Front, value: Json) -> None:
    """200 with a card that offers a way on."""
    before = door.kept()
    status, body = await door.post(encoded(activity(STAFF, name="adaptiveCard/action", value=value)))
    assert (status, b"no longer here" in body) == (200, True)
    assert door.kept() == before


async def test_probes_tell_strangers_nothing_more(door: Front) -> None:
    """Alive; not ready, for want of a token to send with; and no figures, since no token opens that page."""
    address = door.address.removesuffix("/api/messages")
    async with door.http.get(f"{address}/healthz") as alive, door.http.get(f"{address}/readyz") as ready:
        assert alive.status == 200
        parts = await ready.json()
    assert (ready.status, parts) == (503, dict.fromkeys(parts, "ok") | {"token": "down"})
    async with door.http.get(f"{address}/metrics", headers={"Authorization": "Bearer "}) as metrics:
        assert metrics.status == 404
