"""The composition root: settings → adapters → services. The only place that names concrete adapters."""

import asyncio
import errno
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeAlias

import structlog

from bot.config import Settings
from bot.content.bank_holidays import bank_holidays
from bot.content.cards import Cards
from bot.content.library import FileLibrary, load_library
from bot.content.sample import load_sample
from bot.domain.audit import Act
from bot.domain.delivery import LEASE, State
from bot.domain.pacing import UNLIMITED
from bot.domain.prompts import App
from bot.domain.rehearsals import Rehearsal, Report
from bot.errors import Problems, TokenUnavailable
from bot.scheduling.ticks import Lags, Tick, ticking
from bot.services import auditing, erasing, nudging, rehearsing, retaining, sampling, tending
from bot.services.dispatching import Dispatcher, settle_abandoned
from bot.services.ports import Clock, House, Outbound, Store, World
from bot.services.watching import Watch
from bot.storage.postgres.migrating import migrate, outdated
from bot.storage.postgres.moving import Progress, move
from bot.storage.postgres.store import PostgresStore
from bot.storage.tiny.store import TinyStore
from bot.system import CompressedClock, SkippingClock, SystemChance, SystemClock
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.credentials import (
    ClientCredentials,
    Credential,
    NoToken,
    assertion,
    certificate,
    confidential_client,
)
from bot.teams.detour import Detour, expect_somebody
from bot.teams.inbound import Inbound
from bot.teams.keys import SigningKeys
from bot.teams.opening import TeamsOpenings
from bot.teams.quotas import Quota
from bot.teams.sender import Nowhere, TeamsOutbound
from bot.teams.tokens import Verifier
from bot.web.app import build_app
from bot.web.loopback import loopback_connector
from bot.web.metrics import Metrics
from bot.web.serving import serving

POSTGRES = "postgresql://"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
QUICKEST_TICK = timedelta(milliseconds=250)
UPKEEP = timedelta(seconds=5)

HEARTBEAT = "heartbeat"
"""The tick that does nothing: as long as it is on time, the scheduler and the loop are."""

LATE = timedelta(seconds=30)
"""From here on a heartbeat counts as missing."""

Tokens: TypeAlias = ClientCredentials | NoToken


