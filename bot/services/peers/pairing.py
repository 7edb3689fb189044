"""A command about champions → the message that answers it."""

from bot.domain.commands import champions as c
from bot.domain.messages import Message
from bot.domain.staff.people import PersonId
from bot.services.peers import championing, covering, helping, mentoring
from bot.services.ports import World


async def respond(world: World, person: PersonId, command: c.ChampionCommand) -> Message:
    """Carry out one command and say what came of it."""
    match command:
        case c.AskChampion():
            return await mentoring.ask(world, person, command)
        case c.AskForHelp():
            return await mentoring.ask_for_help(world, person, command)
        case c.ChooseChampion():
            return await mentoring.choose(world, person, command)
        case c.WithdrawHelp():
            return await mentoring.withdraw(world, person, command.request_id)
        case c.SayHelped() | c.SayNotHelped():
            helped = isinstance(command, c.SayHelped)
            return await mentoring.judge(world, person, command.request_id, helped=helped)
        case c.AcceptHelp() | c.PassHelp() | c.RestFromHelp():
            return await _answer(world, person, command)
        case _:
            return await _being_one(world, person, command)


async def _answer(
    world: World, person: PersonId, command: c.AcceptHelp | c.PassHelp | c.RestFromHelp
) -> Message:
    match command:
        case c.AcceptHelp():
            return await helping.accept(world, person, command.request_id)
        case c.PassHelp():
            return await helping.pass_on(world, person, command.request_id)
        case c.RestFromHelp():
            return await helping.rest(world, person, command.request_id)


async def _being_one(
    world: World,
    person: PersonId,
    command: c.ShowProfile
    | c.BecomeChampion
    | c.ChangeProfile
    | c.LeaveChampions
    | c.AdmitChampion
    | c.RefuseChampion
    | c.ShowDirectory
    | c.ShowCoverage,
) -> Message:
    match command:
        case c.ShowProfile():
            return await championing.show_profile(world, person)
        case c.BecomeChampion():
            return await championing.become(world, person)
        case c.ChangeProfile():
            return await championing.change(world, person, command)
        case c.LeaveChampions():
            return await championing.leave(world, person)
        case c.AdmitChampion() | c.RefuseChampion():
            admitted = isinstance(command, c.AdmitChampion)
            return await championing.decide(world, person, command.wish_id, admitted=admitted)
        case c.ShowDirectory():
            return await championing.show_directory(world, person, command)
        case c.ShowCoverage():
            return await covering.show(world, person)
