"""What the tests of TinyStore do again and again: commit people, look at files, break them."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.domain.staff.people import Person, PersonId
from bot.services.ports import Store
from bot.storage.tiny.store import TinyStore
from tests.contract.rows import contribution


async def commit(store: Store, *names: str) -> None:
    """Put people with these ids, in one unit of work."""
    async with store.unit_of_work() as work:
        for name in names:
            await work.people.put(Person(PersonId(name)))


async def commit_text(store: Store, text: str) -> None:
    """Put one contribution, always the same, with this text."""
    async with store.unit_of_work() as work:
        await work.contributions.put(replace(contribution("c"), text=text))


async def knows(store: Store, *names: str) -> list[bool]:
    """Which of these people the store knows."""
    async with store.unit_of_work() as work:
        return [await work.people.get(PersonId(name)) is not None for name in names]


async def make(path: Path, *names: str) -> None:
    """A closed store with one commit for each name."""
    store = TinyStore.open(path)
    for name in names:
        await commit(store, name)
    await store.close()


async def known(path: Path, *names: str) -> list[bool]:
    """Which of these people the store in a file knows; nothing is changed by looking."""
    store = TinyStore.open(path, read_only=True)
    try:
        return await knows(store, *names)
    finally:
        await store.close()


def everything_in(path: Path) -> bytes:
    """All bytes of all files of a store."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """A disk that is full: the kernel refuses to write any file beyond a size, in the middle of a write."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
