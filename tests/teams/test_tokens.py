"""Tokens: the good one, and each bad one."""

import asyncio
import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from bot.domain.json import Json
from bot.errors import Forbidden, Unauthorised
from bot.services.ports import World
from bot.teams.activities import Origin
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.inbound import Answer, Inbound
from bot.teams.keys import FIRST_GAP, FRESH, SHORTEST_GAP, SigningKeys
from bot.teams.tokens import Verifier
from tests.teams import sent
from tests.teams.identity import (
    APP,
    ISSUER,
    SERVICE_URL,
    TENANT,
    MetadataServer,
    metadata_server,
    public_pem,
    published,
    token,
)
from tests.teams.worlds import render

TEAMS = Origin("msteams", SERVICE_URL, TENANT)


class Timer:
    """Seconds that a test counts."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def issuer() -> AsyncIterator[MetadataServer]:
    """Who signs."""
    async with metadata_server() as server:
        yield server


@pytest.fixture
def timer() -> Timer:
    """The seconds of the keys' age."""
    return Timer()


@pytest.fixture
def verifier(issuer: MetadataServer, timer: Timer) -> Verifier:
    """What production would wire, with the tests' issuer."""
    keys = SigningKeys(issuer.address, timeout=2, timer=timer)
    return Verifier(keys, ISSUER, APP, frozenset({TENANT.upper()}))


async def test_a_good_token_is_let_in(verifier: Verifier) -> None:
    """And again, with one fetch of the keys."""
    await verifier.verify(f"Bearer {token()}", TEAMS)
    await verifier.verify(f"bearer  {token()}", TEAMS)


async def test_keys_are_fetched_once(verifier: Verifier, issuer: MetadataServer) -> None:
    """A hundred requests at once after a start ask for the keys once."""
    await asyncio.gather(*(verifier.verify(f"Bearer {token()}", TEAMS) for _ in range(100)))
    assert issuer.fetches == 1


def _unsigned() -> str:
    return jwt.encode({"iss": ISSUER, "aud": APP}, "", algorithm="none", headers={"kid": "good"})


def _signed_with_the_public_key() -> str:
    """The classic confusion: the public key's text as an HMAC secret; by hand, since PyJWT refuses."""

    def part(said: bytes) -> bytes:
        return urlsafe_b64encode(said).rstrip(b"=")

    header, claims = {"alg": "HS256", "kid": "good", "typ": "JWT"}, {"iss": ISSUER, "aud": APP, "exp": 9e9}
    signed = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.digest(public_pem("good"), signed, hashlib.sha256))).decode()


LONG_AGO = datetime(1999, 1, 1, tzinfo=UTC)
FAR_AHEAD = datetime(2199, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (_unsigned(), "not_rs256"),
        (_signed_with_the_public_key(), "not_rs256"),
        (token(algorithm="RS512"), "not_rs256"),
        (token(algorithm="PS256"), "not_rs256"),
        (token(key="somebody-elses"), "InvalidSignatureError"),
        (token(iss="https://sts.windows.net/x/"), "InvalidIssuerError"),
        (token(iss=None), "MissingRequiredClaimError"),
        (token(aud="another-bot"), "InvalidAudienceError"),
        (token(aud=None), "MissingRequiredClaimError"),
        (token(exp=LONG_AGO), "ExpiredSignatureError"),
        (token(exp=None), "MissingRequiredClaimError"),
        (token(nbf=FAR_AHEAD), "ImmatureSignatureError"),
        (token(serviceurl="https://evil.example/"), "other_service_url"),
        (token(serviceurl=None), "other_service_url"),
        (token("unendorsed"), "not_endorsed"),
        (token("unknown"), "unknown_key"),
        ("x.y.z", "DecodeError"),
        ("not-a-token", "DecodeError"),
        ("é", "DecodeError"),
    ],
)
async def test_a_bad_token_is_refused(verifier: Verifier, bad: str, code: str) -> None:
    """Each with a code for the log."""
    with pytest.raises(Unauthorised) as caught:
        await verifier.verify(f"Bearer {bad}", TEAMS)
    assert str(caught.value) == code
    assert not isinstance(caught.value, Forbidden)


@pytest.mark.parametrize(
    ("begins", "ends", "good"), [(-60, -4, True), (-60, -6, False), (4, 60, True), (6, 60, False)]
)
async def test_clocks_may_be_five_minutes_apart(
    verifier: Verifier, begins: int, ends: int, *, good: bool
) -> None:
    """In both directions, and no more."""
    now = datetime.now(UTC)  # noqa: TID251  PyJWT reads the machine's clock
    signed = token(nbf=now + timedelta(minutes=begins), exp=now + timedelta(minutes=ends))
    with nullcontext() if good else pytest.raises(Unauthorised):
        await verifier.verify(f"Bearer {signed}", TEAMS)


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer  ", "Basic eHg6eXk="])
async def test_no_token_is_refused(verifier: Verifier, authorization: str | None) -> None:
    """Nothing is fetched for it."""
    with pytest.raises(Unauthorised, match="no_token"):
        await verifier.verify(authorization, TEAMS)


