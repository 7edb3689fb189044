"""Rounds are opened, asked, answered and closed; one voice a person, and no names."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commands import AnswerPulse, SetUp
from bot.domain.delivery import PulseDue, State
from bot.domain.messages import Message, Note, PulseQuestions
from bot.domain.people import Licence, Person, Preferences
from bot.domain.pulses import OPEN_FOR, Round
from bot.services import composing, onboarding, surveying
from bot.services.dispatching import Dispatcher
from bot.services.ports import Store, UnitOfWork, World
from bot.services.surveying import BATCH
from bot.storage.memory import MemoryStore
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import everything, keep, open_for, person_in
from tests.samples import CLERK, MONDAY, WARD, preferring, staff, stranger

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
SAM = preferring(staff(), Preferences(role=CLERK))
ROUND = "2026-11-30"


class ForgetfulStore(MemoryStore):
    """A memory store that counts how often it made replaced values unreadable, after some crashes."""

    def __init__(self, crashes: int = 0) -> None:
        super().__init__()
        self.forgot = 0
        self._crashes = crashes

    async def forget(self) -> None:
        if self._crashes:
            self._crashes -= 1
            raise Crash
        self.forgot += 1


class EndingStore:
    """A store whose process ends after so many units of work."""

    def __init__(self, store: Store, units: int) -> None:
        self.shared = store.shared
        self.forget, self.erase, self.close = store.forget, store.erase, store.close
        self._store = store
        self._units = units

    def unit_of_work(self) -> AbstractAsyncContextManager[UnitOfWork]:
        if not self._units:
            raise Crash
        self._units -= 1
        return self._store.unit_of_work()


async def the_round(world: World) -> Round:
    """The only round there is."""
    async with world.store.unit_of_work() as work:
        (round_,) = await work.pulses.rounds()
    return round_


async def the_questions(world: World, round_id: str) -> Message | None:
    """What is sent to whoever is asked, in a unit of work of its own."""
    async with world.store.unit_of_work() as work:
        return await surveying.questions(world, work, round_id)


async def answers(world: World) -> dict[int, int]:
    """The confidence that was counted in the ward."""
    async with world.store.unit_of_work() as work:
        return dict((await work.pulses.tally(ROUND, WARD)).confidence)


async def opened(world: World, clock: SettableClock, *people: Person) -> None:
    """Open the first round among these people."""
    await keep(world, *people)
    clock.at = OPENS
    assert await surveying.open_due(world) is not None


async def test_a_round_opens_when_it_is_due_and_once(world: World, clock: SettableClock) -> None:
    """Not a minute early, then once, however many ticks there are."""
    clock.at = OPENS - timedelta(minutes=1)
    assert await surveying.open_due(world) is None
    clock.at = OPENS
    first = await surveying.open_due(world)
    assert first == await the_round(world)
    assert first is not None
    assert (first.id, first.opens, first.closes, first.threshold) == (ROUND, OPENS, OPENS + OPEN_FOR, 10)
    before = everything(world)
    assert await surveying.open_due(world) is None
    assert everything(world) == before


@pytest.mark.parametrize("units", [1, 2, 3])
async def test_asking_that_was_cut_short_goes_on(world: World, clock: SettableClock, units: int) -> None:
    """Wherever the process ended: in the end everybody is asked, and nobody twice."""
    people = [preferring(staff(f"Person {n:04}"), Preferences(role=CLERK)) for n in range(BATCH * 2 + 1)]
    await keep(world, *people)
    clock.at = OPENS
    with pytest.raises(Crash):
        await surveying.open_due(replace(world, store=EndingStore(world.store, units)))
    before = await the_round(world)
    early = {p.id: await open_for(world, p.id) for p in people}
    assert await surveying.open_due(world) is None
    assert await the_round(world) == before.asked(None)
    asked = {p.id: await open_for(world, p.id) for p in people}
    assert all(len(deliveries) == 1 for deliveries in asked.values())
    assert all(asked[person] == deliveries for person, deliveries in early.items() if deliveries)


async def test_asking_ends_with_the_round(world: World, clock: SettableClock) -> None:
    """What could not be asked in time is not asked any more."""
    await keep(world, SAM)
    clock.at = OPENS
    with pytest.raises(Crash):
        await surveying.open_due(replace(world, store=EndingStore(world.store, 1)))
    clock.at = OPENS + OPEN_FOR
    await surveying.close_due(world)
    assert await surveying.open_due(world) is None
    assert (await the_round(world)).asked_to is None
    assert await open_for(world, SAM.id) == []


async def test_everybody_who_may_be_contacted_is_asked_once(world: World, clock: SettableClock) -> None:
    """People who rest, cannot be reached, or count in no team are not asked."""
    paused = staff("Paused Sample").choosing(Preferences(paused_until=OPENS + timedelta(days=1)))
    stopped = staff("Stopped Sample").choosing(Preferences(stopped=True))
    away = replace(staff("Away Sample"), reference=None)
    await opened(world, clock, SAM, paused, stopped, away, stranger())
    (asked,) = await open_for(world, SAM.id)
    assert (asked.subject, asked.expires, asked.unasked) == (PulseDue(ROUND), OPENS + OPEN_FOR, True)
    assert SAM.preferences.rhythm.allows(asked.due)
    for person in (paused, stopped, away, stranger()):
        assert await open_for(world, person.id) == []


async def test_a_newcomer_is_asked_in_the_open_round(world: World, clock: SettableClock) -> None:
    """Whoever sets up while a round is open takes part, once."""
    kim = staff("Kim Sample")
    await opened(world, clock, SAM)
    await keep(world, kim)
    choices = SetUp(CLERK, Licence.CHAT, frozenset({0, 1, 2}))
    await onboarding.set_up(world, kim.id, choices)
    await onboarding.set_up(world, kim.id, choices)
    assert [d.subject for d in await open_for(world, kim.id)] == [PulseDue(ROUND)]


async def test_the_questions_arrive_in_the_persons_hours(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """The round opens at midnight; the question comes at the person's own time."""
    await opened(world, clock, SAM)
    await Dispatcher(world).dispatch_due()
    assert outbound.sent == []
    (asked,) = await open_for(world, SAM.id)
    clock.at = asked.due
    await Dispatcher(world).dispatch_due()
    assert outbound.to(SAM.id) == [PulseQuestions(ROUND, "Sunday 6 December", 10)]


