"""Pause, resume, stop, settings, privacy: what people chose is what happens."""

import pytest

from bot.domain.messages import Privacy, Settings, Tip, Welcome
from bot.domain.outbox.replies import Rejected
from tests.samples import staff
from tests.stories.dialog import Town


def tips(messages: object) -> int:
    """How many of some messages are tips."""
    assert isinstance(messages, list)
    return sum(isinstance(message, Tip) for message in messages)


async def test_a_pause_ends_by_itself(town: Town) -> None:
    """Two weeks of silence, said in advance, and then the tips are back without a word."""
    sam = await town.welcomed(staff())
    await sam.types("pause for 2 weeks")
    assert "Nothing comes before Monday 7 December" in sam.reads
    await town.wait(days=14)
    assert sam.receives() == []
    await town.wait(days=5)
    assert tips(sam.receives()) == 2


async def test_a_pause_can_be_ended_early(town: Town) -> None:
    """`resume`, or the button, brings the next slot back."""
    sam = await town.welcomed(staff())
    await sam.types("pause")
    await town.wait(days=2)
    assert sam.receives() == []
    await sam.presses("resume")
    assert "Wednesdays and Fridays" in sam.reads
    await town.wait(days=2)
    assert tips(sam.receives()) == 1


async def test_tips_can_be_asked_for_in_a_pause(town: Town) -> None:
    """A pause silences us, not the person."""
    sam = await town.welcomed(staff())
    await sam.types("pause")
    await sam.types("tip")
    sam.sees(Tip)


async def test_stop_is_stop_and_resume_is_a_word_away(town: Town) -> None:
    """After a stop nothing comes for three weeks, pulse included; one word brings it back."""
    sam = await town.welcomed(staff())
    await sam.types("stop")
    assert "Nothing more will come by itself" in sam.reads
    await town.wait(days=21)
    assert sam.receives() == []
    await sam.types("resume")
    await town.wait(days=7)
    assert tips(sam.receives()) == 2


async def test_a_stop_in_the_last_minute_counts(town: Town) -> None:
    """What was planned and has not gone out does not go out after a stop."""
    sam = await town.welcomed(staff())
    town.outbound.answers(Rejected(503))
    already = len(town.outbound.sent)
    while len(town.outbound.sent) == already:
        await town.wait(minutes=10)
    sam.receives()
    await sam.types("stop")
    await town.wait(days=2)
    assert sam.receives() == []


async def test_settings_show_and_keep_choices(town: Town) -> None:
    """What the form kept is what the form shows, and when tips come."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    sam.sees(Settings)
    await sam.presses("change_settings", role="booking", days="0,4", per_week="1", start="07:00", end="09:00")
    assert "Fridays" in sam.reads
    await sam.types("settings")
    shown = sam.sees(Settings)
    assert (shown.role, shown.days, shown.per_week) == ("booking", "0,4", "1")
    assert (shown.start, shown.end) == ("07:00", "09:00")


async def test_impossible_hours_are_said_and_not_kept(town: Town) -> None:
    """Hours without any time in them change nothing; the form is back as it was filled in."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    await sam.presses("change_settings", start="17:00", end="17:00", per_week="3")
    assert "Please change this first: \nThe two times are the same" in sam.reads
    back = sam.sees(Settings)
    assert (back.start, back.end, back.per_week) == ("17:00", "17:00", "3")
    await sam.types("settings")
    assert (sam.sees(Settings).start, sam.sees(Settings).per_week) == ("09:00", "2")


@pytest.mark.parametrize(
    "tampered",
    [
        {"per_week": "8"},
        {"nights": "all"},
        {"zone": "Mars"},
        {"days": "0,9"},
        {"licence": "gold"},
        {"role": "astronaut"},
    ],
)
async def test_a_tampered_form_changes_nothing(town: Town, tampered: dict[str, str]) -> None:
    """Values that the form does not offer are answered politely and not kept."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    before = sam.message
    await sam.presses("change_settings", **tampered)
    assert "no longer here" in sam.reads
    await sam.types("settings")
    assert sam.message == before


async def test_privacy_shows_what_is_stored(town: Town) -> None:
    """The person's own figures, and whom to ask."""
    sam = await town.welcomed(staff())
    await sam.presses("worked")
    await sam.types("privacy")
    sam.sees(Privacy)
    assert "Ward clerk" in sam.reads
    assert "the sample information governance team" in sam.reads


async def test_removing_the_app_and_coming_back(town: Town) -> None:
    """After a removal nothing comes; whoever is back is welcomed, and finds what they saved."""
    sam = await town.welcomed(staff())
    await sam.presses("save")
    await sam.removes_the_app()
    await town.wait(days=8)
    assert sam.receives() == []
    await sam.installs()
    sam.sees(Welcome)
    await sam.types("saved")
    assert "Turn visiting rules" in sam.reads


async def test_a_block_is_respected_and_forgiven(town: Town) -> None:
    """Whoever blocked us gets nothing more; whoever writes again gets the tips back."""
    sam = await town.welcomed(staff())
    town.outbound.answers(Rejected(403, "ConversationBlockedByUser"))
    await town.wait(days=4)
    assert len(sam.receives()) == 1  # the one that Teams refused
    await sam.types("hello")
    await town.wait(days=7)
    assert tips(sam.receives()) >= 1