def log_to_stderr(level: str) -> None:
    """Logs as one line an event: the event's name and ids."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )


async def open_store(settings: Settings, *, read_only: bool = False) -> Store:
    """The store that the settings name. Raises StoreDamaged, StoreBusy, StoreFailed or StoreOutdated."""
    if settings.store.startswith(POSTGRES):
        return await PostgresStore.open(settings.store)
    return TinyStore.open(store_path(settings), read_only=read_only)


def store_path(settings: Settings) -> Path:
    """The file of a `tinydb:PATH` store."""
    return Path(settings.store.removeprefix("tinydb:"))


def bring_up_to_date(settings: Settings) -> bool:
    """Carry out the migrations that a PostgreSQL store lacks; False where the store needs none."""
    if not settings.store.startswith(POSTGRES) or not outdated(settings.store):
        return False
    migrate(settings.store)
    return True


async def move_store(settings: Settings, to: str, who: str, progress: Progress) -> int | None:
    """Move the TinyDB store of the settings to a database, and leave a record there.

    Returns how many rows there were, None where they had been moved before. Raises Problems for what is no
    such store or no such database, and what `moving.move` raises.
    """
    if settings.store.startswith(POSTGRES):
        raise Problems(["STEADY_DRIP_STORE: is PostgreSQL already; set it to the tinydb:PATH to move"])
    if not to.startswith(POSTGRES):
        raise Problems(["--to: must be postgresql://…; the other stores are for one machine"])
    moved = await move(store_path(settings), to, progress)
    if moved is not None:
        async with office(settings.model_copy(update={"store": to})) as world:
            await auditing.keep(world, who, Act.STORE_MOVED)
    return moved


def house(settings: Settings, *, local: bool) -> House:
    """What the operator decided, as the use cases need it."""
    links = {App.COPILOT_CHAT: settings.copilot_link} if settings.copilot_link else {}
    return House(
        organisation=settings.organisation,
        threshold=settings.threshold,
        calendar=settings.calendar(local=local),
        links=links,
        local_run=local,
        help_contact=settings.help_contact,
        nation=settings.nation,
        lease=LEASE * settings.time_speed,
        keep_history=timedelta(days=settings.keep_history_days),
        keep_after_uninstall=timedelta(days=settings.keep_after_uninstall_days),
        keep_audit=timedelta(days=settings.keep_audit_days),
        first_contact=settings.first_contact and not local,
    )


@asynccontextmanager
async def office(settings: Settings, *, read_only: bool = False) -> AsyncIterator[World]:
    """A world without Teams, for the commands: nothing can be sent."""
    log_to_stderr("warning")
    library = load_library(settings.content / "prompts_library")
    store = await open_store(settings, read_only=read_only)
    try:
        yield _world(settings, store, library, SystemClock(), Nowhere(), local=False)
    finally:
        await store.close()


async def rehearse(
    settings: Settings, rehearsal: Rehearsal, rate: float, connector: str, tell: rehearsing.Tell
) -> Report:
    """Rehearse on the store of the settings, against a connector's address, or our own where it is empty.

    Raises WrongStore for a store with other people, Problems where nobody listens: the store is as before.
    """
    log_to_stderr("warning")
    library = load_library(settings.content / "prompts_library")
    cards = Cards(settings.content / "cards")
    async with AsyncExitStack() as stack:
        given = await expect_somebody(connector) if connector else ""
        address = given or await stack.enter_async_context(loopback_connector())
        store = await open_store(settings)
        stack.push_async_callback(store.close)
        clock = SkippingClock(await rehearsing.time_of(store))
        teams = await stack.enter_async_context(Connector(NoToken(), clock))
        outbound = Detour(TeamsOutbound(teams, cards.render), address)
        world = rehearsing.patient(_world(settings, store, library, clock, outbound, local=True))
        await rehearsing.people_of(world, rehearsal, tell)
        return await rehearsing.rehearse(world, clock, Dispatcher(world, rate), rehearsal, tell)


async def run(settings: Settings, *, local: bool, announce: Callable[[int], None]) -> None:
    """Serve until SIGINT or SIGTERM. `announce` is told the port once everything is up."""
    _refuse_what_is_unsafe(settings, local=local)
    log_to_stderr(settings.log_level)
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with service(settings, local=local) as port:
        announce(port)
        await stop.wait()


@asynccontextmanager
async def service(settings: Settings, *, local: bool) -> AsyncIterator[int]:
    """The whole service, up: yields the port that it listens on; on leaving, ends in the reverse order."""
    library = load_library(settings.content / "prompts_library")
    cards = Cards(settings.content / "cards")
    async with AsyncExitStack() as stack:
        store = await open_store(settings)
        stack.push_async_callback(store.close)
        _refuse_a_taken_port(settings.host, settings.port)
        clock = _clock(settings)
        tokens = _tokens(settings, local=local)
        connector = await stack.enter_async_context(Connector(tokens, clock))
        world = _world(settings, store, library, clock, TeamsOutbound(connector, cards.render), local=local)
        if world.house.first_contact:
            openings = TeamsOpenings(connector, settings.app_id, settings.tenant_id, settings.service_url)
            world = replace(world, openings=openings)
        world = replace(world, tongues=cards.tongues)
        if local:
            await sampling.load(world, load_sample(settings.content / "docs" / "sample-trust", library))
        else:
            await sampling.refuse_sample(world)
        keys = None if local else SigningKeys(settings.token_metadata)
        bot = SteadyDripBot(world, cards.render, Quota(settings.messages_per_minute))
        verifier = _verifier(settings, keys) if keys else None
        inbound = Inbound(TeamsAdapter(connector), bot, verifier, settings.requests_at_once)
        _tell_unknown(await settle_abandoned(world))
        dispatcher = Dispatcher(world, _rate(settings))
        if isinstance(clock, CompressedClock):
            stack.callback(clock.keep)
        ticks = [*_ticks(world, clock, dispatcher, settings.time_speed), *_upkeep(tokens, keys)]
        lags = await stack.enter_async_context(ticking(ticks))
        watch = Watch(world, dispatcher, _works(tokens, keys, lags), lags)
        metrics_token = None if local else settings.metrics_token.get_secret_value()
        app = build_app(inbound.receive, watch.parts, Metrics(watch.figures), metrics_token=metrics_token)
        port = await stack.enter_async_context(serving(app, settings.host, settings.port))
        stack.callback(dispatcher.finish)
        yield port


def _works(tokens: Tokens, keys: SigningKeys | None, lags: Lags) -> Mapping[str, Callable[[], bool]]:
    """What must work beside the store; where no tokens are checked, no keys are missing."""
    return {
        "token": lambda: tokens.lasts,
        "keys": lambda: keys is None or keys.known,
        "scheduler": lambda: lags()[HEARTBEAT] < LATE.total_seconds(),
    }


def _world(  # noqa: PLR0913 - the composition root is where everything meets
    settings: Settings,
    store: Store,
    library: FileLibrary,
    clock: Clock,
    outbound: Outbound,
    *,
    local: bool,
) -> World:
    closed = {} if local else bank_holidays()  # days that a visitor would wait through for nothing
    ours = house(settings, local=local)
    return World(store, library, clock, SystemChance(), outbound, ours, holidays=closed)


def _ticks(world: World, clock: Clock, dispatcher: Dispatcher, speed: float) -> list[Tick]:
    async def dispatch() -> None:
        before = dispatcher.counts[State.UNKNOWN]
        try:
            await dispatcher.dispatch_due()
        finally:
            _tell_unknown(dispatcher.counts[State.UNKNOWN] - before)

    async def forgetting() -> None:
        await retaining.forget_old(world)
        await erasing.expire(world)

    ticks = [
        Tick("plan", _every(15, speed), lambda: nudging.plan_due(world)),
        Tick("dispatch", _every(1, speed), dispatch),
        Tick("rounds", _every(60, speed), lambda: tending.tend_rounds(world)),
        Tick("help", _every(60, speed), lambda: tending.tend_help(world)),
        Tick("thank", _every(3600, speed), lambda: tending.tend_thanks(world)),
        Tick("forget_old", _every(3600, speed), forgetting),
    ]
    if isinstance(clock, CompressedClock):
        ticks.append(Tick("keep_time", timedelta(seconds=1), partial(asyncio.to_thread, clock.keep)))
    return ticks


def _tell_unknown(deliveries: int) -> None:
    """Nobody can know whether they arrived, so somebody should know how many they are."""
    if deliveries:
        structlog.get_logger().warning("outcomes_unknown", deliveries=deliveries)


def _upkeep(tokens: Tokens, keys: SigningKeys | None) -> list[Tick]:
    """What the machine needs now and then, whatever time it is for people."""

    async def token() -> None:
        with suppress(TokenUnavailable):  # the next send says why, and /readyz that there is none
            await tokens.token()

    async def heartbeat() -> None:
        """Nothing: that it was called is what counts."""

    ticks = [Tick(HEARTBEAT, UPKEEP, heartbeat), Tick("token", UPKEEP, token)]
    return [*ticks, Tick("keys", UPKEEP, keys.keep_fresh)] if keys else ticks


def _rate(settings: Settings) -> float:
    """Messages a second. Compressed seconds are too short for anything to keep in step with."""
    return settings.sends_per_second if settings.time_speed == 1 else UNLIMITED


def _every(seconds: float, speed: float) -> timedelta:
    """A tick of the machine: as often as compressed time asks for, within reason."""
    return max(timedelta(seconds=seconds / speed), min(QUICKEST_TICK, timedelta(seconds=seconds)))


def _clock(settings: Settings) -> Clock:
    if settings.time_speed == 1:
        return SystemClock()
    path = store_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    return CompressedClock(settings.time_speed, path.with_suffix(".clock"))


def _tokens(settings: Settings, *, local: bool) -> Tokens:
    if local:
        return NoToken()
    make = confidential_client(
        settings.app_id, settings.tenant_id, _credential(settings), settings.token_authority
    )
    return ClientCredentials(make, scope=settings.token_scope)


def _credential(settings: Settings) -> Credential:
    """With what the service proves who it is; `_unsafe_in_earnest` has seen to it that there is one."""
    if settings.app_certificate_file:
        return certificate(Path(settings.app_certificate_file).read_text("utf-8"))
    if settings.app_assertion_file:
        return assertion(Path(settings.app_assertion_file))
    return settings.app_secret.get_secret_value()


def _verifier(settings: Settings, keys: SigningKeys) -> Verifier:
    return Verifier(
        keys=keys,
        issuer=settings.token_issuer,
        audience=settings.app_id,
        tenants=frozenset({settings.tenant_id}),
    )


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Raise Problems where another program listens on the port, before anything is written or sent."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            mend = "choose another with STEADY_DRIP_PORT or end the other program"
            raise Problems([f"port {port} is in use; {mend}"]) from error


def _refuse_what_is_unsafe(settings: Settings, *, local: bool) -> None:
    """Raise Problems for a run that would be open to everybody, or whose clock would be wrong."""
    wrong = _unsafe_locally(settings) if local else _unsafe_in_earnest(settings)
    if wrong:
        raise Problems(list(wrong))


def _unsafe_locally(settings: Settings) -> Sequence[str]:
    if settings.store.startswith(POSTGRES):
        return ["STEADY_DRIP_STORE: a local run keeps its sample data in a file; use tinydb:PATH"]
    if settings.host in LOOPBACK:
        return []
    return ["STEADY_DRIP_HOST: a local run checks no tokens, so it listens on loopback only; use 127.0.0.1"]


def _unsafe_in_earnest(settings: Settings) -> Sequence[str]:
    proofs = _proofs(settings)
    needed = {
        "STEADY_DRIP_APP_ID": settings.app_id,
        "STEADY_DRIP_APP_SECRET": proofs,
        "STEADY_DRIP_TENANT_ID": settings.tenant_id,
    }
    wrong = [
        f"{name}: is empty; set it, or try the bot with --local"
        for name, value in needed.items()
        if not value
    ]
    if len(proofs) > 1:
        wrong.append(f"{proofs[0]}: {', '.join(proofs[1:])} is set as well; keep the one that is to be used")
    if settings.time_speed != 1:
        wrong.append("STEADY_DRIP_TIME_SPEED: time is only compressed with --local; set it to 1")
    return wrong


def _proofs(settings: Settings) -> Sequence[str]:
    """The settings of which each alone would prove to Entra who the service is."""
    given = {
        "STEADY_DRIP_APP_SECRET": settings.app_secret.get_secret_value(),
        "STEADY_DRIP_APP_CERTIFICATE_FILE": settings.app_certificate_file,
        "STEADY_DRIP_APP_ASSERTION_FILE": settings.app_assertion_file,
    }
    return [name for name, value in given.items() if value]
