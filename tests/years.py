"""A year of drip for made-up people, in simulated time by the domain's own decisions; and what went wrong.

What is checked is worked out anew from what people said about themselves, not by what decided.
"""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

from bot.content.bank_holidays import bank_holidays
from bot.domain.drip import silence
from bot.domain.drip.nudges import decide
from bot.domain.drip.selection import LOOKS_BACK, REPEAT_AFTER
from bot.domain.drip.shelves import Shelf
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.replies import Settle
from bot.domain.outbox.sending import PutOff, hold
from bot.domain.outbox.subjects import PulseDue, TipDue
from bot.domain.staff.cadence import Days, Rhythm
from bot.domain.staff.hours import SHIFTS, Hours, Leave, Nation, Nights, Rota, Shift
from bot.domain.staff.people import Licence, Person, PersonId, Preferences, RoleId
from tests.samples import reference

START = datetime(2026, 11, 23, tzinfo=UTC)
"""A Monday. Both clock changes lie within the year."""

END = START + timedelta(days=365)
LATEST = 90
"""Seconds by which the planner or the sender may come late."""

ROUNDS_EVERY = timedelta(days=28)
PATTERNS = ("DDNNOOOO", "EEELLOO", "NNNNOOO", "DDDDOOO", "ELNOO", "DDOOONNNOOOOO", "EEEEEOO")
HOLIDAYS = bank_holidays()


@dataclass(frozen=True, slots=True)
class Came:
    """One message that went out; of a tip, which prompt."""

    at: datetime
    prompt: PromptId | None = None


def made_up(number: int, roles: Sequence[RoleId]) -> Person:
    """Somebody with a life of their own: days or a rota, hours, nights, leave, quiet hours, a nation."""
    chance = Random(number)
    rota = Rota(
        START.date() - timedelta(days=chance.randrange(30)), tuple(map(Shift, chance.choice(PATTERNS)))
    )
    leaves = sorted(START.date() + timedelta(days=chance.randrange(365)) for _ in range(chance.randrange(4)))
    rhythm = Rhythm(
        days=frozenset(chance.sample(range(7), chance.randrange(2, 6))),
        start=time(chance.choice((7, 8, 9, 10, 22))),
        end=time(chance.choice((15, 16, 17, 18, 6))),
        zone=chance.choice(("Europe/London", "Europe/London", "America/New_York", "Australia/Lord_Howe")),
        per_week=chance.randrange(1, 6),
        rota=chance.choice((None, rota)),
        nights=chance.choice(list(Nights)),
        quiet=chance.choice((None, None, Hours(time(12), time(13)), Hours(time(22), time(6)))),
        leave=tuple(Leave(day, day + timedelta(days=chance.randrange(1, 16))) for day in leaves),
        nation=chance.choice(list(Nation)),
        works_holidays=chance.random() < 0.3,
    )
    chosen = Preferences(role=chance.choice(roles), licence=chance.choice(list(Licence)), rhythm=rhythm)
    id_ = PersonId(f"person-{number}")
    return Person(id_, preferences=chosen, reference=reference(id_))


def closed_for(person: Person) -> Days:
    """The bank holidays of their nation."""
    return HOLIDAYS[person.preferences.rhythm.nation]


def year_of(person: Person, shelf: Shelf) -> list[Came]:
    """Everything that comes to somebody who reads their tips, in order: planned and held as in earnest."""
    closed, late = closed_for(person), Random(person.id)
    person = replace(person, next_nudge=person.next_slot(START, closed))
    waiting = [(one.due, one.key, one) for one in _rounds(person)]
    heapq.heapify(waiting)
    came: list[Came] = []
    seen: dict[PromptId, datetime] = {}
    while True:
        due = min(
            (moment for moment in (person.next_nudge, waiting[0][0] if waiting else None) if moment),
            default=END,
        )
        now = due + timedelta(seconds=late.randrange(LATEST))
        if now >= END:
            return came
        if person.next_nudge and person.next_nudge <= now:
            lately = {prompt for prompt, at in seen.items() if at > now - LOOKS_BACK}
            decision = decide(silence.heard(person, person.today(now)), shelf, lately, now, closed)
            person = decision.person
            if decision.delivery and decision.experience:
                heapq.heappush(waiting, (decision.delivery.due, decision.delivery.key, decision.delivery))
                seen[decision.experience.prompt] = now
        while waiting and waiting[0][0] <= now:
            delivery = heapq.heappop(waiting)[2]
            held = hold(delivery, person, [one.at for one in came[-9:]], now, closed=closed)
            if isinstance(held, PutOff):
                heapq.heappush(waiting, (held.until, delivery.key, delivery))
            elif isinstance(held, Settle):
                seen.pop(_came(delivery, now).prompt or PromptId(""), None)  # it never arrived
            else:
                came.append(_came(delivery, now))


