"""Who used a right: what is kept of it, and what an administrator sees."""

from datetime import timedelta

from bot.domain.audit import Act, AuditRecord, Subject
from bot.domain.commands.leads import ShowAudit, ShowSummary
from bot.domain.messages import Note
from bot.domain.staff.people import GroupId, Right
from bot.services import auditing
from bot.services.ports import World
from bot.services.rounds import reporting, summarising
from tests.fakes import SettableClock
from tests.kept import keep
from tests.rounds import MIXED, answered
from tests.samples import MONDAY, OPERATOR, WARD, staff

LEAD = staff("Lea Sample", leads=frozenset({WARD}))
ADMIN = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))


async def records(world: World) -> list[AuditRecord]:
    """All that is on record, oldest first."""
    async with world.store.unit_of_work() as work:
        return list(await work.audit.since(MONDAY))


async def shown(world: World, command: ShowAudit) -> Note:
    """What the administrator sees."""
    answer = await auditing.show(world, ADMIN.id, command)
    assert isinstance(answer, Note)
    return answer


async def test_reading_a_summary_is_on_record(world: World) -> None:
    """Who, when, which group and round; and not one figure."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    await summarising.summary(world, LEAD.id, ShowSummary())
    record = (await records(world))[0]
    assert record == AuditRecord(record.id, MONDAY, LEAD.id, Act.SUMMARY_READ, WARD, "2026-11-02")


async def test_too_few_is_on_record_as_withheld(world: World) -> None:
    """Asking again and again for a small group shows."""
    await keep(world, LEAD)
    await answered(world, MIXED[:3])
    for _ in range(2):
        await summarising.summary(world, LEAD.id, ShowSummary())
    assert [(r.act, r.group, r.round) for r in await records(world)] == [
        (Act.SUMMARY_WITHHELD, WARD, "2026-11-02")
    ] * 2


async def test_a_refused_summary_says_nothing_of_what_was_typed(world: World) -> None:
    """The group is what somebody typed: it may be anything."""
    await keep(world, staff())
    await summarising.summary(world, staff().id, ShowSummary(GroupId("what Kim Sample said")))
    record = (await records(world))[0]
    assert record == AuditRecord(record.id, MONDAY, staff().id, Act.SUMMARY_REFUSED)


async def test_the_command_line_is_on_record(world: World) -> None:
    """The account that ran the command stands for whoever did."""
    await keep(world, LEAD)
    await answered(world, MIXED)
    await reporting.published(world, OPERATOR, WARD)
    assert [(r.who, r.act) for r in await records(world)] == [(OPERATOR, Act.SUMMARY_READ)]


async def test_an_administrator_reads_names_and_deeds(world: World) -> None:
    """The newest first, in words; looking is on record as well."""
    await keep(world, ADMIN, LEAD)
    await auditing.keep(world, LEAD.id, Act.SUMMARY_READ, Subject(WARD, "r"))
    await auditing.keep(world, OPERATOR, Act.PERSON_EXPORTED, Subject(person=LEAD.id))
    await auditing.keep(world, "erased-1", Act.AUDIT_REFUSED)
    assert set((await shown(world, ShowAudit())).lines) == {
        "Newest first, times in UTC.",
        "2026-11-23 09:00 Lea Sample read a summary: Ward 4 sample, round r.",
        "2026-11-23 09:00 Operator sample took out what is kept about somebody: Lea Sample.",
        "2026-11-23 09:00 erased-1 asked for this list, which is not open to them.",
    }
    assert "2026-11-23 09:00 Ada Sample looked at this list." in (await shown(world, ShowAudit())).lines


async def test_pages_lead_to_the_first_record(world: World, clock: SettableClock) -> None:
    """Twenty a card, with a step to the earlier ones while there are any; each record is on one page."""
    await keep(world, ADMIN)
    for _ in range(45):
        await auditing.keep(world, LEAD.id, Act.SUMMARY_READ, Subject(WARD, f"{clock.at:%d-%H-%M}"))
        clock.forward(timedelta(minutes=1))
    lines: list[str] = []
    command: ShowAudit | None = ShowAudit()
    while command:
        page = await shown(world, command)
        lines += page.lines[1:]
        earlier = [step.subject for step in page.steps if step.verb == "audit"]
        command = ShowAudit(earlier[0]) if earlier else None
    assert len(lines) == len(set(lines)) == 45
    assert lines == sorted(lines, reverse=True)


async def test_an_empty_page_leads_on(world: World) -> None:
    """Also where an old card names a record that is gone."""
    await keep(world, ADMIN)
    page = await shown(world, ShowAudit("gone"))
    assert "There is nothing here yet." in page.lines
    assert page.steps


async def test_the_list_as_documents(world: World) -> None:
    """From a moment on, oldest first, with what is there and nothing else."""
    await auditing.keep(world, LEAD.id, Act.SUMMARY_READ, Subject(WARD, "r"))
    found = await auditing.listed(world, OPERATOR, MONDAY)
    assert found == [
        {
            "at": "2026-11-23T09:00:00Z",
            "who": LEAD.id,
            "act": "summary_read",
            "group": WARD,
            "round": "r",
        }
    ]
    assert (await auditing.listed(world, OPERATOR, MONDAY))[-1]["act"] == "audit_read"
    assert await auditing.listed(world, OPERATOR, MONDAY + timedelta(days=1)) == []
