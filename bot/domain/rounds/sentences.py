"""What a lead reads: figures as plain sentences, with how sure they are."""

from collections.abc import Sequence

from bot.domain.anonymity.figures import Change, Distribution, Unanimous
from bot.domain.rounds.pulses import Round
from bot.domain.rounds.questions import CONFIDENCE, WORKLOAD, Question
from bot.domain.rounds.readings import Reading, trend
from bot.domain.text.language import joined, say, to_say
from bot.domain.text.wording import capitalised, day_in_words, percent, short_day, tenths, whole

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


def when_asked(reading: Reading | None, current: Reading) -> str:
    """Of which round a figure is; nothing for the current one."""
    if reading is None or reading.round.id == current.round.id:
        return ""
    return say("This was last asked in the round of {day}.", day=short_day(reading.round.opens.date()))


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
        lighter=percent(found.low),
        heavier=percent(found.high),
    )
