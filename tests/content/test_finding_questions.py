"""Everyday questions against the whole library: the right prompt has to be among the first three."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, Field, RootModel

from bot.config import HOME
from bot.content.files import checked, read_yaml
from bot.content.library import load_library
from bot.domain.drip.selection import eligible
from bot.domain.library.finding import find
from bot.domain.library.prompts import Prompt
from bot.domain.staff.people import Licence, Person, PersonId, Preferences, RoleId

NOW = datetime(2026, 11, 24, tzinfo=UTC)
LIBRARY = load_library(HOME / "prompts_library")
HERE = Path(__file__).parent


class Question(BaseModel):
    """What somebody in a role types, and the prompt that they need, or one of two."""

    role: RoleId
    asks: str
    right: list[str] = Field(min_length=1, max_length=2)
    licence: Licence = Licence.CHAT

    def choice(self) -> Sequence[Prompt]:
        """The prompts that this person may be shown."""
        chosen = Preferences(role=self.role, licence=self.licence)
        return eligible(LIBRARY.prompts, Person(PersonId("sample"), preferences=chosen), NOW)

    def is_met(self) -> bool:
        """Whether the right prompt is among the first three."""
        found = find(self.asks, self.choice(), synonyms=LIBRARY.synonyms)
        return any(prompt.id in self.right for prompt in found)


def questions(name: str) -> list[Question]:
    """A file of questions."""
    return checked(read_yaml(HERE / name), RootModel[list[Question]]).root


EVERYDAY, HELD_OUT = questions("questions.yaml"), questions("questions_held_out.yaml")


def test_the_questions_are_fair() -> None:
    """Sixty and twenty, none twice, over every role, and each with a prompt that its asker may be shown."""
    both = [*EVERYDAY, *HELD_OUT]
    assert (len(EVERYDAY), len(HELD_OUT), len({one.asks for one in both})) == (60, 20, 80)
    assert {one.role for one in both} == set(LIBRARY.roles)
    assert [one.asks for one in both if not {prompt.id for prompt in one.choice()} & set(one.right)] == []


@pytest.mark.parametrize("asked", [EVERYDAY, HELD_OUT], ids=["everyday", "held out"])
def test_nine_in_ten_find_their_prompt(asked: list[Question]) -> None:
    """In the first three, for the role and licence of whoever asks."""
    missed = [one.asks for one in asked if not one.is_met()]
    assert len(missed) <= len(asked) / 10, missed
