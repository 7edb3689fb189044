"""Telling "may I?" from "how do I?"."""

import pytest

from bot.domain.commands import AskRules, FindPrompts
from bot.domain.typed.asking import asks_for_rules
from bot.domain.typed.phrases import understand

RULES = [
    "Can I put the rota into Copilot?",
    "cna i put the minutes in copilot",
    "can i paset the budget into copliot",
    "may I paste a letter",
    "am i alowed to use copilot for complaints",
    "Is it ok to put patient names in",
    "can we upload the budget to Co-Pilot",
    "should i put nhs numbers in",
    "could I share a complaint with the AI",
    "hi, can i put our rota in to copilot",
    "is it safe to paste an email",
    "can I use ChatGPT",
    "what can I put into Copilot",
    "are we allowed to use it for minutes",
    "can i put a complaint about me into copilot",
    "can I type in an NHS number",
    "is it ok to record the ward round",
]
TASKS = [
    "can I get help with an email",
    "how do i put a table in word",
    "how can I copy a format in excel",
    "can you use plain english",
    "can you give me a tip about ai",
    "can you use copilot to write a letter",
    "can i use a template for minutes",
    "is it tuesday",
    "write minutes",
    "can i share a prompt",
    "put the list in order",
    "what can i do about a long email",
]


@pytest.mark.parametrize("line", RULES)
def test_a_question_about_the_rules(line: str) -> None:
    """Slips and all."""
    assert asks_for_rules(line)
    assert isinstance(understand(line), AskRules)


@pytest.mark.parametrize("line", TASKS)
def test_a_question_about_a_task(line: str) -> None:
    """Those go to the library."""
    assert not asks_for_rules(line)
    assert isinstance(understand(line), FindPrompts)
