"""A round closes: answers become blurred totals; answers and secret are destroyed, in one step."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.anonymity.blurring import NESTED, Draw, noise
from bot.domain.anonymity.crossing import Listed
from bot.domain.anonymity.figures import Figure, rounded
from bot.domain.anonymity.publishing import Tally, largest, publish
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import DigestDue
from bot.domain.rounds.pulses import Publication, Round, Worked
from bot.domain.rounds.questions import CONFIDENCE, WORKLOAD, Questionnaire
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import Person
from bot.services.ports import UnitOfWork, World

DIGEST_EXPIRES = timedelta(days=14)
"""The cap may hold a digest back for some days; after two weeks it is no news."""

BEST = 3
"""Prompts named in the organisation's summary."""

BEYOND = 5
"""People more than the threshold for whom a prompt has to seem to have worked. Blur adds that once in 300."""


async def close_due(world: World) -> int:
    """Close the rounds whose time is over and make their secrets unreadable; returns how many were closed.

    A round counts as sealed only when its secret is gone from the files too: a failure is made good later.
    """
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        rounds = await work.pulses.rounds()
        over = [r for r in rounds if r.closes <= now and await _has_answers_to_publish(work, r)]
        for round_ in over:
            await _close(world, work, round_)
    if any(r in over or (r.is_closed and not r.sealed) for r in rounds):
        await _seal(world)
    return len(over)


async def _has_answers_to_publish(work: UnitOfWork, round_: Round) -> bool:
    """Whether a round is to be closed, or was without being published: a backup closes what is open."""
    return not round_.is_closed or not await work.pulses.is_silent(round_.id)


async def _close(world: World, work: UnitOfWork, round_: Round) -> None:
    if await work.pulses.is_silent(round_.id):
        await work.pulses.publish([Publication(round_.id, WHOLE.key, ())])
    shown = await published(world, work, round_, world.chance.fraction)
    await work.pulses.publish(shown)
    await _tell_leads(work, round_, {one.group for one in shown}, world.clock.now())
    await work.pulses.remove_answers(round_.id)
    await work.deliveries.forget_reminders(round_.id)
    await work.pulses.put_round(round_.closed())


async def _tell_leads(work: UnitOfWork, round_: Round, shown: Set[str], now: datetime) -> None:
    """Plan a digest for everybody who leads a group that may be shown; other groups have nothing to tell."""
    planned = [
        _digest(lead, round_, Group(Level.TEAM, team), now)
        for lead in await work.people.leading()
        for team in sorted(lead.roster.leads if lead.roster else ())
        if Group(Level.TEAM, team).key in shown
    ]
    await work.deliveries.add_all([one for one in planned if one])


def _digest(lead: Person, round_: Round, group: Group, now: datetime) -> Delivery | None:
    due = lead.preferences.rhythm.next_any_day(f"{lead.id}:digest", now)
    if due is None or not lead.may_be_contacted(now):
        return None
    return Delivery(
        key=f"digest:{round_.id}:{group.name}:{lead.id}",
        person=lead.id,
        subject=DigestDue(round_.id, group.key),
        due=due,
        expires=now + DIGEST_EXPIRES,
        unasked=True,
    )


async def _seal(world: World) -> None:
    await world.store.forget()
    async with world.store.unit_of_work() as work:
        for round_ in await work.pulses.rounds():
            if round_.is_closed and not round_.sealed:
                await work.pulses.put_round(replace(round_, sealed=True))


async def published(world: World, work: UnitOfWork, round_: Round, draw: Draw) -> Sequence[Publication]:
    """All that may be seen of a round, from its counts."""
    tallies = await work.pulses.tallies(round_.id, round_.threshold)
    names = _names(world.library.questions, round_)
    called = [
        replace(tally, counts={names[q]: c for q, c in tally.counts.items() if q in names})
        for tally in tallies
    ]
    listed = await work.people.memberships()
    found = publish(called, list(names.values()), round_.threshold, listed, draw)
    worked = await _worked(work, round_, draw) if found else ()
    asked = _asked(listed, largest(called))
    every = {g: Publication(round_.id, g.key, tuple(f), _rate(f, asked[g])) for g, f in found.items()}
    if WHOLE in every:
        every[WHOLE] = replace(every[WHOLE], worked=worked)
    return list(every.values())


def _asked(listed: Listed, counted: Sequence[Tally]) -> Counter[Group]:
    """How many people of the staff list count in each team, on each site and in all.

    Of a team on several sites those where it counts. Roles and licences are left out: their shares would say
    nothing that a lead can act on.
    """
    counts = {tally.group: tally.site for tally in counted}
    teams, sites = Counter[tuple[str, str]](), Counter[str]()
    for member, people in listed.items():
        teams[member.team, member.site] += people
        sites[member.site] += people
    found = Counter({WHOLE: sites.total()})
    found.update({Group(Level.SITE, name): people for name, people in sites.items()})
    for (name, site), people in teams.items():
        team = Group(Level.TEAM, name)
        if counts.get(team) == site:
            found[team] = people
    return found


def _names(questions: Questionnaire, round_: Round) -> Mapping[str, str]:
    """What the values of an answer stand for in a round."""
    turn = [question.id for question in questions.turn(round_.turn)]
    return {CONFIDENCE: CONFIDENCE, WORKLOAD: WORKLOAD, **dict(zip(("third", "beside"), turn, strict=False))}


def _rate(figures: Sequence[Figure], people: int) -> int | None:
    """About how many of a hundred answered: from a blurred number, so that it tells no exact one."""
    answers = sum(figures[0].values) if figures else 0
    return min(100, rounded(100 * answers / people)) if people else None


async def _worked(work: UnitOfWork, round_: Round, draw: Draw) -> tuple[Worked, ...]:
    """The prompts that worked for most people, blurred and rounded as all else.

    Enough have to be left after blurring too: were all named that worked for just enough people, a prompt's
    name would tell whoever knows of all but one that it worked for the last.
    """
    enough = await work.experiences.worked(round_.threshold)
    blurred = [replace(one, people=one.people + noise(NESTED, draw)) for one in enough]
    named = [one for one in blurred if one.people >= round_.threshold + BEYOND]
    best = sorted(named, key=lambda one: (-one.people, one.prompt))[:BEST]
    return tuple(replace(one, people=rounded(one.people)) for one in best)
