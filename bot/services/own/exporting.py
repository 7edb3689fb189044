"""Everything that is kept under one person's id: gathered, and taken out for them whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.audit import Act, AuditRecord, Subject
from bot.domain.library.contributions import Contribution
from bot.domain.library.experiences import Experience
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import ReminderDue
from bot.domain.peers.champions import Introduction, Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import Person, PersonId
from bot.errors import Problems
from bot.services import auditing
from bot.services.ports import UnitOfWork, World

COLLEAGUE = PersonId("(a colleague)")
"""Stands for anybody else in what one person gets: other people's data is not theirs."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that a store keeps under one person's id. Answers are not: they are under no id."""

    person: Person | None
    experiences: Sequence[Experience]
    deliveries: Sequence[Delivery]
    introductions: Sequence[Introduction]
    help_requests: Sequence[HelpRequest]
    profile: Profile | None
    contributions: Sequence[Contribution]
    audit: Sequence[AuditRecord]

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        happened = (self.experiences, self.deliveries, self.introductions, self.help_requests)
        made = (self.profile, self.contributions, self.audit)
        return self.person is not None or any(happened) or any(made)


async def holdings(work: UnitOfWork, person_id: PersonId) -> Holdings:
    """All that is kept under somebody's id."""
    return Holdings(
        person=await work.people.get(person_id),
        experiences=await work.experiences.of(person_id),
        deliveries=await work.deliveries.of(person_id),
        introductions=await work.introductions.of(person_id),
        help_requests=await work.help_requests.of(person_id),
        profile=await work.champions.get(person_id),
        contributions=await work.contributions.of(person_id),
        audit=await work.audit.of(person_id),
    )


async def export(world: World, who: str, person_id: PersonId) -> Holdings:
    """Everything for the person that it is about, with a record of who took it out.

    Other people's ids are left out of it; so is what would tell an administrator what somebody answered, or
    that they had not: see `_without_answers`. Raises Problems where nothing is kept.
    """
    async with world.store.unit_of_work() as work:
        found = await holdings(work, person_id)
        if not found:
            raise Problems([f"{person_id}: nothing is kept under this id; it is an Entra object id"])
        await auditing.add(world, work, who, Act.PERSON_EXPORTED, Subject(person=person_id))
    return _without_answers(_without_others(found, person_id))


def _without_answers(found: Holdings) -> Holdings:
    """Without their own answers and a round's reminder: in the chat they see both, and nobody else does."""
    person, own = found.person, ()
    return replace(
        found,
        person=person and replace(person, preferences=replace(person.preferences, own=own)),
        deliveries=[one for one in found.deliveries if not isinstance(one.subject, ReminderDue)],
    )


def _without_others(found: Holdings, person_id: PersonId) -> Holdings:
    return replace(
        found,
        introductions=[
            replace(one, asker=_own_id(one.asker, person_id), champion=_own_id(one.champion, person_id))
            for one in found.introductions
        ],
        help_requests=[_own_part(one, person_id) for one in found.help_requests],
        contributions=[
            replace(
                one,
                author=one.author and _own_id(one.author, person_id),
                reviewer=one.reviewer and _own_id(one.reviewer, person_id),
            )
            for one in found.contributions
        ],
        audit=[
            replace(
                one,
                who=_own_id(PersonId(one.who), person_id),
                person=one.person and _own_id(PersonId(one.person), person_id),
            )
            for one in found.audit
        ],
    )


def _own_part(one: HelpRequest, person_id: PersonId) -> HelpRequest:
    """A request without other people's ids; what the asker wrote is only the asker's."""
    offers = (replace(offer, champion=_own_id(offer.champion, person_id)) for offer in one.offers)
    about = one.about if one.asker == person_id else ""
    return replace(one, asker=_own_id(one.asker, person_id), about=about, offers=tuple(offers))


def _own_id(id_: PersonId, person_id: PersonId) -> PersonId:
    return id_ if id_ == person_id else COLLEAGUE
