"""Rounds of the micro-pulse: opened, asked and answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.anonymity.blurring import SCALE
from bot.domain.commands.pulses import AnswerPulse, ShowPulse
from bot.domain.messages import Asked, Message, Note, Option, PulseQuestions, Step
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import PulseDue
from bot.domain.rounds.pulses import FIRST, Round, answers_of, asking_time
from bot.domain.rounds.questions import Question
from bot.domain.staff.cadence import Days
from bot.domain.staff.people import OwnAnswer, Person, PersonId, Preferences
from bot.domain.text.language import joined, say
from bot.domain.text.wording import day_in_words
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for, person_of

BATCH = 200
"""People asked in one unit of work."""

LOW = 2
"""Confidence at or below this brings the offer of a champion."""

SAME_DAY = timedelta(hours=12)
"""From one slot to past any other of the same day, in ordinary hours."""

INPUTS = ("confidence", "workload", "third", "beside")
"""What the answers to a card's questions are called, in their order."""


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
        opens = world.house.calendar.due(rounds[-1].opens if rounds else None, now)
        opened = _round(world, opens, rounds[-1].turn if rounds else "") if opens else None
        if opened:
            await work.pulses.put_round(opened)
            rounds.append(opened)
    return opened, [round_ for round_ in rounds if round_.asked_to is not None]


