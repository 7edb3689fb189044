"""Own data: seen, copied, erased; and what becomes of it when somebody goes."""

from datetime import timedelta

from bot.domain.messages import MyData, Privacy, Tip, Welcome
from tests.kept import everything, person_in
from tests.samples import staff
from tests.stories.dialog import Town


async def test_from_privacy_to_the_data_itself(town: Town) -> None:
    """What is kept and why; then the data, with a way back."""
    sam = await town.welcomed(staff())
    await sam.presses("worked")
    await sam.types("privacy")
    sam.sees(Privacy)
    assert "Kept 180 days." in sam.reads
    await sam.presses("my_data")
    sam.sees(MyData)
    assert "Turn visiting rules into a clear notice: worked" in sam.reads
    await sam.presses("privacy")
    sam.sees(Privacy)


async def test_erased_after_one_question(town: Town) -> None:
    """A typed word erases nothing yet; one press does, and what comes next is a new beginning."""
    sam = await town.welcomed(staff())
    await sam.presses("save")
    await sam.types("erase my data")
    assert "cannot be undone" in sam.reads
    assert (await person_in(town.world, sam.id)).preferences.saved
    await sam.presses("erase")
    assert "Your data is erased" in sam.reads
    assert sam.id not in repr(everything(town.world))
    await town.wait(days=14)
    assert sam.receives() == []
    await sam.types("tip")
    sam.sees(Welcome)


async def test_an_old_card_after_erasing(town: Town) -> None:
    """Its buttons are answered kindly and bring nothing back; a second press erases again, to no effect."""
    sam = await town.welcomed(staff())
    old = sam.card
    await sam.types("erase my data")
    question = sam.card
    await sam.presses("erase")
    await sam.presses("worked", old)
    assert "no longer here" in sam.reads
    await sam.presses("erase", question)
    assert sam.id not in repr(everything(town.world))


async def test_leaving_for_good_and_leaving_for_a_while(town: Town) -> None:
    """Whoever is back in time finds what they saved; of others the staff list's entry is left."""
    sam, kim = await town.welcomed(staff()), await town.welcomed(staff("Kim Sample"))
    for actor in (sam, kim):
        await actor.presses("save")
        await actor.removes_the_app()
    await town.wait(days=80)
    await sam.installs()
    await town.wait(days=11)
    assert (await person_in(town.world, sam.id)).preferences.saved
    left = await person_in(town.world, kim.id)
    assert (left.preferences.saved, left.name) == ((), "Kim Sample")
    await kim.installs()
    kim.sees(Welcome)
    assert town.world.house.keep_after_uninstall == timedelta(days=90)


async def test_a_tip_still_comes_by_asking_after_a_new_beginning(town: Town) -> None:
    """Erasing is no ban: setting up again works as the first time."""
    sam = await town.welcomed(staff())
    await sam.types("forget me")
    await sam.presses("erase")
    await sam.installs()
    await sam.presses("set_up", role="ward-clerk", licence="chat", days="0,2")
    sam.sees(Tip)
