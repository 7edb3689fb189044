"""Erased is erased: nothing in the raw store of any backend leads to the person, and others lose nothing."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain import commands as c
from bot.domain.audit import Act
from bot.domain.commands.champions import AskChampion
from bot.domain.commands.leads import ShowAudit, ShowSummary
from bot.domain.commands.own import AskErasure, Pause, Resume, SetUp, ShowMyData, Stop
from bot.domain.commands.pulses import AnswerPulse
from bot.domain.commands.sharing import ApprovePrompt, SharePrompt
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import DataRule
from bot.domain.messages import Message, Note
from bot.domain.outbox.replies import Reply
from bot.domain.outbox.subjects import HelpNewsDue
from bot.domain.rounds.pulses import FIRST, voices
from bot.domain.staff.people import ConversationReference, Licence, Person, PersonId, Preferences
from bot.services import conversing
from bot.services.drip import nudging
from bot.services.outbox.dispatching import Dispatcher
from bot.services.own import erasing, exporting, onboarding
from bot.services.ports import Store, World
from bot.services.rounds import surveying
from bot.services.upkeep import enrolling
from tests.contract.conftest import BACKENDS
from tests.fakes import PredictableChance, ScriptedOutbound, SettableClock, SmallLibrary
from tests.kept import person_in
from tests.lives import KIM, SAM, TIP, live, traces
from tests.raw import raw
from tests.samples import CLERK, MONDAY, OPERATOR, reference


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a store with files has them."""
    return tmp_path / "store"


@pytest.fixture(params=BACKENDS)
async def store(request: pytest.FixtureRequest, place: Path) -> AsyncIterator[Store]:
    """An empty store of each backend."""
    async with BACKENDS[request.param](place) as opened:
        yield opened


@pytest.fixture
def town(world: World, store: Store) -> World:
    """The world on each backend."""
    return replace(world, store=store)


async def test_there_is_something_to_erase(town: World, place: Path) -> None:
    """The search below finds what is there."""
    await live(town)
    found = raw(town.store, place)
    assert [word for word in traces(SAM) if word not in found] == []


async def test_nothing_leads_to_an_erased_person(town: World, place: Path) -> None:
    """Neither id nor name, chat or answer: in no table, no file, no copy."""
    await live(town)
    answer = await erasing.erase_mine(town, SAM.id)
    assert isinstance(answer, Note)
    assert answer.steps
    found = raw(town.store, place)
    assert [word for word in traces(SAM) if word in found] == []
    async with town.store.unit_of_work() as work:
        assert not await exporting.holdings(work, SAM.id)


async def test_others_lose_nothing(town: World) -> None:
    """What they saw, were sent, answered and shared is as it was; whom they met is gone, and they hear so."""
    await live(town)
    async with town.store.unit_of_work() as work:
        before = await exporting.holdings(work, KIM.id)
    await erasing.erase_mine(town, SAM.id)
    async with town.store.unit_of_work() as work:
        after = await exporting.holdings(work, KIM.id)
        answered = await work.pulses.answered("open", voices(b"o" * 32, KIM.id))
    assert (after.person, after.experiences) == (before.person, before.experiences)
    told = [one for one in after.deliveries if one.subject == HelpNewsDue("kims", "ended-1")]
    assert len(told) == 1
    assert [one for one in after.deliveries if one not in told] == before.deliveries
    assert {one.id for one in after.contributions} == {"approved", "kims"}
    assert after.introductions == []
    assert len(answered) == len(voices(b"o" * 32, KIM.id))


async def test_an_approved_prompt_stays_and_is_nobodys(town: World) -> None:
    """It is the organisation's; what was not approved was its author's, and goes with them."""
    await live(town)
    await erasing.erase_mine(town, SAM.id)
    async with town.store.unit_of_work() as work:
        approved = {one.id: one for one in await work.contributions.approved()}
        assert await work.contributions.submitted() == []
        assert await work.contributions.get("declined") is None
    assert (approved["approved"].author, approved["approved"].reviewer) == (None, KIM.id)
    assert (approved["kims"].author, approved["kims"].reviewer) == (KIM.id, None)
    assert approved["approved"].as_prompt().text == "A text"


