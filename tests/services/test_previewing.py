"""A preview is what would come, in order and with reasons; it changes nothing but who looked."""

from dataclasses import replace

from bot.domain.people import OwnAnswer, Preferences
from bot.services.ports import World
from bot.services.previewing import preview
from tests.kept import keep, open_for, person_in
from tests.samples import CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))


async def test_a_preview_sends_and_changes_nothing(world: World) -> None:
    """Four weeks of tips, no two alike; afterwards nothing waits and nobody has changed."""
    await keep(world, SAM)
    tips = await preview(world, "operator:sample", SAM.id, 4)
    assert len(tips) > 2
    assert len({tip["tip"] for tip in tips}) == len(tips)
    assert all(tip["because"] for tip in tips)
    assert await person_in(world, SAM.id) == SAM
    assert await open_for(world, SAM.id) == []


async def test_a_preview_does_not_give_away_what_is_their_own(world: World) -> None:
    """Whatever somebody's confidence is and whatever they turned down, an administrator sees the same."""
    await keep(world, SAM)
    plain = await preview(world, "operator:sample", SAM.id, 4)
    own = replace(
        SAM.preferences,
        own=(OwnAnswer(MONDAY.date(), 1, 5),),
        unwanted=("ward-clerk-notice", "everyone-agenda"),
    )
    await keep(world, SAM.choosing(own))
    assert await preview(world, "operator:sample", SAM.id, 4) == plain
