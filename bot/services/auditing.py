"""Records of who used a lead's or an administrator's right, and the list of them for administrators."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.audit import NOTHING, OPERATOR, Act, AuditRecord, Subject
from bot.domain.commands.leads import ShowAudit
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import Person, PersonId, Right
from bot.domain.text.language import joined, say, to_say
from bot.services import composing
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

SHOWN = 20
"""Records on one card."""

DEEDS: Mapping[Act, str] = {
    Act.SUMMARY_READ: to_say("read a summary"),
    Act.SUMMARY_WITHHELD: to_say("asked for a summary, and there was nothing that could be shown"),
    Act.SUMMARY_REFUSED: to_say("asked for a summary that is not open to them"),
    Act.SUMMARY_SENT: to_say("was sent a summary when a round had closed"),
    Act.PLAN_SET: to_say("said what saved time is for"),
    Act.AUDIT_READ: to_say("looked at this list"),
    Act.AUDIT_REFUSED: to_say("asked for this list, which is not open to them"),
    Act.PEOPLE_IMPORTED: to_say("loaded a staff list"),
    Act.PREVIEWED: to_say("looked at which tips somebody would get"),
    Act.PERSON_EXPORTED: to_say("took out what is kept about somebody"),
    Act.PERSON_ERASED: to_say("erased what is kept about somebody"),
    Act.COVERAGE_READ: to_say("looked at what the champions cover"),
    Act.COVERAGE_REFUSED: to_say("asked what the champions cover, which is not open to them"),
    Act.INSTALLS_READ: to_say("looked at who does not have the app"),
    Act.INSTALLS_REFUSED: to_say("asked who does not have the app, which is not open to them"),
    Act.CHAMPION_ADMITTED: to_say("said yes to a champion"),
    Act.CHAMPION_REFUSED: to_say("said no to a champion"),
    Act.PROMPTS_BUNDLED: to_say("wrote approved prompts into a file for other organisations"),
    Act.PROMPTS_RECEIVED: to_say("took in prompts of another organisation for review"),
    Act.STORE_MOVED: to_say("moved everything to another store"),
    Act.BACKUP_MADE: to_say("made a backup"),
    Act.BACKUP_RESTORED: to_say("restored a backup"),
}
"""What each act is called in a sentence that begins with a name."""


async def keep(world: World, who: str, act: Act, subject: Subject = NOTHING) -> None:
    """Leave a record, in a unit of work of its own. Raises StoreFailed: then the act must not go on."""
    async with world.store.unit_of_work() as work:
        await add(world, work, who, act, subject)


async def add(world: World, work: UnitOfWork, who: str, act: Act, subject: Subject = NOTHING) -> None:
    """Leave a record within a unit of work that does more."""
    record = AuditRecord(
        id=world.chance.new_id(),
        at=world.clock.now(),
        who=who,
        act=act,
        group=subject.group,
        round=subject.round,
        person=subject.person,
    )
    await work.audit.add(record)


async def may_look(world: World, work: UnitOfWork, person_id: PersonId, looked: Act, refused: Act) -> bool:
    """Whether somebody may see what administrators see; a record is left either way."""
    person = await person_of(work, person_id)
    allowed = person.holds(Right.ADMINISTRATOR)
    await add(world, work, person_id, looked if allowed else refused)
    return allowed


def for_administrators(instead: str) -> Note:
    """For somebody who may not look; `instead` says what they can do."""
    return composing.declined(say("That is for administrators"), instead, refused="no_administrator")


async def show(world: World, person_id: PersonId, command: ShowAudit) -> Message:
    """The newest records for an administrator, who leaves one by looking; a kind word for anybody else."""
    async with world.store.unit_of_work() as work:
        found = await work.audit.newest(SHOWN + 1, command.before)  # before this look is one of them
        if not await may_look(world, work, person_id, Act.AUDIT_READ, Act.AUDIT_REFUSED):
            return _not_yours()
        people = await _people(work, found)
    lines = [_line(record, people) for record in found[:SHOWN]]
    earlier = [Step(say("Earlier"), "audit", found[SHOWN - 1].id)] if len(found) > SHOWN else []
    said = lines or [say("There is nothing here yet.")]
    return Note(
        say("Who used which right"),
        [say("Newest first, times in UTC."), *said],
        [*earlier, Step(say("People without the app"), "installs"), composing.HELP],
    )


async def listed(world: World, who: str, since: datetime) -> Sequence[Mapping[str, str]]:
    """All records from a moment on, oldest first, as flat JSON objects; looking leaves one too."""
    async with world.store.unit_of_work() as work:
        found = await work.audit.since(since)
        await add(world, work, who, Act.AUDIT_READ)
    return [_as_document(record) for record in found]


def _as_document(record: AuditRecord) -> Mapping[str, str]:
    named = {"group": record.group, "round": record.round, "person": record.person}
    document = {"at": f"{record.at:%Y-%m-%dT%H:%M:%SZ}", "who": record.who, "act": record.act.value}
    return document | {name: value for name, value in named.items() if value}


async def _people(work: UnitOfWork, records: Sequence[AuditRecord]) -> Mapping[PersonId, Person]:
    named = {PersonId(name) for record in records for name in (record.who, record.person) if name}
    return await work.people.get_all(sorted(named))


def _line(record: AuditRecord, people: Mapping[PersonId, Person]) -> str:
    about = joined(
        record.group or "",
        say("round {round}", round=record.round) if record.round else "",
        _named(record.person, people) if record.person else "",
        by=", ",
    )
    did = {
        "when": f"{record.at:%Y-%m-%d %H:%M}",
        "who": _named(record.who, people),
        "deed": say(DEEDS[record.act]),
    }
    if not about:
        return say("{when} {who} {deed}.", **did)
    return say("{when} {who} {deed}: {about}.", about=about, **did)


def _named(who: str, people: Mapping[PersonId, Person]) -> str:
    """The name on the staff list where there is one; else what stands there, which names nobody's content."""
    role, _, account = who.partition(":")
    if role == OPERATOR:
        return say("Operator {account}", account=account)
    person = people.get(PersonId(who))
    return (person and person.name) or who


def _not_yours() -> Note:
    return composing.declined(
        say("That list is not open to you"),
        say("Only administrators can see who used which right."),
        refused="no_administrator",
    )
