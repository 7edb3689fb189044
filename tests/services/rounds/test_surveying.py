"""Rounds are opened, asked, answered and closed; one voice a person, and no names."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commands.own import SetUp
from bot.domain.commands.pulses import AnswerPulse, ShowPulse
from bot.domain.messages import Message, Note, PulseQuestions
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import PulseDue
from bot.domain.rounds.pulses import Answer, Round
from bot.domain.staff.hours import Nation
from bot.domain.staff.people import GroupId, Licence, Person, Preferences
from bot.services import composing
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import onboarding
from bot.services.ports import Store, UnitOfWork, World
from bot.services.rounds import closing, reminding, surveying
from bot.services.rounds.surveying import BATCH
from tests.fakes import Crash, ScriptedOutbound, SettableClock
from tests.kept import everything, keep, open_for, person_in
from tests.samples import CLERK, MONDAY, OPEN_FOR, WARD, preferring, staff, stranger

OPENS = datetime(2026, 11, 30, tzinfo=UTC)
SAM = preferring(staff(), Preferences(role=CLERK))
ROUND = "2026-11-30"


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
        return await surveying.questions(world, work, round_id, SAM)


def answers(world: World) -> list[tuple[int, int | None]]:
    """The answers of teams as they are kept: confidence and workload."""
    kept = everything(world)["answers"].values()
    return [(a.confidence, a.workload) for a in kept if isinstance(a, Answer) and a.group.startswith("team:")]


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
    await closing.close_due(world)
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
    assert outbound.to(SAM.id) == [surveying.composed(world, await the_round(world), SAM)]


async def test_the_last_answer_counts_once(world: World, clock: SettableClock) -> None:
    """A second answer replaces the first; nothing is kept twice."""
    await opened(world, clock, SAM)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4))
    assert answers(world) == [(2, 4)]
    answer = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 5, 1))
    assert answers(world) == [(5, 1)]
    assert isinstance(answer, Note)
    assert "without your name" in answer.lines[0]


@pytest.mark.parametrize(("third", "beside"), [(4, None), (None, 2)])
async def test_half_a_pair_is_not_kept(
    world: World, clock: SettableClock, third: int | None, beside: int | None
) -> None:
    """Minutes saved count with minutes checking only, and whoever left one out is told."""
    await opened(world, clock, SAM)
    note = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3, third, beside))
    assert isinstance(note, Note)
    assert "One was left out, so neither is kept." in " ".join(note.lines)
    kept = [one for one in everything(world)["answers"].values() if isinstance(one, Answer)]
    assert {(one.third, one.beside) for one in kept} == {(None, None)}


async def test_a_whole_pair_is_kept(world: World, clock: SettableClock) -> None:
    """Both, with the team's answer."""
    await opened(world, clock, SAM)
    note = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3, 4, 2))
    assert isinstance(note, Note)
    assert "left out" not in " ".join(note.lines)
    kept = [one for one in everything(world)["answers"].values() if isinstance(one, Answer)]
    assert (4, 2) in {(one.third, one.beside) for one in kept}


async def test_an_answer_carries_no_name_and_no_time(world: World, clock: SettableClock) -> None:
    """What is stored of an answer says neither who nor when, and no row says more than one group."""
    await opened(world, clock, SAM)
    before = everything(world)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4, 3))
    after = everything(world)
    kept = [row for row in after["answers"].values() if isinstance(row, Answer)]
    assert sorted(row.group for row in kept) == ["licence:chat", "role:ward-clerk", f"team:{WARD}"]
    assert len({row.voice for row in kept}) == 3
    assert [(row.workload, row.third) for row in kept if not row.site] == [(None, None)] * 2
    for word in (SAM.id, "Sam", "2026, "):
        assert word not in repr(kept)
    assert {name: rows for name, rows in after.items() if name != "answers"} == {
        name: rows for name, rows in before.items() if name != "answers"
    }


async def test_an_answer_stays_where_it_was_first_given(world: World, clock: SettableClock) -> None:
    """Somebody who moves to another team during a round still counts in the first one."""
    await opened(world, clock, SAM)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4))
    moved = staff(team=GroupId("Ward 5 sample"), site="South site")
    await keep(world, replace(await person_in(world, SAM.id), roster=moved.roster))
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 5, 1))
    assert answers(world) == [(5, 1)]
    assert "Ward 5" not in repr(everything(world)["answers"])


async def test_the_turn_may_be_left_out(world: World, clock: SettableClock) -> None:
    """Two taps and done; the rest is kept where it was given whole."""
    await opened(world, clock, SAM)
    for third, beside in ((None, None), (4, 2)):
        await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3, third, beside))
        (kept,) = (
            row for row in everything(world)["answers"].values() if isinstance(row, Answer) and row.site
        )
        assert (kept.third, kept.beside) == (third, beside)


