"""What is kept about one person: on the privacy card, as their own data, and as a whole export."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.domain.audit import Act, AuditRecord, Subject
from bot.domain.champions import Introduction, Profile
from bot.domain.contributions import Contribution
from bot.domain.datamap import (
    ANSWERS,
    AUDIT,
    CHAMPIONS,
    CHAT,
    CHOICES,
    DATA_MAP,
    HELP,
    MESSAGES,
    OFFER,
    SHARED,
    STAFF_LIST,
    TIPS,
    Kept,
    Period,
)
from bot.domain.delivery import Delivery
from bot.domain.experiences import Experience
from bot.domain.help_requests import HelpRequest
from bot.domain.messages import Fact, Message, MyData, Option, Privacy
from bot.domain.people import Person, PersonId
from bot.domain.prompts import PromptId
from bot.errors import Problems
from bot.services import auditing, composing
from bot.services.ports import House, UnitOfWork, World
from bot.services.records import all_prompts

COLLEAGUE = PersonId("(a colleague)")
"""Stands for anybody else in what one person gets: other people's data is not theirs."""

LONGEST_LIST = 20
"""Lines of one list on the card: the newest. All lists at their longest stay under what a card may weigh."""

LONGEST_LINE = 90

Titles: TypeAlias = Mapping[PromptId, str]


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

    Other people's ids are left out of it. Raises Problems where nothing is kept.
    """
    async with world.store.unit_of_work() as work:
        found = await holdings(work, person_id)
        if not found:
            raise Problems([f"{person_id}: nothing is kept under this id; it is an Entra object id"])
        await auditing.add(world, work, who, Act.PERSON_EXPORTED, Subject(person=person_id))
    return _without_others(found, person_id)


async def show(world: World, person_id: PersonId) -> Message:
    """A person's own data, the newest of each list, as text that can be copied."""
    async with world.store.unit_of_work() as work:
        found = await holdings(work, person_id)
        titles = {prompt.id: prompt.title for prompt in await all_prompts(world.library, work)}
    sections = [Option(name, text) for name, text in _sections(world, found, titles) if text]
    return MyData(sections or [Option("Nothing", "We keep nothing about you.")], world.library.rules.contact)


async def show_privacy(world: World, person_id: PersonId) -> Message:
    """What is kept about people here, for how long and who sees it; and how much of it is about this one."""
    async with world.store.unit_of_work() as work:
        own = _own(world, await holdings(work, person_id))
    facts = [
        Fact(one.name, own[one], f"Kept {kept_for(one.period, world.house)}. Seen by {one.seen_by}.")
        for one in DATA_MAP
    ]
    return Privacy(facts, world.house.threshold, world.library.rules.contact)


def kept_for(period: Period, house: House) -> str:
    """A period in words, with this house's numbers."""
    return period.value.format(
        leaving=house.keep_after_uninstall.days, history=house.keep_history.days, audit=house.keep_audit.days
    )


def kept_how_long(house: House) -> Sequence[str]:
    """What is kept about people in this house and for how long, a line each."""
    return [f"{one.name}: {kept_for(one.period, house)}" for one in DATA_MAP]


def _own(world: World, found: Holdings) -> Mapping[Kept, str]:
    """How much of each sort is about one person, in a sentence."""
    rated = sum(1 for experience in found.experiences if experience.outcome)
    return {
        STAFF_LIST: _roster_in_words(world, found.person) or "You are not on the staff list.",
        CHOICES: _choices_in_words(world, found.person) or "Nothing yet.",
        CHAT: "Its address in Teams, so that we can write to you. If you remove the app: when that was.",
        TIPS: f"{len(found.experiences)}, with how {rated} of them went.",
        MESSAGES: f"{len(found.deliveries)}: which ones, and when.",
        CHAMPIONS: f"{len(found.introductions)}: who was shown to whom, and when.",
        HELP: f"{len(found.help_requests)}, with what became of each.",
        OFFER: _offer_in_words(found.profile) or "Nothing.",
        SHARED: f"{len(found.contributions)}, with what was decided.",
        ANSWERS: "Up to four numbers, while a round is open, under a code instead of your name.",
        AUDIT: f"{len(found.audit)}: when, and for which group.",
    }


