"""What every store promises of rounds, answers and what is published of them."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.anonymity.figures import Figure
from bot.domain.anonymity.publishing import Tally
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.delivery import State
from bot.domain.outbox.subjects import PulseDue, ReminderDue
from bot.domain.rounds.plans import Plan
from bot.domain.rounds.pulses import Answer, Publication, Round, Worked
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import PersonId
from bot.services.ports import Pulses, Store
from tests.contract.rows import ONE, SAM, TWO, after, answer, delivery, round_
from tests.samples import MONDAY

LEAST = 5
WARD = Group(Level.TEAM, "ward")
NORTH = Group(Level.SITE, "North")


async def put(store: Store, *rows: Round | Answer) -> None:
    """Put rounds and answers in one unit of work."""
    async with store.unit_of_work() as work:
        for row in rows:
            if isinstance(row, Round):
                await work.pulses.put_round(row)
            else:
                await work.pulses.put_answers([row])


async def tallies(store: Store, round_id: str = "r", least: int = LEAST) -> dict[tuple[Group, str], Tally]:
    """The counts of a round by group and site."""
    async with store.unit_of_work() as work:
        return {(one.group, one.site): one for one in await work.pulses.tallies(round_id, least)}


async def confidence(store: Store, group: Group = WHOLE, site: str = "") -> dict[int, int]:
    """How confident a group of the round is; empty where it does not come out."""
    found = (await tallies(store)).get((group, site))
    return dict(found.counts["confidence"]) if found else {}


def several(*values: int, group: str = "ward", site: str = "North", of: str = "r") -> list[Answer]:
    """One voice for each of these answers."""
    return [
        answer(f"{group}{site}{n}", value, value, group=group, site=site, of=of)
        for n, value in enumerate(values)
    ]


def publication(round_id: str = "r", group: Group = WARD) -> Publication:
    """What was published of a group."""
    figure = Figure("confidence", (1, -2, 3, 40, 5), 1.5)
    return Publication(round_id, group.key, (figure,), 40, (Worked("a prompt", 15),))


async def test_a_round_comes_back_with_its_secret(store: Store) -> None:
    """Any bytes survive; an unknown round is None."""
    secret = bytes(range(256))
    await put(store, round_(secret=secret))
    async with store.unit_of_work() as work:
        assert await work.pulses.get_round("r") == round_(secret=secret)
        assert await work.pulses.get_round("another") is None


async def test_a_closed_round_has_no_secret(store: Store) -> None:
    """Closing replaces the round; forgetting changes nothing that can be asked for."""
    await put(store, round_())
    await put(store, round_().closed())
    await store.forget()
    async with store.unit_of_work() as work:
        assert await work.pulses.get_round("r") == replace(round_(), secret=None)


async def test_rounds_come_by_opening(store: Store) -> None:
    """The newest is last, whatever it is called; those that have closed can be had alone."""
    await put(store, round_("b", opens=after(5)), round_("c", opens=after(-5)), round_("a", opens=after(9)))
    await put(store, round_("a", opens=after(9)).closed(), round_("c", opens=after(-5)).closed())
    async with store.unit_of_work() as work:
        assert [r.id for r in await work.pulses.rounds()] == ["c", "b", "a"]
        assert [r.id for r in await work.pulses.closed_rounds()] == ["c", "a"]


async def test_counts_come_for_teams_sites_and_all(store: Store) -> None:
    """Each with its own; another round does not count."""
    await put(store, *several(1, 1, 2, 3, 5), *several(4, 4, 4, 4, 4, 4, group="clinic"))
    await put(
        store, *several(3, 3, 3, 3, 3, group="lab", site="South"), *several(1, 1, 1, 1, 1, of="another")
    )
    assert await confidence(store, WARD, "North") == {1: 2, 2: 1, 3: 1, 5: 1}
    assert await confidence(store, NORTH) == {1: 2, 2: 1, 3: 1, 4: 6, 5: 1}
    assert await confidence(store, Group(Level.SITE, "South")) == {3: 5}
    assert await confidence(store) == {1: 2, 2: 1, 3: 6, 4: 6, 5: 1}


async def test_what_was_left_out_is_not_counted(store: Store) -> None:
    """Each question has its own number of answers."""
    few = [replace(one, third=2, beside=None, workload=None) for one in several(1, 2, 3, 4, 5)]
    await put(store, *few, replace(answer("x", 1, 5), third=4, beside=1))
    (tally, *_) = [t for t in (await tallies(store)).values() if t.group == WHOLE]
    assert tally.counts == {
        "confidence": {1: 2, 2: 1, 3: 1, 4: 1, 5: 1},
        "workload": {5: 1},
        "third": {2: 5, 4: 1},
        "beside": {1: 1},
    }
    assert [tally.answers(question) for question in tally.counts] == [6, 1, 6, 1]


async def test_roles_and_licences_are_counted_for_themselves(store: Store) -> None:
    """They are no part of a site, and do not count among all once more."""
    clerks = [
        replace(one, group="role:clerk", site="", voice=f"c{one.voice}") for one in several(1, 2, 3, 4, 5)
    ]
    await put(store, *several(1, 2, 3, 4, 5), *clerks)
    found = await tallies(store)
    assert found[Group(Level.ROLE, "clerk"), ""].counts["confidence"] == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    assert found[WHOLE, ""].answers("confidence") == 5
    assert set(found) == {(Group(Level.ROLE, "clerk"), ""), (WARD, "North"), (NORTH, ""), (WHOLE, "")}


async def test_a_group_with_few_answers_does_not_come_out(store: Store) -> None:
    """Nor does it where somebody asks for less than any threshold may be."""
    await put(store, *several(1, 2, 3, 4), *several(1, 2, 3, 4, 5, group="clinic"))
    assert set(await tallies(store)) == {(Group(Level.TEAM, "clinic"), "North"), (NORTH, ""), (WHOLE, "")}
    assert set(await tallies(store, least=9)) == {(NORTH, ""), (WHOLE, "")}
    assert await tallies(store, "another") == {}
    for least in (0, 1, LEAST - 1):
        with pytest.raises(ValueError, match="protects nobody"):
            await tallies(store, least=least)


async def test_a_team_on_two_sites_has_two_counts(store: Store) -> None:
    """One for each, so that every site can be added up."""
    await put(store, *several(1, 1, 1, 1, 1), *several(2, 2, 2, 2, 2, site="South"))
    assert await confidence(store, WARD, "North") == {1: 5}
    assert await confidence(store, WARD, "South") == {2: 5}


async def test_a_second_answer_replaces_the_first(store: Store) -> None:
    """One voice counts once a round, with what it said last."""
    await put(store, *several(1, 1, 1, 1, 1))
    await put(store, *several(1, 1, 1, 1, 5))
    assert await confidence(store) == {1: 4, 5: 1}


async def test_two_answers_at_once_are_one(store: Store) -> None:
    """Two taps that arrive together, in whichever order: one voice, with all of one of the two."""
    await put(store, *several(3, 3, 3, 3, 3))
    one, other = answer("twice", 1, 1), answer("twice", 5, 5)
    await asyncio.gather(*(put(store, said) for said in (one, other, one, other)))
    found = (await tallies(store))[WHOLE, ""]
    assert found.answers("confidence") == found.answers("workload") == 6
    assert found.counts["confidence"] in ({1: 1, 3: 5}, {3: 5, 5: 1})
    assert found.counts["confidence"].get(1) == found.counts["workload"].get(1)


async def test_a_voice_that_moved_counts_in_its_first_group(store: Store) -> None:
    """An answer that is changed does not move."""
    await put(store, *several(1, 1, 1, 1, 1))
    await put(store, replace(several(5)[0], group="team:clinic", site="South"))
    assert await confidence(store, WARD, "North") == {1: 4, 5: 1}
    assert set(await tallies(store)) == {(WARD, "North"), (NORTH, ""), (WHOLE, "")}


async def test_it_is_known_who_has_answered_but_not_what(store: Store) -> None:
    """Of voices that somebody can name, while a round has its secret."""
    await put(store, answer("a", 1, 1), answer("b", 2, 2), answer("c", 1, 1, of="another"))
    async with store.unit_of_work() as work:
        assert await work.pulses.answered("r", ["a", "c", "x"]) == {"a"}
        assert await work.pulses.answered("r", []) == set()
        assert not await work.pulses.is_silent("r")
        assert await work.pulses.is_silent("empty")


async def test_answers_can_be_taken_away(store: Store) -> None:
    """Those of some voices, and those of a whole round; others stay."""
    await put(store, *several(1, 2, 3, 4, 5, 5), *several(1, 2, 3, 4, 5, of="another"))
    async with store.unit_of_work() as work:
        await work.pulses.remove_answers("r", [several(1)[0].voice, "unknown"])
    assert await confidence(store) == {2: 1, 3: 1, 4: 1, 5: 2}
    async with store.unit_of_work() as work:
        await work.pulses.remove_answers("r")
    await store.forget()
    assert await tallies(store) == {}
    assert (WHOLE, "") in await tallies(store, "another")


async def test_what_was_published_stays_as_it_was(store: Store) -> None:
    """A second release of the same round and group changes nothing."""
    async with store.unit_of_work() as work:
        every = [publication(group=group) for group in (WARD, WHOLE, NORTH)]
        await work.pulses.publish([*every, publication("s")])
    async with store.unit_of_work() as work:
        await work.pulses.publish([replace(publication(), rate=None), publication("t")])
    async with store.unit_of_work() as work:
        assert await work.pulses.published("r") == [publication(group=WHOLE), publication(group=NORTH)]
        assert await work.pulses.published("empty") == []
        of_both = await work.pulses.published_of([WARD.key, WHOLE.key])
        assert [(one.round, one.group) for one in of_both] == [
            ("r", WHOLE.key),
            ("r", WARD.key),
            ("s", WARD.key),
            ("t", WARD.key),
        ]
        assert of_both[1] == publication()
        assert await work.pulses.published_of(["team:clinic"]) == []


async def test_a_plan_replaces_the_one_before(store: Store) -> None:
    """One for each group."""
    async with store.unit_of_work() as work:
        await work.plans.put(Plan(WARD.key, 1))
        await work.plans.put(Plan(WARD.key, 2))
        assert await work.plans.get(WARD.key) == Plan(WARD.key, 2)
        assert await work.plans.get(WHOLE.key) is None


def test_the_port_has_no_way_to_read_an_answer() -> None:
    """Answers go in and come out as counts, as nothing but yes or no, or not at all."""
    names = {name for name in vars(Pulses) if not name.startswith("_")}
    about_answers = {name for name in names if "answer" in name or "tall" in name or "silent" in name}
    assert about_answers == {"put_answers", "answered", "remove_answers", "tallies", "is_silent"}


async def test_prompts_that_worked_are_counted_by_people(store: Store) -> None:
    """For enough of them, most first; other outcomes do not count, and nobody can ask for less."""
    rated = [(ONE, Outcome.WORKED, 6), (TWO, Outcome.WORKED, 7), (PromptId("few"), Outcome.WORKED, 4)]
    rated += [(PromptId("bad"), Outcome.DID_NOT_WORK, 9)]
    async with store.unit_of_work() as work:
        for prompt, outcome, people in rated:
            given = [Experience(PersonId(f"person-{n}"), prompt, MONDAY, outcome) for n in range(people)]
            await work.experiences.put_all(given)
        await work.experiences.put(Experience(SAM, ONE, MONDAY))
    async with store.unit_of_work() as work:
        assert await work.experiences.worked(LEAST) == [Worked(TWO, 7), Worked(ONE, 6)]
        assert await work.experiences.worked(7) == [Worked(TWO, 7)]
        with pytest.raises(ValueError, match="protects nobody"):
            await work.experiences.worked(LEAST - 1)


async def test_reminders_of_a_round_go_together(store: Store) -> None:
    """Sent or not; the questions themselves and another round's reminders stay."""
    sent = delivery("sent", subject=ReminderDue("r")).settled_as(State.SENT, MONDAY)
    others = [delivery("asked", subject=PulseDue("r")), delivery("next", subject=ReminderDue("s"))]
    async with store.unit_of_work() as work:
        await work.deliveries.add_all([sent, delivery("planned", subject=ReminderDue("r")), *others])
    async with store.unit_of_work() as work:
        await work.deliveries.forget_reminders("r")
    async with store.unit_of_work() as work:
        found = [await work.deliveries.get(key) for key in ("sent", "planned", "asked", "next")]
        assert found == [None, None, *others]
        assert await work.deliveries.unasked_since(SAM, after(-1)) == []
