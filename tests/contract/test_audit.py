"""What every store promises of the records of who used a right."""

from bot.domain.audit import Act, AuditRecord
from bot.domain.staff.people import GroupId
from bot.services.ports import Store
from tests.contract.rows import ALEX, SAM, after

STAND_IN = "erased-1"


def read_by(who: str, record_id: str, minutes: float = 0, *, person: str | None = None) -> AuditRecord:
    """Somebody read a summary, or did something about a person, some minutes after nine."""
    act = Act.PERSON_EXPORTED if person else Act.SUMMARY_READ
    group = None if person else GroupId("ward")
    return AuditRecord(record_id, after(minutes), who, act, group, None if person else "r", person)


async def kept(store: Store, *records: AuditRecord) -> None:
    """Keep some records."""
    async with store.unit_of_work() as work:
        for record in records:
            await work.audit.add(record)


async def ids(store: Store, limit: int = 10, before: str = "") -> str:
    """The ids of the newest records, in a row."""
    async with store.unit_of_work() as work:
        return "".join(record.id for record in await work.audit.newest(limit, before))


async def test_the_newest_come_first(store: Store) -> None:
    """By time, then by id; page after page, with the last of one naming where the next begins."""
    await kept(store, read_by(SAM, "b"), read_by(SAM, "d", 2), read_by(SAM, "a"), read_by(SAM, "c", 1))
    assert await ids(store) == "dcba"
    assert await ids(store, 2) == "dc"
    assert await ids(store, 2, before="c") == "ba"
    assert await ids(store, 2, before="a") == ""
    assert await ids(store, before="nobody's") == ""


async def test_a_record_comes_back_as_it_was_and_stays(store: Store) -> None:
    """A second one with the same id changes nothing."""
    first, about = read_by(SAM, "a"), read_by("operator:root", "b", 1, person=ALEX)
    await kept(store, first, about)
    await kept(store, read_by(ALEX, "a", 5))
    async with store.unit_of_work() as work:
        assert await work.audit.since(after(0)) == [first, about]


async def test_since_a_moment(store: Store) -> None:
    """From that moment on, oldest first."""
    await kept(store, read_by(SAM, "a"), read_by(SAM, "c", 2), read_by(SAM, "b", 1))
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.audit.since(after(1))] == ["b", "c"]


async def test_by_or_about_somebody(store: Store) -> None:
    """Both are records of theirs, each once."""
    about = read_by("operator:root", "c", 2, person=SAM)
    await kept(store, read_by(SAM, "a"), read_by(ALEX, "b", 1), about, read_by(SAM, "d", 3, person=SAM))
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.audit.of(SAM)] == ["a", "c", "d"]


async def test_a_person_is_unlinked_everywhere(store: Store) -> None:
    """One name stands in for them; what was done, and others' records, stay as they were."""
    others = read_by(ALEX, "c", 2)
    await kept(store, read_by(SAM, "a"), read_by("operator:root", "b", 1, person=SAM), others)
    async with store.unit_of_work() as work:
        await work.audit.unlink(SAM, STAND_IN)
        assert await work.audit.of(SAM) == []
    async with store.unit_of_work() as work:
        assert await work.audit.since(after(0)) == [
            read_by(STAND_IN, "a"),
            read_by("operator:root", "b", 1, person=STAND_IN),
            others,
        ]
        assert len(await work.audit.of(SAM)) == 0


async def test_old_records_go(store: Store) -> None:
    """Those from before the moment, oldest first and up to the limit."""
    await kept(store, read_by(SAM, "a"), read_by(SAM, "b", 1), read_by(SAM, "c", 2))
    async with store.unit_of_work() as work:
        assert await work.audit.forget(after(2), 1) == 1
    assert await ids(store) == "cb"
    async with store.unit_of_work() as work:
        assert await work.audit.forget(after(2), 10) == 1
        assert await work.audit.forget(after(2), 10) == 0
    assert await ids(store) == "c"
