"""A round closes: what is left is what may be seen, and nothing of who said what."""

from dataclasses import replace
from random import Random

import pytest

from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.outbox.subjects import DigestDue, ReminderDue
from bot.domain.rounds.pulses import Publication, Worked
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import GroupId, Licence, PersonId, RoleId
from bot.services.ports import World
from bot.services.rounds import closing, reminding, surveying
from bot.storage.memory import MemoryStore
from tests.fakes import Crash, PredictableChance, SettableClock
from tests.kept import everything, keep, open_for
from tests.rounds import MIXED, MONTH, OPENS, a_round, answered, answered_by
from tests.samples import BOOKING, MONDAY, OPEN_FOR, WARD, staff

LEAD = staff("Lea Sample", leads=frozenset({WARD}))
OTHER = GroupId("Booking sample")


class RealChance(PredictableChance):
    """Chance that moves counts, the same each time."""

    def __init__(self) -> None:
        super().__init__()
        self._random = Random(1)

    def fraction(self) -> float:
        return self._random.random()


class ForgetfulStore(MemoryStore):
    """A memory store that counts how often it made replaced values unreadable, after some crashes."""

    def __init__(self, crashes: int = 0) -> None:
        super().__init__()
        self.forgot = 0
        self._crashes = crashes

    async def forget(self) -> None:
        if self._crashes:
            self._crashes -= 1
            raise Crash
        self.forgot += 1


def published(world: World) -> dict[str, Publication]:
    """What was published of the round, by group."""
    kept = everything(world)["publications"].values()
    return {one.group: one for one in kept if isinstance(one, Publication)}


async def test_closing_leaves_totals_and_no_answers(world: World) -> None:
    """Team, site, organisation, role and licence; the answers and the secret are gone."""
    await answered(world, MIXED, listed=True)
    assert set(published(world)) == {
        f"team:{WARD}",
        "site:North site",
        "organisation:",
        "role:ward-clerk",
        "licence:chat",
    }
    rows = everything(world)
    assert rows["answers"] == {}
    (round_,) = rows["rounds"].values()
    assert b"s" * 32 not in repr(round_).encode()


async def test_roles_and_licences_are_asked_of_confidence_alone(world: World) -> None:
    """Least data: what is not shown by role is not kept by role."""
    said = [(value % 5 + 1, value % 3 + 1, 3, 2) for value in range(12)]
    await answered(world, said, a_round(turn="minutes_saved"), listed=True)
    found = published(world)
    assert [figure.question for figure in found["role:ward-clerk"].figures] == ["confidence"]
    assert len(found[f"team:{WARD}"].figures) >= 2


@pytest.mark.parametrize(("fixed", "later", "shown"), [(20, 5, False), (5, 20, True)])
async def test_a_threshold_is_fixed_when_the_round_opens(
    world: World, *, fixed: int, later: int, shown: bool
) -> None:
    """Whoever changes the setting while answers come in changes the next round."""
    await answered(world, MIXED, replace(a_round(), threshold=fixed), is_open=True)
    changed = replace(world, house=replace(world.house, threshold=later))
    await closing.close_due(replace(changed, clock=SettableClock(OPENS + OPEN_FOR)))
    assert (WHOLE.key in published(world)) is shown


async def test_totals_are_blurred(world: World) -> None:
    """With real chance the counts that are kept are not the ones that were counted."""
    await answered(replace(world, chance=RealChance()), MIXED)
    kept = [one.values for publication in (published(world)).values() for one in publication.figures]
    assert (3, 3, 2, 2, 2) not in kept
    assert all(figure.spread > 0 for p in (published(world)).values() for figure in p.figures)


async def test_a_small_team_is_hidden_with_the_next_smallest(world: World) -> None:
    """Else the site less the others would be the small one."""
    others = {GroupId(f"Team {n}"): [*MIXED, *MIXED[:n]] for n in range(3)}
    await answered(world, {WARD: MIXED[:4], **others})
    shown = {Group.of(key).name for key in published(world) if key.startswith("team:")}
    assert shown == {"Team 1", "Team 2"}


