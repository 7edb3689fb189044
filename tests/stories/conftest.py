"""The town in which the stories happen, and the eye that is kept on every log and sentence meanwhile."""

import logging
import re
from collections.abc import Iterator
from typing import Protocol

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.domain.staff.zones import ZONES
from bot.domain.text.language import Language
from bot.domain.typed.fixed_phrases import FIXED, WELSH
from bot.services.ports import World
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import everything
from tests.leaks import leaks
from tests.stories.dialog import Town
from tests.tongues import left_in_english

COLUMNS = ("group", "round", "question", "answer", "percent", "mean", "give_or_take", "unit")
"""Of a table to copy: names for a program."""

ROTA = re.compile(r"(?:rota )?\b[DELNO]{2,}\b")
"""Letters of shifts are the same in every language."""


class Log(Protocol):
    """The structured lines of a story so far."""

    def __iter__(self) -> Iterator[EventDict]: ...
    def clear(self) -> None: ...


@pytest.fixture
def town(world: World, clock: SettableClock, outbound: ScriptedOutbound) -> Town:
    """Monday, nine o'clock, and nobody there yet."""
    return Town(world, clock, outbound)


@pytest.fixture(autouse=True)
def log(town: Town, caplog: pytest.LogCaptureFixture) -> Iterator[list[EventDict]]:
    """Every line that is logged in a story, at every level: none names a person, or says what they said.

    Nor did a turn fail: the kind words for a fault of ours would hide it.
    """
    caplog.set_level(logging.NOTSET)
    with capture_logs() as events:
        yield events
    assert leaks(town, events, caplog.text) == []
    assert [event for event in events if event["event"] in {"turn_failed", "apology_failed"}] == []


@pytest.fixture(autouse=True)
def said(town: Town) -> Iterator[None]:
    """Every sentence of a story comes from the Welsh catalogue: what does not is data, or was forgotten."""
    yield
    library = town.world.library
    known = [library.prompts, library.roles, library.questions, library.rules, town.world.house, ZONES]
    labels = [*COLUMNS, *(language.label for language in Language)]
    messages = [*town.said, *(one.message for one in town.outbound.sent)]
    lines = [*FIXED, *WELSH, *ROTA.findall(repr(messages))]
    data = repr([everything(town.world), known, labels, lines, town.typed, town.people])
    assert left_in_english(messages, data) == set()
