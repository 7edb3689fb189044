"""A person's rhythm in words, as they would say it themselves."""

from collections.abc import Iterator
from datetime import date

from bot.domain.cadence import Rhythm
from bot.domain.hours import Hours, Nights, Shift
from bot.domain.wording import DAYS, about, days_in_words, leave_in_words, listed

TIMES = {1: "once", 2: "twice"}


def tips_in_words(rhythm: Rhythm, seed: str) -> str:
    """ "Tips come on Tuesdays and Thursdays, about 10:30.": when to expect them, in a sentence."""
    if rhythm.rota is not None:
        return f"Tips come {_often(rhythm.per_week)} a week, while you are on shift{_nights(rhythm)}."
    days, at = rhythm.days_of(seed), rhythm.time_of_day(seed)
    if rhythm.end < rhythm.start and at < rhythm.start:
        return (
            f"Tips come in the night after {listed([DAYS[day] for day in sorted(days)])}, about {about(at)}."
        )
    return f"Tips come on {days_in_words(days)}, about {about(at)}."


def limits_in_words(rhythm: Rhythm, today: date) -> Iterator[str]:
    """Sentences on when nothing comes: quiet hours, bank holidays, and leave that is not over."""
    if rhythm.quiet is not None:
        yield f"Nothing comes {_between(rhythm.quiet)}."
    yield (
        "Tips may come on bank holidays too."
        if rhythm.works_holidays
        else f"Nothing comes on bank holidays in {rhythm.nation.label}."
    )
    for leave in rhythm.leave:
        if leave.last >= today:
            yield f"Nothing comes {leave_in_words(leave)}: you are on leave."


def _often(per_week: int) -> str:
    return TIMES.get(per_week, f"{per_week} times")


def _nights(rhythm: Rhythm) -> str:
    if rhythm.rota is None or Shift.NIGHT not in rhythm.rota.cycle:
        return ""
    own = f", and on your nights {_between(Hours(rhythm.start, rhythm.end))}"
    return {Nights.NEVER: ", with no messages on nights", Nights.OWN_HOURS: own}.get(
        rhythm.nights, ", nights included"
    )


def _between(hours: Hours) -> str:
    return f"between {hours.start:%H:%M} and {hours.end:%H:%M}"
