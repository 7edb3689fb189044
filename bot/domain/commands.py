"""What a person can ask of the bot: typed, whatever it was - a word, a button or a form.

The verb of a card's button is the name under `VERBS`; its fields are the command's. Who asks is never
part of a command: that comes from the authenticated activity.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.champion_commands import CHAMPION_VERBS, ChampionCommand
from bot.domain.experiences import Outcome
from bot.domain.own_commands import OWN_VERBS, OwnCommand
from bot.domain.people import GroupId, Licence, RoleId
from bot.domain.prompts import DataRule, PromptId
from bot.domain.review_commands import REVIEW_VERBS, ReviewCommand


class Greeting(StrEnum):
    """What somebody opened with."""

    NONE = ""
    HELLO = "hello"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Say what works."""

    greeting: Greeting = Greeting.NONE


@dataclass(frozen=True, slots=True)
class OfferChoices:
    """Somebody may want to stop, rest or know what is kept: offer the buttons."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """The welcome card's choices; the first tip follows at once."""

    role: RoleId
    licence: Licence
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class ShowTip:
    """The next tip, now."""


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """One named prompt."""

    prompt_id: PromptId


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """How a prompt went."""

    prompt_id: PromptId
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class TurnDown:
    """A prompt is not for this person's job: it never comes back by itself, and another one is shown."""

    prompt_id: PromptId


@dataclass(frozen=True, slots=True)
class ShowWhy:
    """Why the last tip came, and why then."""


@dataclass(frozen=True, slots=True)
class SavePrompt:
    """Keep a prompt."""

    prompt_id: PromptId


@dataclass(frozen=True, slots=True)
class RemoveSaved:
    """Take a prompt out of the kept ones."""

    prompt_id: PromptId


@dataclass(frozen=True, slots=True)
class ShowSaved:
    """List the kept prompts; those that fit a few words, if there are any."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class FindPrompts:
    """Prompts that fit a few words."""

    words: str


@dataclass(frozen=True, slots=True)
class AskRules:
    """What the local rules say to a question such as "can I put the rota into Copilot?"."""

    question: str


@dataclass(frozen=True, slots=True)
class ShowPulse:
    """The questions of a round once more; of the one that is open where none is named."""

    round_id: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPulse:
    """Answers from 1 to 5 for one round: two that are needed, and the turn's, which may be left out.

    `tune` says that the person's own tips may follow their confidence.
    """

    round_id: str
    confidence: int
    workload: int
    third: int | None = None
    beside: int | None = None
    tune: bool = False


@dataclass(frozen=True, slots=True)
class ShowSummary:
    """The newest closed round of a group; None means the only group that the person leads."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowSummaryBefore:
    """The round before the newest, as far as the group was shown; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """The figures of a group's newest round as a table to copy; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowComparison:
    """A group's rounds beside one another and the organisation; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class ShowPlan:
    """What a group's saved time is for, and the choices; None means the only group of this lead."""

    group: GroupId | None = None


@dataclass(frozen=True, slots=True)
class SetPlan:
    """What saved time is for: the value of an answer, a colon, and the group."""

    choice: str


@dataclass(frozen=True, slots=True)
class ForgetLevel:
    """Do not keep this person's own confidence for their tips any more."""


@dataclass(frozen=True, slots=True)
class ShowShareForm:
    """Open the form for sharing a prompt, with words that stand in it already."""

    prompt: str = ""


@dataclass(frozen=True, slots=True)
class SharePrompt:
    """Hand in a prompt for review; `alike_id` is a prompt of the library that its author has seen.

    `credit` is the author's yes to their name going to other organisations with it.
    """

    title: str
    prompt: str
    role: RoleId
    check: str
    data: DataRule
    alike_id: str = ""
    credit: bool = False


@dataclass(frozen=True, slots=True)
class ShowReviews:
    """The oldest prompt that waits for this person's review."""


