"""How somebody's drip stands: what keeps tips back, and until when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.drip.outlooks import Drip, Outlook, outlook_of
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Leave, Rota, Shift
from bot.domain.staff.people import Contact, Person, Preferences
from tests.samples import CLERK, MONDAY, preferring, staff, stranger

DAY = timedelta(days=1)
SAM = preferring(staff(), Preferences(role=CLERK))
TODAY, FRIDAY = MONDAY.date(), date(2026, 11, 27)
OFF = Rota(TODAY, (Shift.OFF,))


def choosing(**chosen: object) -> Person:
    """Sam with these preferences."""
    return SAM.choosing(replace(SAM.preferences, **chosen))  # type: ignore[arg-type] # checked by the class


def starting(day: date) -> Person:
    """Sam in a cohort that starts on a day."""
    assert SAM.roster is not None
    return replace(SAM, roster=replace(SAM.roster, start=day))


@pytest.mark.parametrize(
    ("person", "outlook"),
    [
        (SAM, Outlook(Drip.COMING)),
        (SAM.leaving(MONDAY), Outlook(Drip.GONE)),
        (SAM.off_the_list(MONDAY), Outlook(Drip.GONE)),
        (replace(SAM, roster=None, reference=None), Outlook(Drip.GONE)),
        (replace(SAM, reference=None), Outlook(Drip.WITHOUT_APP)),
        (staff(), Outlook(Drip.NOT_SET_UP)),
        (stranger(), Outlook(Drip.NOT_SET_UP)),
        (choosing(stopped=True), Outlook(Drip.STOPPED)),
        (choosing(stopped=True, paused_until=MONDAY + DAY), Outlook(Drip.STOPPED)),
        (choosing(contact=Contact(ended=True)), Outlook(Drip.ENDED)),
        (choosing(rhythm=Rhythm(per_week=0)), Outlook(Drip.NONE_WANTED)),
        (choosing(rhythm=Rhythm(rota=OFF)), Outlook(Drip.NO_TIME)),
        (choosing(paused_until=MONDAY + 4 * DAY), Outlook(Drip.PAUSED, FRIDAY)),
        (choosing(paused_until=MONDAY - DAY), Outlook(Drip.COMING)),
        (choosing(rhythm=Rhythm(leave=(Leave(TODAY, FRIDAY),))), Outlook(Drip.ON_LEAVE, FRIDAY)),
        (choosing(rhythm=Rhythm(leave=(Leave(FRIDAY, FRIDAY),))), Outlook(Drip.COMING)),
        (starting(FRIDAY), Outlook(Drip.STARTS_LATER, FRIDAY)),
        (starting(TODAY), Outlook(Drip.COMING)),
    ],
)
def test_what_keeps_tips_back(person: Person, outlook: Outlook) -> None:
    """Each in its turn: who cannot be reached, what only they can change, and what passes by itself."""
    assert outlook_of(person, MONDAY) == outlook
