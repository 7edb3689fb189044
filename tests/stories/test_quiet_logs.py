"""The eye on the logs is open: what it must find, it finds."""

import logging
from base64 import b64encode

import pytest
import structlog
from structlog.typing import EventDict

from bot.domain.staff.people import Right
from tests.fakes import PROMPTS, PredictableChance
from tests.leaks import leaks
from tests.samples import staff
from tests.stories.dialog import Town

SAM = staff()
PLANTED = {
    "a name": "Sam Sample",
    "a user name": "sam-sample@trust.invalid",
    "a question": "minutes of a hard meeting",
    "what was shared": "Ask it to list what is missing from [the rota].",
    "a prompt": PROMPTS[0].text,
    "a secret": PredictableChance().secret().hex(),
    "a secret in base64": b64encode(PredictableChance().secret()).decode(),
}


async def told(town: Town) -> None:
    """Somebody asks, shares, and sends what no card sends."""
    sam = await town.welcomed(staff(rights=frozenset(Right)))
    await sam.types("minutes of a hard meeting")
    await sam.types("share")
    await sam.presses("share", title="A title", prompt=PLANTED["what was shared"], check="Compare the days.")
    await sam.sends("open", {"prompt_id": "no such prompt at all"})
    await sam.sends("erase", {"person": "Kim Sample"})
    await sam.types("summary of the people who complained")


async def test_refusals_are_logged_without_what_was_sent(town: Town, log: list[EventDict]) -> None:
    """There are lines, with codes; the fixture of every story looks at what is in them."""
    await told(town)
    assert {event.get("code") for event in log} == {"unknown_prompt", "erase_extra", "no_lead"}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
async def test_a_planted_leak_is_found(town: Town, log: list[EventDict], planted: str) -> None:
    """In a value of a structured line, wherever it stands in it."""
    await told(town)
    structlog.get_logger().warning("command_refused", code=f"because of {planted}!")
    assert leaks(town, log, "") == [planted]
    log.clear()


async def test_a_new_key_is_found(town: Town, log: list[EventDict]) -> None:
    """Answers are numbers and can be found by nothing else: no line may say what else it likes."""
    structlog.get_logger().info("answered", confidence=2)
    assert leaks(town, log, "") == ["the key confidence"]
    log.clear()


async def test_other_peoples_loggers_are_looked_at(
    town: Town, caplog: pytest.LogCaptureFixture, log: list[EventDict]
) -> None:
    """A library that writes what it was given would be noticed, at any level."""
    await told(town)
    logging.getLogger("somebody.elses").debug("got %s", "minutes of a hard meeting")
    assert leaks(town, log, caplog.text) == ["minutes of a hard meeting"]
    caplog.clear()
