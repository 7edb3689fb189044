"""When to say hello to somebody whom the bot never met, and what a refusal means for them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.drip.first_contact import (
    ASK_AGAIN_AFTER,
    SPREAD_OVER,
    after_refusal,
    first_slot,
    hello,
    waiting,
)
from bot.domain.outbox.replies import Chat
from bot.domain.outbox.subjects import WelcomeDue
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.people import Person, PersonId, Preferences
from tests.samples import MONDAY, reference, staff

SAM = staff()
UNMET = replace(SAM, reference=None)
LEFT = UNMET.leaving(MONDAY)
DAY = timedelta(days=1)


def test_whoever_was_never_met_gets_a_time_within_their_hours() -> None:
    """Once: a time that there is, also that of the next try, is not moved by loading a roster again."""
    timed = waiting(UNMET, MONDAY)
    assert timed.next_nudge
    assert UNMET.preferences.rhythm.allows(timed.next_nudge)
    assert waiting(timed, MONDAY + DAY) == timed


@pytest.mark.parametrize(
    "person",
    [
        SAM,
        LEFT,
        replace(UNMET, roster=None),
        UNMET.choosing(Preferences(stopped=True)),
        UNMET.choosing(Preferences(rhythm=Rhythm(days=frozenset()))),
    ],
)
def test_nobody_else_gets_one(person: Person) -> None:
    """Not who has a chat, who left or blocked the bot, who is on no roster, who stopped, who has no days."""
    assert waiting(person, MONDAY) == person


def test_a_new_roster_is_spread_over_two_weeks() -> None:
    """A tenth of the country a day, and nobody on the weekend."""
    people = [replace(UNMET, id=PersonId(f"sample-{n}")) for n in range(5_000)]
    days = Counter(slot.date() for person in people if (slot := first_slot(person, MONDAY - DAY)))
    assert len(days) == SPREAD_OVER
    assert max(abs(number / 500 - 1) for number in days.values()) < 0.2
    assert all(day.weekday() < 5 for day in days)


def test_a_hello_is_one_welcome_and_a_time_for_the_next_try() -> None:
    """It is unasked: it keeps to the hours and to the cap. The same slot is the same key."""
    met = waiting(UNMET, MONDAY)
    assert met.next_nudge
    said = hello(met, met.next_nudge)
    assert said.delivery
    assert (said.delivery.subject, said.delivery.unasked, said.delivery.due) == (
        WelcomeDue(),
        True,
        met.next_nudge,
    )
    assert said.person.next_nudge
    assert ASK_AGAIN_AFTER < said.person.next_nudge - met.next_nudge < ASK_AGAIN_AFTER + 4 * DAY
    late = hello(met, met.next_nudge + DAY)
    assert late.delivery
    assert late.delivery.key == said.delivery.key
    assert late.delivery.expires > met.next_nudge + 7 * DAY


def test_nobody_is_greeted_before_their_start() -> None:
    """Nor where the start was put off after the hello had its time: a hello that is dropped costs 90 days."""
    assert UNMET.roster is not None
    second = replace(UNMET, roster=replace(UNMET.roster, cohort="second", start=date(2027, 1, 11)))
    timed = waiting(second, MONDAY)
    assert timed.next_nudge
    assert second.begins < timed.next_nudge < second.begins + 15 * DAY

    early = replace(second, next_nudge=MONDAY)
    put_off = hello(early, MONDAY)
    assert (put_off.delivery, put_off.person) == (None, timed)


GONE = replace(SAM, reference=reference(SAM.id).without_chat())
TRIED = replace(UNMET, next_nudge=MONDAY + ASK_AGAIN_AFTER)


@pytest.mark.parametrize(
    ("person", "chat", "renewable", "left_as"),
    [
        (TRIED, Chat.NOT_INSTALLED, True, TRIED),
        (TRIED, Chat.GONE, True, TRIED),
        (TRIED, Chat.CLOSED, True, TRIED.leaving(MONDAY)),
        (SAM, Chat.GONE, True, GONE),
        (SAM, Chat.GONE, False, SAM.leaving(MONDAY)),
        (SAM, Chat.NOT_INSTALLED, True, SAM.leaving(MONDAY)),
        (SAM, Chat.CLOSED, True, SAM.leaving(MONDAY)),
    ],
)
def test_what_a_refusal_leaves(person: Person, chat: Chat, left_as: Person, *, renewable: bool) -> None:
    """Without the app the next try is in a while; a chat that is gone is begun anew; else they rest."""
    assert after_refusal(person, chat, MONDAY, renewable=renewable) == left_as


@pytest.mark.parametrize(
    ("person", "without", "with_first_contact"),
    [(SAM, True, True), (UNMET, False, True), (GONE, False, True), (LEFT, False, False)],
)
def test_who_can_be_reached(person: Person, *, without: bool, with_first_contact: bool) -> None:
    """With a chat always; without one only where one can be begun."""
    assert person.can_be_reached(first_contact=False) is without
    assert person.can_be_reached(first_contact=True) is with_first_contact
