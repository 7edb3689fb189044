"""A tip that had to wait is looked at again before it goes: it comes only where it is still right."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands import OpenPrompt, TurnDown
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.replies import Rejected
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import Licence, Preferences
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from tests.fakes import ScriptedOutbound, SettableClock
from tests.kept import delivery_in, experiences_in, keep, open_for, person_in
from tests.samples import BOOKING, CLERK, preferring, staff

SAM = preferring(staff(licence=Licence.COPILOT), Preferences(role=CLERK))
MINUTE = timedelta(minutes=1)


async def waiting_tip(world: World, clock: SettableClock, outbound: ScriptedOutbound) -> Delivery:
    """Sam's tip, which was planned and could not be sent: the service itself is refused for a while."""
    await keep(world, SAM)
    assert SAM.next_nudge
    clock.at = SAM.next_nudge + MINUTE
    await nudging.plan_due(world)
    outbound.answers(Rejected(401))
    await Dispatcher(world).dispatch_due()
    outbound.sent.clear()
    clock.forward(MINUTE)
    (tip,) = await open_for(world, SAM.id)
    return tip


def prompt_in(tip: Delivery) -> PromptId:
    """What a tip is about."""
    assert isinstance(tip.subject, TipDue)
    return tip.subject.prompt


async def opened(world: World, prompt: PromptId) -> None:
    """They find it themselves."""
    await nudging.open_prompt(world, SAM.id, OpenPrompt(prompt))


async def turned_down(world: World, prompt: PromptId) -> None:
    """They press "Not for my job" on a card of long ago."""
    await nudging.turn_down(world, SAM.id, TurnDown(prompt))


async def changed(world: World, **chosen: object) -> None:
    """They choose something else in their settings."""
    sam = await person_in(world, SAM.id)
    await keep(world, sam.choosing(replace(sam.preferences, **chosen)))  # type: ignore[arg-type] # a test's


async def other_job(world: World, prompt: PromptId) -> None:
    """They do another job from now on."""
    assert prompt
    await changed(world, role=BOOKING)


async def no_licence(world: World, prompt: PromptId) -> None:
    """They have no AI tool any more."""
    assert prompt
    await changed(world, licence=Licence.NOTHING, licence_over=Licence.COPILOT)


@pytest.mark.parametrize("change", [opened, turned_down, other_job, no_licence])
async def test_what_is_not_right_any_more_does_not_come(
    world: World,
    clock: SettableClock,
    outbound: ScriptedOutbound,
    change: Callable[[World, PromptId], Awaitable[None]],
) -> None:
    """Opened, turned down, or no longer for them while it waited: nothing is sent."""
    tip = await waiting_tip(world, clock, outbound)
    await change(world, prompt_in(tip))
    clock.forward(timedelta(hours=1))
    await Dispatcher(world).dispatch_due()
    kept = await delivery_in(world, tip.key)
    assert (kept.state, kept.note) == (State.DROPPED, "nothing_to_send")
    assert outbound.sent == []


async def test_what_is_still_right_comes(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Another prompt that was opened meanwhile takes nothing away."""
    tip = await waiting_tip(world, clock, outbound)
    other = next(one.id for one in world.library.prompts if one.id != prompt_in(tip))
    await nudging.open_prompt(world, SAM.id, OpenPrompt(other))
    clock.forward(timedelta(hours=1))
    await Dispatcher(world).dispatch_due()
    assert (await delivery_in(world, tip.key)).state is State.SENT


@pytest.mark.parametrize("wait", [timedelta(hours=1), timedelta(days=1)], ids=["overtaken", "expired"])
async def test_what_they_opened_themselves_stays_seen(
    world: World, clock: SettableClock, outbound: ScriptedOutbound, wait: timedelta
) -> None:
    """However the tip ends: the same prompt does not come again the next day."""
    tip = await waiting_tip(world, clock, outbound)
    at = clock.at
    await opened(world, prompt_in(tip))
    clock.forward(wait)
    await Dispatcher(world).dispatch_due()
    assert (await delivery_in(world, tip.key)).state is State.DROPPED
    assert [(one.prompt, one.shown) for one in await experiences_in(world, SAM.id)] == [(prompt_in(tip), at)]


async def test_what_nobody_saw_may_come_again(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """It expired and was never opened."""
    await waiting_tip(world, clock, outbound)
    clock.forward(timedelta(days=1))
    await Dispatcher(world).dispatch_due()
    assert await experiences_in(world, SAM.id) == []
