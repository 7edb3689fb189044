"""A command of somebody → the message that answers it. Every use case of the chat is named here once."""

from bot.domain import commands as c
from bot.domain.champion_commands import ChampionCommand
from bot.domain.language import say
from bot.domain.messages import Message, Note
from bot.domain.own_commands import ChangeSettings, OwnCommand, SetLanguage, ShowProgress
from bot.domain.people import PersonId
from bot.domain.review_commands import ReviewCommand
from bot.services import (
    adjusting,
    auditing,
    composing,
    counting,
    curating,
    disclosing,
    erasing,
    nudging,
    onboarding,
    pairing,
    planning,
    recalling,
    reviewing,
    ruling,
    saving,
    searching,
    summarising,
    surveying,
)
from bot.services.ports import World

OPENINGS = {
    c.Greeting.NONE: say("Here is what I can do."),
    c.Greeting.HELLO: say("Hello. Good to see you."),
    c.Greeting.THANKS: say("You are welcome. Here is what I can do."),
}


TROUBLE = say("Something went wrong on our side. Nothing was lost: please wait a minute and press again.")
SLOW_DOWN = say("That was a lot in one minute. Nothing is wrong: please wait a minute and press again.")


async def respond(  # noqa: PLR0911 - one return a sort of command
    world: World, person: PersonId, command: c.Command
) -> Message:
    """Carry out one command and say what came of it. Never a dead end: each answer offers a next step."""
    match command:
        case c.ShowHelp():
            return await searching.show_help(world, person, OPENINGS[command.greeting])
        case (
            c.ShowTip()
            | c.OpenPrompt()
            | c.RecordOutcome()
            | c.TurnDown()
            | c.ShowWhy()
            | c.FindPrompts()
            | c.AskRules()
        ):
            return await _tips(world, person, command)
        case c.SavePrompt() | c.RemoveSaved() | c.ShowSaved():
            return await _saved(world, person, command)
        case c.ShowPulse() | c.AnswerPulse() | c.ForgetLevel():
            return await _pulses(world, person, command)
        case (
            c.ShowSummary()
            | c.ShowSummaryBefore()
            | c.ExportSummary()
            | c.ShowComparison()
            | c.ShowPlan()
            | c.SetPlan()
        ):
            return await _leading(world, person, command)
        case c.ShowInstalls():
            return await counting.show(world, person, command)
        case c.ShowAudit():
            return await auditing.show(world, person, command)
        case c.ShowPrivacy() | c.ShowMyData() | c.AskErasure() | c.EraseMyData():
            return await _own_data(world, person, command)
        case c.ShowShareForm() | c.SharePrompt() | c.ShowReviews() | c.ApprovePrompt() | c.DeclinePrompt():
            return await _sharing(world, person, command)
        case _:
            return await _own_choices(world, person, command)


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


async def _tips(
    world: World,
    person: PersonId,
    command: c.ShowTip | c.OpenPrompt | c.RecordOutcome | c.TurnDown | c.ShowWhy | c.FindPrompts | c.AskRules,
) -> Message:
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
            return await nudging.show_why(world, person)
        case c.FindPrompts():
            return await searching.find_prompts(world, person, command)
        case c.AskRules():
            return ruling.answer(world, command)


async def _saved(
    world: World, person: PersonId, command: c.SavePrompt | c.RemoveSaved | c.ShowSaved
) -> Message:
    match command:
        case c.SavePrompt():
            return await saving.save(world, person, command.prompt_id)
        case c.RemoveSaved():
            return await saving.remove(world, person, command.prompt_id)
        case c.ShowSaved():
            return await saving.show(world, person, command.words)


async def _pulses(
    world: World, person: PersonId, command: c.ShowPulse | c.AnswerPulse | c.ForgetLevel
) -> Message:
    match command:
        case c.ShowPulse():
            return await surveying.show_questions(world, person, command)
        case c.AnswerPulse():
            return await surveying.record_answer(world, person, command)
        case c.ForgetLevel():
            return await surveying.forget_level(world, person)


async def _leading(world: World, person: PersonId, command: c.GroupCommand | c.SetPlan) -> Message:
    match command:
        case c.ShowSummary():
            return await summarising.summary(world, person, command)
        case c.ShowSummaryBefore():
            return await summarising.summary_before(world, person, command)
        case c.ExportSummary():
            return await summarising.export(world, person, command)
        case c.ShowComparison():
            return await summarising.compare(world, person, command)
        case c.ShowPlan():
            return await planning.show(world, person, command)
        case c.SetPlan():
            return await planning.choose(world, person, command)


async def _sharing(
    world: World,
    person: PersonId,
    command: c.ShowShareForm | c.SharePrompt | c.ShowReviews | c.ApprovePrompt | c.DeclinePrompt,
) -> Message:
    match command:
        case c.ShowShareForm():
            return await curating.show_form(world, person, command.prompt)
        case c.SharePrompt():
            return await curating.submit(world, person, command)
        case c.ShowReviews():
            return await curating.show_reviews(world, person)
        case c.ApprovePrompt():
            return await curating.approve(world, person, command)
        case c.DeclinePrompt():
            return await curating.decline(world, person, command)


async def _own_data(
    world: World, person: PersonId, command: c.ShowPrivacy | c.ShowMyData | c.AskErasure | c.EraseMyData
) -> Message:
    match command:
        case c.ShowPrivacy():
            return await disclosing.show_privacy(world, person)
        case c.ShowMyData():
            return await disclosing.show(world, person)
        case c.AskErasure():
            return erasing.ask(world)
        case c.EraseMyData():
            return await erasing.erase_mine(world, person)


async def _own_choices(
    world: World,
    person: PersonId,
    command: ChampionCommand
    | OwnCommand
    | ReviewCommand
    | c.SetUp
    | c.ShowSettings
    | c.Pause
    | c.PauseUntil
    | c.TakeLeave
    | c.SetRota
    | c.SetNights
    | c.Resume
    | c.Stop
    | c.OfferChoices,
) -> Message:
    if isinstance(command, ChampionCommand):
        return await pairing.respond(world, person, command)
    if isinstance(command, ReviewCommand):
        return await reviewing.respond(world, person, command)
    match command:
        case c.SetUp():
            return await onboarding.set_up(world, person, command)
        case c.ShowSettings():
            return await adjusting.show_settings(world, person)
        case ShowProgress():
            return await recalling.show_progress(world, person)
        case ChangeSettings():
            return await adjusting.change_settings(world, person, command)
        case c.OfferChoices():
            return adjusting.offer()
        case _:
            return await _rests(world, person, command)


async def _rests(
    world: World,
    person: PersonId,
    command: c.Pause | c.PauseUntil | c.TakeLeave | c.SetRota | c.SetNights | SetLanguage | c.Resume | c.Stop,
) -> Message:
    match command:
        case c.Pause():
            return await adjusting.pause(world, person, command)
        case c.PauseUntil():
            return await adjusting.pause_until(world, person, command)
        case c.TakeLeave():
            return await adjusting.take_leave(world, person, command)
        case c.SetRota():
            return await adjusting.set_rota(world, person, command)
        case c.SetNights():
            return await adjusting.set_nights(world, person, command)
        case SetLanguage():
            return await adjusting.set_language(world, person, command)
        case c.Resume():
            return await adjusting.resume(world, person)
        case c.Stop():
            return await adjusting.stop(world, person)