async def test_turns_follow_one_another(world: World, clock: SettableClock) -> None:
    """Each round asks the next turn, and after the last the first again."""
    turns: list[str] = []
    clock.at = OPENS
    while len(turns) < 4:
        round_ = await surveying.open_due(world)
        turns += [round_.turn] if round_ else []
        clock.forward(timedelta(days=7))
        await closing.close_due(world)
    assert turns == ["minutes_saved", "rules_clear", "time_became", "minutes_saved"]


async def test_tips_follow_the_level_only_where_somebody_says_so(world: World, clock: SettableClock) -> None:
    """Their own level is with their own settings; unticked or on demand it is gone."""
    await opened(world, clock, SAM)
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4))
    assert (await person_in(world, SAM.id)).preferences.level is None
    thanks = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 2, 4, tune=True))
    assert (await person_in(world, SAM.id)).preferences.level == 2
    assert isinstance(thanks, Note)
    assert "forget_level" in [step.verb for step in thanks.steps]
    questions = await surveying.show_questions(world, SAM.id, ShowPulse(ROUND))
    assert isinstance(questions, PulseQuestions)
    assert questions.tune == "true"
    await surveying.forget_level(world, SAM.id)
    assert (await person_in(world, SAM.id)).preferences.level is None
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 4, 4, tune=True))
    await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 4, 4))
    assert (await person_in(world, SAM.id)).preferences.level is None


async def test_the_next_round_is_announced(world: World, clock: SettableClock) -> None:
    """Whoever asks is told the week; so is whoever answers."""
    await keep(world, SAM)
    answer = await surveying.show_questions(world, SAM.id, ShowPulse())
    assert isinstance(answer, Note)
    assert answer.lines == ["The next questions come in the week of Monday 30 November."]
    await opened(world, clock, SAM)
    thanks = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3))
    assert isinstance(thanks, Note)
    assert "The next questions come in the week of Monday 1 February." in " ".join(thanks.lines)


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
        await closing.close_due(world)
    before = everything(world)
    answer = await surveying.record_answer(world, SAM.id, AnswerPulse(ROUND, 3, 3))
    assert isinstance(answer, Note)
    assert answer.title == "These questions have closed"
    assert everything(world) == before


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
    questions = surveying.composed(world, await the_round(world), SAM)
    assert (questions.closes, questions.threshold, questions.tune) == ("Sunday 6 December", 10, "false")
    assert [one.id for one in (*questions.needed, *questions.optional)] == list(surveying.INPUTS)
    assert await surveying.show_questions(world, SAM.id, ShowPulse(ROUND)) == questions
    assert await surveying.show_questions(world, SAM.id, ShowPulse()) == questions
    assert await surveying.show_questions(world, SAM.id, ShowPulse("2020-01-01")) == composing.gone(
        "round_closed"
    )
    assert await the_questions(world, ROUND) == questions
    assert await the_questions(world, "2020-01-01") is None
    clock.at = OPENS + OPEN_FOR
    assert await surveying.show_questions(world, SAM.id, ShowPulse(ROUND)) == composing.gone("round_closed")
    assert await the_questions(world, ROUND) is None


async def test_a_service_that_was_down_opens_one_round(world: World, clock: SettableClock) -> None:
    """After months away only the newest round opens, and closes when it should have."""
    await keep(world, SAM)
    clock.at = OPENS + timedelta(days=28 * 3 + 8)
    newest = await surveying.open_due(world)
    assert newest is not None
    assert newest.opens == datetime(2027, 3, 1, tzinfo=UTC)
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


@pytest.mark.parametrize("reminded", [False, True])
async def test_a_tip_gives_way_to_no_bank_holiday(
    world: World, clock: SettableClock, *, reminded: bool
) -> None:
    """It moves on to a day on which it can come: on a day off it would only be dropped."""
    closed = frozenset(OPENS.date() + timedelta(days=ahead) for ahead in range(1, 12))
    world = replace(world, holidays={Nation.ENGLAND: closed})
    rhythm = replace(SAM.preferences.rhythm, per_week=5)
    await opened(world, clock, preferring(SAM, replace(SAM.preferences, rhythm=rhythm)))
    if reminded:
        clock.at = OPENS + timedelta(days=3)
        await reminding.remind_due(world)
    following = (await person_in(world, SAM.id)).next_nudge
    assert following is not None
    assert following.date() not in closed


async def test_the_questions_are_written_once_for_thousands(world: World, clock: SettableClock) -> None:
    """Whoever sends keeps what was written by the message: two people's are one, and can be looked up."""
    await opened(world, clock, SAM)
    round_ = await the_round(world)
    first, second = (surveying.composed(world, round_, person) for person in (SAM, staff("Kim Sample")))
    assert len({first, second}) == 1
