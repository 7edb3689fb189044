"""What may go into the tool: answered from the organisation's own file, and from nothing else."""

from bot.domain.commands import AskRules
from bot.domain.messages import Option, RuleAnswer
from bot.domain.text.wording import capitalised
from bot.services.ports import World


def answer(world: World, command: AskRules) -> RuleAnswer:
    """The verdict with its lines; where the file is silent, whom to ask, and no guess."""
    rules = world.library.rules
    found = rules.answer(command.question)
    return RuleAnswer(
        verdict=found.verdict if found else "",
        lines=[Option(capitalised(name), text) for name, text in found.lines] if found else [],
        contact=rules.contact,
        link=rules.link,
    )
