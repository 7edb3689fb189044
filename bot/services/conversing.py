"""A command of somebody → the message that answers it. Every use case of the chat is named here once."""

from dataclasses import replace

from bot.domain import commands as c
from bot.domain.commands import leads, own, pulses
from bot.domain.commands import sharing as shared
from bot.domain.commands.champions import ChampionCommand
from bot.domain.commands.remarks import Remark
from bot.domain.messages import MOST_STEPS, Message, Note, ShareForm
from bot.domain.staff.people import PersonId
from bot.domain.text.language import say
from bot.domain.typed.phrases import understand
from bot.services import auditing, composing
from bot.services.drip import explaining, nudging
from bot.services.library import renewing, reviewing, ruling, saving, searching, sharing
from bot.services.own import (
    adjusting,
    disclosing,
    erasing,
    guessing,
    onboarding,
    recalling,
    remarking,
    resting,
    rostering,
    sparing,
)
from bot.services.peers import pairing
from bot.services.ports import World
from bot.services.records import person_of
from bot.services.rounds import planning, summarising, surveying
from bot.services.upkeep import counting

OPENINGS = {
    c.Greeting.NONE: say("Here is what I can do."),
    c.Greeting.HELLO: say("Hello. Good to see you."),
}


DIALOG = say("Share as prompt")
"""What stands over the dialog that shares a message."""

TROUBLE = say("Something went wrong on our side. Nothing was lost: please wait a minute and press again.")
SLOW_DOWN = say("That was a lot in one minute. Nothing is wrong: please wait a minute and press again.")


async def respond(  # noqa: PLR0911 - one return a sort of command
    world: World, person: PersonId, command: c.Command
) -> Message:
    """Carry out one command and say what came of it. Never a dead end: each answer offers a next step."""
    if isinstance(command, c.ShowHelp):
        return await searching.show_help(world, person, OPENINGS[command.greeting])
    if isinstance(command, c.GuessCommand):
        return await _open(world, person, command)
    if isinstance(command, c.TipCommand):
        return await _tips(world, person, command)
    if isinstance(command, c.SavedCommand):
        return await _saved(world, person, command)
    if isinstance(command, pulses.PulseCommand):
        return await _pulses(world, person, command)
    if isinstance(command, ChampionCommand):
        return await pairing.respond(world, person, command)
    if isinstance(command, leads.LeadCommand):
        return await _leading(world, person, command)
    if isinstance(command, shared.ShareCommand):
        return await _sharing(world, person, command)
    if isinstance(command, shared.ReviewCommand):
        return await _reviewing(world, person, command)
    return await _own(world, person, command)


def stale() -> Note:
    """For a button that the service cannot have made, or not for this moment."""
    return composing.gone("stale")


def trouble() -> Note:
    """For a fault of ours."""
    return Note(
        title=say("Something went wrong on our side"),
        lines=[say("Nothing was lost. Please try again in a minute.")],
        steps=[composing.TIP, composing.HELP],
    )


def as_typed(world: World, command: c.Command, trouble: str) -> ShareForm | None:
    """A form that was filled in, as it was, with what was in the way; None for any other command."""
    if not isinstance(command, shared.SharePrompt):
        return None
    return replace(sharing.form_again(world, command, ""), trouble=trouble)


def slow_down() -> Note:
    """For somebody who sends more in a minute than anybody can read the answers to."""
    return Note(
        title=say("One moment, please"),
        lines=[
            say(
                "That was a lot in one minute, so I left out the last one. "
                "Please wait a minute and try again."
            )
        ],
        steps=[composing.TIP, composing.HELP],
    )


def elsewhere() -> Note:
    """For a group chat or a channel."""
    return Note(
        title=say("Let us talk one to one"),
        lines=[
            say(
                "I only work in a private chat, so that your questions stay yours. Open a chat with me there."
            )
        ],
        steps=[],
    )


async def _open(world: World, person: PersonId, command: c.GuessCommand) -> Message:
    match command:
        case c.OfferChoices():
            return guessing.offer()
        case c.AskWhatWasMeant():
            return guessing.ask(command.words)
        case c.FiguresOrPrompts():
            return await _figures_or_prompts(world, person, command)
        case c.Say():
            return await respond(world, person, understand(command.words))
        case c.ChangeNothing():
            return await guessing.change_nothing(world, person)
        case Remark():
            return await remarking.answer(world, person, command)


async def _figures_or_prompts(world: World, person: PersonId, command: c.FiguresOrPrompts) -> Message:
    """A lead's figures; prompts for whoever leads no group, and a button for them beside a refusal.

    A summary is refused to them too, with that button: that it was asked for is on record.
    """
    async with world.store.unit_of_work() as work:
        is_lead = (await person_of(work, person)).is_lead
    if not is_lead and not isinstance(command.figures, leads.ShowSummary):
        return await respond(world, person, c.FindPrompts(command.words))
    answer = await respond(world, person, command.figures)
    if isinstance(answer, Note) and answer.refused:
        return replace(answer, steps=[*answer.steps[: MOST_STEPS - 1], guessing.look_for(command.words)])
    return answer


async def _tips(world: World, person: PersonId, command: c.TipCommand) -> Message:
    match command:
        case c.ShowTip():
            return await nudging.show_tip(world, person)
        case c.OpenPrompt():
            return await nudging.open_prompt(world, person, command)
        case c.RecordOutcome():
            return await nudging.record_outcome(world, person, command)
        case c.TurnDown():
            return await nudging.turn_down(world, person, command)
        case c.ShowWhy():
            return await explaining.show_why(world, person)
        case c.FindPrompts():
            return await searching.find_prompts(world, person, command)
        case c.AskRules():
            return ruling.answer(world, command)