def _sections(world: World, found: Holdings, titles: Titles) -> Iterator[tuple[str, str]]:
    """What is kept, a heading and a text each; an empty text where there is nothing of that sort."""
    yield "Your id", found.person.id if found.person else ""
    yield STAFF_LIST.name, _roster_in_words(world, found.person)
    yield CHOICES.name, _choices_in_words(world, found.person)
    yield CHAT.name, _chat_in_words(found.person)
    saved = found.person.preferences.saved if found.person else ()
    yield "Prompts you saved", _listed([_title(titles, prompt) for prompt in saved])
    yield TIPS.name, _listed([_experience(one, titles) for one in reversed(found.experiences)])
    yield MESSAGES.name, _listed([_delivery(one) for one in reversed(found.deliveries)])
    met = [f"{one.at:%Y-%m-%d %H:%M}" for one in reversed(found.introductions)]
    yield CHAMPIONS.name, _listed(met)
    yield HELP.name, _listed([_help(one) for one in reversed(found.help_requests)])
    yield OFFER.name, _offer_in_words(found.profile)
    shared = [f"{one.submitted:%Y-%m-%d} {one.title}: {one.stage}" for one in reversed(found.contributions)]
    yield SHARED.name, _listed(shared)
    used = [f"{one.at:%Y-%m-%d %H:%M} {one.act.value} {one.group or ''}" for one in reversed(found.audit)]
    yield AUDIT.name, _listed(used)


def _roster_in_words(world: World, person: Person | None) -> str:
    if person is None or person.roster is None:
        return ""
    entry = person.roster
    role = composing.role_name(world.library, entry.role)
    rights = [*sorted(entry.rights), *(f"lead of {group}" for group in sorted(entry.leads)), *entry.topics]
    return ", ".join([entry.name, entry.upn, role, entry.licence.label, entry.site, entry.team, *rights])


def _choices_in_words(world: World, person: Person | None) -> str:
    if person is None:
        return ""
    role = composing.role_name(world.library, person.preferences.role)
    licence = person.preferences.licence.label if person.preferences.licence else "not chosen yet"
    rhythm = composing.rhythm_in_words(person, world.clock.now())
    own = "".join(
        f" You said on {one.asked}: confidence {one.confidence} of 5, workload {one.workload} of 5."
        for one in person.preferences.own
    )
    language = f" Language: {person.preferences.language.label}."
    saved = f"Saved prompts: {len(person.preferences.saved)}."
    return f"Role: {role}. Licence: {licence}. {rhythm} {saved}{language}{own}"


def _chat_in_words(person: Person | None) -> str:
    if person is None:
        return ""
    at = person.reference
    where = f"{at.conversation}, {at.user}, {at.service_url}, tenant {at.tenant}, bot {at.bot}" if at else ""
    gone = f"You left on {person.uninstalled:%Y-%m-%d}." if person.uninstalled else ""
    return " ".join(filter(None, [where, gone]))


def _experience(one: Experience, titles: Titles) -> str:
    went = f": {one.outcome.replace('_', ' ')}" if one.outcome else ""
    return f"{one.shown:%Y-%m-%d} {_title(titles, one.prompt)}{went}"


def _delivery(one: Delivery) -> str:
    return f"{one.settled or one.due:%Y-%m-%d %H:%M} {one.kind}, {one.state}"


def _help(one: HelpRequest) -> str:
    about = f" {one.about}" if one.about else ""
    return f"{one.asked:%Y-%m-%d} {one.stage.replace('_', ' ')}{about}"


def _offer_in_words(offer: Profile | None) -> str:
    """A champion's profile in a line."""
    if offer is None:
        return ""
    away = f"away {offer.away_from} to {offer.away_until}" if offer.away_from else ""
    resting = f"no requests until {offer.resting_until:%Y-%m-%d}" if offer.resting_until else ""
    helped = [f"{r.topic}: helped {r.helped}, did not {r.not_helped}" for r in offer.records]
    words = [*offer.roles, *offer.topics, offer.site, *offer.languages, f"{offer.hours} hours a week"]
    return ", ".join(filter(None, [offer.standing.value, *words, away, resting, *helped]))


def _title(titles: Titles, prompt: str) -> str:
    return titles.get(PromptId(prompt), prompt)


def _listed(lines: Sequence[str]) -> str:
    """The first lines, one under the other, and how many more there are."""
    shown = [line[:LONGEST_LINE] for line in lines[:LONGEST_LIST]]
    more = [f"… and {len(lines) - LONGEST_LIST} more"] if len(lines) > LONGEST_LIST else []
    return "\n".join([*shown, *more])


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
