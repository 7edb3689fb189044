"""What the bot can say of prompts: the first card, a tip, a list, and what the local rules say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Option
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class Welcome(Worded):
    """The first card: why it came, what is stored, how to stop, three choices; `opening` is a line above.

    `bilingual` says that a line names the other language.
    """

    template: ClassVar[str] = "welcome"
    first_name: str
    organisation: str
    roles: Sequence[Option]
    role: str
    licence: str
    days: str
    local_run: bool
    opening: str = ""
    bilingual: bool = False


@dataclass(frozen=True, slots=True)
class Tip(Worded):
    """One prompt. `verdict` and `rule` are the local rule; `reason` completes "You got this because …".

    `app` is empty where it is something to do without any. `opening` is a short line above it, empty on a
    scheduled tip. `link` opens the app and `rules_link` the local rules, or they are empty.
    """

    template: ClassVar[str] = "tip"
    prompt_id: str
    title: str
    why: str
    prompt: str
    app: str
    link: str
    good: str
    check: str
    verdict: str
    rule: str
    minutes: int
    author: str
    reason: str
    saved: bool
    opening: str = ""
    rules_link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt in a list: the title, the line under it, and its id."""

    title: str
    about: str
    prompt_id: str


@dataclass(frozen=True, slots=True)
class PromptList(Worded):
    """Up to five prompts to open: what was found for a question, or what the person saved.

    `removable` adds a button that takes an entry out of the list.
    """

    template: ClassVar[str] = "prompt_list"
    title: str
    text: str
    lines: Sequence[Line]
    removable: bool


@dataclass(frozen=True, slots=True)
class RuleAnswer(Worded):
    """What the local rules say to "can I put … into …?". `verdict` is empty where they are silent.

    `lines` are what the question was taken to be about, each with its sentence. `link` opens the rules, or is
    empty.
    """

    template: ClassVar[str] = "rule"
    verdict: str
    lines: Sequence[Option]
    contact: str
    link: str
