"""Which colleagues to suggest to somebody who wants help, and why each of them.

A champion is matched by topic, role, site and language, within the time that they offered, and the load is
kept even. Who asked before is led to somebody new while others fit; the own line manager comes last: there
are questions that one does not like to ask there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nsmallest
from itertools import chain, islice
from operator import itemgetter
from typing import TypeAlias

from bot.domain.peers.champions import Profile, place_key
from bot.domain.peers.help_requests import HelpRequest, Response
from bot.domain.staff.cadence import stable_number
from bot.domain.staff.people import GroupId, Person, PersonId, RoleId
from bot.domain.text.language import say
from bot.domain.text.wording import listed

SUGGESTED = 3
"""Champions that somebody can choose from."""

WEEK = timedelta(days=7)
MONTH = timedelta(days=28)
"""What is looked back on to keep the load even."""

ASKED_AT_MOST = 3
"""Cards that a champion gets in a week from one colleague without a yes, however often they ask anew."""

SPARE = 24
"""How many who fit in nothing are looked at where too few fit in something."""


@dataclass(frozen=True, slots=True)
class Load:
    """Requests that a champion was offered and has not turned down: this week, and in four weeks."""

    week: int = 0
    month: int = 0


NO_LOAD = Load()


def loads_in(requests: Iterable[HelpRequest], now: datetime) -> Mapping[PersonId, Load]:
    """The load of each champion in the requests of the last four weeks."""
    week: dict[PersonId, int] = {}
    month: dict[PersonId, int] = {}
    for offer in chain.from_iterable(request.offers for request in requests):
        if offer.response.takes_time and offer.at > now - MONTH:
            month[offer.champion] = month.get(offer.champion, 0) + 1
            week[offer.champion] = week.get(offer.champion, 0) + (offer.at > now - WEEK)
    return {champion: Load(week[champion], month[champion]) for champion in month}


def offers_of(asker: PersonId, requests: Iterable[HelpRequest], after: datetime) -> Mapping[PersonId, int]:
    """How often each champion was asked for somebody after a moment, whatever came of it but a yes.

    A yes brings them together, which is kept as an introduction.
    """
    own = chain.from_iterable(request.offers for request in requests if request.asker == asker)
    return Counter(o.champion for o in own if o.at > after and o.response is not Response.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for. `seed` spreads equals; `met`: how often a champion met them or was asked."""

    asker: PersonId
    role: RoleId | None
    site: str
    topics: frozenset[str]
    language: str
    seed: str
    managers: Set[PersonId]
    met: Mapping[PersonId, int]
    asked_already: Set[PersonId] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """A champion, and why this one as half a sentence that follows "because"."""

    champion: PersonId
    reason: str


