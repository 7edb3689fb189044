"""Prompts that colleagues share: handed in, reviewed by somebody else, and then part of the drip."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.contributions import LONGEST_REASON, Contribution, Origin, Stage, problems, tidy, tidy_line
from bot.domain.delivery import Delivery
from bot.domain.experiences import Experience, Votes
from bot.domain.language import joined, say
from bot.domain.likeness import closest
from bot.domain.messages import Message, Note, ReviewRequest, ShareForm, Step
from bot.domain.people import PersonId, Right
from bot.domain.review_commands import ApprovePrompt, DeclinePrompt, SharePrompt
from bot.domain.subjects import OutcomeDue
from bot.domain.wording import capitalised, plain, whole_day
from bot.services import announcing, championing, composing, screening
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts, person_of

A_FEW = 5
"""Counts below this are told as "a few": who tried it must not be guessed."""

OUTCOME_EXPIRES = timedelta(days=14)

SHARE = Step(say("Share another"), "share_form")
MINE = Step(say("What I shared"), "shared")
REVIEWS = Step(say("See what waits for review"), "reviews")


async def show_form(world: World, person_id: PersonId, prompt: str = "") -> Message:
    """The form, for champions, with words that stand in it already; a kind word for others."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        may = await championing.is_one(work, person)
    if not may:
        return _only_champions()
    return ShareForm(composing.role_options(world.library), role=person.role or "", prompt=prompt)


async def mend(world: World, person_id: PersonId, contribution_id: str) -> Message:
    """The form with the words of an own prompt that was declined, so that nobody types them twice."""
    async with world.store.unit_of_work() as work:
        person = await person_of(work, person_id)
        found = await work.contributions.get(contribution_id)
        if found is None or found.author != person_id or found.stage is not Stage.DECLINED:
            return composing.gone("unknown_contribution")
        if not await championing.is_one(work, person):
            return _only_champions()
    words = SharePrompt(found.title, found.text, found.role, found.check, found.data, credit=found.credit)
    return form_again(world, words, "")


async def submit(world: World, person_id: PersonId, command: SharePrompt) -> Message:
    """Keep a champion's prompt for review and plan to tell the reviewers; with a problem, the form again.

    Nothing is kept of a text in which something points to a person, nor at first of one that the library
    has in nearly the same words.
    """
    if command.role not in world.library.roles:
        return composing.gone("unknown_role")
    command = _tidied(command)
    async with world.store.unit_of_work() as work:
        author = await person_of(work, person_id)
        if not await championing.is_one(work, author):
            return _only_champions()
        again = await _to_mend(world, work, command)
        if again is not None:
            return again
        contribution = contribution_of(world, person_id, command)
        if not await _waits_already(work, contribution):
            await work.contributions.put(contribution)
            await announcing.tell_of_waiting(world, work, [contribution])
    lines = [say("Somebody else looks at it before it is passed on. You will hear what they say.")]
    return Note(say("Thank you for sharing"), lines, [SHARE, MINE, composing.TIP])


def _tidied(command: SharePrompt) -> SharePrompt:
    """The words as they would be kept: what is looked at is what is stored."""
    title, prompt, check = tidy_line(command.title), tidy(command.prompt), tidy(command.check)
    return replace(command, title=title, prompt=prompt, check=check)


async def _waits_already(work: UnitOfWork, contribution: Contribution) -> bool:
    """Whether the same waits for review already: a form that was sent twice is one prompt."""
    same = (contribution.author, contribution.title, contribution.text, contribution.check)
    waiting = await work.contributions.submitted()
    return any((one.author, one.title, one.text, one.check) == same for one in waiting)


async def _to_mend(world: World, work: UnitOfWork, command: SharePrompt) -> ShareForm | None:
    """The form once more, with what its author has to see first; None where all is well."""
    missing = problems(command.title, command.prompt, command.check)
    if missing:
        return form_again(world, command, joined(*missing))
    written = (command.title, command.prompt, command.check)
    found = await screening.screen(work, *written)
    if found:
        form = form_again(world, command, screening.problem(found))
        return replace(form, pieces=screening.marked("\n".join(written), found))
    alike = closest(command.prompt, await all_prompts(world.library, work))
    if alike is None or alike.id == command.alike_id:
        return None
    return replace(form_again(world, command, ""), alike_id=alike.id, alike_title=alike.title)


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
            return Note(say("Nothing else waits for review"), lines, [REVIEWS, composing.TIP, composing.HELP])
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
        return over(contribution, votes)
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


