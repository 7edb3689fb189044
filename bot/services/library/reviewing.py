"""Reviewing what colleagues share: what waits, a yes or a reasoned no, changes, and the card for all that."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.commands.sharing import ApprovePrompt, DeclinePrompt, EditPrompt
from bot.domain.library.contributions import (
    LONGEST_REASON,
    Contribution,
    Origin,
    Stage,
    problems,
    tidy,
    tidy_line,
)
from bot.domain.library.experiences import Experience
from bot.domain.library.likeness import closest
from bot.domain.messages import Message, Note, ReviewRequest
from bot.domain.outbox.delivery import Delivery
from bot.domain.outbox.subjects import OutcomeDue
from bot.domain.staff.people import PersonId, Right
from bot.domain.text.language import joined, say
from bot.domain.text.wording import whole_day
from bot.services import composing, screening
from bot.services.library import renewing
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts, person_of

OUTCOME_EXPIRES = timedelta(days=14)


async def show_reviews(world: World, person_id: PersonId, after: str = "") -> Message:
    """The oldest prompt that waits for somebody who may review, or the one after another; never their own."""
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        waiting = [c for c in await work.contributions.submitted() if c.author != person_id]
        if not reviewer.holds(Right.REVIEWER):
            return composing.declined(
                say("Reviewing is not switched on for you"),
                say("Reviewers are named on the staff list."),
                refused="no_reviewer",
            )
        if not waiting:
            return composing.declined(say("Nothing waits for review"), say("Thank you for looking."))
        if [one.id for one in waiting] == [after]:
            lines = say("The one that you looked at still waits."), say("Thank you for looking.")
            return Note(
                say("Nothing else waits for review"),
                lines,
                [composing.REVIEWS, composing.TIP, composing.HELP],
            )
        return await card(world, work, _following(waiting, after))


def _following(waiting: Sequence[Contribution], after: str) -> Contribution:
    """The one that follows; the first after the last, or where `after` waits no longer."""
    ids = [one.id for one in waiting]
    return waiting[(ids.index(after) + 1) % len(ids)] if after in ids else waiting[0]


async def request(world: World, work: UnitOfWork, contribution_id: str) -> Message | None:
    """The review card of a contribution that still waits; once it was decided, of one that came with it.

    None where there is none.
    """
    contribution = await work.contributions.get(contribution_id)
    if contribution is None:
        return None
    votes = await work.votes.get(contribution.prompt_id)
    if contribution.is_over(votes, world.clock.now()):
        return renewing.over(contribution, votes)
    if contribution.stage is Stage.SUBMITTED:
        return await card(world, work, contribution)
    rest = [one for one in await work.contributions.submitted() if one.came_with(contribution)]
    return await card(world, work, rest[0]) if rest else None


async def approve(world: World, person_id: PersonId, command: ApprovePrompt) -> Message:
    """Let somebody else's prompt into the library: from now on the drip may choose it."""
    return await _decide(world, person_id, command, Stage.APPROVED)


async def decline(world: World, person_id: PersonId, command: DeclinePrompt) -> Message:
    """Keep a prompt out, with a reason that its author will read; the card again where that has a fault."""
    return await _decide(world, person_id, command, Stage.DECLINED)


async def _decide(
    world: World, person_id: PersonId, command: ApprovePrompt | DeclinePrompt, stage: Stage
) -> Message:
    now = world.clock.now()
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        contribution = await work.contributions.get(command.contribution_id)
        if contribution is None or not reviewer.holds(Right.REVIEWER):
            return composing.gone("unknown_contribution")
        if contribution.author == person_id:
            return composing.declined(
                say("This one is yours"),
                say("Somebody else has to look at it. Two pairs of eyes see more."),
                refused="own_contribution",
            )
        if contribution.stage is not Stage.SUBMITTED:
            return composing.declined(
                say("Already decided"),
                say("This one has had its review. Thank you for looking."),
                refused="already_decided",
            )
        reason = command.reason.strip() if isinstance(command, DeclinePrompt) else ""
        if problem := await _undecided(work, contribution, command):
            again = await card(world, work, contribution)
            return replace(again, problem=problem, reason=reason[: composing.SHOWN_AGAIN])
        await _settle(work, contribution.reviewed(stage, person_id, now, reason), now)
    done = say("Approved") if stage is Stage.APPROVED else say("Declined")
    lines = [say("Its author will hear from us. Thank you for reviewing.")]
    return Note(done, lines, [composing.REVIEWS, composing.TIP])