class Directory:
    """All who are champions now, by topic, role and site, so that a search does not look at everybody."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self._all = list(profiles)
        self._known = {profile.person: profile.known for profile in self._all}
        self._by: dict[tuple[str, str], list[Profile]] = {}
        for profile in self._all:
            for bucket in _buckets(profile):
                self._by.setdefault(bucket, []).append(profile)

    def topics(self) -> Sequence[str]:
        """Every topic that somebody knows, in the order of the alphabet."""
        return sorted(name for kind, name in self._by if kind == "topic")

    def suggest(self, search: Search, loads: Mapping[PersonId, Load], now: datetime) -> Sequence[Match]:
        """Up to three champions who have time, the best first; nobody who was asked already."""
        found = [p for p in self._fitting(search) if _may_be_asked(p, search, loads, now)]
        if len(found) < SUGGESTED:
            known = {profile.person for profile in found}
            others = (p for p in self._from(search.seed) if p.person not in known)
            found += islice((p for p in others if _may_be_asked(p, search, loads, now)), SPARE)
        return [
            Match(profile.person, reason_for_asker(profile, search))
            for profile in self._nearest(found, search, loads)
        ]

    def _nearest(
        self, found: Iterable[Profile], search: Search, loads: Mapping[PersonId, Load]
    ) -> Sequence[Profile]:
        """The nearest three. Equals are spread by a hash, which is only made for those that it decides on."""
        far = [(_distance(one, search, self._known[one.person], loads), one) for one in found]
        limit = max(nsmallest(SUGGESTED, (distance for distance, _ in far)), default=None)
        near = [
            (distance, _turn(one, search), one) for distance, one in far if distance <= (limit or distance)
        ]
        return [one for _, _, one in nsmallest(SUGGESTED, near, key=itemgetter(0, 1))]

    def has_room(
        self, profile: Profile, search: Search, loads: Mapping[PersonId, Load], now: datetime
    ) -> bool:
        """Whether this champion may be asked now: listed here, free, not full, and not asked already."""
        listed_ = profile in self._by.get(("site", place_key(profile.site)), ())
        return listed_ and _may_be_asked(profile, search, loads, now)

    def languages(self) -> Sequence[str]:
        """Every language that somebody speaks, in the order of the alphabet."""
        return sorted({language for profile in self._all for language in profile.languages})

    def _fitting(self, search: Search) -> Iterable[Profile]:
        """Everybody who fits in something, each once."""
        wanted = [("topic", topic) for topic in search.topics]
        wanted += [("role", search.role or ""), ("site", place_key(search.site))]
        found = chain.from_iterable(self._by.get(bucket, ()) for bucket in wanted)
        return {profile.person: profile for profile in found}.values()

    def _from(self, seed: str) -> Iterator[Profile]:
        """Everybody, beginning somewhere."""
        start = stable_number(seed) % len(self._all) if self._all else 0
        return chain(islice(self._all, start, None), islice(self._all, start))


def reason_for_champion(profile: Profile, request: HelpRequest, asker: Person) -> str:
    """Why this champion was asked, for the champion: half a sentence that follows "because"."""
    known = sorted(set(request.topics) & profile.known)
    parts = [say("know about {topics}", topics=listed(known))] if known else []
    parts += [say("do the same job")] if asker.role in profile.roles else []
    same_site = asker.roster and place_key(profile.site) == place_key(asker.roster.site)
    parts += [say("work at the same site")] if same_site else []
    if not parts:
        return say("you offered to help colleagues with AI at work")
    return say("you {reasons}", reasons=listed(parts))


def reason_for_asker(profile: Profile, search: Search) -> str:
    """Why this champion, as half a sentence that follows "because"."""
    known = sorted(search.topics & profile.known)
    parts = [say("know about {topics}", topics=listed(known))] if known else []
    parts += [say("do the same job as you")] if search.role in profile.roles else []
    parts += [say("work at your site")] if place_key(profile.site) == place_key(search.site) else []
    speaks = _speaks(profile, search) and search.language
    parts += [say("speak {language}", language=search.language)] if speaks else []
    why = (
        say("they {reasons}", reasons=listed(parts))
        if parts
        else say("they offered to help colleagues with AI at work")
    )
    if profile.person in search.managers:
        return say("{why}; they lead your team, so they come last", why=why)
    return why


def topics_in(line: str, known: Iterable[str]) -> frozenset[str]:
    """The topics that a line names, in whatever number: "letter" names "letters"."""
    words = {_bare(word) for word in line.casefold().split()}
    return frozenset(topic for topic in known if {_bare(word) for word in topic.split()} <= words)


def leading(group: GroupId | None, people: Iterable[Person]) -> frozenset[PersonId]:
    """Who leads a team: the nearest that a roster tells to a line manager."""
    return frozenset(p.id for p in people if group is not None and p.leads(group))


def _bare(word: str) -> str:
    return word.strip(".,;:!?()\"'“”").removesuffix("s")


def _buckets(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from (("topic", topic) for topic in profile.known)
    yield from (("role", role) for role in profile.roles)
    yield "site", place_key(profile.site)


def _may_be_asked(profile: Profile, search: Search, loads: Mapping[PersonId, Load], now: datetime) -> bool:
    load = loads.get(profile.person)
    full = load is not None and load.week >= profile.places
    themselves = profile.person == search.asker or profile.person in search.asked_already
    return not full and not themselves and profile.is_free(now)


def _speaks(profile: Profile, search: Search) -> bool:
    return not search.language or search.language in profile.languages


_Distance: TypeAlias = tuple[bool, bool, int, bool, int, float, float]


def _distance(profile: Profile, search: Search, known: Set[str], loads: Mapping[PersonId, Load]) -> _Distance:
    """Smaller is nearer. A topic weighs more than role and site together, the role more than the site."""
    person = profile.person
    fit = (
        4 * (not search.topics.isdisjoint(known))
        + 2 * (search.role in profile.roles)
        + (place_key(profile.site) == place_key(search.site))
    )
    load = loads.get(person, NO_LOAD)
    return (
        person in search.managers,
        not fit,
        search.met.get(person, 0),
        not _speaks(profile, search),
        -fit,
        load.month / profile.places,
        load.week / profile.places,
    )


def _turn(profile: Profile, search: Search) -> int:
    return stable_number(f"{search.seed}:{profile.person}")
