"""The one thing that a lead can do next, and why."""

from collections.abc import Sequence

from bot.domain.rounds.plans import Plan
from bot.domain.rounds.questions import CONFIDENCE, RULES, SAVED, WORKLOAD
from bot.domain.rounds.readings import Reading, newest
from bot.domain.rounds.sentences import when_asked
from bot.domain.text.language import joined, say
from bot.domain.text.wording import percent

UNCLEAR = 3.5
"""A mean under this, of 5, is not clear enough for rules that people must keep."""

UNSURE = 3.0
"""A mean of confidence under this is low."""


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


def _about_rules(reading: Reading | None) -> str:
    found = reading.shown(RULES) if reading else None
    if found is None or found.mean >= UNCLEAR:
        return ""
    return say(
        "Go through the local rule with your group for five minutes, "
        "because only about {share} find it clear what may go into AI.",
        share=percent(found.high),
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
    if found is None or found.high <= found.low:
        return ""
    return say(
        "Ask at your next meeting what AI has added to people's work, and take one thing away, "
        "because about {share} say that their work became heavier.",
        share=percent(found.high),
    )


def _about_confidence(reading: Reading) -> str:
    found = reading.shown(CONFIDENCE)
    if found is None or found.mean >= UNSURE:
        return ""
    return say(
        "Ask a champion to show one task at your next meeting, "
        "because about {share} feel little or no confidence.",
        share=percent(found.low),
    )


def _about_plan(plan: Plan | None) -> str:
    if plan is not None:
        return ""
    return say(
        "Type plan and say what saved time is for, "
        "because minutes turn into something only where that is decided first."
    )