async def _saved(world: World, person: PersonId, command: c.SavedCommand) -> Message:
    match command:
        case c.SavePrompt():
            return await saving.save(world, person, command.prompt_id)
        case c.RemoveSaved():
            return await saving.remove(world, person, command.prompt_id)
        case c.ShowSaved():
            return await saving.show(world, person, command.words)


async def _pulses(world: World, person: PersonId, command: pulses.PulseCommand) -> Message:
    match command:
        case pulses.ShowPulse():
            return await surveying.show_questions(world, person, command)
        case pulses.AnswerPulse():
            return await surveying.record_answer(world, person, command)


async def _leading(world: World, person: PersonId, command: leads.LeadCommand) -> Message:
    match command:
        case leads.ShowSummary():
            return await summarising.summary(world, person, command)
        case leads.ShowSummaryBefore():
            return await summarising.summary_before(world, person, command)
        case leads.ExportSummary():
            return await summarising.export(world, person, command)
        case leads.ShowComparison():
            return await summarising.compare(world, person, command)
        case leads.ShowPlan():
            return await planning.show(world, person, command)
        case leads.SetPlan():
            return await planning.choose(world, person, command)
        case leads.ShowInstalls():
            return await counting.show(world, person, command)
        case leads.ShowAudit():
            return await auditing.show(world, person, command)


async def _sharing(world: World, person: PersonId, command: shared.ShareCommand) -> Message:
    match command:
        case shared.ShowShareForm():
            return await sharing.show_form(world, person, command.prompt)
        case shared.SharePrompt():
            return await sharing.submit(world, person, command)
        case shared.ShowShared():
            return await sharing.show_mine(world, person)
        case shared.MendPrompt():
            return await sharing.mend(world, person, command.contribution_id)
        case shared.KeepNameBack():
            return await sharing.keep_name_back(world, person)


async def _reviewing(world: World, person: PersonId, command: shared.ReviewCommand) -> Message:
    match command:
        case shared.ShowReviews():
            return await reviewing.show_reviews(world, person, command.after)
        case shared.EditPrompt():
            return await reviewing.edit(world, person, command)
        case shared.ApprovePrompt():
            return await reviewing.approve(world, person, command)
        case shared.DeclinePrompt():
            return await reviewing.decline(world, person, command)
        case shared.RetirePrompt():
            return await renewing.retire(world, person, command.contribution_id)
        case shared.RenewPrompt():
            return await renewing.renew(world, person, command.contribution_id)


async def _own(world: World, person: PersonId, command: own.OwnCommand) -> Message:
    if isinstance(command, own.RestCommand):
        return await _rests(world, person, command)
    if isinstance(command, own.RhythmCommand):
        return await _chooses(world, person, command)
    if isinstance(command, own.DataCommand):
        return await _own_data(world, person, command)
    match command:
        case own.SetUp():
            return await onboarding.set_up(world, person, command)
        case own.ShowSettings():
            return await adjusting.show_settings(world, person)
        case own.ChangeSettings():
            return await adjusting.change_settings(world, person, command)
        case own.ShowProgress():
            return await recalling.show_progress(world, person)


async def _own_data(world: World, person: PersonId, command: own.DataCommand) -> Message:
    match command:
        case own.ShowPrivacy():
            return await disclosing.show_privacy(world, person)
        case own.ShowMyData():
            return await disclosing.show(world, person)
        case own.AskErasure():
            return erasing.ask(world)
        case own.EraseMyData():
            return await erasing.erase_mine(world, person)
        case own.ForgetLevel():
            return await surveying.forget_level(world, person)


async def _rests(world: World, person: PersonId, command: own.RestCommand) -> Message:
    match command:
        case own.Pause():
            return await resting.pause(world, person, command)
        case own.PauseUntil():
            return await resting.pause_until(world, person, command.day, command.wish)
        case own.PauseLong():
            return await resting.pause_until(world, person, command.day, sure=True)
        case own.TakeLeave():
            return await resting.take_leave(world, person, command.days, command.wish)
        case own.TakeLongLeave():
            return await resting.take_leave(world, person, command.span, sure=True)
        case own.AskLeave():
            return await resting.ask_leave(world, person, command)
        case own.Resume():
            return await resting.resume(world, person)
        case own.Stop():
            return await resting.stop(world, person)


async def _chooses(world: World, person: PersonId, command: own.RhythmCommand) -> Message:
    if isinstance(command, own.SpareCommand):
        return await _spares(world, person, command)
    match command:
        case own.ShowRota():
            return await rostering.show_rota(world, person)
        case own.AskRota():
            return rostering.ask_rota(command)
        case own.SetRota():
            return await rostering.set_rota(world, person, command)
        case own.SetNights():
            return await rostering.set_nights(world, person, command)
        case own.SetTips():
            return await rostering.set_tips(world, person, command)
        case own.SetLanguage():
            return await adjusting.set_language(world, person, command)
        case own.AskLanguage():
            return guessing.ask_language()


async def _spares(world: World, person: PersonId, command: own.SpareCommand) -> Message:
    match command:
        case own.LeaveOut():
            return await sparing.leave_out(world, person, command)
        case own.SetHours():
            return await sparing.set_hours(world, person, command)
        case own.SetHolidays():
            return await sparing.set_holidays(world, person, command)
