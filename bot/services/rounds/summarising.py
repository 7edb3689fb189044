"""Reports as cards for leads: a summary, a comparison, a digest; and a table to copy."""

from collections.abc import Sequence

from bot.domain.anonymity.figures import Change, Distribution, change
from bot.domain.audit import Act, Subject
from bot.domain.commands.leads import ExportSummary, ShowComparison, ShowSummary, ShowSummaryBefore
from bot.domain.messages import Comparison, GroupSummary, Message, Note, Section, Share, Step, Trend
from bot.domain.outbox.subjects import DigestDue
from bot.domain.rounds.advice import action
from bot.domain.rounds.questions import Question
from bot.domain.rounds.readings import Reading
from bot.domain.rounds.sentences import (
    answers,
    headline,
    in_words,
    interval,
    period,
    protection,
    trend_in_words,
)
from bot.domain.rounds.tables import as_lines
from bot.domain.staff.groups import WHOLE, Group
from bot.domain.staff.people import GroupId, Person, PersonId
from bot.domain.text.language import joined, say, to_say
from bot.domain.text.wording import short_day, tenths
from bot.services import auditing, composing
from bot.services.ports import UnitOfWork, World
from bot.services.rounds.leading import led_group
from bot.services.rounds.reporting import Report, recorded, report_in, rows

MOST_ROUNDS = 6
"""Rounds on a card that compares."""


async def summary(world: World, person_id: PersonId, command: ShowSummary) -> Message:
    """The summary card, for somebody who leads the group; a kind word for anybody else.

    Each figure that is shown, withheld or refused leaves a record first.
    """
    group = await led_group(world, person_id, command.group, "summary")
    if isinstance(group, Note):
        return group
    found = await recorded(world, person_id, group)
    return as_message(world, found) if found else _none_yet()


async def summary_before(world: World, person_id: PersonId, command: ShowSummaryBefore) -> Message:
    """The newest summary before the last round that could be shown."""
    group = await led_group(world, person_id, command.group, "summary_before")
    if isinstance(group, Note):
        return group
    newest = await recorded(world, person_id, group)
    earlier = [r.round.id for r in newest.readings if r.round.id != newest.round.id] if newest else []
    found = await recorded(world, person_id, group, earlier[-1]) if earlier else None
    return as_message(world, found) if found else _none_before()


async def compare(world: World, person_id: PersonId, command: ShowComparison) -> Message:
    """A group's own rounds beside one another and the organisation; never another lead's group."""
    group = await led_group(world, person_id, command.group, "compare")
    if isinstance(group, Note):
        return group
    found = await recorded(world, person_id, group)
    if found is None:
        return _none_yet()
    return _compared(world, found) if found.readings else too_few(world, found)


async def export(world: World, person_id: PersonId, command: ExportSummary) -> Message:
    """The published figures of a group's newest round as a table to copy."""
    group = await led_group(world, person_id, command.group, "export_summary")
    if isinstance(group, Note):
        return group
    found = await recorded(world, person_id, group)
    if found is None:
        return _none_yet()
    if not found.shown:
        return as_message(world, found)
    lines = [say("Copy this into a file that ends in .csv."), *as_lines(rows(found))]
    steps = [Step(say("Summary"), "summary", group.name), composing.HELP]
    return Note(say("The figures as a table"), lines, steps)


async def digest(world: World, work: UnitOfWork, person: Person, due: DigestDue) -> Message | None:
    """The figures of a round that has closed, for somebody who leads the group still; else None."""
    group = Group.of(due.group)
    closed = [r for r in await work.pulses.closed_rounds() if r.id <= due.round]
    if not closed or closed[-1].id != due.round or not person.leads(GroupId(group.name)):
        return None
    subject = Subject(GroupId(group.name), due.round)
    await auditing.add(world, work, person.id, Act.SUMMARY_SENT, subject)
    return as_message(world, await report_in(world, work, group, closed))


def as_message(world: World, found: Report) -> Message:
    """A report as a card."""
    if found.silent:
        return _nobody(found)
    if not found.shown:
        return too_few(world, found)
    reading = found.readings[-1]
    return GroupSummary(
        group=found.names.of(found.group),
        period=period(found.round),
        headline=headline(reading),
        answers=answers(reading),
        sections=[_section(found.readings, question) for question in reading.asked()],
        findings=found.findings,
        action=action(found.readings, found.plan),
        protection=protection(found.round),
        sample_data=world.house.local_run,
        steps=_steps(found),
    )


