"""A small world for the bot to live in: real use cases over fakes at the ports, and a plain renderer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.domain.json import Json
from bot.domain.library.prompts import App, DataRule, Prompt, PromptId
from bot.domain.library.rules import LocalRules, Rule, Verdict
from bot.domain.messages import Message, Note
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.rounds.calendar import Calendar
from bot.domain.rounds.questions import Questionnaire
from bot.domain.staff.people import ConversationReference, Licence, RoleId
from bot.services.ports import House, World
from bot.storage.memory import MemoryStore
from bot.teams.cards import Card
from bot.teams.connector import Patience
from tests.fakes import QUESTIONS

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CLERK = RoleId("ward-clerk")
SHORT = Patience(connecting=0.2, answer=0.6)


@dataclass
class StillClock:
    """A clock that shows one moment until a test moves it."""

    moment: datetime = NOW

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    async def wait_until(self, at: datetime) -> None:
        """Show `at` where it is later."""
        self.moment = max(self.moment, at)


class CountingChance:
    """Ids that count, and chance that never varies."""

    def __init__(self) -> None:
        self._made = 0

    def new_id(self) -> str:
        """The next number."""
        self._made += 1
        return f"id-{self._made}"

    def secret(self) -> bytes:
        """Always the same 32 bytes."""
        return b"s" * 32

    def fraction(self) -> float:
        """Always a half."""
        return 0.5


class Unsent:
    """An outbound that takes everything; turns never use it."""

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take it."""
        return Accepted(f"{reference.conversation}:{message.template}")


@dataclass(frozen=True)
class ShelfOfOne:
    """A library with one prompt and one role."""

    prompts: Sequence[Prompt] = field(default_factory=lambda: [a_prompt()])
    roles: Mapping[RoleId, str] = field(default_factory=lambda: {CLERK: "Ward clerk"})
    synonyms: Sequence[Sequence[str]] = ()
    rules: LocalRules = field(
        default_factory=lambda: LocalRules(
            {rule: Rule(Verdict.MAY, "Fine here.") for rule in DataRule}, "the service desk"
        )
    )
    questions: Questionnaire = QUESTIONS


def a_prompt() -> Prompt:
    """The library's only prompt."""
    return Prompt(
        id=PromptId("ward-clerk-notice"),
        title="Write a visitor notice",
        roles=(CLERK,),
        task="Visitor notices",
        app=App.COPILOT_CHAT,
        needs=Licence.NOTHING,
        level=1,
        skill="draft",
        why="It saves a first draft.",
        text="Write a notice for visitors about [what has changed].",
        good="Short and kind.",
        check="Read the times aloud.",
        data=DataRule.PUBLIC,
        minutes=5,
        author="Steady Drip",
        licence="CC-BY-4.0",
        reviewed_on=date(2026, 11, 1),
        review_by=date(2027, 11, 1),
    )


def a_world() -> World:
    """A world with an empty memory."""
    return World(
        store=MemoryStore(),
        library=ShelfOfOne(),
        clock=StillClock(),
        chance=CountingChance(),
        outbound=Unsent(),
        house=House("Testshire Trust", 10, Calendar(date(2026, 12, 1), timedelta(days=28)), {}),
    )


def render(message: Message) -> Card:
    """The message's own fields as a card, under the name of its template."""
    fields: Json = _plain(asdict(message))
    title = message.title if isinstance(message, Note) else message.template
    return {"type": "AdaptiveCard", "fallbackText": title, "template": message.template, "fields": fields}


def _plain(value: object) -> Json:
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
