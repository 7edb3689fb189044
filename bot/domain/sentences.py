"""What a lead reads: figures as plain sentences, with how sure they are, and one thing to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.anonymity.figures import Change, Distribution, Unanimous
from bot.domain.groups import Group, Level
from bot.domain.language import joined, say, to_say
from bot.domain.plans import Plan
from bot.domain.pulses import Round
from bot.domain.questions import BECAME, CHECKING, CONFIDENCE, RULES, SAVED, WORKLOAD, Question
from bot.domain.readings import Gap, Reading, newest, trend
from bot.domain.wording import capitalised, day_in_words, percent, short_day, tenths, whole

UNCLEAR = 3.5
"""A mean under this, of 5, is not clear enough for rules that people must keep."""

UNSURE = 3.0
"""A mean of confidence under this is low."""

ALL_THE_SAME = say(
    "Nearly everybody gave the same answer, so it is not shown: it would tell what each person said."
)


def headline(reading: Reading) -> str:
    """The one thing that a lead takes away."""
    said = joined(_confidence(reading), _workload(reading))
    return said or say("Nearly everybody gave the same answers, so no figure is shown.")


def period(round_: Round) -> str:
    """The first and the last day of a round."""
    first, last = day_in_words(round_.opens.date()), day_in_words(round_.last_day)
    return capitalised(say("{first} to {last}", first=first, last=last))


def protection(round_: Round) -> str:
    """How figures are kept from telling anything about a person."""
    return say(
        "A group with fewer than {threshold} answers is not shown. Every total is changed a little by chance "
        "and every share is rounded to the nearest 5%, so that nobody's answer can be worked out.",
        threshold=round_.threshold,
    )


def answers(reading: Reading) -> str:
    """About how many answered, and of how many."""
    rate = reading.publication.rate
    if rate is None:
        return say("About {people} people answered", people=reading.people)
    return say(
        "About {people} people answered: about {rate} of those on the staff list",
        people=reading.people,
        rate=percent(rate),
    )


def in_words(found: Distribution | Unanimous | None, question: Question) -> str:
    """A chart's numbers as text."""
    if not isinstance(found, Distribution):
        return ALL_THE_SAME
    return joined(*(_share(found, question, value) for value in found.percent), by=", ")


def _share(found: Distribution, question: Question, value: int) -> str:
    return say("{answer}: {share}", answer=question.label(value), share=percent(found.percent[value]))


def interval(found: Distribution, question: Question) -> str:
    """A mean with what it likely lies between; nothing for answers that are no scale."""
    if not question.ordered:
        return ""
    low, high = min(question.scores), max(question.scores)
    between = {
        "mean": amount(found.mean, question),
        "low": amount(max(low, found.mean - found.margin), question),
        "high": amount(min(high, found.mean + found.margin), question),
    }
    if not question.unit:
        return say(
            "On average {mean} on a scale from 1 ({lowest}) to 5 ({highest}), "
            "likely between {low} and {high}.",
            lowest=question.label(1),
            highest=question.label(5),
            **between,
        )
    return say(
        "On average {mean} {unit} (likely between {low} and {high}).", unit=say(question.unit), **between
    )


def amount(number: float, question: Question) -> str:
    """A figure as exact as it can be: whole minutes, or one decimal on the scale of 5."""
    return whole(number) if question.unit else tenths(number)


def trend_in_words(readings: Sequence[Reading], question: Question) -> str:
    """What became of a mean since the round before; "no clear change" where that is the truth."""
    found = trend(readings, question.id)
    if found is None:
        return ""
    return say(
        _change_in_words(found),
        since=short_day(readings[-2].round.opens.date()),
        by=amount(abs(found.by), question),
        margin=amount(found.margin, question),
    )


def _change_in_words(found: Change) -> str:
    if found.by == 0:
        return to_say("No change since {since} (give or take {margin}).")
    if not found.clear and found.by > 0:
        return to_say("No clear change since {since} ({by} more, give or take {margin}).")
    if not found.clear:
        return to_say("No clear change since {since} ({by} less, give or take {margin}).")
    if found.by > 0:
        return to_say("Up by {by} since {since} (give or take {margin}).")
    return to_say("Down by {by} since {since} (give or take {margin}).")


