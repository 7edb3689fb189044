"""Fakes for the ports: a clock that stands still, predictable chance, a scripted way out, a small library."""

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.library.prompts import EVERYONE, DataRule, Prompt
from bot.domain.library.rules import LocalRule, LocalRules, Rule, Topic, Verdict
from bot.domain.messages import Message
from bot.domain.outbox.replies import Accepted, Reply
from bot.domain.rounds.questions import Question, Questionnaire
from bot.domain.staff.people import ConversationReference, Licence, PersonId, RoleId
from tests.samples import BOOKING, CLERK, MONDAY, prompt, reference


@dataclass(slots=True)
class SettableClock:
    """Time that passes only when a test says so, or when somebody waits: then it is that moment at once."""

    at: datetime = MONDAY

    def now(self) -> datetime:
        return self.at

    async def wait_until(self, at: datetime) -> None:
        self.at = max(self.at, at)

    def forward(self, by: timedelta) -> None:
        """Let some time pass."""
        self.at += by


class PredictableChance:
    """Ids and secrets by counting; the fraction is whatever a test sets."""

    def __init__(self, fraction: float = 0.5) -> None:
        self._numbers = count(1)
        self._fraction = fraction

    def new_id(self) -> str:
        return f"id-{next(self._numbers)}"

    def secret(self) -> bytes:
        return hashlib.sha256(str(next(self._numbers)).encode()).digest()

    def fraction(self) -> float:
        return self._fraction


class Crash(Exception):
    """The process ends here, after the message went out and before that was recorded."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that went out, and to which chat."""

    reference: ConversationReference
    message: Message


@dataclass(slots=True)
class ScriptedOutbound:
    """Records what is sent and answers by script; `Accepted` once the script is over."""

    script: deque[Reply | Crash] = field(default_factory=deque)
    sent: list[Sent] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        self.sent.append(Sent(reference, message))
        answer = self.script.popleft() if self.script else Accepted(f"activity-{len(self.sent)}")
        if isinstance(answer, Crash):
            raise answer
        return answer

    def answers(self, *replies: Reply | Crash) -> None:
        """Add to the script."""
        self.script.extend(replies)

    def to(self, person: PersonId) -> list[Message]:
        """What one person was sent, oldest first."""
        return [sent.message for sent in self.sent if sent.reference == reference(person)]


class SmallLibrary:
    """Eight prompts in two roles, with a rule for each sort of material."""

    @property
    def prompts(self) -> Sequence[Prompt]:
        return PROMPTS

    @property
    def roles(self) -> Mapping[RoleId, str]:
        return {CLERK: "Ward clerk", BOOKING: "Outpatient booking"}

    @property
    def synonyms(self) -> Sequence[Sequence[str]]:
        return [["shift list", "rota"], ["poster", "notice"]]

    @property
    def rules(self) -> LocalRules:
        return LocalRules(
            rules={
                DataRule.PUBLIC: Rule(Verdict.MAY, "use what is already public."),
                DataRule.INTERNAL: Rule(Verdict.MAY, "use everyday work papers."),
                DataRule.PERSONAL_REMOVE_FIRST: Rule(Verdict.ASK_FIRST, "and take names out."),
                DataRule.NEVER: Rule(Verdict.MUST_NOT, "put this into an AI tool."),
            },
            contact="the sample information governance team",
            more=(LocalRule(Rule(Verdict.ASK_FIRST, "and use job titles."), topic="rota"),),
            topics=(Topic("rota", "rotas", ("rota", "shift list")),),
        )

    @property
    def questions(self) -> Questionnaire:
        return QUESTIONS


def _question(name: str, *answers: str, ordered: bool = True) -> Question:
    one, two, three, four, five = answers
    return Question(name, f"What of {name}?", f"About {name}", (one, two, three, four, five), ordered=ordered)


_MINUTES = ("None", "1 to 10", "11 to 30", "31 to 60", "Over 60")
_SCORES = (0, 5, 20, 45, 75)
QUESTIONS = Questionnaire(
    version=1,
    fixed=(
        _question("confidence", "Not at all", "A little", "In between", "Quite", "Very"),
        _question("workload", "Much lighter", "Lighter", "No change", "Heavier", "Much heavier"),
    ),
    turns=(
        (
            replace(_question("minutes_saved", *_MINUTES), scores=_SCORES, unit="minutes"),
            replace(_question("minutes_checking", *_MINUTES), scores=_SCORES, unit="minutes"),
        ),
        (_question("rules_clear", "Not at all", "A little", "In between", "Quite", "Very"),),
        (_question("time_became", "Catching up", "A break", "People", "Learning", "None", ordered=False),),
    ),
)

PROMPTS = (
    prompt("ward-clerk-notice"),
    prompt("ward-clerk-handover", title="Shape handover notes into a list", level=2),
    prompt("ward-clerk-mail", title="Answer a long e-mail", level=2, data=DataRule.PERSONAL_REMOVE_FIRST),
    prompt("ward-clerk-rota", title="Sum up the rota changes", needs=Licence.COPILOT, level=3),
    prompt("booking-letter", roles=(BOOKING,), title="Make a clinic letter plainer"),
    prompt("booking-phone", roles=(BOOKING,), title="Plan a phone script", level=2),
    prompt("booking-figures", roles=(BOOKING,), title="Explain a waiting list chart", level=3),
    prompt("everyone-agenda", roles=(EVERYONE,), title="Draft a meeting agenda", data=DataRule.PUBLIC),
)
