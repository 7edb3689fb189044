"""What happens around a review: changes before it, reminders, and prompts that have had their time."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.contributions import Contribution, Stage, problems, tidy, tidy_line
from bot.domain.language import joined, say
from bot.domain.messages import Message, Note, Step
from bot.domain.people import Person, PersonId, Right
from bot.domain.review_commands import (
    EditPrompt,
    KeepNameBack,
    MendPrompt,
    RenewPrompt,
    RetirePrompt,
    ReviewCommand,
    ShowShared,
)
from bot.services import announcing, composing, curating, screening
from bot.services.ports import UnitOfWork, World
from bot.services.records import person_of

REVIEWS = Step(say("See what waits for review"), "reviews")
SHARE = Step(say("Share another"), "share_form")
KEEP_BACK = Step(say("Keep my name back"), "keep_name_back")


async def respond(world: World, person: PersonId, command: ReviewCommand) -> Message:
    """Carry out one command and say what came of it."""
    match command:
        case EditPrompt():
            return await edit(world, person, command)
        case RetirePrompt():
            return await retire(world, person, command.contribution_id)
        case RenewPrompt():
            return await renew(world, person, command.contribution_id)
        case ShowShared():
            return await show_mine(world, person)
        case MendPrompt():
            return await curating.mend(world, person, command.contribution_id)
        case KeepNameBack():
            return await keep_name_back(world, person)


async def edit(world: World, person_id: PersonId, command: EditPrompt) -> Message:
    """A reviewer's changes to somebody else's prompt, checked like a new one; the old words are kept.

    With a problem nothing is, and the card comes back with what was typed.
    """
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        found = await work.contributions.get(command.contribution_id)
        if found is None or found.stage is not Stage.SUBMITTED or not _may_decide(reviewer, found):
            return composing.gone("unknown_contribution")
        written = (tidy_line(command.title), tidy(command.prompt), tidy(command.check))
        problem: str = joined(*problems(*written))
        problem = problem or screening.problem(await screening.screen(work, *written))
        if problem:
            title, text, check = (one[: composing.SHOWN_AGAIN] for one in written)
            card = await curating.card(world, work, found)
            return replace(card, problem=problem, new_title=title, new_prompt=text, new_check=check)
        found = found.edited(*written, world.clock.now())
        await work.contributions.put(found)
        return await curating.card(world, work, found)


async def remind_due(world: World) -> int:
    """Tell the reviewers of what waits and of what has had its time; how many cards are new."""
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        planned = await announcing.tell_of_waiting(world, work, await work.contributions.submitted())
        approved = await work.contributions.approved()
        over = [one for one in approved if one.is_over(await work.votes.get(one.prompt_id), now)]
        planned += await announcing.tell_of_over(world, work, over)
    return planned


async def retire(world: World, person_id: PersonId, contribution_id: str) -> Message:
    """Take a shared prompt out of the library; what it was stays on record. Without an id: how to do so."""
    if not contribution_id:
        return _how_to_retire()
    done = await _end(world, person_id, contribution_id, Stage.RETIRED)
    if not done:
        return composing.gone("unknown_contribution")
    lines = [say("Nobody gets it as a tip any more. Thank you for looking.")]
    return Note(say("Retired"), lines, [REVIEWS, composing.TIP])


def _how_to_retire() -> Note:
    lines = [
        say("When a shared prompt stops working, or a year has passed, its reviewers get a card about it."),
        say("The button to retire it is on that card, beside one to keep it for another year."),
    ]
    return Note(say("Retiring a shared prompt"), lines, [curating.MINE, composing.TIP, composing.HELP])


async def renew(world: World, person_id: PersonId, contribution_id: str) -> Message:
    """Keep a shared prompt for another year."""
    done = await _end(world, person_id, contribution_id, Stage.APPROVED)
    if not done:
        return composing.gone("unknown_contribution")
    lines = [say("It stays in the library for another year. Thank you for looking.")]
    return Note(say("Kept"), lines, [REVIEWS, composing.TIP])


async def show_mine(world: World, person_id: PersonId) -> Message:
    """What somebody shared, where each prompt stands, and how it went for those who tried it."""
    async with world.store.unit_of_work() as work:
        mine = [c for c in await work.contributions.of(person_id) if c.author == person_id]
        lines = [await _in_words(work, one) for one in mine]
    back = [KEEP_BACK] if any(one.credit for one in mine) else []
    steps = [*_to_mend(mine), SHARE, *back, composing.TIP, composing.HELP]
    return Note(say("What you shared"), lines or [say("Nothing yet.")], steps)


def _to_mend(mine: Sequence[Contribution]) -> Sequence[Step]:
    """A way back to the words of what was declined last."""
    declined = [one for one in mine if one.stage is Stage.DECLINED]
    last = max(declined, key=lambda one: (one.decided or one.submitted, one.id), default=None)
    return [Step(say("Change “{title}”", title=last.title), "mend_prompt", last.id)] if last else []


async def keep_name_back(world: World, person_id: PersonId) -> Message:
    """Take back the yes to one's name going along; what other organisations have already is theirs."""
    async with world.store.unit_of_work() as work:
        for one in await work.contributions.of(person_id):
            if one.author == person_id and one.credit:
                await work.contributions.put(replace(one, credit=False))
    lines = [
        say("From now on your prompts go to other organisations without your name."),
        say("What they have already stays."),
    ]
    return Note(say("Your name stays here"), lines, [curating.MINE, SHARE, composing.HELP])


async def _end(world: World, person_id: PersonId, contribution_id: str, stage: Stage) -> bool:
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        found = await work.contributions.get(contribution_id)
        if found is None or not _may_decide(reviewer, found):
            return False
        votes = await work.votes.get(found.prompt_id)
        if not found.is_over(votes, now):
            return False
        await work.contributions.put(replace(found, stage=stage, decided=now, forgiven=votes.did_not_work))
    return True


def _may_decide(reviewer: Person, contribution: Contribution) -> bool:
    return reviewer.holds(Right.REVIEWER) and contribution.author != reviewer.id


async def _in_words(work: UnitOfWork, contribution: Contribution) -> str:
    title = contribution.title
    if contribution.is_in_library:
        told = await curating.told(work, contribution)
        return say("“{title}” is in the library: {told}", title=title, told=told)
    if contribution.stage is Stage.DECLINED:
        reason = contribution.reason
        return say("“{title}” needs a little more work: {reason}", title=title, reason=reason)
    if contribution.stage is Stage.RETIRED:
        return say("“{title}” has had its time and is retired. Thank you for it.", title=title)
    return say("“{title}” waits for somebody else to look at it.", title=title)