@dataclass(frozen=True, slots=True)
class ApprovePrompt:
    """Let a colleague's prompt into the library."""

    contribution_id: str


@dataclass(frozen=True, slots=True)
class DeclinePrompt:
    """Keep a colleague's prompt out of the library, with a reason for its author."""

    contribution_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The person's choices as a form."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Send nothing for some days."""

    days: int = 14


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """Send nothing before a day, as somebody typed it."""

    day: str


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """Send nothing on some days, as somebody typed them."""

    days: str


@dataclass(frozen=True, slots=True)
class SetRota:
    """Send on shift alone: a cycle that begins today, a letter a day; empty for no rota."""

    letters: str


@dataclass(frozen=True, slots=True)
class SetNights:
    """Whether tips may come on night shifts."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """Send again, after a pause or a stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Send nothing any more."""


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """What is stored."""


@dataclass(frozen=True, slots=True)
class ShowMyData:
    """The person's own data."""


@dataclass(frozen=True, slots=True)
class AskErasure:
    """Ask once more before anything is erased."""


@dataclass(frozen=True, slots=True)
class EraseMyData:
    """Erase what is kept about the person, now."""


@dataclass(frozen=True, slots=True)
class ShowInstalls:
    """Who of the staff list does not have the app: those whose ids come after `after`."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class ShowAudit:
    """Who used which right, newest first; the records older than the one with the id `before`, if given."""

    before: str = ""


Command = (
    ShowHelp
    | OfferChoices
    | SetUp
    | ShowTip
    | OpenPrompt
    | RecordOutcome
    | TurnDown
    | ShowWhy
    | SavePrompt
    | RemoveSaved
    | ShowSaved
    | FindPrompts
    | AskRules
    | ChampionCommand
    | ShowPulse
    | AnswerPulse
    | ShowSummary
    | ShowSummaryBefore
    | ExportSummary
    | ShowComparison
    | ShowPlan
    | SetPlan
    | ForgetLevel
    | ShowShareForm
    | SharePrompt
    | ShowReviews
    | ApprovePrompt
    | DeclinePrompt
    | ReviewCommand
    | ShowSettings
    | OwnCommand
    | Pause
    | PauseUntil
    | TakeLeave
    | SetRota
    | SetNights
    | Resume
    | Stop
    | ShowPrivacy
    | ShowMyData
    | AskErasure
    | EraseMyData
    | ShowAudit
    | ShowInstalls
)

GroupCommand = ShowSummary | ShowSummaryBefore | ExportSummary | ShowComparison | ShowPlan
"""What a lead asks about a group of theirs."""

VERBS: dict[str, type[Command]] = {
    "help": ShowHelp,
    "set_up": SetUp,
    "tip": ShowTip,
    "open": OpenPrompt,
    "outcome": RecordOutcome,
    "turn_down": TurnDown,
    "save": SavePrompt,
    "remove": RemoveSaved,
    "saved": ShowSaved,
    **CHAMPION_VERBS,
    "pulse": AnswerPulse,
    "pulse_again": ShowPulse,
    "summary": ShowSummary,
    "summary_before": ShowSummaryBefore,
    "export_summary": ExportSummary,
    "compare": ShowComparison,
    "plan": ShowPlan,
    "set_plan": SetPlan,
    "forget_level": ForgetLevel,
    "share_form": ShowShareForm,
    "share": SharePrompt,
    "reviews": ShowReviews,
    "approve": ApprovePrompt,
    "decline": DeclinePrompt,
    **REVIEW_VERBS,
    "settings": ShowSettings,
    **OWN_VERBS,
    "pause": Pause,
    "resume": Resume,
    "stop": Stop,
    "privacy": ShowPrivacy,
    "my_data": ShowMyData,
    "ask_erasure": AskErasure,
    "erase": EraseMyData,
    "audit": ShowAudit,
    "installs": ShowInstalls,
}
"""The verbs that cards send, and what each asks for."""