@pytest.mark.parametrize("tenant", ["", "88888888-2222-3333-4444-555555555555"])
async def test_another_tenant_is_not_served(verifier: Verifier, tenant: str) -> None:
    """The signature is good; the organisation is not ours."""
    with pytest.raises(Forbidden, match="other_tenant"):
        await verifier.verify(f"Bearer {token()}", replace(TEAMS, tenant=tenant))


async def test_a_channel_in_which_people_name_themselves_is_not_served(
    verifier: Verifier, issuer: MetadataServer
) -> None:
    """Web Chat and Direct Line let a client write the sender's object id itself."""
    issuer.keys.append(published("all", "msteams", "webchat", "directline"))
    with pytest.raises(Forbidden, match="other_channel"):
        await verifier.verify(f"Bearer {token('all')}", replace(TEAMS, channel="directline"))


async def test_an_empty_service_url_matches_nothing(verifier: Verifier) -> None:
    """Neither does an empty claim."""
    with pytest.raises(Unauthorised, match="other_service_url"):
        await verifier.verify(f"Bearer {token(serviceurl='')}", replace(TEAMS, service_url=""))


async def _refused(verifier: Verifier, kid: str) -> None:
    with pytest.raises(Unauthorised, match="unknown_key"):
        await verifier.verify(f"Bearer {token(kid, key='good')}", TEAMS)


async def test_many_unknown_keys_are_one_fetch(
    verifier: Verifier, issuer: MetadataServer, timer: Timer
) -> None:
    """Strangers cannot make us ask more than once a minute."""
    await verifier.verify(f"Bearer {token()}", TEAMS)
    timer.seconds += SHORTEST_GAP
    await asyncio.gather(*(_refused(verifier, f"unknown-{n}") for n in range(50)))
    assert issuer.fetches == 2


async def test_a_new_key_is_found_after_a_minute(
    verifier: Verifier, issuer: MetadataServer, timer: Timer
) -> None:
    """A rotation is no outage."""
    await verifier.verify(f"Bearer {token()}", TEAMS)
    issuer.keys.append(published("rotated", "msteams"))
    timer.seconds += SHORTEST_GAP
    await verifier.verify(f"Bearer {token('rotated')}", TEAMS)


async def test_keys_are_fetched_again_in_the_background(
    verifier: Verifier, issuer: MetadataServer, timer: Timer
) -> None:
    """Every hour, without a request that waits for it; a withdrawn key goes."""
    await verifier.keys.keep_fresh()
    await verifier.keys.keep_fresh()
    assert (issuer.fetches, verifier.keys.known) == (1, True)
    issuer.keys = [published("rotated", "msteams")]
    timer.seconds += FRESH
    await verifier.verify(f"Bearer {token()}", TEAMS)
    assert issuer.fetches == 1
    await verifier.keys.keep_fresh()
    await verifier.verify(f"Bearer {token('rotated')}", TEAMS)
    await _refused(verifier, "good")
    assert issuer.fetches == 2


async def test_a_failed_fetch_keeps_the_keys(
    verifier: Verifier, issuer: MetadataServer, timer: Timer
) -> None:
    """An outage of the metadata address does not lock everybody out."""
    await verifier.verify(f"Bearer {token()}", TEAMS)
    issuer.fails = True
    timer.seconds += FRESH
    await verifier.keys.keep_fresh()
    await verifier.verify(f"Bearer {token()}", TEAMS)
    assert issuer.fetches == 2


async def test_before_the_first_keys_it_tries_again_soon(
    verifier: Verifier, issuer: MetadataServer, timer: Timer
) -> None:
    """A start while the network is still down is not a minute lost."""
    issuer.fails = True
    await _refused(verifier, "good")
    assert not verifier.keys.known
    issuer.fails = False
    await _refused(verifier, "good")
    timer.seconds += FIRST_GAP
    await verifier.verify(f"Bearer {token()}", TEAMS)


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"kid": "x"},
        {"kid": "x", "kty": "oct", "k": "eHh4"},
        {"kid": "x", "kty": "RSA", "n": "", "e": ""},
    ],
)
async def test_an_odd_key_is_left_out(verifier: Verifier, issuer: MetadataServer, odd: Json) -> None:
    """The others still count."""
    issuer.keys.append(odd)
    await verifier.verify(f"Bearer {token()}", TEAMS)


@pytest.fixture
def guarded(connector: Connector, world: World, verifier: Verifier) -> Inbound:
    """The whole way in, with a verifier."""
    return Inbound(TeamsAdapter(connector), SteadyDripBot(world, render), verifier)


def _body(tenant: str = TENANT) -> bytes:
    chat: Json = {"id": "c", "conversationType": "personal"}
    data: Json = {"tenant": {"id": tenant}}
    return json.dumps(
        sent.invoke("message/submitAction", {}, SERVICE_URL, channelData=data, conversation=chat)
    ).encode()


async def test_the_way_in_is_open_for_teams_only(guarded: Inbound) -> None:
    """200, 401 and 403, and the refusals do not say why."""
    said: Json = {"error": "unauthorised"}
    assert await guarded.receive(f"Bearer {token()}", _body()) == Answer(200, {})
    assert await guarded.receive(None, _body()) == Answer(401, said)
    assert await guarded.receive(f"Bearer {token(aud='another-bot')}", _body()) == Answer(401, said)
    assert await guarded.receive(f"Bearer {token()}", _body("elsewhere")) == Answer(403, said)
