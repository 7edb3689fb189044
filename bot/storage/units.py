"""The ports of a unit of work, over the working set's tables. Nothing here waits for anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TypeVar

from bot.domain.anonymity.publishing import Tally
from bot.domain.anonymity.suppression import check
from bot.domain.audit import AuditRecord
from bot.domain.contributions import expect_shared
from bot.domain.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.experiences import Experience, Outcome, Votes
from bot.domain.groups import Group, Level, Membership
from bot.domain.pacing import Pace
from bot.domain.people import GroupId, Person, PersonId, Right, RoleId, RosterEntry
from bot.domain.plans import Plan
from bot.domain.prompts import PromptId
from bot.domain.pulses import Answer, Publication, Round, Worked
from bot.storage.collections import SMALLEST_STEP, Collection, earlier
from bot.storage.peers import Champions, Contributions, HelpRequests, Introductions
from bot.storage.tables import Changes
from bot.storage.tallying import tallied
from bot.storage.working import ALL, Tables, joined

Row = TypeVar("Row")


class Unit:
    """Fulfils `ports.UnitOfWork`: reads the tables, and writes them through one `Changes`."""

    def __init__(self, tables: Tables, changes: Changes) -> None:
        self.people = _People(tables, changes)
        self.experiences = _Experiences(tables, changes)
        self.votes = _Votes(tables, changes)
        self.deliveries = _Deliveries(tables, changes)
        self.pulses = _Pulses(tables, changes)
        self.plans = _Plans(tables, changes)
        self.introductions = Introductions(tables, changes)
        self.help_requests = HelpRequests(tables, changes)
        self.champions = Champions(tables, changes)
        self.contributions = Contributions(tables, changes)
        self.paces = _Paces(tables, changes)
        self.audit = _Audit(tables, changes)


class _People(Collection):
    async def get(self, person: PersonId) -> Person | None:
        return self._tables.people.get(person)

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        found = {person: self._tables.people.get(person) for person in people}
        return {person: known for person, known in found.items() if known is not None}

    async def put(self, person: Person) -> None:
        self._changes.put(self._tables.people, person)

    async def put_all(self, people: Sequence[Person]) -> None:
        for person in people:
            self._changes.put(self._tables.people, person)

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        return list(islice(self._tables.people.find("next_nudge", ALL, last=now), limit))

    async def holding(self, right: Right) -> Sequence[Person]:
        return list(self._tables.people.find("rights", right))

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        found = self._tables.people.find("reachable", ALL, first=after)
        return list(islice((person.id for person in found if person.id > after), limit))

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        found = self._tables.people.find("listed", ALL, first=after)
        return [person.id for person in islice((p for p in found if p.id > after), limit)]

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        return list(islice(earlier(self._tables.people, "uninstalled", moment), limit))

    async def remove(self, person: PersonId) -> None:
        self._remove(self._tables.people, [self._tables.people.get(person)])

    async def leading(self) -> Sequence[Person]:
        return list(self._tables.people.find("leading", ALL))

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        entries = (person.roster for person in self._tables.people if person.roster)
        return Counter((entry.role, entry.site) for entry in entries)

    async def named(self, names: Sequence[str]) -> Set[str]:
        return {name for name in names if self._tables.people.count("names", name)}

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        listed: Counter[str] = Counter()
        without: Counter[str] = Counter()
        for person in self._tables.people.find("listed", ALL):
            if person.roster:
                listed[person.roster.site] += 1
                without[person.roster.site] += person.reference is None
        return {site: (listed[site], without[site]) for site in sorted(listed)}

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        found = self._tables.people.find("listed", ALL, first=after)
        lacking = (p.roster for p in found if p.roster and p.reference is None and p.id > after)
        return list(islice(lacking, limit))

    async def memberships(self) -> Mapping[Membership, int]:
        return Counter(person.roster.membership for person in self._tables.people if person.roster)

    async def groups(self) -> Mapping[GroupId, int]:
        return dict(sorted(self._tables.people.sizes("team").items()))


class _Experiences(Collection):
    async def get(self, person: PersonId, prompt: PromptId) -> Experience | None:
        return self._tables.experiences.get(joined(person, prompt))

    async def put(self, experience: Experience) -> None:
        self._changes.put(self._tables.experiences, experience)

    async def put_all(self, experiences: Sequence[Experience]) -> None:
        for experience in experiences:
            self._changes.put(self._tables.experiences, experience)

    async def of(self, person: PersonId) -> Sequence[Experience]:
        return list(self._tables.experiences.find("person", person))

    async def mark_shown(self, experiences: Sequence[Experience]) -> None:
        for one in experiences:
            known = await self.get(one.person, one.prompt)
            await self.put(replace(known, shown=one.shown) if known else one)

    async def unmark(self, pairs: Sequence[tuple[PersonId, PromptId]]) -> None:
        known = [self._tables.experiences.get(joined(person, prompt)) for person, prompt in pairs]
        self._remove(self._tables.experiences, [one for one in known if one and one.outcome is None])

    async def seen_each(
        self, people: Sequence[PersonId], after: datetime
    ) -> Mapping[PersonId, Set[PromptId]]:
        return {person: seen for person in people if (seen := self._seen(person, after))}

    def _seen(self, person: PersonId, after: datetime) -> Set[PromptId]:
        found = self._tables.experiences.find("person", person, first=after + SMALLEST_STEP)
        return {experience.prompt for experience in found}

    async def worked(self, least: int) -> Sequence[Worked]:
        check(least)
        rated = self._tables.experiences.find("shown", ALL)
        counts = Counter(one.prompt for one in rated if one.outcome is Outcome.WORKED)
        enough = [Worked(prompt, people) for prompt, people in counts.items() if people >= least]
        return sorted(enough, key=lambda one: (-one.people, one.prompt))

    async def reached(self, prompt: PromptId, but: PersonId | None = None) -> int:
        expect_shared(prompt)
        return sum(one.person != but for one in self._tables.experiences.find("shared", prompt))

    async def forget(self, before: datetime, limit: int) -> int:
        old = islice(earlier(self._tables.experiences, "shown", before), limit)
        return self._remove(self._tables.experiences, old)

    async def remove_of(self, person: PersonId) -> None:
        self._remove(self._tables.experiences, await self.of(person))


class _Votes(Collection):
    async def get(self, prompt: PromptId) -> Votes:
        return self._tables.votes.get(prompt) or Votes(prompt)

    async def put(self, votes: Votes) -> None:
        self._changes.put(self._tables.votes, votes)

    async def all(self) -> Mapping[PromptId, Votes]:
        return {votes.prompt: votes for votes in self._tables.votes}


class _Deliveries(Collection):
    async def add(self, delivery: Delivery) -> bool:
        if self._tables.deliveries.get(delivery.key) is not None:
            return False
        self._changes.put(self._tables.deliveries, delivery)
        return True

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        return {delivery.key for delivery in deliveries if await self.add(delivery)}

    async def get(self, key: str) -> Delivery | None:
        return self._tables.deliveries.get(key)

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        claimed = [delivery.claimed(now, lease) for delivery in islice(self._free(now), limit)]
        for delivery in claimed:
            self._changes.put(self._tables.deliveries, delivery)
        return claimed

    async def in_flight(self) -> Sequence[Delivery]:
        return [d for d in self._tables.deliveries.find("open", ALL) if d.state is State.CLAIMED]

    def _free(self, now: datetime) -> Iterator[Delivery]:
        """What may be claimed, earliest due first, one of each person."""
        taken: set[PersonId] = set()
        for delivery in self._tables.deliveries.find("open", ALL, last=now):
            free = delivery.person not in taken and not self._in_flight(delivery)
            if free and delivery.claimable(now):
                taken.add(delivery.person)
                yield delivery

    def _in_flight(self, delivery: Delivery) -> bool:
        """Whether another delivery of the same person is claimed."""
        theirs = self._tables.deliveries.find("open_for", delivery.person)
        return any(one.state is State.CLAIMED and one.key != delivery.key for one in theirs)

    async def put(self, delivery: Delivery) -> None:
        if self._tables.deliveries.get(delivery.key) is None:
            raise KeyError(delivery.key)
        self._changes.put(self._tables.deliveries, delivery)

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            if self._tables.deliveries.get(delivery.key) is not None:
                self._changes.put(self._tables.deliveries, delivery)

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        found = self._tables.deliveries.find("unasked", person, first=since)
        return [delivery.settled for delivery in found if delivery.settled]

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        found = {person: await self.unasked_since(person, since) for person in people}
        return {person: moments for person, moments in found.items() if moments}

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        return list(self._tables.deliveries.find("open_for", person))

    async def forget_reminders(self, round_id: str) -> None:
        for reminder in list(self._tables.deliveries.find("reminders", round_id)):
            self._changes.remove(self._tables.deliveries, reminder)

    async def backlog(self, now: datetime) -> Backlog:
        oldest = next(self._tables.deliveries.find("open", ALL, last=now), None)
        waiting = self._tables.deliveries.count("open", ALL, last=now)
        return Backlog(waiting, oldest.due if oldest else None)

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        return list(self._tables.deliveries.find("person", person))

    async def remove_of(self, person: PersonId) -> None:
        self._remove(self._tables.deliveries, await self.of(person))

    async def roll_up(self, before: datetime, limit: int) -> int:
        old = list(islice(earlier(self._tables.deliveries, "settled", before), limit))
        for counted in _counted(old):
            self._count(counted)
        return self._remove(self._tables.deliveries, old)

    def _count(self, more: DeliveryCount) -> None:
        table = self._tables.delivery_counts
        known = table.get(table.key(more))
        self._changes.put(table, replace(more, number=more.number + (known.number if known else 0)))

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        return list(self._tables.delivery_counts.find("every", ALL))

    async def next_claimable(self) -> datetime | None:
        moments = (d.claimed_until or d.due for d in self._tables.deliveries.find("open", ALL))
        return min(moments, default=None)

    async def totals(self) -> Mapping[State, Total]:
        counted: dict[State, Total] = {}
        for delivery in self._tables.deliveries:
            counted[delivery.state] = counted.get(delivery.state, Total()).plus(delivery)
        return counted


class _Pulses(Collection):
    async def get_round(self, round_id: str) -> Round | None:
        return self._tables.rounds.get(round_id)

    async def put_round(self, round_: Round) -> None:
        self._changes.put(self._tables.rounds, round_)

    async def rounds(self) -> Sequence[Round]:
        return list(self._tables.rounds.find("opens", ALL))

    async def closed_rounds(self) -> Sequence[Round]:
        return [round_ for round_ in await self.rounds() if round_.is_closed]

    async def is_silent(self, round_id: str) -> bool:
        return self._tables.answers.count("round", round_id) == 0

    async def put_answers(self, answers: Sequence[Answer]) -> None:
        for answer in answers:
            first = self._tables.answers.get(joined(answer.round, answer.voice)) or answer
            self._changes.put(self._tables.answers, replace(answer, group=first.group, site=first.site))

    async def answered(self, round_id: str, voices: Sequence[str]) -> Set[str]:
        return {one for one in voices if self._tables.answers.get(joined(round_id, one)) is not None}

    async def tallies(self, round_id: str, least: int) -> Sequence[Tally]:
        check(least)
        return tallied(self._tables.answers.find("round", round_id), least)

    async def remove_answers(self, round_id: str, voices: Sequence[str] | None = None) -> None:
        for answer in list(self._tables.answers.find("round", round_id)):
            if voices is None or answer.voice in voices:
                self._changes.remove(self._tables.answers, answer)

    async def publish(self, publications: Sequence[Publication]) -> None:
        for one in publications:
            if self._tables.publications.get(joined(one.group, one.round)) is None:
                self._changes.put(self._tables.publications, one)

    async def published(self, round_id: str) -> Sequence[Publication]:
        found = self._tables.publications.find("round", round_id)
        return [one for one in found if Group.of(one.group).level is not Level.TEAM]

    async def published_of(self, groups: Sequence[str]) -> Sequence[Publication]:
        found = [one for group in groups for one in self._tables.publications.find("group", group)]
        return sorted(found, key=lambda one: (one.round, one.group))


class _Plans(Collection):
    async def get(self, group: str) -> Plan | None:
        return self._tables.plans.get(group)

    async def put(self, plan: Plan) -> None:
        self._changes.put(self._tables.plans, plan)


class _Paces(Collection):
    async def get(self, tenant: str) -> Pace | None:
        return self._tables.paces.get(tenant)

    async def put(self, pace: Pace) -> None:
        self._changes.put(self._tables.paces, pace)


class _Audit(Collection):
    async def add(self, record: AuditRecord) -> None:
        if self._tables.audit.get(record.id) is None:
            self._changes.put(self._tables.audit, record)

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        mark = self._tables.audit.get(before)
        if before and mark is None:
            return []
        found = list(self._tables.audit.find("at", ALL, last=mark.at if mark else None))
        older = [r for r in found if mark is None or (r.at, r.id) < (mark.at, mark.id)]
        return older[::-1][:limit]

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        return list(self._tables.audit.find("at", ALL, first=moment))

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        return list(self._tables.audit.find("named", person))

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        for record in await self.of(person):
            self._changes.put(self._tables.audit, record.unlinked(person, stand_in))

    async def forget(self, before: datetime, limit: int) -> int:
        old = islice(earlier(self._tables.audit, "at", before), limit)
        return self._remove(self._tables.audit, old)


def _counted(deliveries: Iterable[Delivery]) -> Iterator[DeliveryCount]:
    """How many there are of each day, kind and state."""
    settled = ((d.settled, d.kind, d.state) for d in deliveries)
    found = Counter((at.astimezone(UTC).date(), kind, state) for at, kind, state in settled if at)
    return (DeliveryCount(*of, number) for of, number in found.items())
