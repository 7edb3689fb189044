"""What a run is refused for, before anything is opened, written or sent."""

import errno
import socket
from collections.abc import Sequence

from bot.bootstrap.stores import POSTGRES
from bot.config import Settings
from bot.errors import Problems

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def refuse_a_taken_port(host: str, port: int) -> None:
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


def refuse_what_is_unsafe(settings: Settings, *, local: bool) -> None:
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
