"""What a person chose comes before what the roster says, and rest is rest."""

from datetime import timedelta

import pytest

from bot.domain.staff.people import GroupId, Licence, Preferences, Right
from tests.samples import BOOKING, CLERK, MONDAY, WARD, champion, preferring, staff, stranger

DAY = timedelta(days=1)


def test_choices_come_before_the_roster() -> None:
    """The role and licence chosen in the chat hold; what was not chosen is the roster's."""
    sam = staff(role=CLERK, licence=Licence.CHAT)
    assert (sam.role, sam.licence, sam.team) == (CLERK, Licence.CHAT, WARD)
    chosen = sam.choosing(Preferences(role=BOOKING))
    assert (chosen.role, chosen.licence, chosen.team) == (BOOKING, Licence.CHAT, WARD)
    assert chosen.roster == sam.roster


def test_somebody_off_the_roster_has_no_rights() -> None:
    """A stranger has no team, no role, no licence, no right and leads nobody."""
    nico = stranger()
    assert (nico.role, nico.team, nico.licence, nico.first_name) == (None, None, Licence.NOTHING, "")
    assert not any(nico.holds(right) for right in Right)
    assert not nico.leads(WARD)


def test_no_right_implies_another() -> None:
    """An administrator is no champion, and a champion leads no group."""
    admin = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
    assert [right for right in Right if admin.holds(right)] == [Right.ADMINISTRATOR]
    assert not champion().leads(WARD)
    assert staff(leads=frozenset({WARD})).leads(WARD)
    assert not staff(leads=frozenset({WARD})).leads(GroupId("Other sample"))


@pytest.mark.parametrize(
    ("has", "needed", "covered"),
    [
        (Licence.NOTHING, Licence.NOTHING, True),
        (Licence.NOTHING, Licence.CHAT, False),
        (Licence.CHAT, Licence.CHAT, True),
        (Licence.CHAT, Licence.COPILOT, False),
        (Licence.COPILOT, Licence.CHAT, True),
    ],
)
def test_licences_are_ordered(has: Licence, needed: Licence, *, covered: bool) -> None:
    """A larger licence covers what needs a smaller one."""
    assert has.covers(needed) is covered


@pytest.mark.parametrize(
    ("preferences", "may"),
    [
        (Preferences(), True),
        (Preferences(stopped=True), False),
        (Preferences(paused_until=MONDAY + DAY), False),
        (Preferences(paused_until=MONDAY), True),
    ],
)
def test_may_be_contacted(preferences: Preferences, *, may: bool) -> None:
    """Whoever stopped or pauses hears nothing; a pause ends at its moment."""
    assert staff().choosing(preferences).may_be_contacted(MONDAY) is may


def test_nobody_can_be_contacted_without_a_chat() -> None:
    """A roster row alone does not reach anybody."""
    sam = staff()
    assert sam.roster is not None
    assert not type(sam)(sam.id, sam.roster).may_be_contacted(MONDAY)


def test_the_next_slot_waits_for_the_end_of_a_pause() -> None:
    """The drip goes on after a pause, and not at all after a stop."""
    until = MONDAY + 14 * DAY
    paused = preferring(staff(), Preferences(paused_until=until))
    assert paused.next_nudge is not None
    assert until < paused.next_nudge < until + 7 * DAY
    assert preferring(staff(), Preferences(stopped=True)).next_nudge is None
    over = preferring(staff(), Preferences(paused_until=MONDAY - DAY))
    assert over.next_nudge is not None
    assert MONDAY < over.next_nudge < MONDAY + 7 * DAY
