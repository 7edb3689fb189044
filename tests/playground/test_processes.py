"""The processes of a local run keep to loopback, whatever the Playground would do by itself."""

from pathlib import Path

from tests.playground.processes import bot, playground
from tests.ports import free_port

LISTENING = "0A"
LOOPBACK = {"0100007F", "00000000000000000000000001000000"}
"""127.0.0.1 and ::1 as the kernel writes them."""


def listeners(port: int) -> set[str]:
    """The addresses on which something listens on a port."""
    rows = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text("ascii").splitlines()[1:]
    ]
    local = [row[1].split(":") for row in rows if row[3] == LISTENING]
    return {address for address, number in local if int(number, 16) == port}


def test_both_listen_on_loopback_alone(tmp_path: Path) -> None:
    """No other machine can reach the bot or the Playground."""
    bot_port, port = free_port(), free_port()
    with bot(tmp_path, bot_port), playground(tmp_path, port, bot_port):
        assert listeners(bot_port)
        assert listeners(bot_port) <= LOOPBACK
        assert listeners(port)
        assert listeners(port) <= LOOPBACK
