"""The machine's clock and chance, and the clock of the local run."""

import gc
import weakref
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.services.ports import Chance, Clock
from bot.system import CompressedClock, SkippingClock, SystemChance, SystemClock, loaded, peak_memory

LATER = datetime(2100, 1, 1, tzinfo=UTC)
"""After every moment at which this test runs."""


def test_they_have_the_shape_of_their_ports(tmp_path: Path) -> None:
    """Each can stand where its port is asked for; mypy reads this as well."""
    ports: tuple[Clock, Clock, Clock, Chance] = (
        SystemClock(),
        CompressedClock(2, tmp_path / "clock"),
        SkippingClock(LATER),
        SystemChance(),
    )
    assert len(ports) == 4


def test_the_machines_time_is_aware_and_goes_on() -> None:
    """UTC, and never backwards here."""
    clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_a_compressed_clock_begins_now(tmp_path: Path) -> None:
    """Without a file it starts at the machine's time."""
    before = SystemClock().now()
    assert CompressedClock(1000, tmp_path / "clock").now() >= before
    assert CompressedClock(1000, tmp_path / "clock").now().utcoffset() == timedelta(0)


def test_a_compressed_clock_runs_faster(tmp_path: Path) -> None:
    """While the machine's clock takes one step, it takes many."""
    machine, clock = SystemClock(), CompressedClock(50_000, tmp_path / "clock")
    before, started = clock.now(), machine.now()
    while machine.now() == started:
        continue
    assert clock.now() - before >= 50_000 * timedelta(microseconds=1)


def test_it_goes_on_where_it_was_kept(tmp_path: Path) -> None:
    """A restart never goes back behind what the last run kept, which lies ahead of the machine."""
    kept = tmp_path / "clock"
    kept.write_text(LATER.isoformat(), encoding="ascii")
    first = CompressedClock(5760, kept)
    assert first.now() >= LATER
    first.keep()
    written = datetime.fromisoformat(kept.read_text("ascii"))
    assert written >= LATER
    assert CompressedClock(5760, kept).now() >= written


def test_it_does_not_lag_behind_the_machine(tmp_path: Path) -> None:
    """A trial that is taken up again next year is not in last year."""
    kept = tmp_path / "clock"
    kept.write_text(datetime(2020, 1, 1, tzinfo=UTC).isoformat(), encoding="ascii")
    assert CompressedClock(5760, kept).now() >= SystemClock().now() - timedelta(days=1)


@pytest.mark.parametrize(
    "garbage",
    [b"", b"half past nine", b"\xff\xfe\x00", b"2100-01-01", b"2100-01-01T00:00:00", b"2100-13-01T00:00:00Z"],
    ids=["empty", "words", "bytes", "a day", "no zone", "no such month"],
)
def test_it_survives_a_garbage_file(tmp_path: Path, garbage: bytes) -> None:
    """It begins at the machine's time, and the next keeping mends the file."""
    kept = tmp_path / "clock"
    kept.write_bytes(garbage)
    clock = CompressedClock(10, kept)
    assert clock.now() < LATER
    clock.keep()
    assert datetime.fromisoformat(kept.read_text("ascii")) <= clock.now()


def test_keeping_leaves_one_file(tmp_path: Path) -> None:
    """Nothing half written stays beside it."""
    clock = CompressedClock(10, tmp_path / "store.clock")
    clock.keep()
    clock.keep()
    assert [path.name for path in tmp_path.iterdir()] == ["store.clock"]


def test_ids_and_secrets_differ() -> None:
    """A thousand of each, none twice, each as long as it is said to be."""
    chance = SystemChance()
    ids = {chance.new_id() for _ in range(1000)}
    secrets = {chance.secret() for _ in range(1000)}
    assert len(ids) == len(secrets) == 1000
    assert {len(one) for one in ids} | {len(one) for one in secrets} == {32}
    assert all(int(one, 16) >= 0 for one in ids)


def test_fractions_are_fractions() -> None:
    """Never one, so that a wait is never longer than it may be."""
    chance = SystemChance()
    found = [chance.fraction() for _ in range(1000)]
    assert all(0 <= one < 1 for one in found)
    assert len(set(found)) > 900


async def test_a_skipping_clock_goes_on_and_skips() -> None:
    """It begins where it is told, never goes back, and says how much it left out."""
    clock = SkippingClock(LATER)
    assert clock.now() >= LATER
    clock.skip_to(LATER + timedelta(days=1))
    assert clock.now() >= LATER + timedelta(days=1)
    left_out = clock.skipped
    assert timedelta(hours=23) < left_out <= timedelta(days=1)
    clock.skip_to(LATER)
    assert clock.skipped == left_out
    before = clock.now()
    await clock.wait_until(before + timedelta(milliseconds=2))
    assert clock.now() >= before + timedelta(milliseconds=2)


def test_memory_is_counted_in_mebibytes() -> None:
    """A Python process has some tens of them, not thousands and not one."""
    assert 5 < peak_memory() < 50_000


class Link:
    """Something that can point at itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_was_loaded_is_not_searched_for_garbage() -> None:
    """What comes later is, and at the end everything is again."""
    with loaded():
        kept = gc.get_freeze_count()
        later = weakref.ref(Link())
        gc.collect()
        assert later() is None
    assert kept > 1_000
    assert gc.get_freeze_count() == 0