async def test_a_rate_is_rounded_and_of_those_on_the_roster(world: World) -> None:
    """Twelve of twenty are about sixty in a hundred; of a role nobody knows how many there are."""
    await keep(world, *(staff(f"Member {n}") for n in range(20)))
    await answered(world, MIXED)
    found = published(world)
    assert found[f"team:{WARD}"].rate == found["site:North site"].rate == found[WHOLE.key].rate == 60
    assert found["role:ward-clerk"].rate is None


async def test_a_site_has_a_rate_of_its_own(world: World) -> None:
    """Of the people listed there, in whichever team."""
    await keep(world, *(staff(f"Member {n}") for n in range(15)))
    await keep(world, *(staff(f"Booker {n}", team=OTHER) for n in range(15)))
    await keep(
        world, *(staff(f"Southerner {n}", team=GroupId("South"), site="South site") for n in range(10))
    )
    await answered(world, {WARD: MIXED, OTHER: MIXED})
    found = published(world)
    assert found["site:North site"].rate == 80
    assert found[WHOLE.key].rate == 60


async def test_a_team_on_two_sites_has_the_rate_of_the_site_where_it_counts(world: World) -> None:
    """All 27 answered. The 14 in the north are the team; the others count on their site only."""
    north = [staff(f"Northerner {n}") for n in range(14)]
    south = [staff(f"Southerner {n}", site="South site") for n in range(13)]
    await answered_by(world, [*north, *south])
    assert published(world)[f"team:{WARD}"].rate == 100


async def test_a_role_that_is_called_otherwise_by_now_is_not_shown(world: World) -> None:
    """The ward less its clerks would be two, and the new staff list does not say who they are."""
    clerks = [staff(f"Clerk {n}") for n in range(11)]
    others = [staff(f"Booker {n}", role=BOOKING) for n in range(2)]
    elsewhere = [
        staff(f"Booker elsewhere {n}", role=BOOKING, site="South site", team=GroupId("Booking sample"))
        for n in range(20)
    ]
    round_ = a_round()
    await answered_by(world, [*clerks, *others, *elsewhere], is_open=True)
    async with world.store.unit_of_work() as work:
        for one in clerks:
            assert one.roster
            await work.people.put(replace(one, roster=replace(one.roster, role=RoleId("administrator"))))
    await closing.close_due(replace(world, clock=SettableClock(round_.closes)))
    assert f"team:{WARD}" in published(world)
    assert not [key for key in published(world) if key.startswith("role:")]


async def test_no_licence_is_what_is_left_of_all(world: World) -> None:
    """Seven people without a licence would be everybody less the two licences that are shown."""
    people = {Licence.COPILOT: 20, Licence.CHAT: 15, Licence.NOTHING: 7}
    members = [staff(f"{one} {n}", licence=one) for one, number in people.items() for n in range(number)]
    await answered_by(world, members)
    assert {key for key in published(world) if key.startswith("licence:")} == {"licence:copilot"}


async def test_a_role_that_is_a_site_but_for_a_few_gives_way(world: World) -> None:
    """The site of 15 less its 12 clerks, who are nowhere else, would be three people."""
    clerks = [staff(f"Clerk {n}", site="South site", team=OTHER) for n in range(12)]
    few = [staff(f"Booker {n}", site="South site", team=OTHER, role=BOOKING) for n in range(3)]
    many = [staff(f"Other {n}", role=BOOKING) for n in range(20)]
    await answered_by(world, [*clerks, *few, *many])
    assert "site:South site" in published(world)
    assert "role:ward-clerk" not in published(world)


async def test_nobody_answered(world: World) -> None:
    """Said of the organisation, with no figures; one answer is not nobody."""
    await answered(world, [])
    assert published(world) == {WHOLE.key: Publication("2026-11-02", WHOLE.key, ())}


async def test_one_answer_is_too_few_and_not_nobody(world: World) -> None:
    """Nothing is published, not even that there was one."""
    await answered(world, MIXED[:1])
    assert published(world) == {}


