"""Two weeks of ticks: what was promised comes when it was promised, and nothing comes twice."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages import PulseQuestions, Tip, Welcome
from bot.domain.outbox.delivery import State
from bot.domain.outbox.replies import NotSent, Rejected, Reply
from bot.domain.text.wording import about
from tests.kept import person_in
from tests.samples import MONDAY, staff
from tests.stories.dialog import TICK, Actor, Town

END = MONDAY + timedelta(days=14)
FIRST_PULSE = datetime(2026, 11, 30, tzinfo=UTC)


async def post(town: Town, sam: Actor, end: datetime = END) -> list[tuple[datetime, Tip | PulseQuestions]]:
    """Everything that comes by itself until `end`, and when."""
    came = []
    while town.clock.at < end:
        await town.wait(minutes=TICK.seconds // 60)
        came += [(town.clock.at, m) for m in sam.receives() if isinstance(m, Tip | PulseQuestions)]
    return came


def tips(came: Sequence[tuple[datetime, Tip | PulseQuestions]]) -> list[tuple[datetime, str]]:
    """The tips among the post."""
    return [(at, message.prompt_id) for at, message in came if isinstance(message, Tip)]


async def test_the_promised_tips_at_the_promised_times(town: Town) -> None:
    """The days and the time that the card named, each with another prompt; two in the first week."""
    sam = await town.welcomed(staff())
    first = sam.sees(Tip).prompt_id
    rhythm = (await person_in(town.world, sam.id)).preferences.rhythm
    promise = f"Tips come on Wednesdays and Fridays, about {about(rhythm.time_of_day(sam.id))}."
    assert sam.sees(Tip).opening == (
        "You are set up, and here is your first tip. The next one comes on Tuesday 24 November. "
        f"From Wednesday 2 December on: {promise}"
    )

    came = tips(await post(town, sam))
    days = [f"{at:%a %d %b}" for at, _ in came]
    assert days == ["Tue 24 Nov", "Wed 02 Dec"]
    slots = [slot for slot in (rhythm.next_any_day(sam.id, at - TICK) for at, _ in came) if slot]
    assert all(slot <= at < slot + TICK for slot, (at, _) in zip(slots, came, strict=True))
    prompts = [first, *(prompt for _, prompt in came)]
    assert len(prompts) == len(set(prompts)) == 3


async def test_one_pulse_and_the_cap_holds(town: Town) -> None:
    """In the week of the pulse, with its reminder, there is one message a day and three in seven days."""
    sam = await town.welcomed(staff())
    came = await post(town, sam)
    pulses = [at for at, message in came if isinstance(message, PulseQuestions)]
    days = [at.date() for at, _ in came]
    assert len(pulses) == 2  # the questions, and the reminder of whoever has not answered
    assert FIRST_PULSE < pulses[0] < FIRST_PULSE + timedelta(days=3) < pulses[1]
    assert pulses[1] < FIRST_PULSE + timedelta(days=5)
    assert len(days) == len(set(days))
    assert all(sum(1 for d in days if 0 <= (d - day).days < 7) <= 3 for day in days)


async def test_everything_comes_within_days_and_hours(town: Town) -> None:
    """Whoever works on Wednesday evenings hears from us on Wednesday evenings."""
    sam = await town.welcomed(staff())
    await sam.types("settings")
    await sam.presses("change_settings", days="2", start="18:00", end="20:00", per_week="3")
    came = await post(town, sam)
    assert len(came) == 2
    assert all(at.weekday() == 2 and 18 <= at.hour < 20 for at, _ in came)


async def test_restarts_double_nothing(town: Town) -> None:
    """A process that is started again every few hours sends what one that runs on sends."""
    sam = await town.welcomed(staff())
    came = []
    while town.clock.at < END:
        await town.restart()
        came += await post(town, sam, town.clock.at + timedelta(hours=3))
    assert [f"{at:%a %d}" for at, _ in tips(came)] == ["Tue 24", "Wed 02"]
    assert sum(isinstance(message, Welcome) for message in town.outbound.to(sam.id)) == 1


async def test_an_outage_drops_what_is_stale_and_goes_on(town: Town) -> None:
    """After a service that was down on the day of a tip there is no flood, and the next one comes."""
    sam = await town.welcomed(staff())
    town.clock.at = datetime(2026, 11, 25, 20, tzinfo=UTC)
    came = tips(await post(town, sam))
    assert [f"{at:%a %d}" for at, _ in came] == ["Wed 02"]


@pytest.mark.parametrize(
    "fault", [Rejected(503), Rejected(429, "Throttled", timedelta(minutes=30)), NotSent()]
)
async def test_passing_faults_delay_and_lose_nothing(town: Town, fault: Reply) -> None:
    """Each message fails once; all arrive on their day."""
    sam = await town.welcomed(staff())
    came = []
    while town.clock.at < END:
        already = len(town.outbound.sent)
        town.outbound.script.clear()
        town.outbound.answers(fault)
        while town.clock.at < END and len(town.outbound.sent) == already:
            await town.wait(minutes=10)
        await town.wait(hours=1)
        came += [(town.clock.at, m) for m in sam.receives()[1:] if isinstance(m, Tip)]
    assert [f"{at:%a %d}" for at, _ in came] == ["Tue 24", "Wed 02"]
    assert town.dispatcher.counts[State.REFUSED] == 0