async def outcome(work: UnitOfWork, contribution_id: str) -> Message | None:
    """What the author hears after the review; None while there is none."""
    contribution = await work.contributions.get(contribution_id)
    if contribution is None or contribution.stage is Stage.SUBMITTED:
        return None
    if contribution.stage is Stage.APPROVED:
        lines = [
            say(
                "“{title}” is in the library now. Colleagues in that role will get it as a tip.",
                title=contribution.title,
            )
        ]
        if contribution.versions:
            lines.append(
                say("The reviewer changed a few words. It says now: {prompt}", prompt=contribution.text)
            )
        return Note(say("Your prompt was approved"), lines, [SHARE, MINE, composing.TIP])
    lines = [
        say("“{title}” needs a little more work.", title=contribution.title),
        say("The reviewer says: {reason}", reason=contribution.reason),
    ]
    again = Step(say("Change it and send it again"), "mend_prompt", contribution.id)
    return Note(say("Your prompt was not taken yet"), lines, [again, SHARE, composing.TIP])


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
    return Note(done, lines, [REVIEWS, composing.TIP])


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


def contribution_of(world: World, person_id: PersonId, command: SharePrompt) -> Contribution:
    """A new contribution, as it was handed in."""
    return Contribution(
        id=world.chance.new_id(),
        author=person_id,
        title=tidy_line(command.title),
        text=tidy(command.prompt),
        role=command.role,
        check=tidy(command.check),
        data=command.data,
        submitted=world.clock.now(),
        credit=command.credit,
    )


def form_again(world: World, command: SharePrompt, problem: str) -> ShareForm:
    """The form with what somebody typed into it, and what to mend."""
    return ShareForm(
        roles=composing.role_options(world.library),
        problem=problem,
        title=command.title[: composing.SHOWN_AGAIN],
        prompt=command.prompt[: composing.SHOWN_AGAIN],
        role=command.role,
        check=command.check[: composing.SHOWN_AGAIN],
        data=command.data,
        credit="true" if command.credit else "false",
    )


def _only_champions() -> Note:
    return Note(
        title=say("Champions share prompts here"),
        lines=[say("You have found something that works? A champion can pass it on for you.")],
        steps=[Step(say("Find a champion"), "champion"), composing.TIP, composing.HELP],
        refused="no_champion",
    )


def over(contribution: Contribution, votes: Votes) -> Note:
    """The reviewers' card for a prompt that has had its time or stopped working."""
    lines = [
        joined(
            say("“{title}” has been in the library for a while.", title=contribution.title), counts(votes)
        ),
        say("The prompt: {prompt}", prompt=contribution.text),
        say("How to check it: {check}", check=contribution.check),
    ]
    steps = [
        Step(say("Keep it another year"), "renew_prompt", contribution.id),
        Step(say("Retire it"), "retire_prompt", contribution.id),
    ]
    return Note(say("Is this prompt still good?"), lines, [*steps, composing.HELP])


def counts(votes: Votes) -> str:
    """How a shared prompt went, small numbers as "a few"."""
    if not votes.cast:
        return say("Nobody has said yet how it went.")
    worked = votes.worked + votes.needed_changes
    return say(
        "{people} said how it went; it worked for {good}.",
        people=capitalised(few(votes.cast)),
        good=few(worked),
    )


async def told(work: UnitOfWork, contribution: Contribution) -> str:
    """How many colleagues got an approved prompt and how it went, as its author hears it."""
    reach = await work.experiences.reached(contribution.prompt_id, contribution.author)
    votes = await work.votes.get(contribution.prompt_id)
    got = say("{people} got it.", people=few(reach)) if reach else say("nobody has got it yet.")
    return joined(got, counts(votes)) if reach or votes.cast else got


def few(number: int) -> str:
    """A count of people; a small one as "a few": who they were must not be guessed."""
    if not number:
        return say("nobody")
    return say("a few") if number < A_FEW else plain(number)
