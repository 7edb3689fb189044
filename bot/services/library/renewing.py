"""Shared prompts that have had their time, or stopped working: kept for another year, or retired."""

from dataclasses import replace

from bot.domain.library.contributions import Contribution, Stage
from bot.domain.library.experiences import Votes
from bot.domain.messages import Message, Note, Step
from bot.domain.staff.people import PersonId
from bot.domain.text.language import joined, say
from bot.services import composing
from bot.services.library import sharing
from bot.services.ports import World
from bot.services.records import person_of


def over(contribution: Contribution, votes: Votes) -> Note:
    """The reviewers' card for a prompt that has had its time or stopped working."""
    lines = [
        joined(
            say("“{title}” has been in the library for a while.", title=contribution.title),
            sharing.counts(votes),
        ),
        say("The prompt: {prompt}", prompt=contribution.text),
        say("How to check it: {check}", check=contribution.check),
    ]
    steps = [
        Step(say("Keep it another year"), "renew_prompt", contribution.id),
        Step(say("Retire it"), "retire_prompt", contribution.id),
    ]
    return Note(say("Is this prompt still good?"), lines, [*steps, composing.HELP])


async def retire(world: World, person_id: PersonId, contribution_id: str) -> Message:
    """Take a shared prompt out of the library; what it was stays on record. Without an id: how to do so."""
    if not contribution_id:
        return _how_to_retire()
    done = await _end(world, person_id, contribution_id, Stage.RETIRED)
    if not done:
        return composing.gone("unknown_contribution")
    lines = [say("Nobody gets it as a tip any more. Thank you for looking.")]
    return Note(say("Retired"), lines, [composing.REVIEWS, composing.TIP])


def _how_to_retire() -> Note:
    lines = [
        say("When a shared prompt stops working, or a year has passed, its reviewers get a card about it."),
        say("The button to retire it is on that card, beside one to keep it for another year."),
    ]
    return Note(say("Retiring a shared prompt"), lines, [composing.MINE, composing.TIP, composing.HELP])


async def renew(world: World, person_id: PersonId, contribution_id: str) -> Message:
    """Keep a shared prompt for another year."""
    done = await _end(world, person_id, contribution_id, Stage.APPROVED)
    if not done:
        return composing.gone("unknown_contribution")
    lines = [say("It stays in the library for another year. Thank you for looking.")]
    return Note(say("Kept"), lines, [composing.REVIEWS, composing.TIP])


async def _end(world: World, person_id: PersonId, contribution_id: str, stage: Stage) -> bool:
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        found = await work.contributions.get(contribution_id)
        if found is None or not found.may_be_reviewed_by(reviewer):
            return False
        votes = await work.votes.get(found.prompt_id)
        if not found.is_over(votes, now):
            return False
        await work.contributions.put(replace(found, stage=stage, decided=now, forgiven=votes.did_not_work))
    return True