def _steps(found: Report) -> Sequence[Step]:
    name = found.group.name
    return [
        Step(say("Compare"), "compare", name),
        Step(say("The round before"), "summary_before", name),
        Step(say("What time is for"), "plan", name),
        Step(say("As a table"), "export_summary", name),
        Step(say("Help"), "help"),
    ]


def _section(readings: Sequence[Reading], question: Question) -> Section:
    figures = readings[-1].of(question.id)
    if not isinstance(figures, Distribution):
        return Section(question.title, [], in_words(figures, question))
    said = [interval(figures, question), trend_in_words(readings, question)]
    return Section(
        title=question.title,
        bars=[Share(question.label(value), percent) for value, percent in figures.percent.items()],
        text=in_words(figures, question),
        finding=joined(*said),
    )


def _compared(world: World, found: Report) -> Comparison:
    readings = found.readings[-MOST_ROUNDS:]
    fixed = world.library.questions.fixed
    return Comparison(
        group=found.names.of(found.group),
        trends=[_trend(readings, question) for question in fixed],
        beside=[_beside(found, question) for question in fixed],
        protection=protection(found.round),
        sample_data=world.house.local_run,
        steps=[Step(say("Summary"), "summary", found.group.name), composing.HELP],
    )


def _trend(readings: Sequence[Reading], question: Question) -> Trend:
    shown = [(one.round, one.shown(question.id)) for one in readings]
    points = [Share(short_day(r.opens.date()), figures.mean) for r, figures in shown if figures]
    words = [say("{when}: {mean}", when=one.label, mean=tenths(one.percent)) for one in points]
    means = joined(*words, by=", ") if words else say("Nothing can be shown")
    said = trend_in_words(readings, question) or say("There are no two rounds to compare yet.")
    return Trend(question.title, points, say("{means}. {change}", means=means, change=said))


def _beside(found: Report, question: Question) -> str:
    own = found.readings[-1].shown(question.id)
    whole = next((o.shown(question.id) for o in found.others if o.group == WHOLE), None)
    if own is None or whole is None or not found.shown:
        return say(
            "{question}: there is nothing to compare with the organisation this time.",
            question=question.title,
        )
    by = change(whole, own)
    return say(
        _difference(by),
        question=question.title,
        own=tenths(own.mean),
        whole=tenths(whole.mean),
        by=tenths(abs(by.by)),
        margin=tenths(by.margin),
    )


def _difference(by: Change) -> str:
    if not by.clear:
        return to_say(
            "{question}: {own} here, {whole} in the whole organisation: "
            "no clear difference (give or take {margin})."
        )
    if by.by > 0:
        return to_say(
            "{question}: {own} here, {whole} in the whole organisation: "
            "higher by {by} (give or take {margin})."
        )
    return to_say(
        "{question}: {own} here, {whole} in the whole organisation: lower by {by} (give or take {margin})."
    )


def too_few(world: World, found: Report) -> Note:
    """The kind refusal for a group that is too small to show, with the way to what could be shown before."""
    sample = [say("Sample data: this group is made up.")] if world.house.local_run else []
    name = found.names.of(found.group)
    lines = [
        say(
            "Nothing is shown for {group} this time: fewer than {threshold} people answered, "
            "or the figures would tell too much about a few of them.",
            group=name,
            threshold=found.round.threshold,
        ),
        say("This keeps every answer safe. Look again after the next round."),
        *sample,
    ]
    before = [Step(say("The last one that can be shown"), "summary_before", found.group.name)]
    steps = [*(before if found.readings else []), composing.TIP, composing.HELP]
    return Note(say("Too few answers to show"), lines, steps)


def _nobody(found: Report) -> Note:
    day = short_day(found.round.opens.date())
    lines = [say("Nobody answered in the round of {day}. The next one may go better.", day=day)]
    return Note(say("No answers this time"), lines, [composing.TIP, composing.HELP])


def _none_yet() -> Note:
    return composing.declined(
        say("No summary yet"), say("The first one comes when a round of questions has closed.")
    )


def _none_before() -> Note:
    return composing.declined(
        say("No earlier summary"), say("There is no earlier round in which your group could be shown.")
    )
