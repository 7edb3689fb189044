"""A group's closed rounds as figures that expose nobody: for its lead, and for the organisation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.blurring import SCALE
from bot.domain.anonymity.figures import Distribution, Unanimous
from bot.domain.audit import Act, Subject
from bot.domain.rounds.advice import action
from bot.domain.rounds.findings import Names, findings
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Publication, Round
from bot.domain.rounds.questions import Question
from bot.domain.rounds.readings import Reading, gaps, group_named, readings_of
from bot.domain.rounds.sentences import answers, headline
from bot.domain.rounds.tables import Row
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import GroupId, Licence, RoleId
from bot.domain.text.language import say
from bot.domain.text.wording import listed
from bot.errors import Problems
from bot.services import auditing
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts


@dataclass(frozen=True, slots=True)
class Report:
    """What may be said of one group up to one closed round.

    `readings` end with that round, and are empty where the group has never been shown. `shown` says whether
    it is shown in that round; `silent` that nobody in the organisation answered.
    """

    group: Group
    round: Round
    readings: Sequence[Reading]
    others: Sequence[Reading]
    plan: Plan | None
    names: Names
    silent: bool = False

    @property
    def findings(self) -> Sequence[str]:
        """What lies across questions, rounds and groups."""
        whole = [one for one in self.others if one.group == WHOLE]
        by_level = gaps(whole[-1], self.others) if whole else {}
        return list(findings(self.readings, self.plan, by_level, self.names))

    @property
    def shown(self) -> bool:
        """Whether the group had enough answers in the round."""
        return bool(self.readings) and self.readings[-1].round.id == self.round.id


async def report(world: World, group: Group, round_id: str | None = None) -> Report | None:
    """The report of a group for a closed round, the newest where none is named; None without such a round.

    Checks no right.
    """
    async with world.store.unit_of_work() as work:
        closed = [r for r in await work.pulses.rounds() if r.is_closed]
        meant = closed[-1:] if round_id is None else [r for r in closed if r.id == round_id]
        if not meant:
            return None
        return await report_in(world, work, group, [r for r in closed if r.opens <= meant[0].opens])


async def report_in(world: World, work: UnitOfWork, group: Group, rounds: Sequence[Round]) -> Report:
    """The report of a group for the last of these rounds."""
    questions = world.library.questions
    own = await work.pulses.published_of([group.key])
    everything = await work.pulses.published(rounds[-1].id)
    readings = readings_of(group, rounds, own, questions)
    others = [
        one
        for published in everything
        for one in readings_of(Group.of(published.group), rounds, [published], questions)
    ]
    return Report(
        group=group,
        round=rounds[-1],
        readings=readings,
        others=[one for one in others if one.publication.figures],
        plan=await work.plans.get(group.key),
        names=await _names(world, work, group, everything),
        silent=any(p.group == WHOLE.key and not p.figures for p in everything),
    )


async def _names(world: World, work: UnitOfWork, group: Group, everything: Sequence[Publication]) -> Names:
    every = [group, *(Group.of(one.group) for one in everything)]
    groups = {one: _name(world, one) for one in every}
    worked = [one for published in everything for one in published.worked]
    titles = {str(p.id): p.title for p in await all_prompts(world.library, work)} if worked else {}
    return Names(groups, [(titles[w.prompt], w.people) for w in worked if w.prompt in titles])


def _name(world: World, group: Group) -> str:
    if group.level is Level.ROLE:
        return say(world.library.roles.get(RoleId(group.name), group.name))
    if group.level is Level.LICENCE:
        return Licence(group.name).label
    return group.name or world.house.organisation


async def recorded(world: World, who: str, group: Group, round_id: str | None = None) -> Report | None:
    """The report of a group, once it is on record that somebody asked for it."""
    found = await report(world, group, round_id)
    act = Act.SUMMARY_READ if found and found.shown else Act.SUMMARY_WITHHELD
    about = Subject(GroupId(group.name or Level.ORGANISATION), found.round.id if found else None)
    await auditing.keep(world, who, act, about)
    return found


async def published(world: World, who: str, name: str, round_id: str | None = None) -> Report:
    """A group's published figures for whoever asks at the command line: a team, a site, a role …

    Raises Problems for a group that nobody knows, and where no such round has closed yet.
    """
    async with world.store.unit_of_work() as work:
        staff = {group for member in await work.people.memberships() for group in member.groups}
        closed = await work.pulses.closed_rounds()
        shown = [Group.of(p.group) for r in closed for p in await work.pulses.published(r.id)]
    group = group_named(name, [*staff, *shown])
    if group is None:
        known = listed(sorted({g.name or str(g.level) for g in [*staff, *shown]})) or "none"
        raise Problems([f"{name}: is no group of the roster; there are {known}"])
    found = await recorded(world, who, group, round_id)
    if found is None and round_id is not None and closed:
        known = listed([one.id for one in closed])
        raise Problems([f"{round_id}: is no round that has closed; there are {known}"])
    if found is None:
        raise Problems([f"{name}: no round of questions has closed yet; try again after the first"])
    return found


def rows(found: Report) -> Sequence[Row]:
    """Exactly the published figures of a report, one row an answer: what a table and a file are made of."""
    reading = found.readings[-1]
    return [row for question in reading.asked() for row in _rows(found, question, reading.of(question.id))]


def _rows(found: Report, question: Question, figures: Distribution | Unanimous | None) -> Iterator[Row]:
    shown = figures if isinstance(figures, Distribution) else None
    scale = shown if question.ordered else None
    for value in SCALE:
        yield {
            "group": found.names.of(found.group),
            "round": found.round.id,
            "question": question.title,
            "answer": question.label(value),
            "percent": shown and shown.percent[value],
            "mean": scale and scale.mean,
            "give_or_take": scale and scale.margin,
            "unit": _unit(question),
        }


def _unit(question: Question) -> str:
    if question.unit:
        return say(question.unit)
    return say("of 5") if question.ordered else ""


def as_document(found: Report) -> dict[str, object]:
    """A report as a JSON object: exactly what may be seen, and in the same words."""
    document: dict[str, object] = {
        "group": found.names.of(found.group),
        "level": str(found.group.level),
        "round": found.round.id,
        "shown": found.shown,
    }
    if not found.shown:
        return document | {  # for a program, and in English like its other names
            "why": f"fewer than {found.round.threshold} answers, or nothing that is safe to show"
        }
    reading = found.readings[-1]
    return document | {
        "answers_about": reading.people,
        "rate_about": reading.publication.rate,
        "headline": headline(reading),
        "answers": answers(reading),
        "questions": [dict(one) for one in rows(found)],
        "findings": list(found.findings),
        "action": action(found.readings, found.plan),
    }