async def test_prompts_that_worked_for_enough_people_are_named(world: World) -> None:
    """With the organisation, rounded; one that worked for nine is not."""
    for number in range(16):
        person = PersonId(f"person-{number}")
        await keep(world, Experience(person, PromptId("good"), MONDAY, Outcome.WORKED))
        outcome = Outcome.WORKED if number < 9 else Outcome.DID_NOT_WORK
        await keep(world, Experience(person, PromptId("fair"), MONDAY, outcome))
    await answered(world, MIXED)
    assert (published(world))[WHOLE.key].worked == (Worked("good", 15),)
    assert (published(world))[f"team:{WARD}"].worked == ()


@pytest.mark.parametrize("number", [9, 10, 14])
async def test_a_prompt_that_worked_for_just_enough_is_not_named(world: World, number: int) -> None:
    """That it is named would say that it worked for the tenth, to whoever knows the nine."""
    for one in range(number):
        await keep(world, Experience(PersonId(f"person-{one}"), PromptId("good"), MONDAY, Outcome.WORKED))
    await answered(world, MIXED)
    assert published(world)[WHOLE.key].worked == ()


async def test_leads_of_groups_that_are_shown_get_a_digest(world: World) -> None:
    """One each, in their hours, under the cap; leads of hidden groups have nothing to read."""
    other = staff("Lou Sample", team=OTHER, leads=frozenset({OTHER}))
    stopped = replace(LEAD, id=PersonId("gone"), reference=None)
    await keep(world, LEAD, other, stopped)
    await answered(world, MIXED)
    (digest,) = await open_for(world, LEAD.id)
    assert digest.subject == DigestDue("2026-11-02", f"team:{WARD}")
    assert digest.unasked
    assert LEAD.preferences.rhythm.allows(digest.due)
    assert await open_for(world, other.id) == await open_for(world, stopped.id) == []


async def test_closing_happens_once_and_for_good(world: World, clock: SettableClock) -> None:
    """Not before its time; then without its secret, and the store is told to make it unreadable."""
    store = ForgetfulStore()
    world = replace(world, store=store)
    await answered(world, MIXED, is_open=True)
    clock.at = OPENS + OPEN_FOR - MONTH
    assert await closing.close_due(world) == 0
    assert store.forgot == 0
    clock.at = OPENS + OPEN_FOR
    assert await closing.close_due(world) == 1
    before = everything(world)
    assert await closing.close_due(world) == 0
    assert store.forgot == 1
    assert everything(world) == before


async def test_a_round_that_a_backup_closed_is_published_in_its_time(
    world: World, clock: SettableClock
) -> None:
    """It came back without its secret, but with its answers."""
    round_ = await answered(world, MIXED, is_open=True)
    await keep(world, replace(round_.closed(), sealed=True))
    clock.at = OPENS
    assert await closing.close_due(world) == 0
    clock.at = OPENS + OPEN_FOR
    assert await closing.close_due(world) == 1
    assert WHOLE.key in published(world)
    assert everything(world)["answers"] == {}


async def test_a_crash_while_closing_still_ends_in_forgetting(world: World, clock: SettableClock) -> None:
    """Where the process ends between the close and the forgetting, the next tick makes up for it."""
    store = ForgetfulStore(crashes=1)
    world = replace(world, store=store)
    await answered(world, MIXED, is_open=True)
    clock.at = OPENS + OPEN_FOR
    with pytest.raises(Crash):
        await closing.close_due(world)
    assert not everything(world)["answers"]
    await closing.close_due(world)
    await closing.close_due(world)
    assert store.forgot == 1


async def test_reminders_go_with_their_round(world: World, clock: SettableClock) -> None:
    """Who had one had not answered; after the close nobody can look that up."""
    await keep(world, staff())
    clock.at = world.house.calendar.closes(OPENS) + MONTH
    round_ = await surveying.open_due(replace(world, clock=SettableClock(OPENS + MONTH)))
    assert round_ is not None
    assert round_.reminds is not None
    await reminding.remind_due(replace(world, clock=SettableClock(round_.reminds)))
    assert ReminderDue(round_.id) in [d.subject for d in await open_for(world, staff().id)]
    await closing.close_due(world)
    assert "reminder" not in repr(everything(world)["deliveries"])
    assert Level.TEAM not in repr(everything(world)["deliveries"])
