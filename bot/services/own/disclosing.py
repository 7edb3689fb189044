"""What is kept about one person: on the privacy card, as their own data, and as a whole export."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from bot.domain.audit import AuditRecord
from bot.domain.library.contributions import Contribution
from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import PromptId
from bot.domain.messages import Fact, Message, MyData, Option, Privacy
from bot.domain.outbox.delivery import Delivery
from bot.domain.own.data_words import (
    HELP_STAGES,
    MESSAGE_KINDS,
    OUTCOMES,
    RIGHTS,
    SHARED_STAGES,
    STANDINGS,
    STATES,
)
from bot.domain.own.datamap import (
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
from bot.domain.peers.champions import Profile
from bot.domain.peers.help_requests import HelpRequest
from bot.domain.staff.people import Person, PersonId
from bot.domain.text.language import joined, say, say_count, to_say
from bot.domain.text.wording import shortened
from bot.services import auditing, composing
from bot.services.own.exporting import Holdings, holdings
from bot.services.ports import House, World
from bot.services.records import all_prompts

LONGEST_LIST = 20
"""Lines of one list on the card: the newest. All lists at their longest stay under what a card may weigh."""

LONGEST_LINE = 90

Titles: TypeAlias = Mapping[PromptId, str]


async def show(world: World, person_id: PersonId) -> Message:
    """A person's own data, the newest of each list, as text that can be copied."""
    async with world.store.unit_of_work() as work:
        found = await holdings(work, person_id)
        titles = {prompt.id: prompt.title for prompt in await all_prompts(world.library, work)}
    sections = [Option(say(name), text) for name, text in _sections(world, found, titles) if text]
    nothing = Option(say("Nothing"), say("We keep nothing about you."))
    return MyData(sections or [nothing], world.library.rules.contact)


async def show_privacy(world: World, person_id: PersonId) -> Message:
    """What is kept about people here, for how long and who sees it; and how much of it is about this one."""
    async with world.store.unit_of_work() as work:
        own = _own(world, await holdings(work, person_id))
    facts = [
        Fact(
            say(one.name),
            own[one],
            say(
                "Kept {period}. Seen by {people}.",
                period=kept_for(one.period, world.house),
                people=say(one.seen_by),
            ),
        )
        for one in DATA_MAP
    ]
    return Privacy(facts, world.house.threshold, world.library.rules.contact)


def kept_for(period: Period, house: House) -> str:
    """A period in words, with this house's numbers."""
    days = {
        "leaving": house.keep_after_uninstall.days,
        "history": house.keep_history.days,
        "audit": house.keep_audit.days,
    }
    return say(period.value, **days)


def kept_how_long(house: House) -> Sequence[str]:
    """What is kept about people in this house and for how long, a line each."""
    return [f"{one.name}: {kept_for(one.period, house)}" for one in DATA_MAP]


def _own(world: World, found: Holdings) -> Mapping[Kept, str]:
    """How much of each sort is about one person, in a sentence."""
    rated = sum(1 for experience in found.experiences if experience.outcome)
    return {
        STAFF_LIST: _roster_in_words(world, found.person) or say("You are not on the staff list."),
        CHOICES: _choices_in_words(world, found.person) or say("Nothing yet."),
        CHAT: say("Its address in Teams, so that we can write to you. If you remove the app: when that was."),
        TIPS: say("{number}, with how {rated} of them went.", number=len(found.experiences), rated=rated),
        MESSAGES: say("{number}: which ones, and when.", number=len(found.deliveries)),
        CHAMPIONS: say("{number}: who was shown to whom, and when.", number=len(found.introductions)),
        HELP: say("{number}, with what became of each.", number=len(found.help_requests)),
        OFFER: _offer_in_words(found.profile) or say("Nothing."),
        SHARED: say("{number}, with what was decided.", number=len(found.contributions)),
        ANSWERS: say("Up to four numbers, while a round is open, under a code instead of your name."),
        AUDIT: say("{number}: when, and for which group.", number=len(found.audit)),
    }


def _sections(world: World, found: Holdings, titles: Titles) -> Iterator[tuple[str, str]]:
    """What is kept, a heading and a text each; an empty text where there is nothing of that sort."""
    yield to_say("Your id"), found.person.id if found.person else ""
    yield STAFF_LIST.name, _roster_in_words(world, found.person)
    yield CHOICES.name, _choices_in_words(world, found.person)
    yield CHAT.name, _chat_in_words(found.person)
    saved = found.person.preferences.saved if found.person else ()
    yield to_say("Prompts you saved"), _listed([_title(titles, prompt) for prompt in saved])
    yield TIPS.name, _listed([_experience(one, titles) for one in reversed(found.experiences)])
    yield MESSAGES.name, _listed([_delivery(one) for one in reversed(found.deliveries)])
    met = [f"{one.at:%Y-%m-%d %H:%M}" for one in reversed(found.introductions)]
    yield CHAMPIONS.name, _listed(met)
    yield HELP.name, _listed([_help(one) for one in reversed(found.help_requests)])
    yield OFFER.name, _offer_in_words(found.profile)
    shared = [_contribution(one) for one in reversed(found.contributions)]
    yield SHARED.name, _listed(shared)
    used = [_used(one) for one in reversed(found.audit)]
    yield AUDIT.name, _listed(used)