def findings(
    readings: Sequence[Reading], plan: Plan | None, gap_by_level: Mapping[Level, Gap | None], called: "Names"
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


def when_asked(reading: Reading | None, current: Reading) -> str:
    """Of which round a figure is; nothing for the current one."""
    if reading is None or reading.round.id == current.round.id:
        return ""
    return say("This was last asked in the round of {day}.", day=short_day(reading.round.opens.date()))


@dataclass(frozen=True, slots=True)
class Names:
    """What groups and prompts are called, and which prompts worked best for about how many people."""

    groups: Mapping[Group, str]
    worked: Sequence[tuple[str, int]] = ()

    def of(self, group: Group) -> str:
        """A group as people say it."""
        return self.groups.get(group, group.name)


def action(readings: Sequence[Reading], plan: Plan | None) -> str:
    """One thing to do, with its reason: the first that applies."""
    reading, rules, saved = readings[-1], newest(readings, RULES), newest(readings, SAVED)
    found = (
        (_about_rules(rules), rules),
        (_about_checking(saved), saved),
        (_about_workload(reading), reading),
        (_about_confidence(reading), reading),
        (_about_plan(plan), reading),
        (say("Thank people for answering and show them this, because they told you how it is."), reading),
    )
    return next(joined(said, when_asked(asked, reading)) for said, asked in found if said)


def _confidence(reading: Reading) -> str:
    found = reading.shown(CONFIDENCE)
    if found is None:
        return ""
    low, high = max(1, found.mean - found.margin), min(5, found.mean + found.margin)
    return say(
        "Confidence is {mean} of 5 (likely between {low} and {high}).",
        mean=tenths(found.mean),
        low=tenths(low),
        high=tenths(high),
    )


def _workload(reading: Reading) -> str:
    found = reading.shown(WORKLOAD)
    if found is None:
        return ""
    return say(
        "About {lighter} say that AI made their work lighter, about {heavier} say heavier.",
        lighter=_low_share(found),
        heavier=_high_share(found),
    )


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
        yield say("The rules were clear to about {share}.", share=_high_share(found))


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


def _about_rules(reading: Reading | None) -> str:
    found = reading.shown(RULES) if reading else None
    if found is None or found.mean >= UNCLEAR:
        return ""
    return say(
        "Go through the local rule with your group for five minutes, "
        "because only about {share} find it clear what may go into AI.",
        share=_high_share(found),
    )


def _about_checking(reading: Reading | None) -> str:
    left = reading.net_minutes() if reading else None
    if left is None or (left.clear and left.by > 0):
        return ""
    if left.clear:
        return say(
            "Agree on two tasks where AI is worth it and drop the others, "
            "because checking takes longer than AI saves."
        )
    return say(
        "Agree on two tasks where AI is worth it and drop the others, "
        "because it is not clear that AI saves more time than checking takes."
    )


def _about_workload(reading: Reading) -> str:
    found = reading.shown(WORKLOAD)
    if found is None or _high(found) <= _low(found):
        return ""
    return say(
        "Ask at your next meeting what AI has added to people's work, and take one thing away, "
        "because about {share} say that their work became heavier.",
        share=_high_share(found),
    )


def _about_confidence(reading: Reading) -> str:
    found = reading.shown(CONFIDENCE)
    if found is None or found.mean >= UNSURE:
        return ""
    return say(
        "Ask a champion to show one task at your next meeting, "
        "because about {share} feel little or no confidence.",
        share=_low_share(found),
    )


def _about_plan(plan: Plan | None) -> str:
    if plan is not None:
        return ""
    return say(
        "Type plan and say what saved time is for, "
        "because minutes turn into something only where that is decided first."
    )


def _low(found: Distribution) -> int:
    return found.percent[1] + found.percent[2]


def _high(found: Distribution) -> int:
    return found.percent[4] + found.percent[5]


def _low_share(found: Distribution) -> str:
    return percent(_low(found))


def _high_share(found: Distribution) -> str:
    return percent(_high(found))
