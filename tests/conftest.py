"""What tests share: one small world on the memory store, and how hard hypothesis looks."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings

from bot.domain.library.prompts import App
from bot.domain.rounds.calendar import Calendar
from bot.services.ports import House, World
from bot.storage.memory import MemoryStore
from tests.fakes import PredictableChance, ScriptedOutbound, SettableClock, SmallLibrary

settings.register_profile(
    "house",
    deadline=None,  # a slow machine is no failure
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture
def clock() -> SettableClock:
    """Monday, nine o'clock."""
    return SettableClock()


@pytest.fixture
def outbound() -> ScriptedOutbound:
    """Accepts everything until a test says otherwise."""
    return ScriptedOutbound()


@pytest.fixture
def house() -> House:
    """An invented trust whose first round of questions opens in the week after `MONDAY`."""
    return House(
        organisation="Sample Trust",
        threshold=10,
        calendar=Calendar(start=date(2026, 11, 30), every=timedelta(days=28)),
        links={App.COPILOT_CHAT: "https://copilot.invalid/"},
    )


@pytest.fixture
def world(clock: SettableClock, outbound: ScriptedOutbound, house: House) -> World:
    """Everything that a use case needs, in memory and empty."""
    return World(
        store=MemoryStore(),
        library=SmallLibrary(),
        clock=clock,
        chance=PredictableChance(),
        outbound=outbound,
        house=house,
    )
