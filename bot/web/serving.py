"""The application behind a socket."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

log = structlog.get_logger()


class _TypesAlone(logging.Handler):
    """Logs that a request could not be read and what kind of error that was.

    The library's own line quotes the request, a token in a broken header included.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """One event for one line of the library."""
        error = record.exc_info[1] if record.exc_info else None
        log.warning("request_broken", error=type(error).__name__)


def _discreet() -> logging.Logger:
    """A logger of our own for the library: nothing that it says reaches another."""
    logger = logging.Logger(__name__, logging.WARNING)
    logger.addHandler(_TypesAlone())
    return logger


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve while the block runs and yield the port (a free one for 0); running requests may finish.

    Raises OSError where the address is taken. There is no access log: it would name who asks.
    """
    runner = web.AppRunner(app, access_log=None, logger=_discreet())
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