def _roster_in_words(world: World, person: Person | None) -> str:
    if person is None or person.roster is None:
        return ""
    entry = person.roster
    role = composing.role_name(world.library, entry.role)
    rights = [say(RIGHTS[right]) for right in sorted(entry.rights)]
    leads = [say("lead of {group}", group=group) for group in sorted(entry.leads)]
    own = [entry.name, entry.upn, role, entry.licence.label, entry.site, entry.team]
    return joined(*own, *rights, *leads, *entry.topics, by=", ")


def _choices_in_words(world: World, person: Person | None) -> str:
    if person is None:
        return ""
    role = composing.role_name(world.library, person.preferences.role)
    licence = person.preferences.licence.label if person.preferences.licence else say("not chosen yet")
    rhythm = composing.rhythm_in_words(person, world.clock.now())
    own = [
        say(
            "You said on {day}: confidence {confidence} of 5, workload {workload} of 5.",
            day=one.asked.isoformat(),
            confidence=one.confidence,
            workload=one.workload,
        )
        for one in person.preferences.own
    ]
    return joined(
        say("Role: {role}. Licence: {licence}.", role=role, licence=licence),
        rhythm,
        say("Saved prompts: {number}.", number=len(person.preferences.saved)),
        say("Language: {language}.", language=person.preferences.language.label),
        *own,
    )


def _chat_in_words(person: Person | None) -> str:
    if person is None:
        return ""
    at = person.reference
    where = (
        say(
            "{chat}, {user}, {address}, tenant {tenant}, bot {bot}",
            chat=at.conversation,
            user=at.user,
            address=at.service_url,
            tenant=at.tenant,
            bot=at.bot,
        )
        if at
        else ""
    )
    left = person.uninstalled
    return joined(where, say("You left on {day}.", day=f"{left:%Y-%m-%d}") if left else "")


def _experience(one: Experience, titles: Titles) -> str:
    what = f"{one.shown:%Y-%m-%d} {_title(titles, one.prompt)}"
    return joined(what, say(OUTCOMES[one.outcome]) if one.outcome else "", by=": ")


def _delivery(one: Delivery) -> str:
    when, what = f"{one.settled or one.due:%Y-%m-%d %H:%M}", say(MESSAGE_KINDS[one.kind])
    return joined(joined(when, what), say(STATES[one.state]), by=", ")


def _help(one: HelpRequest) -> str:
    return joined(f"{one.asked:%Y-%m-%d}", say(HELP_STAGES[one.stage]), one.about)


def _contribution(one: Contribution) -> str:
    return joined(f"{one.submitted:%Y-%m-%d} {one.title}", say(SHARED_STAGES[one.stage]), by=": ")


def _used(one: AuditRecord) -> str:
    return joined(f"{one.at:%Y-%m-%d %H:%M}", say(auditing.DEEDS[one.act]), one.group or "")


def _offer_in_words(offer: Profile | None) -> str:
    """A champion's profile in a line."""
    if offer is None:
        return ""
    away = (
        say("away {first} to {last}", first=str(offer.away_from), last=str(offer.away_until))
        if offer.away_from
        else ""
    )
    rests = offer.resting_until
    resting = say("no requests until {day}", day=f"{rests:%Y-%m-%d}") if rests else ""
    helped = [
        say("{topic}: helped {yes}, did not {no}", topic=r.topic, yes=r.helped, no=r.not_helped)
        for r in offer.records
    ]
    hours = say_count("{count} hour a week", "{count} hours a week", offer.hours)
    words = [*offer.roles, *offer.topics, offer.site, *offer.languages, hours]
    return joined(say(STANDINGS[offer.standing]), *words, away, resting, *helped, by=", ")


def _title(titles: Titles, prompt: str) -> str:
    return titles.get(PromptId(prompt), prompt)


def _listed(lines: Sequence[str]) -> str:
    """The first lines, one under the other, and how many more there are."""
    shown = [shortened(line, LONGEST_LINE) for line in lines[:LONGEST_LIST]]
    left = len(lines) - LONGEST_LIST
    return joined(*shown, say("… and {number} more", number=left) if left > 0 else "", by="\n")
