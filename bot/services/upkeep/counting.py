"""People of the staff list who do not have the app: counted and listed for administrators, on record."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.domain.audit import Act
from bot.domain.commands.leads import ShowInstalls
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import PersonId, RosterEntry
from bot.domain.text.language import joined, say, say_count
from bot.services import auditing, composing
from bot.services.ports import UnitOfWork, World

SHOWN = 20
"""People on one card."""

SITES = 6
"""Sites on one card: those where most people have no app."""

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class WithoutApp:
    """Somebody of the staff list without the app, as an administrator looks for them there."""

    id: PersonId
    name: str
    upn: str
    site: str
    team: str


async def show(world: World, person_id: PersonId, command: ShowInstalls) -> Message:
    """The card, for administrators; a kind word for others. Either leaves a record."""
    async with world.store.unit_of_work() as work:
        if not await auditing.may_look(world, work, person_id, Act.INSTALLS_READ, Act.INSTALLS_REFUSED):
            return auditing.for_administrators(say("Type help to see what works for you."))
        sites = await work.people.sites()
        found = await work.people.without_app(command.after, SHOWN + 1)
    more = [Step(say("More"), "installs", found[SHOWN - 1].id)] if len(found) > SHOWN else []
    lines = [*_counts(sites), *(_line(entry) for entry in found[:SHOWN])]
    steps = [*more, Step(say("Who used which right"), "audit"), composing.HELP]
    return Note(say("People without the app"), lines, steps)


async def without_app(world: World, who: str) -> dict[str, object]:
    """The same as a JSON object with everybody, for whoever asks at the command line, on record."""
    async with world.store.unit_of_work() as work:
        await auditing.add(world, work, who, Act.INSTALLS_READ)
        sites = await work.people.sites()
        people = [asdict(_reduced(entry)) for entry in await _everybody(work)]
    counted = {site: {"listed": listed, "without": without} for site, (listed, without) in sites.items()}
    return {"listed": _sum(sites, 0), "without": _sum(sites, 1), "sites": counted, "people": people}


async def _everybody(work: UnitOfWork) -> Sequence[RosterEntry]:
    found: list[RosterEntry] = []
    while batch := await work.people.without_app(found[-1].id if found else "", BATCH):
        found.extend(batch)
    return found


def _counts(sites: Mapping[str, tuple[int, int]]) -> Sequence[str]:
    listed, without = _sum(sites, 0), _sum(sites, 1)
    if not listed:
        return [say("The staff list is empty. Load one with steady-drip people import.")]
    if not without:
        return [
            say_count(
                "Everybody on the staff list has the app: {count} person.",
                "Everybody on the staff list has the app: {count} people.",
                listed,
            )
        ]
    most = sorted(sites.items(), key=lambda one: (-one[1][1], one[0]))[:SITES]
    told = [
        say("{site}: {without} of {listed}", site=site, without=lacking, listed=all_)
        for site, (all_, lacking) in most
        if lacking
    ]
    return [
        say(
            "On the staff list: {listed}. Without the app: {without}. "
            "They get nothing until it is installed.",
            listed=listed,
            without=without,
        ),
        say("Where most of them are: {sites}.", sites=joined(*told, by="; ")),
    ]


def _sum(sites: Mapping[str, tuple[int, int]], which: int) -> int:
    return sum(counts[which] for counts in sites.values())


def _line(entry: RosterEntry) -> str:
    return f"{entry.name}, {entry.team}, {entry.site}"


def _reduced(entry: RosterEntry) -> WithoutApp:
    return WithoutApp(entry.id, entry.name, entry.upn, entry.site, entry.team)
