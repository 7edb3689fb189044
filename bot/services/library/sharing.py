"""Sharing a prompt, from the author's side: the form, what is to be mended, and how it went."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.commands.sharing import SharePrompt
from bot.domain.library.contributions import Contribution, Stage, problems, tidy, tidy_line
from bot.domain.library.experiences import Votes
from bot.domain.library.likeness import closest
from bot.domain.messages import Message, Note, ShareForm, Step
from bot.domain.staff.people import PersonId
from bot.domain.text.language import joined, say
from bot.domain.text.wording import capitalised, plain
from bot.services import composing, screening
from bot.services.library import announcing
from bot.services.peers import championing
from bot.services.ports import UnitOfWork, World
from bot.services.records import all_prompts, person_of

A_FEW = 5
"""Counts below this are told as "a few": who tried it must not be guessed."""


KEEP_BACK = Step(say("Keep my name back"), "keep_name_back")


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
    return Note(say("Thank you for sharing"), lines, [composing.SHARE, composing.MINE, composing.TIP])


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


async def show_mine(world: World, person_id: PersonId) -> Message:
    """What somebody shared, where each prompt stands, and how it went for those who tried it."""
    async with world.store.unit_of_work() as work:
        mine = [c for c in await work.contributions.of(person_id) if c.author == person_id]
        lines = [await _in_words(work, one) for one in mine]
    back = [KEEP_BACK] if any(one.credit for one in mine) else []
    steps = [*_change_again(mine), composing.SHARE, *back, composing.TIP, composing.HELP]
    return Note(say("What you shared"), lines or [say("Nothing yet.")], steps)


async def _in_words(work: UnitOfWork, contribution: Contribution) -> str:
    title = contribution.title
    if contribution.is_in_library:
        went = await told(work, contribution)
        return say("“{title}” is in the library: {told}", title=title, told=went)
    if contribution.stage is Stage.DECLINED:
        reason = contribution.reason
        return say("“{title}” needs a little more work: {reason}", title=title, reason=reason)
    if contribution.stage is Stage.RETIRED:
        return say("“{title}” has had its time and is retired. Thank you for it.", title=title)
    return say("“{title}” waits for somebody else to look at it.", title=title)


def _change_again(mine: Sequence[Contribution]) -> Sequence[Step]:
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
    return Note(say("Your name stays here"), lines, [composing.MINE, composing.SHARE, composing.HELP])


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
        return Note(say("Your prompt was approved"), lines, [composing.SHARE, composing.MINE, composing.TIP])
    lines = [
        say("“{title}” needs a little more work.", title=contribution.title),
        say("The reviewer says: {reason}", reason=contribution.reason),
    ]
    again = Step(say("Change it and send it again"), "mend_prompt", contribution.id)
    return Note(say("Your prompt was not taken yet"), lines, [again, composing.SHARE, composing.TIP])


async def told(work: UnitOfWork, contribution: Contribution) -> str:
    """How many colleagues got an approved prompt and how it went, as its author hears it."""
    reach = await work.experiences.reached(contribution.prompt_id, contribution.author)
    votes = await work.votes.get(contribution.prompt_id)
    got = say("{people} got it.", people=few(reach)) if reach else say("nobody has got it yet.")
    return joined(got, counts(votes)) if reach or votes.cast else got


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


def few(number: int) -> str:
    """A count of people; a small one as "a few": who they were must not be guessed."""
    if not number:
        return say("nobody")
    return say("a few") if number < A_FEW else plain(number)
