"""Ports on loopback for what a test starts."""

import socket
from secrets import randbelow

LOWEST, HIGHEST = 12_000, 32_000
"""Below the ports that systems give to outgoing connections, and above those that browsers refuse."""


def free_port() -> int:
    """A port that was free a moment ago.

    Others ask at the same time, in processes of their own, and connect: so it is drawn from many, of which
    no connection takes one.
    """
    while True:
        port = LOWEST + randbelow(HIGHEST - LOWEST)
        if _can_be_had(port):
            return port


def is_free(port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _can_be_had(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
