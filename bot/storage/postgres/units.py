"""The ports of a unit of work, as statements of one transaction.

Who asks about a person holds that person until the unit ends, also where there is no such person yet: others
that ask about the same one wait. Adding deliveries holds nobody; the keys see to it that each is there once.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import TypeVar

from bot.domain.anonymity.publishing import Tally
from bot.domain.anonymity.suppression import check
from bot.domain.audit import AuditRecord
from bot.domain.contributions import expect_shared
from bot.domain.delivery import LEASE, Backlog, Delivery, DeliveryCount, State, Total
from bot.domain.experiences import Experience
from bot.domain.groups import Membership
from bot.domain.pacing import Pace
from bot.domain.people import GroupId, Person, PersonId, Right, RoleId, RosterEntry
from bot.domain.plans import Plan
from bot.domain.prompts import PromptId
from bot.domain.pulses import Answer, Publication, Round, Worked
from bot.storage.postgres import rows
from bot.storage.postgres.collections import Collection, only
from bot.storage.postgres.peers import Champions, Contributions, HelpRequests, Introductions
from bot.storage.postgres.session import Session
from bot.storage.postgres.votes import PromptVotes

Row = TypeVar("Row")


class Unit:
    """Fulfils `ports.UnitOfWork` on one session."""

    def __init__(self, session: Session) -> None:
        self.people = _People(session)
        self.experiences = _Experiences(session)
        self.votes = PromptVotes(session)
        self.deliveries = _Deliveries(session)
        self.pulses = _Pulses(session)
        self.plans = _Plans(session)
        self.introductions = Introductions(session)
        self.help_requests = HelpRequests(session)
        self.champions = Champions(session)
        self.contributions = Contributions(session)
        self.paces = _Paces(session)
        self.audit = _Audit(session)


class _People(Collection):
    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._read: dict[PersonId, Person] = {}

    async def get(self, person: PersonId) -> Person | None:
        return (await self.get_all([person])).get(person)

    async def get_all(self, people: Sequence[PersonId]) -> Mapping[PersonId, Person]:
        await self._session.hold("hold_people", people)
        found = await self._session.rows("people", rows.person, people=list(people))
        self._read.update((person.id, person) for person in found)
        return {person.id: person for person in found}

    async def put(self, person: Person) -> None:
        await self.put_all([person])

    async def put_all(self, people: Sequence[Person]) -> None:
        """As the port says. Of those whom this unit has read, only what has changed is written."""
        last = {person.id: person for person in sorted(people, key=lambda p: p.id)}  # an order: no deadlocks
        moved = [p for p in last.values() if _has_only_moved(self._read.pop(p.id, None), p)]
        skipped = {person.id for person in moved}
        await self._session.write("people_moved", [_slot(person) for person in moved])
        await self._session.write("people_put", [p for p in last.values() if p.id not in skipped])

    async def due(self, now: datetime, limit: int) -> Sequence[Person]:
        """As the port says, except people whom another unit of work holds: they are due again later."""
        found = await self._session.rows_in_order("people_due", rows.person, now=now, limit=limit)
        self._session.held("hold_people", [person.id for person in found])
        self._read.update((person.id, person) for person in found)
        return found

    async def holding(self, right: Right) -> Sequence[Person]:
        return await self._session.rows("people_holding", rows.person, right=right.value)

    async def reachable(self, after: str, limit: int) -> Sequence[PersonId]:
        found = await self._session.rows("people_reachable", rows.text, after=after, limit=limit)
        return [PersonId(person) for person in found]

    async def listed(self, after: str, limit: int) -> Sequence[PersonId]:
        found = await self._session.rows("people_listed", rows.text, after=after, limit=limit)
        return [PersonId(one) for one in found]

    async def uninstalled_before(self, moment: datetime, limit: int) -> Sequence[Person]:
        """As the port says, except people whom another unit of work holds: they are found again later."""
        values = {"moment": moment, "limit": limit}
        found = await self._session.rows_in_order("people_uninstalled", rows.person, **values)
        self._session.held("hold_people", [person.id for person in found])
        return found

    async def remove(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        self._read.pop(person, None)
        await self._session.rows("people_remove", rows.text, person=person)

    async def leading(self) -> Sequence[Person]:
        return await self._session.rows("people_leading", rows.person)

    async def places(self) -> Mapping[tuple[RoleId, str], int]:
        return dict(await self._session.rows("people_places", rows.place))

    async def named(self, names: Sequence[str]) -> Set[str]:
        return set(await self._session.rows("people_named", rows.text, names=list(names)))

    async def sites(self) -> Mapping[str, tuple[int, int]]:
        return dict(sorted(await self._session.rows("people_sites", rows.site)))

    async def without_app(self, after: str, limit: int) -> Sequence[RosterEntry]:
        values = {"after": after, "limit": limit}
        return await self._session.rows_in_order("people_without_app", rows.roster_entry, **values)

    async def memberships(self) -> Mapping[Membership, int]:
        return dict(await self._session.rows("people_memberships", rows.membership))

    async def groups(self) -> Mapping[GroupId, int]:
        return dict(await self._session.rows("people_groups", rows.group))


class _Experiences(Collection):
    async def get(self, person: PersonId, prompt: PromptId) -> Experience | None:
        await self._session.hold("hold_people", [person])
        return only(await self._session.rows("experience", rows.experience, person=person, prompt=prompt))

    async def put(self, experience: Experience) -> None:
        await self.put_all([experience])

    async def put_all(self, experiences: Sequence[Experience]) -> None:
        last = {(e.person, e.prompt): e for e in experiences}
        await self._session.write("experiences_put", [last[key] for key in sorted(last)])

    async def of(self, person: PersonId) -> Sequence[Experience]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("experiences_of", rows.experience, person=person)

    async def mark_shown(self, experiences: Sequence[Experience]) -> None:
        last = {(e.person, e.prompt): e for e in experiences}
        await self._session.write("experiences_shown", [last[key] for key in sorted(last)])

    async def unmark(self, pairs: Sequence[tuple[PersonId, PromptId]]) -> None:
        people, prompts = [person for person, _ in pairs], [prompt for _, prompt in pairs]
        await self._session.rows("experiences_unmark", rows.text, people=people, prompts=prompts)

    async def seen_each(
        self, people: Sequence[PersonId], after: datetime
    ) -> Mapping[PersonId, Set[PromptId]]:
        """As the port says. Holds nobody: it is for people whom `due` gave."""
        values = {"people": list(people), "after": after}
        return dict(await self._session.rows("experiences_seen_each", rows.seen, **values))

    async def remove_of(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        await self._session.rows("experiences_remove_of", rows.text, person=person)

    async def worked(self, least: int) -> Sequence[Worked]:
        check(least)
        return await self._session.rows("experiences_worked", rows.worked, least=least)

    async def reached(self, prompt: PromptId, but: PersonId | None = None) -> int:
        expect_shared(prompt)
        (found,) = await self._session.rows("experiences_reached", rows.number, prompt=prompt, but=but)
        return found

    async def forget(self, before: datetime, limit: int) -> int:
        """As the port says, except those that another unit of work is changing."""
        values = {"before": before, "limit": limit}
        return sum(await self._session.rows_in_order("experiences_forgotten", rows.number, **values))


class _Deliveries(Collection):
    async def add(self, delivery: Delivery) -> bool:
        return bool(await self.add_all([delivery]))

    async def add_all(self, deliveries: Sequence[Delivery]) -> Set[str]:
        in_order = sorted(deliveries, key=lambda d: d.key)  # stable: of two with one key the first is added
        return set(await self._session.returned("deliveries_add", in_order, rows.text))

    async def get(self, key: str) -> Delivery | None:
        return only(await self._session.rows("delivery", rows.delivery, key=key))

    async def claim(self, now: datetime, limit: int, lease: timedelta = LEASE) -> Sequence[Delivery]:
        """As the port says, except people whom another unit of work holds. Holds those whom it is for."""
        found = await self._session.rows_in_order("deliveries_free", rows.delivery, now=now, limit=limit)
        people = [delivery.person for delivery in found]
        self._session.held("hold_people", people)
        taken = await self._session.rows("deliveries_in_flight", rows.in_flight, people=people)
        others = {person for person, key in taken} - {d.person for d in found if (d.person, d.key) in taken}
        claimed = [delivery.claimed(now, lease) for delivery in found if delivery.person not in others]
        await self._session.write("deliveries_leased", [_lease(delivery) for delivery in claimed])
        return claimed

    async def in_flight(self) -> Sequence[Delivery]:
        return await self._session.rows("deliveries_claimed", rows.delivery)

    async def put(self, delivery: Delivery) -> None:
        if not await self._replace([delivery]):
            raise KeyError(delivery.key)

    async def put_all(self, deliveries: Sequence[Delivery]) -> None:
        await self._replace(deliveries)

    async def _replace(self, deliveries: Sequence[Delivery]) -> Sequence[str]:
        """Replace those that are known, and return their keys."""
        last = {delivery.key: delivery for delivery in deliveries}
        people = [delivery.person for delivery in deliveries]
        await self._session.hold("hold_people", people)  # everybody's order: then rows
        return await self._session.returned("deliveries_put", list(last.values()), rows.text)

    async def unasked_since(self, person: PersonId, since: datetime) -> Sequence[datetime]:
        return (await self.unasked_since_each([person], since)).get(person, [])

    async def unasked_since_each(
        self, people: Sequence[PersonId], since: datetime
    ) -> Mapping[PersonId, Sequence[datetime]]:
        await self._session.hold("hold_people", people)
        found: dict[PersonId, list[datetime]] = {}
        arrivals = await self._session.rows(
            "deliveries_unasked_since", rows.arrival, people=list(people), since=since
        )
        for person, settled in arrivals:
            found.setdefault(person, []).append(settled)
        return found

    async def open_for(self, person: PersonId) -> Sequence[Delivery]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("deliveries_open_for", rows.delivery, person=person)

    async def forget_reminders(self, round_id: str) -> None:
        await self._session.do("deliveries_reminders_removed", round=round_id)

    async def backlog(self, now: datetime) -> Backlog:
        (found,) = await self._session.rows("deliveries_backlog", rows.backlog, now=now)
        return found

    async def of(self, person: PersonId) -> Sequence[Delivery]:
        await self._session.hold("hold_people", [person])
        return await self._session.rows("deliveries_of", rows.delivery, person=person)

    async def remove_of(self, person: PersonId) -> None:
        await self._session.hold("hold_people", [person])
        await self._session.rows("deliveries_remove_of", rows.text, person=person)

    async def roll_up(self, before: datetime, limit: int) -> int:
        """As the port says, except those that another unit of work is changing."""
        values = {"before": before, "limit": limit}
        return sum(await self._session.rows_in_order("deliveries_rolled_up", rows.number, **values))

    async def rolled_up(self) -> Sequence[DeliveryCount]:
        return await self._session.rows("delivery_counts", rows.delivery_count)

    async def next_claimable(self) -> datetime | None:
        return only(await self._session.rows("deliveries_next_claimable", rows.moment))

    async def totals(self) -> Mapping[State, Total]:
        return dict(await self._session.rows("deliveries_totals", rows.total))


class _Pulses(Collection):
    async def get_round(self, round_id: str) -> Round | None:
        """As the port says. Until this unit ends, no round opens or closes."""
        await self._session.hold("share_rounds")
        return only(await self._session.rows("round", rows.round_, round=round_id))

    async def put_round(self, round_: Round) -> None:
        await self._session.hold("hold_rounds")
        await self._session.write("round_put", [round_])

    async def rounds(self) -> Sequence[Round]:
        """As the port says. Until this unit ends, nobody else reads or changes a round."""
        await self._session.hold("hold_rounds")
        return await self._session.rows("rounds", rows.round_)

    async def closed_rounds(self) -> Sequence[Round]:
        return await self._session.rows("rounds_closed", rows.round_)

    async def is_silent(self, round_id: str) -> bool:
        return not await self._session.rows("answers_any", rows.number, round=round_id)

    async def put_answers(self, answers: Sequence[Answer]) -> None:
        last = {(answer.round, answer.voice): answer for answer in answers}
        await self._session.write("answers_put", [last[key] for key in sorted(last)])

    async def answered(self, round_id: str, voices: Sequence[str]) -> Set[str]:
        return set(await self._session.rows("answers_voices", rows.text, round=round_id, voices=list(voices)))

    async def tallies(self, round_id: str, least: int) -> Sequence[Tally]:
        check(least)
        return await self._session.rows("tallies", rows.tally, round=round_id, least=least)

    async def remove_answers(self, round_id: str, voices: Sequence[str] | None = None) -> None:
        if voices is None:
            await self._session.do("answers_removed", round=round_id)
        else:
            await self._session.do("answers_voices_removed", round=round_id, voices=list(voices))

    async def publish(self, publications: Sequence[Publication]) -> None:
        await self._session.write("publications_add", publications)

    async def published(self, round_id: str) -> Sequence[Publication]:
        return await self._session.rows("published", rows.publication, round=round_id)

    async def published_of(self, groups: Sequence[str]) -> Sequence[Publication]:
        return await self._session.rows("published_of", rows.publication, groups=list(groups))


class _Plans(Collection):
    async def get(self, group: str) -> Plan | None:
        return only(await self._session.rows("plan", rows.plan, group=group))

    async def put(self, plan: Plan) -> None:
        await self._session.write("plan_put", [plan])


class _Paces(Collection):
    async def get(self, tenant: str) -> Pace | None:
        await self._session.hold("hold_paces", [tenant])
        return only(await self._session.rows("pace", rows.pace, tenant=tenant))

    async def put(self, pace: Pace) -> None:
        await self._session.write("pace_put", [pace])


class _Audit(Collection):
    async def add(self, record: AuditRecord) -> None:
        await self._session.write("audit_add", [record])

    async def newest(self, limit: int, before: str = "") -> Sequence[AuditRecord]:
        if before:
            return await self._session.rows("audit_older", rows.audit_record, before=before, limit=limit)
        return await self._session.rows("audit_newest", rows.audit_record, limit=limit)

    async def since(self, moment: datetime) -> Sequence[AuditRecord]:
        return await self._session.rows("audit_since", rows.audit_record, moment=moment)

    async def of(self, person: PersonId) -> Sequence[AuditRecord]:
        return await self._session.rows("audit_of", rows.audit_record, person=person)

    async def unlink(self, person: PersonId, stand_in: str) -> None:
        await self._session.rows("audit_unlinked", rows.text, person=person, stand_in=stand_in)

    async def forget(self, before: datetime, limit: int) -> int:
        return len(await self._session.rows("audit_forgotten", rows.text, before=before, limit=limit))


def _lease(delivery: Delivery) -> dict[str, object]:
    """What a claim changes of a delivery."""
    return {
        "key": delivery.key,
        "attempts": delivery.attempts,
        "claimed_until": delivery.claimed_until,
        "note": delivery.note,
    }


def _slot(person: Person) -> dict[str, object]:
    """The part of a person's document that planning changes."""
    return {"id": person.id, "next_nudge": person.next_nudge and person.next_nudge.isoformat()}


def _has_only_moved(before: Person | None, person: Person) -> bool:
    """Whether nothing but the slot differs. Looks at identity: `replace` keeps the parts it is not given."""
    return (
        before is not None
        and before.roster is person.roster
        and before.preferences is person.preferences
        and before.reference is person.reference
        and before.uninstalled is person.uninstalled
    )