async def test_audit_records_stay_under_another_name(town: World) -> None:
    """The same one for all of theirs, and nothing turns it back."""
    await live(town)
    await erasing.erase(town, OPERATOR, SAM.id)
    async with town.store.unit_of_work() as work:
        records = {record.act: record for record in await work.audit.since(MONDAY)}
    stand_in = records[Act.SUMMARY_READ].who
    assert stand_in.startswith("erased-")
    assert records[Act.PERSON_EXPORTED].person == stand_in
    assert (records[Act.PERSON_ERASED].who, records[Act.PERSON_ERASED].person) == (OPERATOR, stand_in)


async def test_a_round_that_is_being_asked_goes_on(town: World) -> None:
    """The last one asked was the erased person: asking begins again, and asks nobody twice."""
    await live(town)
    await erasing.erase_mine(town, SAM.id)
    async with town.store.unit_of_work() as work:
        (round_,) = await work.pulses.rounds()
    assert round_.asked_to == FIRST


async def test_nothing_to_erase_is_said(town: World) -> None:
    """And leaves no record."""
    assert not await erasing.erase(town, OPERATOR, SAM.id)
    async with town.store.unit_of_work() as work:
        assert await work.audit.newest(1) == []


async def test_the_next_staff_list_brings_the_entry_and_nothing_else(town: World) -> None:
    """Whoever was erased and is still on the list is as new."""
    await live(town)
    await erasing.erase_mine(town, SAM.id)
    assert SAM.roster is not None
    await enrolling.enrol(town, OPERATOR, [SAM.roster])
    assert await person_in(town, SAM.id) == Person(SAM.id, SAM.roster)


async def test_a_message_under_way_brings_nobody_back(world: World) -> None:
    """Somebody is erased between the claim and the record of a send: their delivery stays gone."""
    outbound = ErasingOutbound()
    town = replace(world, outbound=outbound)
    outbound.world = town
    for name in ("sam", "kim"):
        await onboarding.arrived(town, PersonId(name), reference(name))
    await Dispatcher(town).dispatch_due()
    assert len(outbound.sent) == 2
    found = raw(town.store, Path())
    assert ("chat-sam" in found, "welcome:sam" in found) == (False, False)
    assert "State.SENT" in found


class ErasingOutbound(ScriptedOutbound):
    """Sam erases their data while the first message is under way."""

    world: World

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        await erasing.erase_mine(self.world, PersonId("sam"))
        return await ScriptedOutbound.send(self, reference, message)


# Leaving


async def test_what_somebody_left_behind_goes_after_a_while(town: World, place: Path) -> None:
    """Ninety days after the app was removed; the staff list's entry is the organisation's and stays."""
    await live(town)
    await onboarding.left(town, SAM.id)
    clock = town.clock
    assert isinstance(clock, SettableClock)
    clock.forward(town.house.keep_after_uninstall)
    assert await erasing.expire(town) == 0
    clock.forward(timedelta(seconds=1))
    assert await erasing.expire(town) == 1
    assert await erasing.expire(town) == 0
    assert await person_in(town, SAM.id) == Person(SAM.id, SAM.roster, Preferences(stopped=True))
    async with town.store.unit_of_work() as work:
        left = await exporting.holdings(work, SAM.id)
    assert not any((left.experiences, left.deliveries, left.introductions, left.contributions))
    assert f"chat-{SAM.id}" not in raw(town.store, place)