async def test_the_last_answer_counts_once(world: World, clock: SettableClock) -> None:
    """A second answer replaces the first; nothing is kept twice."""
    await opened(world, clock, SAM)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4))
    assert await answers(world) == {2: 1}
    answer = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 5, 1))
    assert await answers(world) == {5: 1}
    assert isinstance(answer, Note)
    assert "without your name" in answer.lines[0]


async def test_an_answer_carries_no_name_and_no_time(world: World, clock: SettableClock) -> None:
    """What is stored of an answer says neither who nor when."""
    await opened(world, clock, SAM)
    before = everything(world)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4))
    after = everything(world)
    (kept,) = after["answers"].values()
    assert SAM.id not in repr(kept)
    assert "Sam" not in repr(kept)
    assert "2026, " not in repr(kept)
    assert {name: rows for name, rows in after.items() if name != "answers"} == {
        name: rows for name, rows in before.items() if name != "answers"
    }


@pytest.mark.parametrize(("confidence", "first"), [(1, "champion"), (2, "champion"), (3, "pulse_again")])
async def test_low_confidence_brings_the_offer_of_a_champion(
    world: World, clock: SettableClock, confidence: int, first: str
) -> None:
    """Whoever is not confident is offered a colleague, and may change the answer."""
    await opened(world, clock, SAM)
    answer = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, confidence, 3))
    assert isinstance(answer, Note)
    assert answer.steps[0].verb == first
    assert ("pulse_again", ROUND) in [(step.verb, step.subject) for step in answer.steps]


@pytest.mark.parametrize("round_id", ["2020-01-01", "", ROUND])
async def test_a_round_that_somebody_was_not_asked_in_takes_no_answer(
    world: World, clock: SettableClock, round_id: str
) -> None:
    """Somebody else's round, or one that never was, gets a kind answer and stores nothing."""
    await opened(world, clock, SAM)
    late = staff("Late Sample")
    await keep(world, late)
    before = everything(world)
    answer = await surveying.record_answer(world, late.id, AnswerPulse(round_id, 3, 3))
    assert isinstance(answer, Note)
    assert "no longer" in answer.title
    assert answer.steps
    assert everything(world) == before


