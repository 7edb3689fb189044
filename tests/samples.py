"""Sample people, prompts and moments. Everybody here is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.library.prompts import App, DataRule, Prompt, PromptId
from bot.domain.staff.people import (
    ConversationReference,
    GroupId,
    Licence,
    Person,
    PersonId,
    Preferences,
    Right,
    RoleId,
    RosterEntry,
)

OPERATOR = "operator:sample"
"""Who works at the command line, as records name them."""

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""Nine o'clock on a Monday in winter, when London keeps UTC."""

OPEN_FOR = timedelta(days=7)
"""From a Monday's midnight to the next: five working days and the weekend after them."""

CLERK = RoleId("ward-clerk")
BOOKING = RoleId("booking")
WARD = GroupId("Ward 4 sample")


def reference(person_id: str) -> ConversationReference:
    """Where a sample person's chat is."""
    return ConversationReference(
        tenant="sample-tenant",
        conversation=f"chat-{person_id}",
        service_url="https://teams.invalid/",
        user=f"29:{person_id}",
        bot="28:sample-bot",
    )


def person_id(name: str) -> PersonId:
    """The id that stands for a sample name."""
    return PersonId(name.casefold().replace(" ", "-"))


def stranger(name: str = "Nico Sample") -> Person:
    """Somebody who wrote to the bot and is on no roster."""
    return Person(person_id(name), reference=reference(person_id(name)))


def staff(
    name: str = "Sam Sample",
    *,
    role: RoleId = CLERK,
    licence: Licence = Licence.CHAT,
    site: str = "North site",
    team: GroupId = WARD,
    rights: frozenset[Right] = frozenset(),
    leads: frozenset[GroupId] = frozenset(),
) -> Person:
    """Somebody on the roster who can be reached and has chosen nothing yet."""
    entry = RosterEntry(
        id=person_id(name),
        name=name,
        upn=f"{person_id(name)}@trust.invalid",
        role=role,
        licence=licence,
        site=site,
        team=team,
        rights=rights,
        leads=leads,
    )
    return Person(entry.id, roster=entry, reference=reference(entry.id))


def champion(name: str = "Cham Sample", *, role: RoleId = CLERK, site: str = "North site") -> Person:
    """A champion who also reviews, as most do."""
    return staff(name, role=role, site=site, rights=frozenset({Right.CHAMPION, Right.REVIEWER}))


def preferring(person: Person, preferences: Preferences) -> Person:
    """The same person with these choices and the slot that follows from them, as of `MONDAY`."""
    chosen = person.choosing(preferences)
    return replace(chosen, next_nudge=chosen.next_slot(MONDAY))


def prompt(
    prompt_id: str = "ward-clerk-notice",
    *,
    roles: tuple[RoleId, ...] = (CLERK,),
    needs: Licence = Licence.CHAT,
    level: int = 1,
    title: str = "Turn visiting rules into a clear notice",
    data: DataRule = DataRule.INTERNAL,
    source: str = "",
    review_by: date = date(2028, 1, 1),
    skill: str = "ask-well",
    minutes: int = 5,
) -> Prompt:
    """A sample prompt."""
    return Prompt(
        id=PromptId(prompt_id),
        title=title,
        roles=roles,
        task="Write a notice",
        app=App.COPILOT_CHAT,
        needs=needs,
        level=level,
        skill=skill,
        why="Visitors ask the same thing all day.",
        text="Write a notice for [our ward] in plain English.",
        good="It fits one page.",
        check="Compare the times with the poster at the door.",
        data=data,
        minutes=minutes,
        author="the sample library",
        licence="CC-BY-4.0",
        reviewed_on=date(2026, 10, 1),
        review_by=review_by,
        source=source,
    )
