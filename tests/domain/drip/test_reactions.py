"""The table of reactions, walked through row by row: what follows from how somebody says they feel."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain.drip.nudges import SlotDecision, decide, worded
from bot.domain.drip.reactions import ONE_A_WEEK, REACTIONS, SHORT, offer_for, reactions_to, rest_of, wish_of
from bot.domain.drip.selection import NO_WISH
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import Prompt, PromptId
from bot.domain.outbox.subjects import TipDue
from bot.domain.staff.people import Contact, OwnAnswer, Person, Preferences, Right
from bot.domain.text.language import in_words
from tests.samples import CLERK, MONDAY, champion, prompt, staff
from tests.tongues import WELSH

SKILLS = ("ask-well", "give-safe-context", "check-it", "know-when-not-to", "adapt-and-reuse", "share")
LIBRARY = [
    prompt(f"{skill}-{level}-{minutes}", skill=skill, level=level, minutes=minutes)
    for skill in SKILLS
    for level in (1, 2, 3)
    for minutes in (5, 20)
]
SEEN = frozenset(PromptId(f"old-{n}") for n in range(20))
JUDGING = {"check-it", "know-when-not-to"}


def feeling(confidence: int, workload: int = 3, before: int | None = None) -> Person:
    """Somebody who lets us keep these answers; `before` is the confidence that the last tip took note of."""
    own = (OwnAnswer(date(2026, 11, 2), confidence, workload),)
    contact = Contact(heard=MONDAY.date(), level=before, licence=staff().licence)
    chosen = Preferences(role=CLERK, tuned=True, own=own, contact=contact)
    return replace(staff().choosing(chosen), next_nudge=MONDAY)


def decided(person: Person, library: list[Prompt] = LIBRARY) -> tuple[SlotDecision, Prompt, TipDue]:
    """What the slot on Monday brings, with the prompt."""
    decision = decide(person, Shelf(library, {}), SEEN, MONDAY)
    assert decision.delivery is not None
    subject = decision.delivery.subject
    assert isinstance(subject, TipDue)
    return decision, next(p for p in library if p.id == subject.prompt), subject


@dataclass(frozen=True)
class Row:
    """A row of the table as a test reads it: who it is for, and what they get."""

    person: Person
    levels: set[int]
    skills: set[str]
    longest: int
    offers: str
    because: str


ROWS = {
    "a heavy workload: shorter and fewer": Row(
        feeling(3, workload=4), {1, 2, 3}, set(SKILLS), SHORT, "one a week at most", "it is short"
    ),
    "low confidence: easy steps, judging, a champion": Row(
        feeling(2), {1}, JUDGING, 60, "Type champion", "an easy step"
    ),
    "falling confidence: a step back, judging, a champion": Row(
        feeling(4, before=5), {1, 2}, JUDGING, 60, "Type champion", "a step back"
    ),
    "high confidence: harder ones, sharing, becoming a champion": Row(
        feeling(5), {3}, set(SKILLS), 60, "type become a champion", "a step further"
    ),
}


def test_every_row_is_walked_through() -> None:
    """Whoever adds one says here whom it is for."""
    assert list(ROWS) == [row.name for row in REACTIONS]


@pytest.mark.parametrize(("name", "row"), ROWS.items(), ids=ROWS)
def test_a_row_brings_what_it_says(name: str, row: Row) -> None:
    """The prompt, the sentence above it, and the reason."""
    assert [one.name for one in reactions_to(row.person)] == [name]
    _, chosen, due = decided(row.person)
    assert chosen.level in row.levels
    assert chosen.skill in row.skills
    assert chosen.minutes <= row.longest
    assert row.offers in due.opening
    assert row.because in due.reason


@pytest.mark.parametrize("confidence", [3, 4])
@pytest.mark.parametrize("before", [None, 3])
def test_in_between_nothing_follows(confidence: int, before: int | None) -> None:
    """Steady or rising and with no heavier work, the drip goes by what somebody has seen."""
    sam = feeling(confidence, before=before)
    assert wish_of(sam) == NO_WISH
    assert rest_of(sam) == timedelta(0)
    assert decided(sam)[2].opening == ""


def test_without_leave_nothing_ever_follows() -> None:
    """Whoever keeps their answers to themselves gets the same as everybody."""
    sam = staff().choosing(Preferences(role=CLERK))
    assert (reactions_to(sam), wish_of(sam), offer_for(sam)) == ((), NO_WISH, "")


@pytest.mark.parametrize("per_week", [1, 2, 5])
def test_a_heavy_workload_means_one_a_week(per_week: int) -> None:
    """The next slot is at least six days on, whatever pace was chosen; else it is as before."""
    gaps = {}
    for workload in (3, 4):
        sam = feeling(3, workload=workload)
        chosen = replace(sam.preferences.rhythm, per_week=per_week)
        sam = sam.choosing(replace(sam.preferences, rhythm=chosen))
        after = decided(sam)[0].person.next_nudge
        assert after is not None
        gaps[workload] = after - MONDAY
    assert gaps[4] >= ONE_A_WEEK
    assert gaps[4] <= timedelta(days=14)
    assert gaps[3] <= gaps[4]


def test_nothing_short_is_left() -> None:
    """Then a longer one comes all the same, and nobody is told that it is short."""
    _, chosen, due = decided(feeling(3, workload=5), [p for p in LIBRARY if p.minutes > SHORT])
    assert chosen.minutes > SHORT
    assert "short" not in due.reason


def test_two_rows_at_once() -> None:
    """Low confidence and heavy work: an easy and a short one, and both sentences."""
    sam = feeling(1, workload=5)
    assert len(reactions_to(sam)) == 2
    _, chosen, due = decided(sam)
    assert (chosen.level, chosen.minutes <= SHORT, chosen.skill in JUDGING) == (1, True, True)
    assert "one a week" in due.opening
    assert "Type champion" in due.opening


@pytest.mark.parametrize("sam", [feeling(1), feeling(5), feeling(1, workload=5)], ids=["low", "high", "both"])
def test_what_is_said_is_said_in_the_readers_language(sam: Person) -> None:
    """One sentence or two of them: whoever reads Welsh reads all of it in Welsh."""
    decision, _, due = decided(sam)
    in_welsh = worded(decision, WELSH).delivery
    assert in_welsh is not None
    assert isinstance(in_welsh.subject, TipDue)
    assert in_welsh.subject.opening == " ".join(in_words(row.offer, WELSH) for row in reactions_to(sam))
    assert in_welsh.subject.opening != due.opening


def test_no_more_is_asked_of_whoever_has_too_much_to_do() -> None:
    """The highest confidence with heavy work brings no harder step and no invitation."""
    sam = feeling(5, workload=4)
    assert wish_of(sam).easiest == 1
    assert "champion" not in offer_for(sam)


@pytest.mark.parametrize(
    ("confidence", "workload", "fell"), [*product(range(1, 6), range(1, 6), [False, True])]
)
def test_rows_never_contradict_one_another(confidence: int, workload: int, *, fell: bool) -> None:
    """No answer wishes for something both easier and harder than what there is."""
    wish = wish_of(feeling(confidence, workload, before=5 if fell and confidence < 5 else None))
    assert wish.easiest <= wish.hardest


def test_a_champion_is_invited_to_share() -> None:
    """They need not become what they are."""
    cham = champion()
    assert cham.roster is not None
    assert Right.CHAMPION in cham.roster.rights
    assert "type share" in offer_for(cham.choosing(feeling(5).preferences))


def test_an_offer_is_made_once() -> None:
    """The second tip on the same answers opens without a word."""
    first, _, due = decided(feeling(1))
    again = replace(first.person, next_nudge=MONDAY)
    assert due.opening == REACTIONS[1].offer
    assert decided(again)[2].opening == ""


def test_answers_are_kept_for_a_year_at_most() -> None:
    """Thirteen rounds; a second answer to one round takes the first one's place."""
    kept = Preferences()
    for week in range(0, 80, 4):
        for confidence in (1, 2):
            kept = kept.saying(OwnAnswer(MONDAY.date() + timedelta(weeks=week), confidence, 3))
    assert len(kept.own) == 13
    assert {one.confidence for one in kept.own} == {2}
    assert kept.untuned() == Preferences()
