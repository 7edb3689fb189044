"""Who are champions now, and whom of them to suggest for a request."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from bot.domain.peers.champions import Profile, Standing, drafted, profile_of
from bot.domain.peers.directory import (
    ASKED_AT_MOST,
    MONTH,
    WEEK,
    Directory,
    Load,
    Match,
    Search,
    leading,
    loads_in,
    offers_of,
)
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.peers.turns import goes_away, turn_of
from bot.domain.staff.people import Person, PersonId, Right
from bot.services.ports import UnitOfWork, World
from bot.services.records import closed_for, person_of


@dataclass(frozen=True, slots=True)
class Roll:
    """Somebody who asks, and all champions: `unreachable` has those whom the bot cannot write to.

    `often` has those who were asked as often for them as anybody should be in a week.
    """

    asker: Person
    people: Mapping[PersonId, Person]
    profiles: Mapping[PersonId, Profile]
    directory: Directory
    unreachable: Directory
    loads: Mapping[PersonId, Load]
    met: Mapping[PersonId, int]
    often: Set[PersonId]

    @property
    def topics(self) -> Sequence[str]:
        """What champions know about."""
        return self.directory.topics() or self.unreachable.topics()

    def person(self, person: PersonId | None) -> Person:
        """A champion, or somebody who was one."""
        return self.people.get(person or PersonId(""), Person(person or PersonId("")))

    def suggest(self, request: HelpRequest, now: datetime) -> Sequence[Match]:
        """The champions to suggest for a request, the best first."""
        return self.directory.suggest(self._search(request), self.loads, now)

    def suggest_unreachable(self, request: HelpRequest, now: datetime) -> Sequence[Match]:
        """Champions whom only the asker can write to."""
        return self.unreachable.suggest(self._search(request), self.loads, now)

    def successor(self, request: HelpRequest, now: datetime) -> PersonId | None:
        """Whom to ask next; None where nobody has time."""
        found = self.suggest(request, now)
        return found[0].champion if found else None

    def has_room(self, champion: PersonId, request: HelpRequest, now: datetime) -> bool:
        """Whether a champion may be asked for this request now."""
        return champion in self.profiles and self.directory.has_room(
            self.profiles[champion], self._search(request), self.loads, now
        )

    def _search(self, request: HelpRequest) -> Search:
        entry = self.asker.roster
        return Search(
            asker=request.asker,
            role=self.asker.role,
            site=entry.site if entry else "",
            topics=frozenset(request.topics),
            language=request.language,
            seed=request.id,
            managers=leading(self.asker.team, self.people.values()),
            met=self.met,
            asked_already=request.was_offered_to | self.often,
        )


async def call(world: World, work: UnitOfWork, asker: PersonId) -> Roll:
    """Call the roll for somebody who asks. The unit of work must hold the requests for help already."""
    now = world.clock.now()
    kept = {profile.person: profile for profile in await work.champions.all()}
    by_roster = {person.id: person for person in await work.people.holding(Right.CHAMPION)}
    others = sorted({*kept, asker} - set(by_roster))
    people = {**by_roster, **await work.people.get_all(others)}
    found = {
        one.id: profile_of(one, kept.get(one.id)) for one in people.values() if not one.preferences.stopped
    }
    profiles = {person: profile for person, profile in found.items() if profile}
    colleagues = profiles.keys() - {asker}
    reached = {person for person in colleagues if _may_be_asked(world, people[person], profiles[person])}
    never_met = {person for person in colleagues if people[person].reference is None}
    requests = await work.help_requests.changed_since(now - MONTH)
    met = Counter(one.champion for one in await work.introductions.by(asker))
    this_week = offers_of(asker, requests, now - WEEK)
    return Roll(
        asker=people.get(asker) or Person(asker),
        people=people,
        profiles=profiles,
        directory=Directory(profiles[person] for person in sorted(reached)),
        unreachable=Directory(profiles[person] for person in sorted(never_met)),
        loads=loads_in(requests, now),
        met=met + Counter(offers_of(asker, requests, now - MONTH)),
        often=frozenset(one for one, number in this_week.items() if number >= ASKED_AT_MOST),
    )


def _may_be_asked(world: World, person: Person, profile: Profile) -> bool:
    """Whether a champion can be written to, and is there to read it when it comes."""
    now, closed = world.clock.now(), closed_for(world, person)
    if not person.may_be_contacted(now) or goes_away(person, now, closed):
        return False
    return profile.away_from is None or not profile.is_away(turn_of(person, now, closed).card.date())


async def profile_or_draft(work: UnitOfWork, champion_id: PersonId) -> Profile:
    """A champion's own profile, else one that begins with what the roster says."""
    kept = await work.champions.get(champion_id)
    return kept or drafted(await person_of(work, champion_id), Standing.ACTIVE)
