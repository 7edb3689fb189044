"""Arriving, choosing, leaving, and coming back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.commands.own import ChangeSettings, SetTips, SetUp
from bot.domain.drip.silence import heard, silent_for
from bot.domain.library.prompts import Prompt
from bot.domain.messages import Note, Settings, Tip, Welcome
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.hours import Nation
from bot.domain.staff.people import (
    Contact,
    ConversationReference,
    Licence,
    Person,
    PersonId,
    Preferences,
    RoleId,
)
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import adjusting, onboarding, resting, rostering
from bot.services.ports import World
from bot.services.records import closed_for
from tests.fakes import ScriptedOutbound, SettableClock, SmallLibrary
from tests.kept import delivery_in, everything, experiences_in, keep, open_for, person_in
from tests.samples import CLERK, MONDAY, preferring, prompt, reference, staff, stranger

Arrival = Callable[[World, PersonId, ConversationReference], Awaitable[object]]

SAM = staff()
UNREACHED = Person(SAM.id, SAM.roster)
HERE = reference(SAM.id)
ELSEWHERE = replace(HERE, service_url="https://other.invalid/")
CHOICES = SetUp(CLERK, Licence.CHAT, frozenset({0, 1, 2, 3, 4}))


class ByHand(SmallLibrary):
    """One prompt, which needs no AI tool."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        return [prompt("by-hand", needs=Licence.NOTHING)]


