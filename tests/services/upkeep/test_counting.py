"""Who does not have the app: for administrators, and on record."""

from dataclasses import replace

from bot.domain.audit import Act
from bot.domain.commands.leads import ShowInstalls
from bot.domain.messages import Note
from bot.domain.staff.people import Right
from bot.services import conversing
from bot.services.ports import World
from bot.services.upkeep import counting
from tests.kept import keep
from tests.samples import MONDAY, staff

ADA = staff("Ada Sample", rights=frozenset({Right.ADMINISTRATOR}))
UNMET = [replace(staff(f"Uma Sample {n:02}", site="South site"), reference=None) for n in range(25)]


async def asked(world: World, after: str = "") -> Note:
    """The card."""
    card = await conversing.respond(world, ADA.id, ShowInstalls(after))
    assert isinstance(card, Note)
    return card


async def test_counted_and_listed(world: World) -> None:
    """How many, where, and who; the rest is one press away."""
    await keep(world, ADA, *UNMET)
    card = await asked(world)
    assert card.lines[0].startswith("On the staff list: 26. Without the app: 25.")
    assert card.lines[1] == "Where most of them are: South site: 25 of 25."
    assert card.lines[2] == "Uma Sample 00, Ward 4 sample, South site"
    more = card.steps[0]
    assert (more.verb, len(card.lines)) == ("installs", 2 + counting.SHOWN)
    rest = await asked(world, more.subject)
    assert [line.split(",")[0] for line in rest.lines[2:]] == [f"Uma Sample {n}" for n in range(20, 25)]
    assert "installs" not in [step.verb for step in rest.steps]


async def test_everybody_has_it(world: World) -> None:
    """Then there is nobody to list."""
    await keep(world, ADA)
    assert (await asked(world)).lines == ["Everybody on the staff list has the app: 1 person."]


async def test_as_an_object(world: World) -> None:
    """With everybody, and what an administrator needs to find them; no more."""
    await keep(world, ADA, *UNMET)
    found = await counting.without_app(world, "operator:sample")
    assert (found["listed"], found["without"]) == (26, 25)
    assert found["sites"] == {
        "North site": {"listed": 1, "without": 0},
        "South site": {"listed": 25, "without": 25},
    }
    people = found["people"]
    assert isinstance(people, list)
    assert len(people) == 25
    assert list(people[0]) == ["id", "name", "upn", "site", "team"]


async def test_looking_leaves_a_record(world: World) -> None:
    """As every use of an administrator's right does."""
    await keep(world, ADA)
    await asked(world)
    await counting.without_app(world, "operator:sample")
    async with world.store.unit_of_work() as work:
        records = await work.audit.since(MONDAY)
    assert [(one.act, one.who) for one in records] == [
        (Act.INSTALLS_READ, ADA.id),
        (Act.INSTALLS_READ, "operator:sample"),
    ]
