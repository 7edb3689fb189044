"""The metronome, with a real scheduler: failures, overlaps, and an end that loses nothing."""

import asyncio
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.scheduling.ticks import Tick, after, ticking

QUICK = timedelta(milliseconds=5)
AT_ONCE = timedelta(0)


class Calls:
    """Counts calls, and lets a test wait for a certain number of them."""

    def __init__(self) -> None:
        self.count = 0
        self._changed = asyncio.Condition()

    async def one_more(self) -> None:
        """Count one."""
        async with self._changed:
            self.count += 1
            self._changed.notify_all()

    async def reach(self, count: int) -> None:
        """Wait until there were so many."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.count >= count)


class Gate:
    """A tick that stays inside until it is let out."""

    def __init__(self) -> None:
        self.entered = asyncio.Event()
        self.let_out = asyncio.Event()
        self.inside = 0
        self.most = 0
        self.left = 0

    async def pass_through(self) -> None:
        """Go in, wait, go out."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.entered.set()
        try:
            await self.let_out.wait()
            self.left += 1
        finally:
            self.inside -= 1


async def test_a_tick_is_called_again_and_again() -> None:
    """Without anybody asking for it."""
    calls = Calls()
    async with ticking([Tick("count", QUICK, calls.one_more)]):
        await calls.reach(3)
    assert calls.count >= 3


async def test_every_tick_has_its_turn() -> None:
    """Two ticks of different intervals do not keep one another waiting."""
    often, seldom = Calls(), Calls()
    ticks = [Tick("often", QUICK, often.one_more), Tick("seldom", 3 * QUICK, seldom.one_more)]
    async with ticking(ticks):
        await often.reach(4)
        await seldom.reach(2)
    assert seldom.count >= 2


async def test_a_failing_tick_does_not_stop_the_next() -> None:
    """It is logged with its name and the kind of error alone, and is called again."""
    calls = Calls()

    async def fail() -> None:
        await calls.one_more()
        raise ValueError("what somebody typed")

    with capture_logs() as logs:
        async with ticking([Tick("shaky", QUICK, fail)]):
            await calls.reach(3)
    failures = [entry for entry in logs if entry["event"] == "tick_failed"]
    assert len(failures) >= 3
    assert failures[0] == {
        "event": "tick_failed",
        "log_level": "error",
        "tick": "shaky",
        "error": "ValueError",
    }
    assert "typed" not in str(logs)


async def test_a_failing_tick_does_not_stop_the_others() -> None:
    """The others go on as if nothing had happened."""
    calls = Calls()

    async def fail() -> None:
        raise OSError("disk full")

    with capture_logs():
        async with ticking([Tick("shaky", QUICK, fail), Tick("steady", QUICK, calls.one_more)]):
            await calls.reach(5)
    assert calls.count >= 5


async def test_a_tick_never_overlaps_itself() -> None:
    """While one call is inside, others of its own wait or are left out, however many are due."""
    gate, others = Gate(), Calls()
    ticks = [Tick("slow", QUICK, gate.pass_through), Tick("quick", QUICK, others.one_more)]
    async with ticking(ticks):
        await gate.entered.wait()
        await others.reach(10)
        assert (gate.inside, gate.most) == (1, 1)
        gate.let_out.set()
        await others.reach(20)
    assert gate.most == 1
    assert gate.left >= 2


async def test_leaving_lets_a_running_tick_end() -> None:
    """What was just sent is recorded before the store is closed."""
    gate = Gate()
    async with ticking([Tick("slow", QUICK, gate.pass_through)]):
        await gate.entered.wait()
        asyncio.get_running_loop().call_later(0.01, gate.let_out.set)
    assert (gate.inside, gate.left) == (0, 1)


async def test_leaving_begins_no_call_while_it_waits() -> None:
    """The one that was about to begin may still run; no other does while a slow one ends."""
    gate, others = Gate(), Calls()
    ticks = [Tick("slow", QUICK, gate.pass_through), Tick("quick", QUICK, others.one_more)]
    async with ticking(ticks):
        await gate.entered.wait()
        await others.reach(2)
        asyncio.get_running_loop().call_later(20 * QUICK.total_seconds(), gate.let_out.set)
        count = others.count
    assert gate.left == 1
    assert others.count <= count + 1


async def test_leaving_does_not_wait_for_ever() -> None:
    """A tick that hangs is cancelled once patience ends, and is over when the block is."""
    gate = Gate()
    async with ticking([Tick("hanging", QUICK, gate.pass_through)], patience=AT_ONCE):
        await gate.entered.wait()
    assert (gate.inside, gate.left) == (0, 0)


async def test_no_tick_begins_after_the_end() -> None:
    """Once the block is left, nothing is called any more."""
    calls, others = Calls(), Calls()
    async with ticking([Tick("count", QUICK, calls.one_more)]):
        await calls.reach(1)
    count = calls.count
    async with ticking([Tick("others", QUICK, others.one_more)]):
        await others.reach(5)
    assert calls.count == count


async def test_an_error_in_the_block_ends_the_ticks_too() -> None:
    """And comes out as it was."""
    calls, others = Calls(), Calls()

    async def fail_inside() -> None:
        async with ticking([Tick("count", QUICK, calls.one_more)]):
            await calls.reach(1)
            raise LookupError("the block's own")

    with pytest.raises(LookupError, match="the block's own"):
        await fail_inside()
    count = calls.count
    async with ticking([Tick("others", QUICK, others.one_more)]):
        await others.reach(5)
    assert calls.count == count


async def test_lags_say_how_late_each_tick_is() -> None:
    """On time at first; one whose loop was held up is late; one that is at work is not."""
    calls, gate = Calls(), Gate()
    ticks = [Tick("often", QUICK, calls.one_more), Tick("slow", QUICK, gate.pass_through)]
    async with ticking(ticks) as lags:
        assert lags() == {"often": 0.0, "slow": 0.0}
        await gate.entered.wait()
        await calls.reach(1)
        time.sleep(0.2)  # noqa: ASYNC251 - holding the loop up is the point
        late = lags()
        assert late["often"] >= 0.19
        assert late["slow"] < late["often"]
        gate.let_out.set()


@given(due=st.floats(0, 1e6), every=st.floats(0.25, 1e5), late=st.floats(-1e5, 1e6))
def test_the_next_one_is_due_on_the_grid(due: float, every: float, late: float) -> None:
    """After now, never the same one again, and never a whole interval skipped."""
    following = after(due, every, due + late)
    steps = (following - due) / every
    assert steps == pytest.approx(round(steps), abs=1e-6)
    assert following >= due + every
    assert following == pytest.approx(due + every) or following - (due + late) <= every * (1 + 1e-9) + 1e-6
