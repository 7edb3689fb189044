"""Approved prompts for other organisations, and theirs for us: out by a command, in through a review."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.domain.audit import Act
from bot.domain.library.bundles import (
    MOST_PROMPTS,
    Bundle,
    BundledPrompt,
    News,
    bundled,
    may_leave,
    news,
    received,
)
from bot.domain.library.contributions import Contribution, problems
from bot.domain.staff.people import Person
from bot.domain.text.identifiers import find
from bot.errors import Problems
from bot.services import auditing, composing, screening
from bot.services.library import announcing, reviewing
from bot.services.ports import UnitOfWork, World


@dataclass(frozen=True, slots=True)
class Packed:
    """What goes, and a line for each prompt that stays behind."""

    bundle: Bundle
    left_out: Sequence[str]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One prompt of a bundle, and what it is to us."""

    contribution: Contribution
    news: News


async def pack(world: World, who: str, licence: str, only: Collection[str] = ()) -> Packed:
    """The prompts approved here, or those with the ids of `only`, ready to be signed; on record.

    Every one is looked at again for what points to a person: the staff list may have changed since.
    Raises Problems where there is none to send, too many for one file, or an id that cannot be sent.
    """
    async with world.store.unit_of_work() as work:
        ours = [one for one in await work.contributions.approved() if may_leave(one)]
        chosen = _chosen(ours, only)
        clean, left_out = await _clean(work, chosen)
        if not clean:
            raise Problems([*left_out, "There is no approved prompt to send; nothing was written."])
        prompts = [await _bundled(world, work, one, licence) for one in clean]
        await auditing.add(world, work, who, Act.PROMPTS_BUNDLED)
    return Packed(Bundle(world.house.organisation, world.clock.now(), tuple(prompts)), left_out)


async def look(world: World, bundle: Bundle, key: str) -> tuple[Sequence[Arrival], Sequence[str]]:
    """What a bundle's prompts are to us, and a line for each that cannot be taken in. Changes nothing."""
    async with world.store.unit_of_work() as work:
        return await _looked_at(world, work, bundle, key)


async def receive(
    world: World, who: str, bundle: Bundle, key: str, *, skip_invalid: bool = False
) -> tuple[Sequence[Arrival], Sequence[str]]:
    """Put what is new or changed into review, never straight into the library; on record where there is any.

    `key` names the key whose signature was checked. Returns what `look` returns. With a prompt that cannot be
    taken in nothing is, unless `skip_invalid` leaves those out: then it raises Problems.
    """
    async with world.store.unit_of_work() as work:
        arrivals, wrong = await _looked_at(world, work, bundle, key)
        if wrong and not skip_invalid:
            raise Problems([*wrong, "Nothing was taken in. --skip-invalid takes in the others."])
        fresh = [one.contribution for one in arrivals if one.news is not News.KNOWN]
        if fresh:
            await _keep(world, work, fresh)
            await auditing.add(world, work, who, Act.PROMPTS_RECEIVED)
    return arrivals, wrong


async def _keep(world: World, work: UnitOfWork, fresh: Sequence[Contribution]) -> None:
    """Let them wait for a review, in the place of older versions that wait; reviewers hear of the first."""
    waiting = await work.contributions.submitted()
    for one in fresh:
        await reviewing.retire_replaced(work, one, waiting, world.clock.now())
        await work.contributions.put(one)
    await announcing.tell_of_waiting(world, work, fresh)


async def _looked_at(
    world: World, work: UnitOfWork, bundle: Bundle, key: str
) -> tuple[Sequence[Arrival], Sequence[str]]:
    now = world.clock.now()
    here = [*await work.contributions.submitted(), *await work.contributions.approved()]
    arrivals: list[Arrival] = []
    wrong: list[str] = []
    for prompt in bundle.prompts:
        if faults := await _faults(world, work, bundle, prompt):
            wrong.extend(f"“{prompt.title}” ({prompt.id}): {fault}" for fault in faults)
            continue
        arrived = received(bundle, prompt, key, now)
        same = await work.contributions.get(arrived.id)
        arrivals.append(Arrival(arrived, news(arrived, same, here)))
    return arrivals, wrong


async def _faults(world: World, work: UnitOfWork, bundle: Bundle, prompt: BundledPrompt) -> Sequence[str]:
    """Why a prompt cannot be taken in, held to what is asked of our own; empty where it can."""
    faults = list(problems(prompt.title, prompt.text, prompt.check))
    if prompt.role not in world.library.roles:
        faults.append("its role is not in our library; add the role to roles.yaml, or ask for another file")
    found = list(await screening.screen(work, prompt.title, prompt.text, prompt.check))
    for said in (bundle.organisation, prompt.author, prompt.approved_by, prompt.licence):
        found.extend(find(said))
    return [*faults, screening.problem(found)] if found else faults


async def _clean(
    work: UnitOfWork, chosen: Sequence[Contribution]
) -> tuple[Sequence[Contribution], Sequence[str]]:
    clean, left_out = [], []
    for one in chosen:
        problem = screening.problem(await screening.screen(work, one.title, one.text, one.check))
        if problem:
            left_out.append(f"{one.id}: {problem}")
        else:
            clean.append(one)
    return clean, left_out


def _chosen(ours: Sequence[Contribution], only: Collection[str]) -> Sequence[Contribution]:
    strangers = sorted(set(only) - {one.id for one in ours})
    if strangers:
        mend = "is no prompt that was shared and approved here; leave it out"
        raise Problems([f"--only {one}: {mend}" for one in strangers])
    chosen = [one for one in ours if not only or one.id in only]
    if len(chosen) > MOST_PROMPTS:
        raise Problems(
            [f"{len(chosen)} prompts are too many for one file; choose up to {MOST_PROMPTS} with --only"]
        )
    return chosen


async def _bundled(world: World, work: UnitOfWork, one: Contribution, licence: str) -> BundledPrompt:
    author = await work.people.get(one.author) if one.author and one.credit else None
    reviewer = await work.people.get(one.reviewer) if one.reviewer else None
    return bundled(one, (author and author.name) or "", _office(world, reviewer), licence)


def _office(world: World, reviewer: Person | None) -> str:
    """What a reviewer does, without their name: that is nobody's business elsewhere."""
    if reviewer is None or reviewer.role is None:
        return "a reviewer"
    return f"a reviewer ({composing.role_name(world.library, reviewer.role)})"
