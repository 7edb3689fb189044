"""Rounds of the micro-pulse: opened, asked, answered, closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.domain.commands import AnswerPulse
from bot.domain.delivery import Delivery, PulseDue
from bot.domain.messages import Message, Note, PulseQuestions, Step
from bot.domain.people import Person, PersonId
from bot.domain.pulses import FIRST, Answer, Round, asking_time, due_round, voice
from bot.domain.wording import day_in_words
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

BATCH = 200
"""People asked in one unit of work."""

LOW = 2
"""Confidence at or below this brings the offer of a champion."""

SAME_DAY = timedelta(hours=12)
"""From one slot to past any other of the same day, in ordinary hours."""


async def open_due(world: World) -> Round | None:
    """Open the round that is due and ask everybody, or return None while none is.

    People are asked in batches. What was cut short is gone on with at the next call, and asks nobody twice.
    """
    opened, asking = await _open(world)
    for round_ in asking:
        await _ask_everybody(world, round_)
    return opened and opened.asked(None)


async def _open(world: World) -> tuple[Round | None, Sequence[Round]]:
    """The round that was due and is open now, and all in which people are still to be asked."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        rounds = [*await work.pulses.rounds()]
        opens = due_round(_last(rounds), _start(world), world.house.pulse_every, now, world.house.pulse_open)
        opened = _round(world, opens) if opens else None
        if opened:
            await work.pulses.put_round(opened)
            rounds.append(opened)
    return opened, [round_ for round_ in rounds if round_.asked_to is not None]


def _round(world: World, opens: datetime) -> Round:
    return Round(
        id=f"{opens:%Y-%m-%d}",
        opens=opens,
        closes=opens + world.house.pulse_open,
        secret=world.chance.secret(),
        threshold=world.house.threshold,
        asked_to=FIRST,
    )


async def _ask_everybody(world: World, round_: Round) -> None:
    last = round_.asked_to
    while last is not None:
        last = await _ask_batch(world, round_.id, last)
        await _note_asked(world, round_.id, last)


async def _ask_batch(world: World, round_id: str, after: PersonId) -> PersonId | None:
    """Ask the next people after somebody, and return the last of them; None where there is nobody to ask."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        round_ = await work.pulses.get_round(round_id)
        ids = await work.people.reachable(after, BATCH)
        if not ids or round_ is None or not round_.takes_answers(now):
            return None
        people = await work.people.get_all(ids)
        await _ask(work, round_, list(people.values()), now)
    return ids[-1]


async def _note_asked(world: World, round_id: str, last: PersonId | None) -> None:
    async with world.store.unit_of_work() as work:
        for round_ in await work.pulses.rounds():
            if round_.id == round_id:
                await work.pulses.put_round(round_.asked(last))


async def close_due(world: World) -> int:
    """Close the rounds whose time is over and make their secrets unreadable; returns how many were closed.

    A round counts as sealed only when its secret is gone from the files too: a failure is made good later.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        rounds = await work.pulses.rounds()
        over = [r for r in rounds if not r.is_closed and r.closes <= now]
        for round_ in over:
            await work.pulses.put_round(round_.closed())
    if any(r in over or (r.is_closed and not r.sealed) for r in rounds):
        await _seal(world)
    return len(over)


async def _seal(world: World) -> None:
    await world.store.forget()
    async with world.store.unit_of_work() as work:
        for round_ in await work.pulses.rounds():
            if round_.is_closed and not round_.sealed:
                await work.pulses.put_round(replace(round_, sealed=True))


async def ask_newcomer(work: UnitOfWork, person: Person, now: datetime) -> None:
    """Ask somebody who has just set up in the round that is open, if one is; their first tip comes first."""
    after = person.next_nudge + SAME_DAY if person.next_nudge else now
    for round_ in await work.pulses.rounds():
        if round_.takes_answers(now):
            await _ask(work, round_, [person], after)


async def show_questions(world: World, round_id: str) -> Message:
    """The questions of a round once more, for somebody who wants to change an answer."""
    async with world.store.unit_of_work() as work:
        return await questions(world, work, round_id) or composing.gone("round_closed")


async def questions(world: World, work: UnitOfWork, round_id: str) -> Message | None:
    """The card of a round that still takes answers; None once it does not."""
    round_ = await work.pulses.get_round(round_id)
    if round_ is None or not round_.takes_answers(world.clock.now()):
        return None
    return PulseQuestions(round_.id, day_in_words(round_.last_day), round_.threshold)


async def record_answer(world: World, person_id: PersonId, command: AnswerPulse) -> Message:
    """Keep one voice of this person in the round that they were asked in; the last answer counts."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        round_ = await work.pulses.get_round(command.round_id)
        person = await person_of(work, person_id)
        asked = await work.deliveries.get(_key(command.round_id, person_id))
        if round_ is None or asked is None or person.team is None:
            return composing.gone("not_asked")
        if round_.secret is None or not round_.takes_answers(now):
            return _closed()
        kept = Answer(
            round_.id, voice(round_.secret, person_id), person.team, command.confidence, command.workload
        )
        await work.pulses.put_answer(kept)
    return _thanks(command, round_)


async def _ask(work: UnitOfWork, round_: Round, people: Sequence[Person], after: datetime) -> None:
    """Plan the questions for each of the people who can be asked and was not yet."""
    asked = [(person, _questions_for(person, round_, after)) for person in people]
    added = await work.deliveries.add_all([delivery for _, delivery in asked if delivery])
    await work.people.put_all([_making_room(who, d.due) for who, d in asked if d and d.key in added])


def _questions_for(person: Person, round_: Round, after: datetime) -> Delivery | None:
    """The questions at a time of the person's own; None for somebody who rests or has no team."""
    due = asking_time(round_, person, after)
    if person.team is None or due is None or not person.may_be_contacted(after):
        return None
    return Delivery(
        key=_key(round_.id, person.id),
        person=person.id,
        subject=PulseDue(round_.id),
        due=due,
        expires=round_.closes,
        unasked=True,
    )


def _making_room(person: Person, due: datetime) -> Person:
    """The person whose tip of that day or before gives way: else the cap would keep the questions back."""
    if person.next_nudge is None or person.next_nudge > due + SAME_DAY:
        return person
    later = person.preferences.rhythm.next_slot(person.id, due + SAME_DAY)
    return replace(person, next_nudge=later)


def _key(round_id: str, person_id: PersonId) -> str:
    return f"pulse:{round_id}:{person_id}"


def _last(rounds: Sequence[Round]) -> Round | None:
    return rounds[-1] if rounds else None


def _start(world: World) -> datetime:
    return datetime.combine(world.house.pulse_start, time(0), UTC)


def _thanks(command: AnswerPulse, round_: Round) -> Note:
    lines = [
        "Your two answers are kept without your name.",
        f"You can change them until the end of {day_in_words(round_.last_day)}.",
    ]
    change = Step("Change my answers", "pulse_again", round_.id)
    if command.confidence <= LOW:
        lines.append("Many people feel as you do. A champion is a colleague who is glad to help.")
        return Note("Thank you", lines, [Step("Ask a champion", "champion"), change, composing.TIP])
    return Note("Thank you", lines, [change, composing.TIP, composing.HELP])


def _closed() -> Note:
    return Note(
        title="These questions have closed",
        lines=["Thank you for wanting to answer. Nothing was stored. The next ones come in a few weeks."],
        steps=[composing.TIP, composing.HELP],
        refused="round_closed",
    )
