"""What a lead reads: figures as plain sentences, with how sure they are, and one thing to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.figures import Change, Distribution, Unanimous
from bot.domain.groups import Group, Level
from bot.domain.language import joined, say, to_say
from bot.domain.plans import Plan
from bot.domain.pulses import Round
from bot.domain.questions import BECAME, CHECKING, CONFIDENCE, RULES, SAVED, WORKLOAD, Question
from bot.domain.readings import Gap, Reading, newest, trend
from bot.domain.wording import day_in_words, percent, plain, short_day, signed, tenths, whole

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
    return say("{first} to {last}", first=first, last=last)


def protection(round_: Round) -> str:
    """How figures are kept from telling anything about a person."""
    return say(
        "Groups under {threshold} answers are not shown. All totals are changed a little by chance, "
        "and rounded to 5, so that nobody's answer can be worked out.",
        threshold=round_.threshold,
    )


def answers(reading: Reading) -> str:
    """About how many answered, and of how many."""
    rate = reading.publication.rate
    if rate is None:
        return say("About {people} people answered", people=reading.people)
    return say(
        "About {people} people answered, about {rate} in 100 of the group", people=reading.people, rate=rate
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
        "mean": plain(found.mean),
        "low": tenths(max(low, found.mean - found.margin)),
        "high": tenths(min(high, found.mean + found.margin)),
    }
    if not question.unit:
        return say("On average {mean} of 5 (likely between {low} and {high}).", **between)
    return say(
        "On average {mean} {unit} (likely between {low} and {high}).", unit=say(question.unit), **between
    )


def trend_in_words(readings: Sequence[Reading], question: Question) -> str:
    """What became of a mean since the round before; "no clear change" where that is the truth."""
    found = trend(readings, question.id)
    if found is None:
        return ""
    since = short_day(readings[-2].round.opens.date())
    by, margin = plain(abs(found.by)), plain(found.margin)
    if not found.clear:
        return say(
            "No clear change since {since} ({by}, give or take {margin}).",
            since=since,
            by=signed(found.by),
            margin=margin,
        )
    if found.by > 0:
        return say("Up by {by} since {since} (give or take {margin}).", by=by, since=since, margin=margin)
    return say("Down by {by} since {since} (give or take {margin}).", by=by, since=since, margin=margin)


def findings(
    readings: Sequence[Reading], plan: Plan | None, gap_by_level: Mapping[Level, Gap | None], called: "Names"
) -> Iterator[str]:
    """What lies across questions, rounds and groups, as far as it may be said."""
    yield from _net(newest(readings, SAVED))
    yield from _rules(newest(readings, RULES), readings[-1])
    yield from _became(newest(readings, BECAME), plan)
    for level, gap in gap_by_level.items():
        yield _gap(level, gap, called)
    yield from _worked(called)


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
    reading = readings[-1]
    return next(
        said
        for said in (
            _about_rules(newest(readings, RULES)),
            _about_checking(newest(readings, SAVED)),
            _about_workload(reading),
            _about_confidence(reading),
            _about_plan(plan),
            say("Thank people for answering and show them this, because they told you how it is."),
        )
        if said
    )


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


def _net(reading: Reading | None) -> Iterator[str]:
    left = reading.net_minutes() if reading else None
    if reading is None or left is None:
        return
    saved, checking = reading.shown(SAVED), reading.shown(CHECKING)
    if saved and checking:
        low, high = left.by - left.margin, left.by + left.margin
        yield say(
            _net_in_words(left),
            saved=whole(saved.mean),
            checking=whole(checking.mean),
            by=whole(abs(left.by)),
            low=whole(low),
            high=whole(high),
        )


def _net_in_words(left: Change) -> str:
    if not left.clear:
        return to_say(
            "AI saved about {saved} minutes a day, and checking took about {checking}: "
            "no clear gain and no clear loss (likely between {low} and {high})."
        )
    if left.by > 0:
        return to_say(
            "AI saved about {saved} minutes a day, and checking took about {checking}: "
            "a net gain of about {by} (likely between {low} and {high})."
        )
    return to_say(
        "AI saved about {saved} minutes a day, and checking took about {checking}: "
        "a net loss of about {by} (likely between {low} and {high})."
    )


def _rules(reading: Reading | None, current: Reading) -> Iterator[str]:
    found = reading.shown(RULES) if reading else None
    if reading and found and reading.round.id != current.round.id:
        when = short_day(reading.round.opens.date())
        yield say(
            "The rules were clear to about {share} when we last asked, on {when}.",
            share=_high_share(found),
            when=when,
        )


def _became(reading: Reading | None, plan: Plan | None) -> Iterator[str]:
    found = reading.shown(BECAME) if reading else None
    if reading is None or found is None:
        return
    question = reading.questions.every[BECAME]
    most = max(found.percent, key=lambda value: (found.percent[value], -value))
    became = {"became": question.label(most), "share": percent(found.percent[most])}
    if plan is None:
        yield say(
            "Saved time mostly became: {became} ({share}). Nobody has said yet what it is for.", **became
        )
    else:
        yield say(
            "It was meant for: {meant} ({meant_share}). Saved time mostly became: {became} ({share}).",
            meant=question.label(plan.purpose),
            meant_share=percent(found.percent[plan.purpose]),
            **became,
        )


_NO_GAP = {
    Level.SITE: say("In the whole organisation there is no clear gap in confidence between sites."),
    Level.ROLE: say("In the whole organisation there is no clear gap in confidence between roles."),
    Level.LICENCE: say("In the whole organisation there is no clear gap in confidence between licences."),
}


def _gap(level: Level, gap: Gap | None, called: Names) -> str:
    if gap is None:
        return _NO_GAP[level]
    return say(
        "In the whole organisation, confidence is lower than average for: {group} "
        "({mean} of 5, {by} less, give or take {margin}).",
        group=called.of(gap.group),
        mean=plain(gap.mean),
        by=plain(abs(gap.by.by)),
        margin=plain(gap.by.margin),
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
    return say(
        "Agree on two tasks where AI is worth it and drop the others, "
        "because checking takes about as long as AI saves."
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
