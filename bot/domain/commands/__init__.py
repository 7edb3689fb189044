"""What a person can ask of the bot: typed, whatever it was - a word, a button or a form.

The verb of a card's button is the name under `VERBS`; its fields are the command's. Who asks is never
part of a command: that comes from the authenticated activity.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.commands.champions import CHAMPION_VERBS, ChampionCommand
from bot.domain.commands.leads import LEAD_VERBS, GroupCommand, LeadCommand
from bot.domain.commands.own import OWN_VERBS, OwnCommand
from bot.domain.commands.pulses import PULSE_VERBS, PulseCommand
from bot.domain.commands.remarks import Remark
from bot.domain.commands.sharing import REVIEW_VERBS, ReviewCommand, ShareCommand
from bot.domain.library.experiences import Outcome
from bot.domain.library.prompts import PromptId


class Greeting(StrEnum):
    """What somebody opened with."""

    NONE = ""
    HELLO = "hello"


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """Say what works."""

    greeting: Greeting = Greeting.NONE


@dataclass(frozen=True, slots=True)
class OfferChoices:
    """Somebody may want to stop, rest or know what is kept: offer the buttons."""


@dataclass(frozen=True, slots=True)
class AskWhatWasMeant:
    """Somebody's finger slipped in a line by which something is lost: ask whether this one was meant."""

    words: str


@dataclass(frozen=True, slots=True)
class FiguresOrPrompts:
    """A line such as "plan ward 7" or "plan a meeting": a lead's figures, or a task to find prompts for."""

    figures: GroupCommand
    words: str


@dataclass(frozen=True, slots=True)
class Say:
    """A line that somebody chose instead of typing it."""

    words: str


@dataclass(frozen=True, slots=True)
class ChangeNothing:
    """No, to a question that was asked before anything was changed."""


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


TipCommand = ShowTip | OpenPrompt | RecordOutcome | TurnDown | ShowWhy | FindPrompts | AskRules
"""Tips, and looking for one."""

SavedCommand = SavePrompt | RemoveSaved | ShowSaved
"""The kept ones."""

GuessCommand = OfferChoices | AskWhatWasMeant | FiguresOrPrompts | Say | ChangeNothing | Remark
"""Words that left something open, and the answers to that."""

Command = (
    ShowHelp
    | GuessCommand
    | TipCommand
    | SavedCommand
    | ChampionCommand
    | ShareCommand
    | ReviewCommand
    | LeadCommand
    | PulseCommand
    | OwnCommand
)

VERBS: dict[str, type[Command]] = {
    "help": ShowHelp,
    "say": Say,
    "change_nothing": ChangeNothing,
    "find": FindPrompts,
    "tip": ShowTip,
    "open": OpenPrompt,
    "outcome": RecordOutcome,
    "turn_down": TurnDown,
    "save": SavePrompt,
    "remove": RemoveSaved,
    "saved": ShowSaved,
    **CHAMPION_VERBS,
    **REVIEW_VERBS,
    **LEAD_VERBS,
    **PULSE_VERBS,
    **OWN_VERBS,
}
"""The verbs that cards send, and what each asks for."""
