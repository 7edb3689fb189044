"""Which colleague to introduce: one who knows the role, works nearby, and was not asked just now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cadence import stable_number
from bot.domain.people import Person, PersonId, Right


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody was shown a champion's name, and when (UTC)."""

    asker: PersonId
    champion: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A champion, and why this one in half a sentence."""

    champion: Person
    reason: str


def match(asker: Person, people: Iterable[Person], introduced: Sequence[Introduction]) -> Match | None:
    """The best champion for somebody, None where there is none.

    Never the asker. Somebody new before somebody already introduced; then the same role, the same site,
    and a stable order among equals.
    """
    candidates = [p for p in people if _can_help(p, asker)]
    if not candidates:
        return None
    times = _times_introduced(asker.id, introduced)
    best = min(candidates, key=lambda p: (times.get(p.id, 0), *_distance(p, asker)))
    return Match(best, reason(best, asker))


def reason(champion: Person, asker: Person) -> str:
    """Why this champion, as half a sentence that follows "because"."""
    same_role = champion.role == asker.role
    same_site = _site(champion) == _site(asker)
    if same_role and same_site:
        return "they do the same job as you, at your site"
    if same_role:
        return "they do the same job as you"
    if same_site:
        return "they work at your site"
    return "they offered to help colleagues with AI at work"


def _can_help(person: Person, asker: Person) -> bool:
    return person.id != asker.id and person.holds(Right.CHAMPION) and not person.preferences.stopped


def _times_introduced(asker: PersonId, introduced: Sequence[Introduction]) -> dict[PersonId, int]:
    times: dict[PersonId, int] = {}
    for introduction in introduced:
        if introduction.asker == asker:
            times[introduction.champion] = times.get(introduction.champion, 0) + 1
    return times


def _distance(champion: Person, asker: Person) -> tuple[bool, bool, int]:
    return (
        champion.role != asker.role,
        _site(champion) != _site(asker),
        stable_number(f"{asker.id}:{champion.id}"),
    )


def _site(person: Person) -> str | None:
    return person.roster.site if person.roster else None
