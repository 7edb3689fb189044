"""A person's own data, taken out by an administrator: whole, theirs alone, and on record."""

from dataclasses import replace

import pytest

from bot.domain.audit import Act
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import ReminderDue
from bot.domain.staff.people import OwnAnswer
from bot.errors import Problems
from bot.services.own import disclosing, exporting
from bot.services.own.exporting import COLLEAGUE
from bot.services.ports import World
from tests.kept import keep
from tests.lives import KIM, SAM, live
from tests.samples import MONDAY, OPERATOR, staff


async def test_an_export_has_other_peoples_ids_left_out(world: World) -> None:
    """Who asked this champion, who wrote what they reviewed, and who took this out, is those people's."""
    await live(world)
    found = await exporting.export(world, OPERATOR, SAM.id)
    assert {one.asker for one in found.introductions} == {SAM.id, COLLEAGUE}
    assert {one.author for one in found.contributions} == {SAM.id, COLLEAGUE}
    assert {one.who for one in found.audit} == {SAM.id, COLLEAGUE}
    assert KIM.id not in repr(found)
    async with world.store.unit_of_work() as work:
        newest = (await work.audit.newest(1))[0]
    assert (newest.who, newest.act, newest.person) == (OPERATOR, Act.PERSON_EXPORTED, SAM.id)


async def test_no_export_tells_what_somebody_answered_or_that_they_had_not(world: World) -> None:
    """Answers kept for one's own tips, and a reminder, are seen in the chat alone."""
    own = OwnAnswer(MONDAY.date(), confidence=2, workload=5)
    person = replace(SAM, preferences=SAM.preferences.saying(own))
    await live(world, person)
    reminder = Delivery("reminder:open:sam", SAM.id, ReminderDue("open"), MONDAY, MONDAY, unasked=True)
    await keep(world, reminder)
    found = await exporting.export(world, OPERATOR, SAM.id)
    assert "OwnAnswer" not in repr(found)
    assert "reminder" not in repr(found).casefold()
    assert found.deliveries
    shown = repr(await disclosing.show(world, SAM.id))
    assert "confidence 2 of 5" in shown
    assert "reminder" in shown


async def test_an_export_of_nobody_is_refused(world: World) -> None:
    """And leaves no record of a name that somebody typed."""
    with pytest.raises(Problems, match="nothing is kept under this id"):
        await exporting.export(world, OPERATOR, staff().id)
    async with world.store.unit_of_work() as work:
        assert await work.audit.newest(1) == []