async def test_two_arrivals_one_welcome(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Teams sends two events for one installation, seconds apart; the person gets one welcome."""
    await keep(world, UNREACHED)
    await onboarding.arrived(world, SAM.id, HERE)
    clock.forward(timedelta(seconds=2))
    await onboarding.arrived(world, SAM.id, HERE)
    assert [d.subject for d in await open_for(world, SAM.id)] == [WelcomeDue()]
    await Dispatcher(world).dispatch_due()
    clock.forward(timedelta(seconds=2))
    await onboarding.arrived(world, SAM.id, ELSEWHERE)
    await Dispatcher(world).dispatch_due()
    assert [type(message) for message in outbound.to(SAM.id)] == [Welcome]
    assert (await person_in(world, SAM.id)).reference == ELSEWHERE


@pytest.mark.parametrize("event", [onboarding.arrived, onboarding.seen])
async def test_a_time_for_a_hello_is_no_slot(world: World, event: Arrival) -> None:
    """Whoever has the app before the bot's hello, or writes first, still gets no tip before they set up."""
    await keep(world, replace(UNREACHED, next_nudge=MONDAY + timedelta(days=1)))
    await event(world, SAM.id, HERE)
    assert (await person_in(world, SAM.id)).next_nudge is None
    await resting.resume(world, SAM.id)
    asked_for = (await person_in(world, SAM.id)).next_nudge
    assert asked_for, "whoever asks for tips in words has them without a set-up"
    await event(world, SAM.id, ELSEWHERE)
    assert (await person_in(world, SAM.id)).next_nudge == asked_for


async def test_another_installation_brings_another_welcome(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Whoever removed the app and installs it again is welcomed again."""
    for _ in range(2):
        await onboarding.arrived(world, SAM.id, HERE)
        await Dispatcher(world).dispatch_due()
        await onboarding.left(world, SAM.id)
        clock.forward(timedelta(days=1))
    assert len(outbound.to(SAM.id)) == 2


async def test_the_welcome_knows_what_the_roster_knows(world: World, outbound: ScriptedOutbound) -> None:
    """The card greets by first name and has the roster's role and licence filled in."""
    await keep(world, UNREACHED)
    await onboarding.arrived(world, SAM.id, HERE)
    await Dispatcher(world).dispatch_due()
    (card,) = outbound.to(SAM.id)
    assert isinstance(card, Welcome)
    assert (card.first_name, card.role, card.licence, card.days) == ("Sam", CLERK, "chat", "0,1,2,3,4")
    assert card.organisation == "Sample Trust"


async def test_a_welcome_comes_at_any_hour(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """Somebody who installs the app at night is there at night, and gets the answer at once."""
    clock.forward(timedelta(hours=17))
    await onboarding.arrived(world, SAM.id, HERE)
    await Dispatcher(world).dispatch_due()
    assert len(outbound.to(SAM.id)) == 1


async def test_set_up_keeps_the_choices_and_answers_with_the_first_tip(world: World) -> None:
    """The choices are kept, the first tip comes at once, and the next one on another day."""
    await keep(world, UNREACHED)
    await onboarding.arrived(world, SAM.id, HERE)
    answer = await onboarding.set_up(world, SAM.id, CHOICES)
    sam = await person_in(world, SAM.id)
    assert isinstance(answer, Tip)
    assert "set up" in answer.opening
    assert (sam.role, sam.licence) == (CLERK, Licence.CHAT)
    assert sam.next_nudge is not None
    assert sam.next_nudge.date() == MONDAY.date() + timedelta(days=1)
    assert [e.prompt for e in await experiences_in(world, SAM.id)] == [answer.prompt_id]


async def test_set_up_starts_again_after_a_stop(world: World) -> None:
    """Whoever presses the old welcome card again wants tips again."""
    await keep(world, preferring(SAM, Preferences(stopped=True)))
    await onboarding.set_up(world, SAM.id, CHOICES)
    sam = await person_in(world, SAM.id)
    assert not sam.preferences.stopped
    assert sam.next_nudge is not None


async def test_whoever_is_back_begins_on_a_day_on_which_a_tip_can_come(world: World) -> None:
    """Bank holidays are passed over, as for everybody whose drip goes on."""
    closed = frozenset(MONDAY.date() + timedelta(days=ahead) for ahead in range(12))
    world = replace(world, holidays={Nation.ENGLAND: closed})
    left = preferring(SAM, Preferences(role=CHOICES.role)).leaving(MONDAY)
    await keep(world, left)
    await onboarding.seen(world, SAM.id, reference(SAM.id))
    back = await person_in(world, SAM.id)
    assert back.reference == reference(SAM.id)
    assert back.next_nudge is not None
    assert back.next_nudge.date() not in closed


async def test_set_up_with_a_role_that_is_gone_stores_nothing(world: World) -> None:
    """A welcome card from before a role was renamed gets a kind answer."""
    await keep(world, SAM)
    before = everything(world)
    answer = await onboarding.set_up(world, SAM.id, replace(CHOICES, role=RoleId("astronaut")))
    assert isinstance(answer, Note)
    assert answer.steps
    assert everything(world) == before


async def test_set_up_without_a_day_stores_nothing(world: World) -> None:
    """No day means no tips, which nobody means who has just begun."""
    await keep(world, SAM)
    before = everything(world)
    answer = await onboarding.set_up(world, SAM.id, replace(CHOICES, days=frozenset()))
    assert isinstance(answer, Note)
    assert "at least one day" in answer.title
    assert everything(world) == before


async def test_leaving_drops_what_was_planned(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """After the app was removed nothing is sent, whatever was planned; the choices stay."""
    await onboarding.arrived(world, SAM.id, HERE)
    (welcome,) = await open_for(world, SAM.id)
    await onboarding.left(world, SAM.id)
    clock.forward(timedelta(hours=1))
    await Dispatcher(world).dispatch_due()
    dropped = await delivery_in(world, welcome.key)
    assert (dropped.state, dropped.note) == (State.DROPPED, "left")
    assert outbound.sent == []
    sam = await person_in(world, SAM.id)
    assert (sam.reference, sam.next_nudge) == (None, None)


async def test_leaving_twice_is_leaving_once(world: World) -> None:
    """Teams may say it twice, and may say it of somebody whom nobody knows."""
    await onboarding.left(world, SAM.id)
    before = everything(world)
    await onboarding.left(world, SAM.id)
    assert everything(world) == before


async def test_seen_keeps_a_new_address_only(world: World) -> None:
    """The chat's address is refreshed by whatever somebody does; the drip is left as it is."""
    sam = preferring(SAM, Preferences(role=CLERK))
    await keep(world, sam)
    await onboarding.seen(world, SAM.id, ELSEWHERE)
    assert await person_in(world, SAM.id) == heard(replace(sam, reference=ELSEWHERE), MONDAY.date())


async def test_an_answer_is_no_day_on_which_somebody_was_heard(world: World) -> None:
    """Where the chat is counts all the same; without that, nothing at all is kept."""
    sam = preferring(SAM, Preferences(role=CLERK))
    await keep(world, sam)
    await onboarding.seen(world, SAM.id, ELSEWHERE, answering=True)
    assert await person_in(world, SAM.id) == replace(sam, reference=ELSEWHERE)


async def test_somebody_who_could_not_be_reached_and_writes_goes_on(world: World) -> None:
    """Unblocking the bot and saying hello brings the tips back, without setting up again."""
    away = replace(preferring(SAM, Preferences(role=CLERK)), reference=None, next_nudge=None)
    await keep(world, away)
    await onboarding.seen(world, SAM.id, HERE)
    back = await person_in(world, SAM.id)
    assert back.reference == HERE
    assert back.next_nudge == back.next_slot(MONDAY)
    assert back.next_nudge is not None


async def test_a_new_installation_goes_on_for_whoever_had_set_up(world: World) -> None:
    """The choices were kept, and so are the tips; who had stopped them stays without."""
    had, stopped = preferring(SAM, Preferences(role=CLERK)), staff("Kim Sample")
    stopped = stopped.choosing(Preferences(role=CLERK, stopped=True))
    await keep(world, replace(had, next_nudge=MONDAY), stopped)
    for person in (had, stopped):
        await onboarding.left(world, person.id)
        await onboarding.arrived(world, person.id, HERE)
        await onboarding.seen(world, person.id, HERE)
    assert (await person_in(world, had.id)).next_nudge == had.next_slot(MONDAY)
    assert (await person_in(world, stopped.id)).next_nudge is None


async def test_time_without_the_app_is_no_silence(world: World, clock: SettableClock) -> None:
    """Who had no app for months was not silent: the tips go on as usual, and nobody says goodbye."""
    contact = Contact(heard=MONDAY.date(), slowed=True)
    await keep(world, preferring(SAM, Preferences(role=CLERK, contact=contact)))
    await onboarding.left(world, SAM.id)
    clock.forward(timedelta(days=80))
    await onboarding.arrived(world, SAM.id, HERE)
    sam = await person_in(world, SAM.id)
    assert silent_for(sam, clock.at) == timedelta(0)
    assert not sam.preferences.contact.slowed
    clock.forward(timedelta(days=1))
    await onboarding.arrived(world, SAM.id, HERE)
    assert await person_in(world, SAM.id) == sam, "a second event for one installation is no sign of life"


async def test_a_button_in_another_chat_counts_as_a_day(world: World, clock: SettableClock) -> None:
    """Their usual days are back; of that chat nothing is kept, and who has none with the bot stays so."""
    contact = Contact(heard=MONDAY.date(), slowed=True)
    sam = preferring(SAM, Preferences(role=CLERK, contact=contact))
    kim = replace(staff("Kim Sample"), reference=None)
    await keep(world, sam, kim)
    clock.forward(timedelta(days=40))
    for person in (sam, kim, stranger()):
        await onboarding.seen_elsewhere(world, person.id)
    seen = await person_in(world, sam.id)
    assert seen.preferences.contact == Contact(heard=clock.at.date())
    assert (seen.reference, seen.next_nudge) == (sam.reference, sam.next_slot(clock.at))
    assert await person_in(world, kim.id) == kim
    async with world.store.unit_of_work() as work:
        assert await work.people.get(stranger().id) is None


async def test_somebody_who_stopped_and_writes_stays_stopped(world: World) -> None:
    """Saying hello is not asking for tips."""
    away = replace(SAM.choosing(Preferences(role=CLERK, stopped=True)), reference=None)
    await keep(world, away)
    await onboarding.seen(world, SAM.id, HERE)
    assert (await person_in(world, SAM.id)).next_nudge is None


async def test_a_first_word_before_set_up_starts_no_drip(world: World) -> None:
    """Nothing comes by itself to somebody who has not chosen."""
    await onboarding.seen(world, SAM.id, HERE)
    assert (await person_in(world, SAM.id)).next_nudge is None


async def test_without_a_licence_the_first_card_says_so(world: World) -> None:
    """That the tips work without an AI assistant stands on the first card, and not once more on the next."""
    world = replace(world, library=ByHand())
    await keep(world, UNREACHED)
    await onboarding.arrived(world, SAM.id, HERE)
    answer = await onboarding.set_up(world, SAM.id, replace(CHOICES, licence=Licence.NOTHING))
    assert isinstance(answer, Tip)
    assert "You have no AI assistant yet." in answer.opening
    assert (await person_in(world, SAM.id)).preferences.contact.licence is Licence.NOTHING


@pytest.mark.parametrize("typed", ["only mondays", "settings"])
async def test_the_houses_nation_is_theirs_without_a_set_up(world: World, typed: str) -> None:
    """Whoever chooses something else first has it too, and so has whoever has chosen nothing."""
    holidays = {Nation.WALES: frozenset({MONDAY.date()})}
    world = replace(world, house=replace(world.house, nation=Nation.WALES), holidays=holidays)
    await keep(world, SAM)
    assert MONDAY.date() in closed_for(world, Person(SAM.id))
    form = await adjusting.show_settings(world, SAM.id)
    assert isinstance(form, Settings)
    assert form.nation == "wales"
    if typed == "settings":
        chosen = ChangeSettings(
            CLERK, Licence.CHAT, frozenset({0}), 1, "9:00", "17:00", nation=Nation.SCOTLAND
        )
        await adjusting.change_settings(world, SAM.id, chosen)
    else:
        await rostering.set_tips(world, SAM.id, SetTips(days=frozenset({0})))
    kept = (await person_in(world, SAM.id)).preferences.rhythm.nation
    assert kept is (Nation.SCOTLAND if typed == "settings" else Nation.WALES)
