"""How much one person may ask for in a minute: enough for anybody, too little to keep the service busy."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.domain.staff.people import PersonId

WINDOW = 60.0
"""Seconds in which the limit counts."""

MOST_PEOPLE = 10_000
"""People remembered at once, those who came last; somebody who is forgotten begins anew."""


class Verdict(Enum):
    """Whether an activity is let in, and if not, whether the person has been told so."""

    ADMITTED = auto()
    REFUSED = auto()
    REFUSED_AGAIN = auto()


@dataclass(slots=True)
class _Recent:
    """When a person's activities of the last minute came, in seconds; and whether they know of the limit."""

    times: deque[float] = field(default_factory=deque)
    told: bool = False


class Quota:
    """At most `limit` activities of one person in any minute. `timer` counts seconds that only grow."""

    def __init__(
        self, limit: int, timer: Callable[[], float] = time.monotonic, most_people: int = MOST_PEOPLE
    ) -> None:
        self._limit = limit
        self._timer = timer
        self._most_people = most_people
        self._people: OrderedDict[PersonId, _Recent] = OrderedDict()

    def __len__(self) -> int:
        return len(self._people)

    def take(self, person: PersonId) -> Verdict:
        """Count one activity. A refused one uses nothing up."""
        now = self._timer()
        recent = self._of(person)
        while recent.times and recent.times[0] <= now - WINDOW:
            recent.times.popleft()
        if len(recent.times) < self._limit:
            recent.times.append(now)
            recent.told = False
            return Verdict.ADMITTED
        told, recent.told = recent.told, True
        return Verdict.REFUSED_AGAIN if told else Verdict.REFUSED

    def _of(self, person: PersonId) -> _Recent:
        recent = self._people.setdefault(person, _Recent())
        self._people.move_to_end(person)
        if len(self._people) > self._most_people:
            self._people.popitem(last=False)
        return recent