def _rounds(person: Person) -> Iterator[Delivery]:
    """A round's questions every four weeks: unasked as well, and under the same cap."""
    opens = START + timedelta(days=7)
    while opens < END:
        due = person.preferences.rhythm.next_any_day(f"{person.id}:pulse", opens, closed_for(person))
        if due:
            key = f"pulse:{opens:%Y-%m-%d}:{person.id}"
            yield Delivery(key, person.id, PulseDue(key), due, opens + timedelta(days=7), unasked=True)
        opens += ROUNDS_EVERY


def _came(delivery: Delivery, now: datetime) -> Came:
    return Came(now, delivery.subject.prompt if isinstance(delivery.subject, TipDue) else None)


def faults(person: Person, came: Sequence[Came]) -> list[str]:
    """All that should not have come: away, out of hours, over the cap, too soon, or again too early."""
    rhythm = person.preferences.rhythm
    local = [one.at.astimezone(ZoneInfo(rhythm.zone)).replace(tzinfo=None) for one in came]
    found = [f"{person.id} {at}: away" for at in local if _is_away(person, at.date())]
    found += [f"{person.id} {at}: out of hours" for at in local if not _is_at_work(rhythm, at)]
    days = [at.date() for at in local]
    found += [f"{person.id} {day}: twice a day" for day in set(days) if days.count(day) > 1]
    most = max(3, rhythm.per_week)
    found += [f"{person.id} {day}: over the cap" for day in days if _in_week(days, day) > most]
    moments = [one.at for one in came]
    found += [f"{person.id} {b}: too soon" for a, b in pairwise(moments) if b - a < timedelta(hours=1)]
    return found + _repeated(person, came)


def _is_away(person: Person, day: date) -> bool:
    rhythm = person.preferences.rhythm
    on_leave = any(one.first <= day <= one.last for one in rhythm.leave)
    return on_leave or (day in closed_for(person) and not rhythm.works_holidays)


def _is_at_work(rhythm: Rhythm, at: datetime) -> bool:
    """Whether it lies in hours that began on this day or the one before, and is not in quiet hours."""
    if rhythm.quiet and rhythm.quiet.hold(at.time()):
        return False
    begun = [at.date(), at.date() - timedelta(days=1)]
    return any(_within(_hours(rhythm, day), at - datetime.combine(day, time())) for day in begun)


def _hours(rhythm: Rhythm, day: date) -> Hours | None:
    own = Hours(rhythm.start, rhythm.end)
    if rhythm.rota is None:
        return own if day.weekday() in rhythm.days else None
    shift = rhythm.rota.on(day)
    if shift is Shift.NIGHT and rhythm.nights is not Nights.IN_SHIFT:
        return own if rhythm.nights is Nights.OWN_HOURS else None
    return SHIFTS.get(shift)


def _within(hours: Hours | None, since_midnight: timedelta) -> bool:
    if hours is None:
        return False
    start, end = (timedelta(hours=at.hour, minutes=at.minute) for at in (hours.start, hours.end))
    return start <= since_midnight < (end if start <= end else end + timedelta(days=1))


def _in_week(days: Sequence[date], first: date) -> int:
    return sum(1 for day in days if 0 <= (day - first).days < 7)


def _repeated(person: Person, came: Sequence[Came]) -> list[str]:
    last: dict[PromptId, datetime] = {}
    found = []
    for one in came:
        if one.prompt and one.prompt in last and one.at - last[one.prompt] < REPEAT_AFTER:
            found.append(f"{person.id} {one.at}: {one.prompt} again")
        if one.prompt:
            last[one.prompt] = one.at
    return found


def covered(shelf: Shelf, came: Sequence[Came]) -> Counter[str]:
    """How many tips there were of each skill of the library; none of one is counted as well."""
    found = Counter(dict.fromkeys(shelf.skills.values(), 0))
    found.update(shelf.skills[one.prompt] for one in came if one.prompt)
    return found


def unevenness(counted: Counter[str]) -> float:
    """How far the fullest or the emptiest is from the mean, in parts of it."""
    mean = counted.total() / len(counted)
    return max(max(counted.values()) / mean - 1, 1 - min(counted.values()) / mean)


def fullest(came: Sequence[Came]) -> int:
    """The most tips within any `LOOKS_BACK`: where there are no more for somebody, a slot stays empty."""
    moments = [one.at for one in came if one.prompt]
    return max((sum(1 for at in moments if first <= at < first + LOOKS_BACK) for first in moments), default=0)