def _round(world: World, opens: datetime, last_turn: str) -> Round:
    questions = world.library.questions
    return Round(
        id=f"{opens:%Y-%m-%d}",
        opens=opens,
        closes=world.house.calendar.closes(opens),
        secret=world.chance.secret(),
        threshold=world.house.threshold,
        asked_to=FIRST,
        reminds=world.house.calendar.reminds(opens),
        reminded_to=FIRST,
        turn=questions.following(last_turn),
        wording=questions.version,
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
        await _ask(world, work, round_, list(people.values()), now)
    return ids[-1]


async def _note_asked(world: World, round_id: str, last: PersonId | None) -> None:
    async with world.store.unit_of_work() as work:
        for round_ in await work.pulses.rounds():
            if round_.id == round_id:
                await work.pulses.put_round(round_.asked(last))


async def ask_newcomer(world: World, work: UnitOfWork, person: Person, now: datetime) -> None:
    """Ask somebody who has just set up in the round that is open, if one is; their first tip comes first."""
    after = person.next_nudge + SAME_DAY if person.next_nudge else now
    for round_ in await work.pulses.rounds():
        if round_.takes_answers(now):
            await _ask(world, work, round_, [person], after)


async def show_questions(world: World, person_id: PersonId, command: ShowPulse) -> Message:
    """The questions of a round once more, for somebody who was asked; or when the next ones come."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        if command.round_id:
            return await questions(world, work, command.round_id, person) or composing.gone("round_closed")
        rounds = await work.pulses.rounds()
        for round_ in (r for r in rounds if r.takes_answers(now)):
            if await work.deliveries.get(key(round_.id, person_id)):
                return composed(world, round_, person)
    return Note(say("No questions just now"), [coming(world, rounds)], [composing.TIP, composing.HELP])


def coming(world: World, rounds: Sequence[Round]) -> str:
    """When the next round opens, as a sentence: this is how rounds are announced."""
    opens = world.house.calendar.coming(rounds[-1].opens if rounds else None, world.clock.now())
    if opens is None:
        return say("No questions are planned.")
    return say("The next questions come in the week of {day}.", day=day_in_words(opens.date()))


async def questions(world: World, work: UnitOfWork, round_id: str, person: Person) -> Message | None:
    """The card of a round that still takes answers; None once it does not."""
    round_ = await work.pulses.get_round(round_id)
    if round_ is None or not round_.takes_answers(world.clock.now()):
        return None
    return composed(world, round_, person)


def composed(world: World, round_: Round, person: Person, opening: str = "") -> PulseQuestions:
    """The questions of a round as a card for one person."""
    turn = world.library.questions.turn(round_.turn)
    fixed = world.library.questions.fixed
    return PulseQuestions(
        round_id=round_.id,
        opening=opening or say("Two questions, two taps. The rest is up to you."),
        closes=day_in_words(round_.last_day),
        threshold=round_.threshold,
        needed=tuple(_asked(name, one) for name, one in zip(INPUTS[:2], fixed, strict=True)),
        optional=tuple(_asked(name, one) for name, one in zip(INPUTS[2:], turn, strict=False)),
        tune="true" if person.preferences.tuned else "false",
    )


def _asked(name: str, question: Question) -> Asked:
    answers = tuple(Option(question.label(value), str(value)) for value in SCALE)
    return Asked(name, say(question.text), answers)


async def record_answer(world: World, person_id: PersonId, command: AnswerPulse) -> Message:
    """Keep one voice of this person in the round that they were asked in; the last answer counts."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        round_ = await work.pulses.get_round(command.round_id)
        person = await person_of(work, person_id)
        asked = await work.deliveries.get(key(command.round_id, person_id))
        if round_ is None or asked is None or person.roster is None:
            return composing.gone("not_asked")
        if round_.secret is None or not round_.takes_answers(now):
            return _closed()
        command, halved = _whole_pairs(command, len(world.library.questions.turn(round_.turn)))
        said = (command.confidence, command.workload, command.third, command.beside)
        await work.pulses.put_answers(answers_of(round_, round_.secret, person, said))
        kept = _own(person.preferences, round_, command)
        if kept != person.preferences:
            await work.people.put(person.choosing(kept))
    return _thanks(command, round_, coming(world, [round_]), halved=halved)


def _whole_pairs(command: AnswerPulse, asked: int) -> tuple[AnswerPulse, bool]:
    """The answers without half a pair, and whether there was one: nobody's gain counts without its cost."""
    halved = asked > 1 and (command.third is None) is not (command.beside is None)
    return (replace(command, third=None, beside=None) if halved else command), halved


def _own(preferences: Preferences, round_: Round, command: AnswerPulse) -> Preferences:
    """The person's own settings with this answer, or without any where they do not want that.

    Of the answer's time only the round is kept.
    """
    if not command.tune:
        return preferences.untuned()
    answer = OwnAnswer(round_.opens.date(), command.confidence, command.workload)
    return preferences.saying(answer)


async def forget_level(world: World, person_id: PersonId) -> Message:
    """Do not keep somebody's own answers for their tips any more."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        await work.people.put(person.choosing(person.preferences.untuned()))
    lines = [say("Your own answers are not kept any more. Your tips go on without them.")]
    return Note(say("Done"), lines, [composing.TIP, composing.SETTINGS, composing.HELP])


async def _ask(
    world: World, work: UnitOfWork, round_: Round, people: Sequence[Person], after: datetime
) -> None:
    """Plan the questions for each of the people who can be asked and was not yet."""
    asked = [(person, _questions_for(person, round_, after)) for person in people]
    added = await work.deliveries.add_all([delivery for _, delivery in asked if delivery])
    await make_room(world, work, [(who, d.due) for who, d in asked if d and d.key in added])


def _questions_for(person: Person, round_: Round, after: datetime) -> Delivery | None:
    """The questions at a time of the person's own; None for somebody who rests or has no team."""
    due = asking_time(round_, person, after)
    if person.team is None or due is None or not person.may_be_contacted(after):
        return None
    return Delivery(
        key=key(round_.id, person.id),
        person=person.id,
        subject=PulseDue(round_.id),
        due=due,
        expires=round_.closes,
        unasked=True,
    )


async def make_room(world: World, work: UnitOfWork, when: Sequence[tuple[Person, datetime]]) -> None:
    """Have tips of that day or before give way, to a day on which they can come.

    Else the cap would keep the questions back.
    """
    await work.people.put_all([_making_room(who, due, closed_for(world, who)) for who, due in when])


def _making_room(person: Person, due: datetime, closed: Days) -> Person:
    if person.next_nudge is None or person.next_nudge > due + SAME_DAY:
        return person
    later = person.preferences.rhythm.next_slot(person.id, due + SAME_DAY, closed)
    return replace(person, next_nudge=later)


def key(round_id: str, person_id: PersonId) -> str:
    """The key of the questions of a round for one person."""
    return f"pulse:{round_id}:{person_id}"


def _thanks(command: AnswerPulse, round_: Round, coming_next: str, *, halved: bool) -> Note:
    last = day_in_words(round_.last_day)
    lines = [
        say("Your answers are kept without your name, until the questions close. Then only totals stay."),
        joined(say("You can change them until the end of {day}.", day=last), coming_next),
    ]
    if halved:
        lines.append(say("The last two questions count only together. One was left out, so neither is kept."))
    steps = [Step(say("Change my answers"), "pulse_again", round_.id), composing.TIP]
    if command.tune:
        lines.append(say("Your own two answers are kept with your settings, for you and your tips alone."))
        steps.append(Step(say("My progress"), "progress"))
        steps.append(Step(say("Forget my answers"), "forget_level"))
    if command.confidence <= LOW:
        lines.append(say("Many people feel as you do. A champion is a colleague who is glad to help."))
        return Note(say("Thank you"), lines, [composing.CHAMPION, *steps])
    return Note(say("Thank you"), lines, [*steps, composing.HELP])


def _closed() -> Note:
    return Note(
        title=say("These questions have closed"),
        lines=[
            say("Thank you for wanting to answer. Nothing was stored. The next ones come in a few weeks.")
        ],
        steps=[composing.TIP, composing.HELP],
        refused="round_closed",
    )