async def _undecided(
    work: UnitOfWork, contribution: Contribution, command: ApprovePrompt | DeclinePrompt
) -> str:
    """What is to be mended first: a reason, or a yes to words that were changed meanwhile."""
    if isinstance(command, DeclinePrompt):
        return await _unkind(work, command.reason.strip())
    if command.version != contribution.version:
        return say("A reviewer has changed it meanwhile. Please look again.")
    return ""


async def _unkind(work: UnitOfWork, reason: str) -> str:
    """What keeps a reason from its author: that there is none, its length, or a person in it."""
    if not reason:
        return say("Please give a reason, so that the author can mend it.")
    if len(reason) > LONGEST_REASON:
        most, number = LONGEST_REASON, len(reason)
        return say(
            "Please give the reason in up to {most} characters; it has {number}.", most=most, number=number
        )
    return screening.problem(await screening.screen(work, reason))


async def _settle(work: UnitOfWork, reviewed: Contribution, now: datetime) -> None:
    """Keep a review and plan to tell the author, who never gets their own prompt as a new tip."""
    await work.contributions.put(reviewed)
    if reviewed.stage is Stage.APPROVED and reviewed.origin:
        await retire_replaced(work, reviewed, await work.contributions.approved(), now)
    if reviewed.author is None:
        return
    key, subject = f"outcome:{reviewed.id}:{reviewed.author}", OutcomeDue(reviewed.id)
    expires = now + OUTCOME_EXPIRES
    await work.deliveries.add(Delivery(key, reviewed.author, subject, now, expires, unasked=False))
    if reviewed.stage is Stage.APPROVED:
        await work.experiences.put(Experience(reviewed.author, reviewed.as_prompt().id, now))


async def retire_replaced(
    work: UnitOfWork, newer: Contribution, others: Sequence[Contribution], now: datetime
) -> None:
    """Take older versions of another organisation's prompt out of use."""
    for older in others:
        if newer.replaces(older):
            await work.contributions.put(replace(older, stage=Stage.RETIRED, decided=now))


async def edit(world: World, person_id: PersonId, command: EditPrompt) -> Message:
    """A reviewer's changes to somebody else's prompt, checked like a new one; the old words are kept.

    With a problem nothing is, and the card comes back with what was typed.
    """
    async with world.store.unit_of_work() as work:
        reviewer = await person_of(work, person_id)
        found = await work.contributions.get(command.contribution_id)
        if found is None or found.stage is not Stage.SUBMITTED or not found.may_be_reviewed_by(reviewer):
            return composing.gone("unknown_contribution")
        written = (tidy_line(command.title), tidy(command.prompt), tidy(command.check))
        problem: str = joined(*problems(*written))
        problem = problem or screening.problem(await screening.screen(work, *written))
        if problem:
            title, text, check = (one[: composing.SHOWN_AGAIN] for one in written)
            again = await card(world, work, found)
            return replace(again, problem=problem, new_title=title, new_prompt=text, new_check=check)
        found = found.edited(*written, world.clock.now())
        await work.contributions.put(found)
        return await card(world, work, found)


async def card(world: World, work: UnitOfWork, contribution: Contribution) -> ReviewRequest:
    """The review card, with what the service itself has found."""
    author = await work.people.get(contribution.author) if contribution.author else None
    return ReviewRequest(
        contribution_id=contribution.id,
        author=contribution.origin.credit
        if contribution.origin
        else (author and author.name) or say("a colleague"),
        title=contribution.title,
        prompt=contribution.text,
        roles=composing.role_name(world.library, contribution.role),
        check=contribution.check,
        data=contribution.data,
        new_title=contribution.title,
        new_prompt=contribution.text,
        new_check=contribution.check,
        version=contribution.version,
        checks=await _checks(world, work, contribution),
    )


async def _checks(world: World, work: UnitOfWork, contribution: Contribution) -> Sequence[str]:
    """What was looked for in the text as it is now, and what was found."""
    written = (contribution.title, contribution.text, contribution.check)
    found = screening.problem(await screening.screen(work, *written))
    alike = closest(contribution.text, await all_prompts(world.library, work))
    like = (
        say("It is much like “{title}” in the library.", title=alike.title)
        if alike
        else say("The library has nothing like it.")
    )
    changed = [say("A reviewer has changed its words.")] if contribution.versions else []
    travelled = [_provenance(contribution.origin)] if contribution.origin else []
    return [*travelled, found or say("I found nothing in it that points to a person."), like, *changed]


def _provenance(origin: Origin) -> str:
    return say(
        "Approved at {organisation} on {day} by: {approved_by}. Licence: {licence}.",
        organisation=origin.organisation,
        day=whole_day(origin.approved.date()),
        approved_by=origin.approved_by,
        licence=origin.licence,
    )