async def test_coming_back_in_time_stops_the_clock(town: World) -> None:
    """By installing again or by writing; the first leaving counts where somebody leaves twice."""
    await live(town)
    clock = town.clock
    assert isinstance(clock, SettableClock)
    await onboarding.left(town, SAM.id)
    first = (await person_in(town, SAM.id)).uninstalled
    clock.forward(timedelta(days=1))
    await onboarding.left(town, SAM.id)
    assert (await person_in(town, SAM.id)).uninstalled == first == MONDAY
    await onboarding.arrived(town, SAM.id, reference(SAM.id))
    assert (await person_in(town, SAM.id)).uninstalled is None
    await onboarding.left(town, SAM.id)
    await onboarding.seen(town, SAM.id, reference(SAM.id))
    assert (await person_in(town, SAM.id)).uninstalled is None
    clock.forward(timedelta(days=365))
    assert await erasing.expire(town) == 0


async def test_leaving_makes_nobody_known(world: World) -> None:
    """An event about somebody who was erased, or never here, keeps nothing."""
    await onboarding.left(world, SAM.id)
    assert SAM.id not in raw(world.store, Path())


# Whatever somebody does


OWN = st.sampled_from(
    [
        SetUp(CLERK, Licence.CHAT, frozenset(range(5))),
        c.ShowTip(),
        c.OpenPrompt(TIP),
        c.RecordOutcome(TIP, Outcome.DID_NOT_WORK),
        c.SavePrompt(TIP),
        AskChampion(),
        AnswerPulse("2026-11-30", 2, 4),
        ShowSummary(),
        SharePrompt("A title", "A prompt that is long enough", CLERK, "A check", DataRule.INTERNAL),
        ShowAudit(),
        ApprovePrompt("id-1"),
        Pause(),
        Resume(),
        Stop(),
        ShowMyData(),
        AskErasure(),
        "installs",
        "leaves",
        "days pass",
    ]
)


async def does(world: World, what: c.Command | str) -> None:
    """Somebody does something, or time does."""
    clock = world.clock
    assert isinstance(clock, SettableClock)
    match what:
        case "installs":
            await onboarding.arrived(world, SAM.id, reference(SAM.id))
        case "leaves":
            await onboarding.left(world, SAM.id)
        case "days pass":
            clock.forward(timedelta(days=3, hours=2))
            await surveying.open_due(world)
            await nudging.plan_due(world)
            await Dispatcher(world).dispatch_due()
        case str():
            raise ValueError(what)
        case command:
            await onboarding.seen(world, SAM.id, reference(SAM.id))
            await conversing.respond(world, SAM.id, command)


@pytest.mark.parametrize("backend", ["tiny", "postgres"])
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(deeds=st.lists(OWN, max_size=12))
async def test_whatever_somebody_did_is_exported_and_then_erased(
    backend: str, deeds: list[c.Command | str], world: World
) -> None:
    """An export has every document in which the store has the id; after erasing there is none."""
    with TemporaryDirectory() as folder:
        place = Path(folder) / "store"
        async with BACKENDS[backend](place) as store:
            town = replace(
                world,
                store=store,
                clock=SettableClock(),
                chance=PredictableChance(),
                outbound=ScriptedOutbound(),
                library=SmallLibrary(),
            )
            assert SAM.roster is not None
            await enrolling.enrol(town, OPERATOR, [SAM.roster])
            for deed in deeds:
                await does(town, deed)
            await assert_whole(town, place)
            await erasing.erase_mine(town, SAM.id)
            found = raw(store, place)
            assert [word for word in traces(SAM) if word in found] == []


async def assert_whole(town: World, place: Path) -> None:
    """The export has as many rows with the id as the store has."""
    await town.store.erase()  # else a file has older versions as well
    async with town.store.unit_of_work() as work:
        held = await exporting.holdings(work, SAM.id)
    rows = [*held.experiences, *held.deliveries, *held.introductions, *held.contributions, *held.audit]
    kept = [line for line in documents(town.store, place) if SAM.id in line]
    assert len(kept) == len(rows) + (held.person is not None)


def documents(store: Store, place: Path) -> list[str]:
    """The documents of a store, one each; of a file, those that count."""
    lines = raw(store, place).splitlines()
    return list(dict.fromkeys(json.dumps(line) for line in lines))
