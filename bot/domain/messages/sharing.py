"""What the bot can say where a prompt is shared, and where it is reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Option
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `marked` ones stand out."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ShareForm(Worded):
    """The form for sharing a prompt. `problem` says what to mend, `trouble` what was our own fault.

    The other values are what was typed.

    `pieces` show the text with what points to a person. `alike_id` and `alike_title` are a prompt of the
    library that is nearly the same, or empty: sent once more, the prompt is shared all the same. `credit` is
    "true" where the author's name may go to other organisations with it, else "false".
    """

    template: ClassVar[str] = "share"
    roles: Sequence[Option]
    problem: str = ""
    title: str = ""
    prompt: str = ""
    role: str = ""
    check: str = ""
    data: str = "internal"
    pieces: Sequence[Piece] = ()
    alike_id: str = ""
    alike_title: str = ""
    credit: str = "false"
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRequest(Worded):
    """A colleague's prompt that waits for a second pair of eyes.

    `checks` are what the service found. `problem` is what to mend in the reviewer's changes or their reason,
    or empty; these are `reason` and what is called new, which is the prompt's own until they change it.
    `version` names the words that stand on the card: a yes is one to these alone.
    """

    template: ClassVar[str] = "review"
    contribution_id: str
    author: str
    title: str
    prompt: str
    roles: str
    check: str
    data: str
    new_title: str
    new_prompt: str
    new_check: str
    version: str
    checks: Sequence[str] = ()
    problem: str = ""
    reason: str = ""
