"""Tokens that Teams did not make for us, over real HTTP: each is 401 or 403, and leaves nothing behind."""

import asyncio
import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import jwt
import pytest

from bot.domain.json import Json
from tests.attacks.front import STAFF, Front, activity, encoded, pressed
from tests.teams.identity import APP, ISSUER, SERVICE_URL, private_key, public_pem, published, token

pytestmark = pytest.mark.asyncio(loop_scope="package")

LONG_AGO = datetime(1999, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2199, 1, 1, tzinfo=UTC)
REFUSAL = {"error": "unauthorised"}
SET_UP = pressed(STAFF, "set_up", {"role": "ward-clerk", "licence": "chat", "days": "0,1"})
"""What each attack tries to do: it would be stored."""


def _by_hand(header: Json, claims: Json, secret: bytes | None) -> str:
    """A token that PyJWT refuses to make."""

    def part(said: bytes) -> bytes:
        return urlsafe_b64encode(said).rstrip(b"=")

    signed = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    signature = b"" if secret is None else part(hmac.digest(secret, signed, hashlib.sha256))
    return (signed + b"." + signature).decode()


CLAIMS: Json = {"iss": ISSUER, "aud": APP, "exp": 9e9, "serviceurl": SERVICE_URL}

BAD = {
    "alg none": _by_hand({"alg": "none", "kid": "good"}, CLAIMS, None),
    "alg None in capitals": _by_hand({"alg": "NONE", "kid": "good"}, CLAIMS, None),
    "HS256 with the public key": _by_hand({"alg": "HS256", "kid": "good"}, CLAIMS, public_pem("good")),
    "a key that the token brings along": jwt.encode(
        {"iss": ISSUER, "aud": APP, "exp": FAR_AHEAD, "serviceurl": SERVICE_URL},
        private_key("evil"),
        "RS256",
        {"kid": "good", "jwk": published("evil", "msteams")},
    ),
    "another algorithm": token(algorithm="PS256"),
    "signed by somebody else": token(key="somebody-elses"),
    "another issuer": token(iss="https://sts.windows.net/x/"),
    "no issuer": token(iss=None),
    "another audience": token(aud="another-bot"),
    "several audiences": token(aud=["another-bot", "third-bot"]),
    "another service URL": token(serviceurl="https://evil.invalid/"),
    "no service URL": token(serviceurl=None),
    "expired": token(exp=LONG_AGO),
    "no expiry": token(exp=None),
    "not yet valid": token(nbf=FAR_AHEAD),
    "a key without the endorsement": token("unendorsed"),
    "an unknown key": token("unknown", key="good"),
    "no key": jwt.encode({"iss": ISSUER, "aud": APP}, "x" * 32, "HS256"),
    "cut short": token()[:-20],
    "no token at all": "not.a.token",
    "a huge one": "x" * 7_000,
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
async def test_a_bad_token_opens_nothing(door: Front, bad: str) -> None:
    """401, the same words whatever was wrong, and not a byte in the store."""
    before = door.kept()
    status, body = await door.post(encoded(SET_UP), f"Bearer {bad}")
    assert (status, json.loads(body)) == (401, REFUSAL)
    assert door.kept() == before


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer ", "Basic eDp5", token()])
async def test_without_a_bearer_token_nothing_opens(door: Front, authorization: str | None) -> None:
    """Nor with one under another name."""
    before = door.kept()
    status, body = await door.post(encoded(SET_UP), authorization)
    assert (status, json.loads(body)) == (401, REFUSAL)
    assert door.kept() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"channelData": {"tenant": {"id": "88888888-2222-3333-4444-555555555555"}}},
        {"channelData": {}, "conversation": {"id": "a", "conversationType": "personal"}},
        {"channelData": {"tenant": [{"id": "x"}]}, "conversation": {"id": "a", "tenantId": 5}},
    ],
    ids=["another", "none", "odd"],
)
async def test_another_tenant_is_not_served(door: Front, changes: dict[str, Json]) -> None:
    """The token is Teams' own; the people are not ours."""
    before = door.kept()
    status, body = await door.post(encoded({**SET_UP, **changes}))
    assert (status, json.loads(body)) == (403, REFUSAL)
    assert door.kept() == before


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"channelId": "directline"}, 401), ({"serviceUrl": "https://evil.invalid/"}, 401)],
)
async def test_the_activity_must_be_what_the_token_says(
    door: Front, changes: dict[str, Json], status: int
) -> None:
    """A good token with another activity is no good token."""
    before = door.kept()
    assert (await door.post(encoded({**SET_UP, **changes})))[0] == status
    assert door.kept() == before


async def test_a_thousand_unknown_keys_at_once(door: Front) -> None:
    """Each is 401, the issuer is asked at most once, and Teams is served all the while."""
    fetched = door.issuer.fetches
    body = encoded(SET_UP)
    unknown = [token(f"unknown-{number}", key="good") for number in range(10)]

    async def stranger(number: int) -> int:
        return (await door.post(body, f"Bearer {unknown[number % 10]}"))[0]

    async def teams() -> int:
        return (await door.post(encoded(activity(STAFF, "typing"))))[0]

    strangers = asyncio.gather(*(stranger(number) for number in range(1_000)))
    served = await asyncio.gather(*(teams() for _ in range(10)))
    assert set(await strangers) == {401}
    assert set(served) == {200}
    assert door.issuer.fetches <= fetched + 1
