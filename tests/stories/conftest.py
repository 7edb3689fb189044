"""The town in which the stories happen."""

import pytest

from bot.services.ports import World
from tests.fakes import ScriptedOutbound, SettableClock
from tests.stories.dialog import Town


@pytest.fixture
def town(world: World, clock: SettableClock, outbound: ScriptedOutbound) -> Town:
    """Monday, nine o'clock, and nobody there yet."""
    return Town(world, clock, outbound)
