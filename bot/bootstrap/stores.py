"""Where everything is kept: the store that the settings name."""

from pathlib import Path

from bot.config import Settings
from bot.services.ports import Store
from bot.storage.postgres.migrating import migrate, outdated
from bot.storage.postgres.store import PostgresStore
from bot.storage.tiny.store import TinyStore

POSTGRES = "postgresql://"


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
