"""The worlds of commands: those without Teams, and that of a rehearsal."""

from collections.abc import AsyncIterator, Collection, Set
from contextlib import AsyncExitStack, asynccontextmanager

from bot.bootstrap.logs import log_to_stderr
from bot.bootstrap.stores import POSTGRES, open_store, store_path
from bot.bootstrap.worlds import world_of
from bot.config import Settings
from bot.content.cards import Cards
from bot.content.library import load_library
from bot.domain.audit import Act
from bot.domain.drip.retention import erased_since
from bot.domain.rehearsals import Rehearsal, Report
from bot.domain.staff.people import PersonId
from bot.errors import Problems
from bot.services import auditing
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.services.upkeep import rehearsing, restoring
from bot.storage.postgres.lives import known
from bot.storage.postgres.moving import Progress, move
from bot.system import SkippingClock, SystemClock
from bot.teams.connector import Connector
from bot.teams.credentials import NoToken
from bot.teams.detour import Detour, expect_somebody
from bot.teams.sender import Nowhere, TeamsOutbound
from bot.web.loopback import loopback_connector


@asynccontextmanager
async def office(settings: Settings, *, read_only: bool = False) -> AsyncIterator[World]:
    """A world without Teams, for the commands: nothing can be sent."""
    log_to_stderr("warning")
    library = load_library(settings.content / "prompts_library")
    store = await open_store(settings, read_only=read_only)
    try:
        yield world_of(settings, store, library, SystemClock(), Nowhere(), local=False)
    finally:
        await store.close()


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


async def erased_before(settings: Settings, replaced: str) -> Set[PersonId] | None:
    """Who was erased since the database of the settings was dumped, by the one that it replaces.

    None where that is another one. Raises Problems for what is no database, and what `lives.known` raises.
    """
    _refuse_embedded(settings)
    if not replaced.startswith(POSTGRES):
        raise Problems(["--replaced: must be postgresql://…, the database that the restored one replaces"])
    return erased_since(await known(settings.store), await known(replaced))


async def settle_store(settings: Settings, who: str, erased: Collection[PersonId]) -> None:
    """Make a database ready that was restored, with nobody at work on it yet, and erase some people again.

    Raises Problems for a TinyDB store, and what opening a store raises.
    """
    _refuse_embedded(settings)
    async with office(settings) as world:
        await restoring.settle(world, who, erased)


def _refuse_embedded(settings: Settings) -> None:
    """Raise Problems for a TinyDB store, which `steady-drip restore` settles itself."""
    if not settings.store.startswith(POSTGRES):
        raise Problems(["STEADY_DRIP_STORE: is TinyDB, for which `steady-drip restore` does all of this"])


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
        world = rehearsing.patient(world_of(settings, store, library, clock, outbound, local=True))
        await rehearsing.people_of(world, rehearsal, tell)
        return await rehearsing.rehearse(world, clock, Dispatcher(world, rate), rehearsal, tell)