@pytest.mark.parametrize("swept", [False, True])
async def test_a_late_answer_stores_nothing(world: World, clock: SettableClock, *, swept: bool) -> None:
    """After the close an answer is thanked for and not kept, whether the round was swept up yet or not."""
    await opened(world, clock, SAM)
    clock.at = OPENS + OPEN_FOR
    if swept:
        await surveying.close_due(world)
    before = everything(world)
    answer = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3))
    assert isinstance(answer, Note)
    assert answer.title == "These questions have closed"
    assert everything(world) == before


async def test_closing_destroys_the_secret_for_good(world: World, clock: SettableClock) -> None:
    """A round closes once, without its secret, and the store is told to make it unreadable."""
    store = ForgetfulStore()
    world = replace(world, store=store)
    await opened(world, clock, SAM)
    assert await surveying.close_due(world) == 0
    assert store.forgot == 0
    clock.at = OPENS + OPEN_FOR
    assert await surveying.close_due(world) == 1
    assert (await the_round(world)).secret is None
    assert await surveying.close_due(world) == 0
    assert store.forgot == 1


async def test_a_crash_while_closing_still_ends_in_forgetting(world: World, clock: SettableClock) -> None:
    """Where the process ends between the close and the forgetting, the next tick makes up for it."""
    store = ForgetfulStore(crashes=1)
    world = replace(world, store=store)
    await opened(world, clock, SAM)
    clock.at = OPENS + OPEN_FOR
    with pytest.raises(Crash):
        await surveying.close_due(world)
    await surveying.close_due(world)
    await surveying.close_due(world)
    assert store.forgot == 1
    assert (await the_round(world)).secret is None


async def test_questions_are_not_sent_after_the_close(
    world: World, clock: SettableClock, outbound: ScriptedOutbound
) -> None:
    """A question that found no room before its round closed is dropped."""
    await opened(world, clock, SAM)
    (asked,) = await open_for(world, SAM.id)
    clock.at = OPENS + OPEN_FOR + timedelta(hours=10)
    dispatcher = Dispatcher(world)
    await dispatcher.dispatch_due()
    assert outbound.sent == []
    assert dispatcher.counts == {State.DROPPED: 1}
    assert asked.expires < clock.at


async def test_the_questions_can_be_seen_again_while_the_round_is_open(
    world: World, clock: SettableClock
) -> None:
    """Changing an answer needs the card again; after the close, or of no round, there is a kind answer."""
    await opened(world, clock, SAM)
    questions = PulseQuestions(ROUND, "Sunday 6 December", 10)
    assert await surveying.show_questions(world, ROUND) == questions
    assert await surveying.show_questions(world, "2020-01-01") == composing.gone("round_closed")
    assert await the_questions(world, ROUND) == questions
    assert await the_questions(world, "2020-01-01") is None
    clock.at = OPENS + OPEN_FOR
    assert await surveying.show_questions(world, ROUND) == composing.gone("round_closed")
    assert await the_questions(world, ROUND) is None


async def test_a_service_that_was_down_opens_one_round(world: World, clock: SettableClock) -> None:
    """After months away only the newest round opens, and its close is a week after it should have opened."""
    await keep(world, SAM)
    clock.at = OPENS + timedelta(days=28 * 3 + 2)
    newest = await surveying.open_due(world)
    assert newest is not None
    assert newest.opens == OPENS + timedelta(days=28 * 3)
    (asked,) = await open_for(world, SAM.id)
    assert MONDAY < clock.at < asked.due


@pytest.mark.parametrize("per_week", range(1, 6))
async def test_the_questions_take_a_tips_place(world: World, clock: SettableClock, per_week: int) -> None:
    """However many tips somebody wants, the day of the questions has none: they get room."""
    rhythm = replace(SAM.preferences.rhythm, per_week=per_week)
    await opened(world, clock, preferring(SAM, replace(SAM.preferences, rhythm=rhythm)))
    (asked,) = await open_for(world, SAM.id)
    following = (await person_in(world, SAM.id)).next_nudge
    assert following is not None
    assert following.date() > asked.due.date()
