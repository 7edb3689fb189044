"""What the champions cover, for administrators: a card, and an object for the command line."""

from dataclasses import asdict

from bot.domain.audit import Act
from bot.domain.champions import MONTH
from bot.domain.coverage import Coverage, cover, since
from bot.domain.language import joined, say
from bot.domain.messages import Message, Note, Step
from bot.domain.people import PersonId, Right
from bot.domain.wording import listed, plain
from bot.services import auditing, championing, composing, matching
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

LISTED = 12
"""Roles or sites in one sentence."""


async def show(world: World, person_id: PersonId) -> Message:
    """The card, for administrators; a kind word for others. Either leaves a record."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        if not person.holds(Right.ADMINISTRATOR):
            await auditing.add(world, work, person_id, Act.COVERAGE_REFUSED)
            return composing.declined(
                say("That is for administrators"),
                say("Type champions to see who can help."),
                refused="no_administrator",
            )
        await auditing.add(world, work, person_id, Act.COVERAGE_READ)
        found = await _coverage(world, work)
        wish = await championing.one_wish(world, work)
    steps = [Step(say("All champions"), "champions"), composing.HELP]
    lines = _lines(world, found)
    if wish is not None:
        lines, steps = [*wish.lines, *lines], [*wish.steps[:-1], *steps]
    return Note(say("What the champions cover"), lines, steps)


async def coverage(world: World, who: str) -> dict[str, object]:
    """The same as a JSON object, for whoever asks at the command line, on record."""
    async with world.store.unit_of_work() as work:
        await auditing.add(world, work, who, Act.COVERAGE_READ)
        return asdict(await _coverage(world, work))


async def _coverage(world: World, work: UnitOfWork) -> Coverage:
    now = world.clock.now()
    roll = await matching.call(world, work, PersonId(""))
    requests = since(await work.help_requests.changed_since(now - MONTH), now - MONTH)
    return cover(roll.profiles.values(), await work.people.places(), roll.loads, requests)


def _lines(world: World, found: Coverage) -> list[str]:
    roles = [composing.role_name(world.library, role) for role in found.roles_without]
    wait = found.median_wait
    return [
        say(
            "Champions: {champions}. They offer {places} requests a week; {taken} are taken.",
            champions=found.champions,
            places=found.places,
            taken=found.taken,
        ),
        say("Roles without a champion: {roles}.", roles=_some(roles)),
        say("Sites without a champion: {sites}.", sites=_some(list(found.sites_without))),
        joined(
            say(
                "Requests in four weeks: {requests}. Reached a champion: {reached}.",
                requests=found.requests,
                reached=found.reached,
            ),
            "" if wait is None else say("Half of them within {hours} hours.", hours=plain(wait)),
        ),
        say("Nobody could help: {number}.", number=found.unanswered),
    ]


def _some(names: list[str]) -> str:
    more = [say("{number} more", number=len(names) - LISTED)] if len(names) > LISTED else []
    return listed([*names[:LISTED], *more]) or say("none")
