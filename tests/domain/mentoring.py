"""Months of requests for help among made-up champions, with the real matching and the real life of a request.

Only people's behaviour is assumed: how often a champion says yes and how long that takes. Chance comes from a
seed, so a run can be repeated.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from statistics import fmean, median

from bot.domain.peers.champions import Profile, Standing
from bot.domain.peers.directory import MONTH, WEEK, Directory, Load, Search
from bot.domain.peers.help_requests import CHOOSING, MOST_OFFERS, HelpRequest, Response, Stage
from bot.domain.peers.turns import Turn, after_working_days
from bot.domain.staff.people import PersonId, RoleId
from tests.samples import MONDAY

ROLES = [RoleId(f"role-{n}") for n in range(6)]
SITES = ["North", "South"]
TOPICS = ["letters", "meetings", "spreadsheets"]

YES, PASS, NOT_NOW = 0.65, 0.15, 0.08
"""How a champion answers; the rest do not answer at all. Assumptions of ours, not measured."""

HOURS_TO_ANSWER = 4.0
"""On average, exponentially distributed: an assumption too."""


@dataclass(slots=True)
class Figures:
    """What came of a simulation: shares from 0 to 1, waits in hours."""

    requests: int = 0
    nobody_free: int = 0
    reached: int = 0
    in_vain: int = 0
    waits: list[float] = field(default_factory=list)
    over_offer: list[PersonId] = field(default_factory=list)
    unevenness: float = 0.0

    @property
    def share_reached(self) -> float:
        """The share of all requests to which somebody said yes."""
        return self.reached / self.requests

    @property
    def share_asked_in_vain(self) -> float:
        """The share for which as many champions were asked as may be, and none of them said yes.

        Not a fault of matching: where each says yes to `YES` of all requests, it is (1 - `YES`) ** 3.
        """
        return self.in_vain / self.requests

    @property
    def median_wait(self) -> float:
        """Hours from the request to the yes."""
        return median(self.waits)


def champions(number: int) -> list[Profile]:
    """Champions in groups of equals: the same role, site, topic and hours."""
    return [
        Profile(
            PersonId(f"champion-{n}"),
            Standing.ACTIVE,
            (ROLES[n % len(ROLES)],),
            (TOPICS[n % len(TOPICS)],),
            SITES[n // len(ROLES) % len(SITES)],
        )
        for n in range(number)
    ]


@dataclass(slots=True)
class Simulation:
    """Requests that arrive evenly, day and night, until there were enough of them."""

    profiles: Sequence[Profile]
    chance: random.Random
    figures: Figures = field(default_factory=Figures)
    directory: Directory = field(init=False)
    ended: list[HelpRequest] = field(default_factory=list)
    _resting: dict[PersonId, datetime] = field(default_factory=dict)
    _taken: dict[PersonId, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    _todo: list[tuple[datetime, int, HelpRequest, Response]] = field(default_factory=list)
    _met: dict[PersonId, dict[PersonId, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.directory = Directory(self.profiles)

    def run(self, requests: int, a_day: float) -> Figures:
        """So many requests, so many a day; everything that follows from them."""
        for number in range(requests):
            now = MONDAY + timedelta(days=number / a_day)
            self._until(now)
            self._ask(number, now)
        self._until(MONDAY + timedelta(days=requests / a_day + 60))
        self.figures.requests = requests
        self._look()
        return self.figures

    def _ask(self, number: int, now: datetime) -> None:
        asker = PersonId(f"asker-{self.chance.randrange(5_000)}")
        topics = tuple(self.chance.sample(TOPICS, self.chance.choice([0, 1, 1])))
        begun = HelpRequest(f"r{number}", asker, "help", topics, "", None, now, now, now + CHOOSING)
        champion = self._next(begun, now)
        chosen = begun.chosen(_turn(champion, now), now) if champion else None
        if chosen is None:
            self.figures.nobody_free += 1
        else:
            self._offer(chosen, now)

    def _next(self, request: HelpRequest, now: datetime) -> PersonId | None:
        place = int(request.asker.removeprefix("asker-"))
        search = Search(
            request.asker,
            ROLES[place % len(ROLES)],
            SITES[place % len(SITES)],
            frozenset(request.topics),
            "",
            request.id,
            frozenset(),
            self._met[request.asker],
            request.was_offered_to | {p for p, until in self._resting.items() if until > now},
        )
        found = self.directory.suggest(search, self._loads(now), now)
        return found[0].champion if found else None

    def _loads(self, now: datetime) -> Mapping[PersonId, Load]:
        """What `directory.loads_in` finds, kept up instead of counted anew."""
        return _Loads(self._taken, now)

    def _offer(self, request: HelpRequest, now: datetime) -> None:
        champion = request.offers[-1].champion
        self._taken[champion].append(now)
        draw = self.chance.random()
        wait = timedelta(hours=self.chance.expovariate(1 / HOURS_TO_ANSWER))
        due = request.due or now
        response = (
            Response.ACCEPTED
            if draw < YES
            else Response.PASSED
            if draw < YES + PASS
            else Response.NOT_NOW
            if draw < YES + PASS + NOT_NOW
            else Response.LAPSED
        )
        late = response is Response.LAPSED or now + wait >= due
        at, response = (due, Response.LAPSED) if late else (now + wait, response)
        heappush(self._todo, (at, len(self.ended), request, response))
        self.ended.append(request)

    def _until(self, now: datetime) -> None:
        while self._todo and self._todo[0][0] <= now:
            at, place, request, response = heappop(self._todo)
            self.ended[place] = self._answered(request, response, at)

    def _answered(self, request: HelpRequest, response: Response, at: datetime) -> HelpRequest:
        champion = request.offers[-1].champion
        if response is Response.ACCEPTED:
            accepted = request.accepted(champion, at)
            assert accepted is not None
            self.figures.reached += 1
            self.figures.waits.append((at - request.asked) / timedelta(hours=1))
            met = self._met[request.asker]
            met[champion] = met.get(champion, 0) + 1
            return accepted
        self._taken[champion].remove(request.offers[-1].at)
        if response is Response.NOT_NOW:
            self._resting[champion] = at + WEEK
        successor = self._next(request, at)
        turn = _turn(successor, at) if successor else None
        moved = request.handed_on(champion, response, turn, at)
        assert moved is not None
        if moved.stage is Stage.OFFERED:
            self._offer(moved, at)
        elif len(moved.offers) == MOST_OFFERS:
            self.figures.in_vain += 1
        return moved

    def _look(self) -> None:
        """Count again from the requests themselves: nobody over their offer, and how even the load is."""
        taken: dict[PersonId, list[datetime]] = {p.person: [] for p in self.profiles}
        for request in self.ended:
            for offer in request.offers:
                if offer.response is Response.ACCEPTED and request.stage is Stage.ACCEPTED:
                    taken[offer.champion].append(offer.at)
        self.figures.over_offer = [p.person for p in self.profiles if _over(taken[p.person], p.places)]
        self.figures.unevenness = max(_unevenness(self.profiles, taken), default=0.0)


class _Loads(dict[PersonId, Load]):
    """The load of a champion, found when it is asked for."""

    def __init__(self, taken: Mapping[PersonId, list[datetime]], now: datetime) -> None:
        super().__init__()
        self._taken, self._now = taken, now

    def get(self, champion: PersonId, default: Load | None = None) -> Load | None:  # type: ignore[override]  # narrower: no default of another type
        """As a mapping's; nobody is without a load."""
        times = self._taken.get(champion, [])
        while times and times[0] <= self._now - MONTH:
            times.pop(0)
        return Load(sum(at > self._now - WEEK for at in times), len(times)) if times else default


def _turn(champion: PersonId, now: datetime) -> Turn:
    """One working day of Monday to Friday, whenever it begins."""
    return Turn(champion, now, after_working_days(now, 1))


def _over(times: Sequence[datetime], places: int) -> bool:
    """Whether any seven days have more than there are places."""
    ordered = sorted(times)
    return any(ordered[n + places] - ordered[n] < WEEK for n in range(len(ordered) - places))


def _unevenness(profiles: Sequence[Profile], taken: Mapping[PersonId, Sequence[datetime]]) -> Iterator[float]:
    """Of each group of equals, how far the one furthest off is from an even share."""
    groups: dict[object, list[int]] = defaultdict(list)
    for one in profiles:
        groups[(one.roles, one.topics, one.site)].append(len(taken[one.person]))
    for numbers in groups.values():
        even = fmean(numbers)
        yield max(abs(number - even) for number in numbers) / even if even else 0.0
