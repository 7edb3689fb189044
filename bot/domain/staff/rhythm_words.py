"""A person's rhythm in words, as they would say it themselves."""

from collections.abc import Iterator
from datetime import date

from bot.domain.staff.cadence import EVERY_DAY, Rhythm
from bot.domain.staff.hours import Hours, Leave, Nation, Nights, Rota, Shift, merged
from bot.domain.text.language import joined, say, say_count
from bot.domain.text.wording import DAYS, about, clock, day_from, days_in_words, listed, times

_NATIONS = {
    Nation.ENGLAND: say("England"),
    Nation.WALES: say("Wales"),
    Nation.SCOTLAND: say("Scotland"),
    Nation.NORTHERN_IRELAND: say("Northern Ireland"),
}


def tips_in_words(rhythm: Rhythm, seed: str) -> str:
    """ "Tips come on Tuesdays and Thursdays, about 10:30.": when to expect them, in a sentence."""
    if rhythm.rota is not None:
        return _on_shift(rhythm, rhythm.rota)
    days, at = rhythm.days_of(seed), rhythm.time_of_day(seed)
    if rhythm.end < rhythm.start and at < rhythm.start:
        tips = say(
            "Tips come in the night after {days}, about {time}.",
            days=listed([say(DAYS[day]) for day in sorted(days)]),
            time=about(at),
        )
    else:
        tips = say("Tips come on {days}, about {time}.", days=days_in_words(days), time=about(at))
    return joined(tips, _fewer_than_chosen(len(days), rhythm.per_week))


def _on_shift(rhythm: Rhythm, rota: Rota) -> str:
    """With fewer days at work than tips in some weeks there are fewer tips: one a day is the most."""
    often, nights = times(rhythm.per_week), _nights(rhythm)
    with_tips = [shift is not Shift.OFF and _wanted(shift, rhythm) for shift in rota.cycle]
    week = range(len(EVERY_DAY))
    fewest = min(sum(with_tips[(n + day) % len(with_tips)] for day in week) for n in range(len(with_tips)))
    if fewest >= rhythm.per_week:
        return say("Tips come {often} a week, while you are on shift{nights}.", often=often, nights=nights)
    return joined(
        say("Tips come at most {often} a week, while you are on shift{nights}.", often=often, nights=nights),
        _too_few_days(sum(with_tips), len(with_tips), rhythm.per_week),
    )


def _too_few_days(days: int, cycle: int, per_week: int) -> str:
    """Where not only some weeks but the whole rota has too few days for so many tips."""
    if days * len(EVERY_DAY) >= per_week * cycle:
        return ""
    return say_count(
        "Your rota has {count} such day in {all}: one tip a day is the most.",
        "Your rota has {count} such days in {all}: one tip a day is the most.",
        days,
        all=str(cycle),
    )


def _wanted(shift: Shift, rhythm: Rhythm) -> bool:
    return shift is not Shift.NIGHT or rhythm.nights is not Nights.NEVER


def _fewer_than_chosen(days: int, per_week: int) -> str:
    """Somebody with fewer days than tips a week gets one on each."""
    return say("That is {often} a week: one a day is the most.", often=times(days)) if days < per_week else ""


def limits_in_words(rhythm: Rhythm, today: date) -> Iterator[str]:
    """Sentences on when nothing comes: quiet hours, bank holidays, and leave that is not over."""
    if rhythm.quiet is not None:
        yield say("Nothing comes {when}.", when=_between(rhythm.quiet))
    yield (
        say("Tips may come on bank holidays too.")
        if rhythm.works_holidays
        else say("Nothing comes on bank holidays in {nation}.", nation=_NATIONS[rhythm.nation])
    )
    yield from leave_ahead_in_words(rhythm, today)


def leave_ahead_in_words(rhythm: Rhythm, today: date) -> Iterator[str]:
    """A sentence on each leave that is not over."""
    for leave in merged(rhythm.leave):
        if leave.last >= today:
            yield say("Nothing comes {when}: you are on leave.", when=leave_in_words(leave, today))


def _nights(rhythm: Rhythm) -> str:
    if rhythm.rota is None or Shift.NIGHT not in rhythm.rota.cycle:
        return ""
    own = say(", and on your nights {when}", when=_between(Hours(rhythm.start, rhythm.end)))
    return {Nights.NEVER: say(", with no messages on nights"), Nights.OWN_HOURS: own}.get(
        rhythm.nights, say(", nights included")
    )


def _between(hours: Hours) -> str:
    return say("between {start} and {end}", start=clock(hours.start), end=clock(hours.end))


def leave_in_words(leave: Leave, today: date) -> str:
    """ "from Monday 21 December to Sunday 3 January", or "on Friday 4 December"; with the year where far."""
    first, last = day_from(leave.first, today), day_from(leave.last, today)
    if leave.first == leave.last:
        return say("on {day}", day=first)
    return say("from {first} to {last}", first=first, last=last)
