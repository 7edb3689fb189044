"""Answers from the organisation's own file."""

from bot.domain.commands import AskRules
from bot.domain.messages import Option, RuleAnswer
from bot.services.library import ruling
from bot.services.ports import World


def test_the_files_own_words_are_the_answer(world: World) -> None:
    """With what it is about and whom to ask."""
    assert ruling.answer(world, AskRules("Can I put the rotas into Copilot?")) == RuleAnswer(
        verdict="Ask first",
        lines=[Option("Rotas", "and use job titles.")],
        contact="the sample information governance team",
        link="",
    )


def test_a_silent_file_is_not_guessed_at(world: World) -> None:
    """No verdict, and whom to ask."""
    said = ruling.answer(world, AskRules("Can I put the zebra into Copilot?"))
    assert (said.verdict, said.lines) == ("", [])
    assert said.contact == "the sample information governance team"
