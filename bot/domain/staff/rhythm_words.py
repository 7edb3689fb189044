"""A person's rhythm in words, as they would say it themselves."""

from collections.abc import Iterator
from datetime import date

from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Hours, Leave, Nation, Nights, Shift
from bot.domain.text.language import joined, say
from bot.domain.text.wording import DAYS, about, clock, day_in_words, days_in_words, listed, times

_NATIONS = {
    Nation.ENGLAND: say("England"),
    Nation.WALES: say("Wales"),
    Nation.SCOTLAND: say("Scotland"),
    Nation.NORTHERN_IRELAND: say("Northern Ireland"),
}


def tips_in_words(rhythm: Rhythm, seed: str) -> str:
    """ "Tips come on Tuesdays and Thursdays, about 10:30.": when to expect them, in a sentence."""
    if rhythm.rota is not None:
        often = times(rhythm.per_week)
        return say(
            "Tips come {often} a week, while you are on shift{nights}.", often=often, nights=_nights(rhythm)
        )
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
    for leave in rhythm.leave:
        if leave.last >= today:
            yield say("Nothing comes {when}: you are on leave.", when=leave_in_words(leave))


def _nights(rhythm: Rhythm) -> str:
    if rhythm.rota is None or Shift.NIGHT not in rhythm.rota.cycle:
        return ""
    own = say(", and on your nights {when}", when=_between(Hours(rhythm.start, rhythm.end)))
    return {Nights.NEVER: say(", with no messages on nights"), Nights.OWN_HOURS: own}.get(
        rhythm.nights, say(", nights included")
    )


def _between(hours: Hours) -> str:
    return say("between {start} and {end}", start=clock(hours.start), end=clock(hours.end))


def leave_in_words(leave: Leave) -> str:
    """ "from Monday 21 December to Sunday 3 January", or "on Friday 4 December"."""
    if leave.first == leave.last:
        return say("on {day}", day=day_in_words(leave.first))
    return say("from {first} to {last}", first=day_in_words(leave.first), last=day_in_words(leave.last))
