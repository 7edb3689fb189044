"""A process that commits one person after the other and says the number of each that was acknowledged.

Run as `python -m tests.storage.committer FILE FIRST`, until it is killed.
"""

import asyncio
import logging
import os
import sys
from itertools import count
from pathlib import Path

import structlog

from bot.storage.tiny.store import TinyStore
from tests.storage.stores import commit


async def main(path: Path, first: int) -> None:
    """Commit for ever, and forget now and then, so that a kill may come in the middle of that too."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    store = TinyStore.open(path)
    for number in count(first):
        await commit(store, f"p{number}")
        os.write(1, b"%d\n" % number)
        if number % 7 == 0:
            await store.forget()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
