"""The whole service, from its settings to the port that it listens on."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from bot.bootstrap.beats import HEARTBEAT, tell_unknown, ticks_of, upkeep
from bot.bootstrap.logs import log_to_stderr
from bot.bootstrap.proofs import Tokens, tokens_of, verifier_of
from bot.bootstrap.safety import refuse_a_taken_port, refuse_what_is_unsafe
from bot.bootstrap.stores import open_store, store_path
from bot.bootstrap.worlds import world_of
from bot.config import Settings
from bot.content.cards import Cards
from bot.content.library import load_library
from bot.content.sample import load_sample
from bot.domain.outbox.pacing import UNLIMITED
from bot.scheduling.ticks import Lags, ticking
from bot.services.outbox.dispatching import Dispatcher, settle_abandoned
from bot.services.outbox.watching import Watch
from bot.services.ports import Clock, World
from bot.services.upkeep import sampling
from bot.system import CompressedClock, SystemClock, loaded
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.connector import Connector
from bot.teams.inbound import Inbound
from bot.teams.keys import SigningKeys
from bot.teams.opening import TeamsOpenings
from bot.teams.quotas import Quota
from bot.teams.sender import TeamsOutbound
from bot.web.app import build_app
from bot.web.metrics import Metrics
from bot.web.serving import serving

LATE = timedelta(seconds=30)
"""From here on a heartbeat counts as missing."""


async def run(settings: Settings, *, local: bool, announce: Callable[[int], None]) -> None:
    """Serve until SIGINT or SIGTERM. `announce` is told the port once everything is up."""
    refuse_what_is_unsafe(settings, local=local)
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
        refuse_a_taken_port(settings.host, settings.port)
        clock = _clock(settings)
        tokens = tokens_of(settings, local=local)
        connector = await stack.enter_async_context(Connector(tokens, clock))
        world = world_of(settings, store, library, clock, TeamsOutbound(connector, cards.render), local=local)
        world = _as_teams_has_it(world, settings, connector, cards)
        if local:
            await sampling.load(world, load_sample(settings.content / "docs" / "sample-trust", library))
        else:
            await sampling.refuse_sample(world)
        keys = None if local else SigningKeys(settings.token_metadata)
        bot = SteadyDripBot(world, cards.render, Quota(settings.messages_per_minute))
        verifier = verifier_of(settings, keys) if keys else None
        inbound = Inbound(TeamsAdapter(connector), bot, verifier, settings.requests_at_once)
        tell_unknown(await settle_abandoned(world))
        dispatcher = Dispatcher(world, _rate(settings))
        if isinstance(clock, CompressedClock):
            stack.callback(clock.keep)
        stack.enter_context(loaded())
        ticks = [*ticks_of(world, clock, dispatcher, settings.time_speed), *upkeep(tokens, keys)]
        lags = await stack.enter_async_context(ticking(ticks))
        watch = Watch(world, dispatcher, _works(tokens, keys, lags), lags)
        metrics_token = None if local else settings.metrics_token.get_secret_value()
        app = build_app(inbound.receive, watch.parts, Metrics(watch.figures), metrics_token=metrics_token)
        port = await stack.enter_async_context(serving(app, settings.host, settings.port))
        stack.callback(dispatcher.finish)
        yield port


def _as_teams_has_it(world: World, settings: Settings, connector: Connector, cards: Cards) -> World:
    """The same world with the languages of the cards, and with chats that the bot begins where it may."""
    world = replace(world, tongues=cards.tongues)
    if not world.house.first_contact:
        return world
    openings = TeamsOpenings(connector, settings.app_id, settings.tenant_id, settings.service_url)
    return replace(world, openings=openings)


def _works(tokens: Tokens, keys: SigningKeys | None, lags: Lags) -> Mapping[str, Callable[[], bool]]:
    """What must work beside the store; where no tokens are checked, no keys are missing."""
    return {
        "token": lambda: tokens.lasts,
        "keys": lambda: keys is None or keys.known,
        "scheduler": lambda: lags()[HEARTBEAT] < LATE.total_seconds(),
    }


def _rate(settings: Settings) -> float:
    """Messages a second. Compressed seconds are too short for anything to keep in step with."""
    return settings.sends_per_second if settings.time_speed == 1 else UNLIMITED


def _clock(settings: Settings) -> Clock:
    if settings.time_speed == 1:
        return SystemClock()
    path = store_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    return CompressedClock(settings.time_speed, path.with_suffix(".clock"))
