"""What a lead reads: figures as plain sentences, with how sure they are, and one thing to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.anonymity.figures import Change, Distribution, Unanimous
from bot.domain.groups import Group, Level
from bot.domain.plans import Plan
from bot.domain.pulses import Round
from bot.domain.questions import BECAME, CHECKING, CONFIDENCE, RULES, SAVED, WORKLOAD, Question
from bot.domain.readings import Gap, Reading, newest, trend
from bot.domain.wording import day_in_words, short_day

UNCLEAR = 3.5
"""A mean under this, of 5, is not clear enough for rules that people must keep."""

UNSURE = 3.0
"""A mean of confidence under this is low."""

ALL_THE_SAME = (
    "Nearly everybody gave the same answer, so it is not shown: it would tell what each person said."
)


def headline(reading: Reading) -> str:
    """The one thing that a lead takes away."""
    parts = [_confidence(reading), _workload(reading)]
    said = " ".join(part for part in parts if part)
    return said or "Nearly everybody gave the same answers, so no figure is shown."


def period(round_: Round) -> str:
    """The first and the last day of a round."""
    return f"{day_in_words(round_.opens.date())} to {day_in_words(round_.last_day)}"


def protection(round_: Round) -> str:
    """How figures are kept from telling anything about a person."""
    return (
        f"Groups under {round_.threshold} answers are not shown. All totals are changed a little by chance, "
        "and rounded to 5, so that nobody's answer can be worked out."
    )


def answers(reading: Reading) -> str:
    """About how many answered, and of how many."""
    rate = reading.publication.rate
    share = "" if rate is None else f", about {rate} in 100 of the group"
    return f"About {reading.people} people answered{share}"


def in_words(found: Distribution | Unanimous | None, question: Question) -> str:
    """A chart's numbers as text."""
    if not isinstance(found, Distribution):
        return ALL_THE_SAME
    return ", ".join(f"{question.label(value)}: {percent}%" for value, percent in found.percent.items())


def interval(found: Distribution, question: Question) -> str:
    """A mean with what it likely lies between; nothing for answers that are no scale."""
    if not question.ordered:
        return ""
    low, high = min(question.scores), max(question.scores)
    between = f"{max(low, found.mean - found.margin):.1f} and {min(high, found.mean + found.margin):.1f}"
    what = f"{found.mean:g} {question.unit}" if question.unit else f"{found.mean:g} of 5"
    return f"On average {what} (likely between {between})."


def trend_in_words(readings: Sequence[Reading], question: Question) -> str:
    """What became of a mean since the round before; "no clear change" where that is the truth."""
    found = trend(readings, question.id)
    if found is None:
        return ""
    since = short_day(readings[-2].round.opens.date())
    if not found.clear:
        return f"No clear change since {since} ({found.by:+g}, give or take {found.margin:g})."
    way = "Up" if found.by > 0 else "Down"
    return f"{way} by {abs(found.by):g} since {since} (give or take {found.margin:g})."


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
            "Thank people for answering and show them this, because they told you how it is.",
        )
        if said
    )


def _confidence(reading: Reading) -> str:
    found = reading.shown(CONFIDENCE)
    if found is None:
        return ""
    low, high = max(1, found.mean - found.margin), min(5, found.mean + found.margin)
    return f"Confidence is {found.mean:.1f} of 5 (likely between {low:.1f} and {high:.1f})."


def _workload(reading: Reading) -> str:
    found = reading.shown(WORKLOAD)
    if found is None:
        return ""
    lighter, heavier = _low(found), _high(found)
    return f"About {lighter}% say that AI made their work lighter, about {heavier}% say heavier."


def _net(reading: Reading | None) -> Iterator[str]:
    left = reading.net_minutes() if reading else None
    if reading is None or left is None:
        return
    saved, checking = reading.shown(SAVED), reading.shown(CHECKING)
    if saved and checking:
        sums = f"AI saved about {saved.mean:.0f} minutes a day, and checking took about {checking.mean:.0f}"
        yield f"{sums}: {_net_in_words(left)}"


def _net_in_words(left: Change) -> str:
    low, high = left.by - left.margin, left.by + left.margin
    between = f"likely between {low:.0f} and {high:.0f}"
    if not left.clear:
        return f"no clear gain and no clear loss ({between})."
    what = "gain" if left.by > 0 else "loss"
    return f"a net {what} of about {abs(left.by):.0f} ({between})."


def _rules(reading: Reading | None, current: Reading) -> Iterator[str]:
    found = reading.shown(RULES) if reading else None
    if reading and found and reading.round.id != current.round.id:
        when = short_day(reading.round.opens.date())
        yield f"The rules were clear to about {_high(found)}% when we last asked, on {when}."


def _became(reading: Reading | None, plan: Plan | None) -> Iterator[str]:
    found = reading.shown(BECAME) if reading else None
    if reading is None or found is None:
        return
    question = reading.questions.every[BECAME]
    most = max(found.percent, key=lambda value: (found.percent[value], -value))
    said = f"Saved time mostly became: {question.label(most)} ({found.percent[most]}%)."
    if plan is None:
        yield f"{said} Nobody has said yet what it is for."
    else:
        yield f"It was meant for: {question.label(plan.purpose)} ({found.percent[plan.purpose]}%). {said}"


def _gap(level: Level, gap: Gap | None, called: Names) -> str:
    sort = {Level.SITE: "sites", Level.ROLE: "roles", Level.LICENCE: "licences"}[level]
    if gap is None:
        return f"In the whole organisation there is no clear gap in confidence between {sort}."
    name, by = called.of(gap.group), abs(gap.by.by)
    return (
        f"In the whole organisation, confidence is lower than average for: {name} "
        f"({gap.mean:g} of 5, {by:g} less, give or take {gap.by.margin:g})."
    )


def _worked(called: Names) -> Iterator[str]:
    if called.worked:
        best = "; ".join(f"“{title}” (about {people} people)" for title, people in called.worked)
        yield f"What worked best in the organisation: {best}."


def _about_rules(reading: Reading | None) -> str:
    found = reading.shown(RULES) if reading else None
    if found is None or found.mean >= UNCLEAR:
        return ""
    return (
        "Go through the local rule with your group for five minutes, "
        f"because only about {_high(found)}% find it clear what may go into AI."
    )


def _about_checking(reading: Reading | None) -> str:
    left = reading.net_minutes() if reading else None
    if left is None or (left.clear and left.by > 0):
        return ""
    return (
        "Agree on two tasks where AI is worth it and drop the others, "
        "because checking takes about as long as AI saves."
    )


def _about_workload(reading: Reading) -> str:
    found = reading.shown(WORKLOAD)
    if found is None or _high(found) <= _low(found):
        return ""
    return (
        "Ask at your next meeting what AI has added to people's work, and take one thing away, "
        f"because about {_high(found)}% say that their work became heavier."
    )


def _about_confidence(reading: Reading) -> str:
    found = reading.shown(CONFIDENCE)
    if found is None or found.mean >= UNSURE:
        return ""
    return (
        "Ask a champion to show one task at your next meeting, "
        f"because about {_low(found)}% feel little or no confidence."
    )


def _about_plan(plan: Plan | None) -> str:
    if plan is not None:
        return ""
    return (
        "Type plan and say what saved time is for, "
        "because minutes turn into something only where that is decided first."
    )


def _low(found: Distribution) -> int:
    return found.percent[1] + found.percent[2]


def _high(found: Distribution) -> int:
    return found.percent[4] + found.percent[5]
