"""What lies across a round's questions, across rounds and groups, in sentences for a lead."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.anonymity.figures import Change
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.questions import BECAME, CHECKING, RULES, SAVED
from bot.domain.rounds.readings import Gap, Reading, newest
from bot.domain.rounds.sentences import when_asked
from bot.domain.staff.groups import Group, Level
from bot.domain.text.language import joined, say, to_say
from bot.domain.text.wording import percent, tenths, whole


@dataclass(frozen=True, slots=True)
class Names:
    """What groups and prompts are called, and which prompts worked best for about how many people."""

    groups: Mapping[Group, str]
    worked: Sequence[tuple[str, int]] = ()

    def of(self, group: Group) -> str:
        """A group as people say it."""
        return self.groups.get(group, group.name)


def findings(
    readings: Sequence[Reading], plan: Plan | None, gap_by_level: Mapping[Level, Gap | None], called: Names
) -> Iterator[str]:
    """What lies across questions, rounds and groups, as far as it may be said."""
    current = readings[-1]
    for asked, said in (
        (newest(readings, SAVED), _net),
        (newest(readings, RULES), partial(_rules, current)),
        (newest(readings, BECAME), partial(_became, plan)),
    ):
        yield from (joined(one, when_asked(asked, current)) for one in (said(asked) if asked else ()))
    for level, gap in gap_by_level.items():
        yield _gap(level, gap, called)
    yield from _worked(called)


def _net(reading: Reading) -> Iterator[str]:
    left = reading.net_minutes()
    if left is None:
        return
    saved, checking = reading.shown(SAVED), reading.shown(CHECKING)
    if saved and checking:
        ends = (left.by - left.margin, left.by + left.margin)
        low, high = (ends[0], ends[1]) if left.by > 0 or not left.clear else (-ends[1], -ends[0])
        yield say(
            _net_in_words(left),
            saved=whole(saved.mean),
            checking=whole(checking.mean),
            by=whole(abs(left.by)),
            low=whole(low),
            loss=whole(-low),
            high=whole(high),
        )


def _net_in_words(left: Change) -> str:
    if not left.clear:
        return to_say(
            "On a day with AI, it saved people about {saved} minutes, and checking took about {checking}: "
            "no clear gain and no clear loss (likely between a loss of {loss} and a gain of {high})."
        )
    if left.by > 0:
        return to_say(
            "On a day with AI, it saved people about {saved} minutes, and checking took about {checking}: "
            "a net gain of about {by} minutes (likely between {low} and {high})."
        )
    return to_say(
        "On a day with AI, it saved people about {saved} minutes, and checking took about {checking}: "
        "a net loss of about {by} minutes (likely between {low} and {high})."
    )


def _rules(current: Reading, reading: Reading) -> Iterator[str]:
    """In the round in which it was asked, the chart says it."""
    found = reading.shown(RULES)
    if found and reading.round.id != current.round.id:
        yield say("The rules were clear to about {share}.", share=percent(found.high))


def _became(plan: Plan | None, reading: Reading) -> Iterator[str]:
    found = reading.shown(BECAME)
    if found is None:
        return
    question = reading.questions.every[BECAME]
    most = max(found.percent, key=lambda value: (found.percent[value], -value))
    became = {"became": question.label(most), "share": percent(found.percent[most])}
    if plan is None:
        yield say(
            "Saved time most often became: {became} ({share}). Nobody has said yet what it is for.", **became
        )
    elif plan.purpose == most:
        yield say(
            "Saved time was meant for: {became}. That is what it most often became ({share}).", **became
        )
    else:
        yield say(
            "Saved time was meant for: {meant} ({meant_share}). It most often became: {became} ({share}).",
            meant=question.label(plan.purpose),
            meant_share=percent(found.percent[plan.purpose]),
            **became,
        )


_NO_GAP = {
    Level.SITE: say("In the whole organisation there is no clear gap in confidence between sites."),
    Level.ROLE: say("In the whole organisation there is no clear gap in confidence between roles."),
    Level.LICENCE: say("In the whole organisation there is no clear gap in confidence between licences."),
}


_GAP = {
    Level.SITE: to_say(
        "In the whole organisation, confidence is clearly lower at one site: {group}. "
        "It is {mean} of 5 there, {by} less than average (give or take {margin})."
    ),
    Level.ROLE: to_say(
        "In the whole organisation, confidence is clearly lower in one role: {group}. "
        "It is {mean} of 5 there, {by} less than average (give or take {margin})."
    ),
    Level.LICENCE: to_say(
        "In the whole organisation, confidence is clearly lower with one licence: {group}. "
        "It is {mean} of 5 there, {by} less than average (give or take {margin})."
    ),
}


def _gap(level: Level, gap: Gap | None, called: Names) -> str:
    if gap is None:
        return _NO_GAP[level]
    return say(
        _GAP[level],
        group=called.of(gap.group),
        mean=tenths(gap.mean),
        by=tenths(abs(gap.by.by)),
        margin=tenths(gap.by.margin),
    )


def _worked(called: Names) -> Iterator[str]:
    if called.worked:
        best = [
            say("“{title}” (about {people} people)", title=title, people=people)
            for title, people in called.worked
        ]
        yield say("What worked best in the organisation: {prompts}.", prompts=joined(*best, by="; "))
