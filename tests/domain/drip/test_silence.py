"""An ignored drip slows down, says so once, and ends after three months with one kind message."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain.drip import silence
from bot.domain.drip.nudges import GAINED, LOST, MEANWHILE, decide, given_back
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import FarewellDue, News, TipDue
from bot.domain.staff.cadence import Rhythm
from bot.domain.staff.hours import Leave
from bot.domain.staff.people import Contact, Licence, OwnAnswer, Person, Preferences
from tests.samples import CLERK, MONDAY, prompt, staff

SHELF = Shelf([prompt(f"tip-{n}", needs=Licence.NOTHING) for n in range(80)], {})
SAM = staff().choosing(Preferences(role=CLERK, contact=Contact(heard=MONDAY.date(), licence=Licence.CHAT)))


def lived(person: Person, days: int) -> list[tuple[Person, Delivery]]:
    """Everything that comes to somebody who never writes or presses anything, in so many days."""
    came = []
    person = replace(person, next_nudge=person.next_slot(MONDAY))
    seen: set[PromptId] = set()
    while person.next_nudge is not None and person.next_nudge < MONDAY + timedelta(days=days):
        decision = decide(person, SHELF, frozenset(seen), person.next_nudge)
        person = decision.person
        if decision.delivery:
            if isinstance(decision.delivery.subject, FarewellDue):
                person = silence.ended(person, decision.delivery.due)
            came.append((person, decision.delivery))
        if decision.experience:
            seen.add(decision.experience.prompt)
    return came


def test_silence_slows_and_then_ends_the_drip() -> None:
    """Twice a week for four weeks, then every other week and said once, then one farewell and no more."""
    came = lived(SAM, 400)
    tips = [d for _, d in came if isinstance(d.subject, TipDue)]
    early = [d for d in tips if d.due < MONDAY + silence.SLOW_AFTER]
    late = [d for d in tips if d.due > MONDAY + silence.SLOW_AFTER + timedelta(days=1)]
    assert len(early) == 8
    assert 4 <= len(late) <= 6
    said = [d.subject.opening for d in tips if isinstance(d.subject, TipDue) and d.subject.opening]
    assert said == [silence.SLOWED]
    assert [type(d.subject) for _, d in came if not isinstance(d.subject, TipDue)] == [FarewellDue]
    farewell = came[-1][1].due.date() - MONDAY.date()
    assert silence.END_AFTER <= farewell < silence.END_AFTER + timedelta(days=7)
    assert came[-1][0].next_nudge is None
    assert not came[-1][0].may_be_contacted(MONDAY)


def test_a_farewell_that_was_not_sent_comes_again() -> None:
    """The drip ends once it was said, and not before; whoever is heard meanwhile goes on."""
    late = datetime.combine(MONDAY.date() + silence.END_AFTER, MONDAY.timetz())
    first = decide(replace(SAM, next_nudge=late), SHELF, frozenset(), late)
    assert first.delivery is not None
    assert isinstance(first.delivery.subject, FarewellDue)
    assert not first.person.preferences.contact.ended
    slot = first.person.next_nudge
    assert slot is not None
    assert slot > first.delivery.expires, "there is never more than one on its way"
    again = decide(first.person, SHELF, frozenset(), slot)
    assert again.delivery is not None
    assert isinstance(again.delivery.subject, FarewellDue)
    assert again.delivery.key != first.delivery.key
    assert silence.ended(again.person, slot).next_nudge is None
    heard = silence.heard(again.person, slot.date())
    assert silence.ended(heard, slot) == heard


def test_what_a_lost_tip_would_have_said_the_next_one_says() -> None:
    """The news of a tip that never arrived is given back, each kind of it, and with it the usual pace."""
    own = (OwnAnswer(date(2026, 10, 1), 5, 3), OwnAnswer(date(2026, 11, 1), 4, 3))
    for change in (
        {"licence": Licence.COPILOT},
        {"own": own, "contact": replace(SAM.preferences.contact, level=5, workload=3)},
        {"contact": replace(SAM.preferences.contact, heard=date(2026, 10, 1))},
    ):
        changed = replace(SAM.preferences, **change)
        lost = decide(replace(SAM.choosing(changed), next_nudge=MONDAY), SHELF, frozenset(), MONDAY)
        assert lost.delivery is not None
        assert isinstance(lost.delivery.subject, TipDue)
        back = given_back(lost.person, lost.delivery.subject, MONDAY)
        slot = back.next_nudge
        assert slot is not None
        assert slot < MONDAY + timedelta(days=7)
        next_one = decide(back, SHELF, frozenset(), slot).delivery
        assert next_one is not None
        assert isinstance(next_one.subject, TipDue)
        assert lost.delivery.subject.opening
        assert next_one.subject.opening == lost.delivery.subject.opening
        assert next_one.subject.news is lost.delivery.subject.news


def test_nothing_is_given_back_to_whoever_was_heard_since() -> None:
    """Their usual pace is back already, and a tip without news has none to give."""
    slow = TipDue(PromptId("tip-1"), "a reason", silence.SLOWED, News.SLOWED)
    for tip in (slow, TipDue(PromptId("tip-1"), "a reason")):
        assert given_back(SAM, tip, MONDAY) == SAM


def test_a_word_brings_the_usual_pace_back() -> None:
    """Whoever is heard is not slow any more; whoever asks for tips again is not ended any more."""
    slow = SAM.choosing(replace(SAM.preferences, contact=Contact(slowed=True, ended=True)))
    assert silence.heard(slow, date(2027, 1, 1)).preferences.contact == Contact(date(2027, 1, 1), ended=True)
    assert silence.back(slow, date(2027, 1, 1)).preferences.contact == Contact(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, 40),
        ({"paused_until": MONDAY + timedelta(days=30)}, 10),
        ({"rhythm": Rhythm(leave=(Leave(MONDAY.date(), date(2026, 12, 28)),))}, 5),
        ({"rhythm": Rhythm(leave=(Leave(date(2027, 3, 1), date(2027, 3, 9)),))}, 40),
        ({"contact": Contact()}, 0),
    ],
)
def test_pauses_and_leave_are_no_silence(changes: dict[str, object], days: int) -> None:
    """Silence counts from the last word, or from when somebody was back."""
    sam = SAM.choosing(replace(SAM.preferences, **changes))  # type: ignore[arg-type]  # fields of preferences
    assert silence.silent_for(sam, MONDAY + timedelta(days=40)) == timedelta(days=days)


@pytest.mark.parametrize(("start", "days"), [(date(2026, 12, 28), 5), (date(2026, 6, 1), 40)])
def test_the_time_before_a_start_is_no_silence(start: date, days: int) -> None:
    """Whoever set up weeks before their cohort began is met as anybody is on their first day."""
    assert SAM.roster is not None
    sam = replace(SAM, roster=replace(SAM.roster, start=start))
    assert silence.silent_for(sam, MONDAY + timedelta(days=40)) == timedelta(days=days)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (Licence.CHAT, Licence.COPILOT, GAINED.format(tool="Copilot")),
        (Licence.NOTHING, Licence.CHAT, GAINED.format(tool="Copilot Chat")),
        (Licence.COPILOT, Licence.CHAT, LOST.format(tool="Copilot")),
        (Licence.CHAT, Licence.NOTHING, LOST.format(tool="Copilot Chat")),
        (None, Licence.NOTHING, MEANWHILE),
        (None, Licence.CHAT, ""),
        (Licence.CHAT, Licence.CHAT, ""),
    ],
)
def test_a_licence_that_came_or_went_is_told_once(before: Licence | None, now: Licence, words: str) -> None:
    """The first tip says so, the second does not."""
    contact = Contact(heard=MONDAY.date(), licence=before)
    sam = SAM.choosing(replace(SAM.preferences, licence=now, contact=contact))
    openings = [d.subject.opening for _, d in lived(sam, 8) if isinstance(d.subject, TipDue)]
    assert openings == [words, ""]


def test_a_cohort_begins_on_its_day() -> None:
    """Nothing comes before, and the first tip within a week after."""
    assert SAM.roster is not None
    later = replace(SAM, roster=replace(SAM.roster, cohort="second", start=date(2027, 1, 11)))
    assert not later.may_be_contacted(datetime.combine(date(2027, 1, 10), MONDAY.timetz()))
    slot = later.next_slot(MONDAY)
    assert slot is not None
    assert date(2027, 1, 11) <= slot.date() < date(2027, 1, 18)
