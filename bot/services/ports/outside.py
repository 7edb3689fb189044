"""What is not kept in a store: the library, time, chance, and the way to people's chats."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.library.prompts import Prompt
from bot.domain.library.rules import LocalRules
from bot.domain.messages import Message
from bot.domain.outbox.replies import Crowded, Reply
from bot.domain.rounds.questions import Questionnaire
from bot.domain.staff.people import ConversationReference, PersonId, RoleId


class Library(Protocol):
    """The prompts that were loaded from files, and what belongs to them."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        """All of them, in a stable order."""

    @property
    def roles(self) -> Mapping[RoleId, str]:
        """Every role's name, in the order in which people choose."""

    @property
    def rules(self) -> LocalRules:
        """The organisation's local rules."""

    @property
    def synonyms(self) -> Sequence[Sequence[str]]:
        """Groups of words and phrases that people use for the same thing."""

    @property
    def questions(self) -> Questionnaire:
        """What rounds ask."""


class Clock(Protocol):
    """The time."""

    def now(self) -> datetime:
        """The time, as an aware UTC datetime."""

    async def wait_until(self, at: datetime) -> None:
        """Return when the time is `at` or later; at once for a time that has passed."""


class Chance(Protocol):
    """Ids and chance: all that is not a function of the input."""

    def new_id(self) -> str:
        """A new id that nobody can guess."""

    def secret(self) -> bytes:
        """32 random bytes."""

    def fraction(self) -> float:
        """A number in [0, 1)."""


class Outbound(Protocol):
    """The way to a person's chat."""

    async def send(self, reference: ConversationReference, message: Message) -> Reply | Crowded:
        """Send one message and say what the connector answered. Never raises for what a network can do."""


class Openings(Protocol):
    """The way to a chat with somebody whom the bot has never met, or whose chat is gone."""

    def place(self, person: PersonId) -> ConversationReference:
        """Where such a chat would be, without a conversation yet; for somebody who was never heard of."""

    async def open(self, person: PersonId, place: ConversationReference) -> Reply:
        """Begin the chat: `Accepted` has its conversation. Doing it again is harmless: it is the same one."""
