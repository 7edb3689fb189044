"""The sample trust as it runs: one bot, and a Playground of their own for everybody who takes part."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.storage.documents import READERS
from bot.storage.tiny.database import Database
from tests.playground.client import Colleague, joined
from tests.playground.processes import SAMPLE_TRUST, Running, bot, playground
from tests.ports import free_port


class Trust:
    """Its processes and files, all under one folder. Everything ends with the stack that it is given."""

    def __init__(self, folder: Path, stack: ExitStack, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = free_port()
        self._stack = stack
        self._settings = settings
        self._playgrounds: dict[str, Running] = {}
        self.bot = self._start()

    def restart(self) -> None:
        """Kill the bot as `kill -9` does, and start it again on the same store and port."""
        self.bot.kill()
        self.bot = self._start()

    def playground(self, name: str) -> Running:
        """The Playground of the person with this first name; started when first asked for."""
        if name not in self._playgrounds:
            own = self.folder / name
            own.mkdir()
            running = playground(own, free_port(), self.port, _config(name, own))
            self._playgrounds[name] = self._stack.enter_context(running)
        return self._playgrounds[name]

    @asynccontextmanager
    async def people(self, *names: str) -> AsyncIterator[list[Colleague]]:
        """These people, each at their own Playground."""
        async with AsyncExitStack() as stack:
            addresses = [self.playground(name).address for name in names]
            yield [await stack.enter_async_context(joined(address)) for address in addresses]

    def rows(self, table: str) -> list[Any]:
        """Every row of one of the store's tables, as far as it was committed."""
        database = Database(self.folder / "store.tinydb", read_only=True)
        try:
            return [READERS[table](document) for document in database.table(table)]
        finally:
            database.close()

    def stored(self) -> bytes:
        """The store's file."""
        return (self.folder / "store.tinydb").read_bytes()

    def logged(self) -> list[str]:
        """The lines of the bot's log."""
        return self.bot.said().splitlines()

    def _start(self) -> Running:
        return self._stack.enter_context(bot(self.folder, self.port, self._settings))


@contextmanager
def trust(folder: Path, settings: Mapping[str, str], begins: datetime | None = None) -> Iterator[Trust]:
    """The sample trust, up. `begins` is when its compressed time starts; it must lie in the future."""
    if begins is not None:
        (folder / "store.clock").write_text(begins.isoformat(), encoding="ascii")
    with ExitStack() as stack:
        yield Trust(folder, stack, settings)


def _config(name: str, folder: Path) -> Path:
    """The Playground's configuration with another current user, who has a chat of their own."""
    config = yaml.safe_load((SAMPLE_TRUST / ".m365agentsplayground.yml").read_text(encoding="utf-8"))
    everybody = [config["currentUser"], *config["users"]]
    config["currentUser"] = next(user for user in everybody if user["givenName"] == name)
    config["users"] = [user for user in everybody if user is not config["currentUser"]]
    config["personalChat"]["id"] = f"chat-of-{name.lower()}"
    path = folder / "people.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    return path
