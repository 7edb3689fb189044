"""A prompt that a champion shares: handed in, looked at by somebody else, then part of the library."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.domain.library.experiences import Votes
from bot.domain.library.prompts import App, DataRule, Prompt, PromptId
from bot.domain.staff.people import Licence, Person, PersonId, Right, RoleId
from bot.domain.text.language import say, to_say

LONGEST_TITLE = 60
SHORTEST_PROMPT = 20
"""Characters that can be seen, without spaces: less than this helps nobody."""
LONGEST_PROMPT = 900
LONGEST_CHECK = 400
LONGEST_REASON = 300
STOPPED_WORKING = 3
"""From so many for whom it did not work, and more than for whom it did, the reviewers are asked."""

REVIEWED_FOR = timedelta(days=365)
"""An approved prompt is looked at again after this."""


SHARED = "shared-"
"""What the id of a shared prompt begins with."""


def is_shared(prompt: PromptId) -> bool:
    """Whether a prompt was shared by somebody, and is not of the library's files."""
    return prompt.startswith(SHARED)


def expect_shared(prompt: PromptId) -> None:
    """Raise ValueError for a prompt of the library's files."""
    if not is_shared(prompt):
        raise ValueError(f"prompt {prompt} was not shared by anybody")


class Stage(StrEnum):
    """Where a contribution is."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    DECLINED = "declined"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Version:
    """What a shared prompt said before a reviewer changed it, and when that was (UTC)."""

    title: str
    text: str
    check: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a prompt of another organisation comes from: its id there, and the key that signed it.

    `author` is a name that its author let them pass on, or empty; `approved_by` is what their reviewer does,
    and `approved` when they said yes (UTC).
    """

    key: str
    prompt: str
    organisation: str
    author: str
    approved_by: str
    approved: datetime
    licence: str

    @property
    def credit(self) -> str:
        """Whom readers are told that it comes from."""
        if self.author:
            return say("{author} at {organisation}", author=self.author, organisation=self.organisation)
        return say("a colleague at {organisation}", organisation=self.organisation)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One shared prompt. `reviewer`, `reason` and `decided` are set by the review.

    `forgiven` are the people for whom it had not worked when it was kept all the same.
    `author` is None once they were erased: an approved prompt stays, and is nobody's; and for one that came
    from another organisation, which has an `origin`.
    `credit` is the author's yes to their name going to other organisations with it.
    """

    id: str
    author: PersonId | None
    title: str
    text: str
    role: RoleId
    check: str
    data: DataRule
    submitted: datetime
    stage: Stage = Stage.SUBMITTED
    reviewer: PersonId | None = None
    reason: str = ""
    decided: datetime | None = None
    versions: tuple[Version, ...] = ()
    forgiven: int = 0
    credit: bool = False
    origin: Origin | None = None

    @property
    def is_in_library(self) -> bool:
        """Whether the drip may choose it."""
        return self.stage is Stage.APPROVED

    def came_with(self, other: "Contribution") -> bool:
        """Whether both came in one file of another organisation."""
        if self.origin is None or other.origin is None:
            return False
        return (self.origin.key, self.submitted) == (other.origin.key, other.submitted)

    def replaces(self, other: "Contribution") -> bool:
        """Whether this is another version of the same prompt of another organisation."""
        if self.origin is None or other.origin is None or self.id == other.id:
            return False
        return (self.origin.key, self.origin.prompt) == (other.origin.key, other.origin.prompt)

    def may_be_reviewed_by(self, person: Person) -> bool:
        """Whether somebody may change it or decide about it: a reviewer, and never its author."""
        return person.holds(Right.REVIEWER) and person.id != self.author

    def edited(self, title: str, text: str, check: str, at: datetime) -> Self:
        """The same contribution in other words; the old ones are kept. Equal words change nothing."""
        if (title, text, check) == (self.title, self.text, self.check):
            return self
        old = Version(self.title, self.text, self.check, at)
        return replace(self, title=title, text=text, check=check, versions=(*self.versions, old))

    @property
    def version(self) -> str:
        """A name for its words as they are now."""
        return str(len(self.versions))

    @property
    def prompt_id(self) -> PromptId:
        """The id of the prompt that it adds to the library."""
        return PromptId(f"{SHARED}{self.id}")

    def is_over(self, votes: Votes, now: datetime) -> bool:
        """Whether an approved prompt has to be looked at again: its time is over, or it works no longer."""
        if self.stage is not Stage.APPROVED or self.decided is None:
            return False
        failures = votes.did_not_work - self.forgiven
        fails = failures >= STOPPED_WORKING and failures > votes.worked
        return fails or now >= self.decided + REVIEWED_FOR

    def reviewed(self, stage: Stage, reviewer: PersonId, at: datetime, reason: str = "") -> Self:
        """The same contribution after a review."""
        return replace(self, stage=stage, reviewer=reviewer, decided=at, reason=reason)

    def without(self, person: PersonId) -> Self | None:
        """The same contribution without a word on this person; None where nothing should be left of it.

        What was approved is the organisation's; what was not is its author's, and goes with them.
        """
        if self.author == person and self.stage is not Stage.APPROVED:
            return None
        author = None if self.author == person else self.author
        return replace(self, author=author, reviewer=None if self.reviewer == person else self.reviewer)

    def as_prompt(self) -> Prompt:
        """The prompt that an approved contribution adds to the library.

        Raises ValueError for one that was not approved.
        """
        if self.stage is not Stage.APPROVED or self.decided is None:
            raise ValueError(f"contribution {self.id} is {self.stage}, not approved")
        prompt = self._as_prompt(self.decided.date())
        if self.origin is None:
            return prompt
        return replace(
            prompt,
            task=say("Shared by another organisation"),
            why=say(
                "It worked for somebody in the same job elsewhere, and a colleague here has looked at it."
            ),
            author=self.origin.credit,
            licence=self.origin.licence,
        )

    def _as_prompt(self, reviewed: date) -> Prompt:
        return Prompt(
            id=self.prompt_id,
            title=self.title,
            roles=(self.role,),
            task=say("Shared by a colleague"),
            app=App.COPILOT_CHAT,
            needs=Licence.CHAT,
            level=1,
            skill="share",
            why=say("It worked for somebody who does the same job, and a second colleague has looked at it."),
            text=self.text,
            good="",
            check=self.check,
            data=self.data,
            minutes=5,
            author=say("a colleague"),
            licence="internal",
            reviewed_on=reviewed,
            review_by=_review_by(reviewed),
            source=self.id,
        )


def _review_by(decided: date) -> date:
    return decided + REVIEWED_FOR


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of the form: what is said where it is missing, and where it is longer than `most`."""

    missing: str
    long: str
    most: int

    def problems(self, value: str) -> Iterator[str]:
        """What is wrong with a value."""
        if not _seen(value):
            yield say(self.missing)
        if len(value) > self.most:
            yield say(self.long, most=self.most, number=len(value))


_FIELDS = (
    _Field(
        to_say("Please fill in the title."),
        to_say("Please shorten the title to {most} characters; it has {number}."),
        LONGEST_TITLE,
    ),
    _Field(
        to_say("Please fill in the prompt."),
        to_say("Please shorten the prompt to {most} characters; it has {number}."),
        LONGEST_PROMPT,
    ),
    _Field(
        to_say("Please fill in how to check it."),
        to_say("Please shorten how to check it to {most} characters; it has {number}."),
        LONGEST_CHECK,
    ),
)


def problems(title: str, text: str, check: str) -> list[str]:
    """What is missing from a prompt, too short or too long, as sentences for its author.

    Empty where all is well. A field in which nothing can be seen is missing.
    """
    fields = zip(_FIELDS, (title, text, check), strict=True)
    found = [one for field, value in fields for one in field.problems(value)]
    if 0 < _seen(text) < SHORTEST_PROMPT:
        found.append(
            say(
                "The prompt is too short to help; please write at least {least} letters.",
                least=SHORTEST_PROMPT,
            )
        )
    return found


_HIDDEN = frozenset({"Cc", "Cs", "Co", "Cn"})
_TURNED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
"""Signs that turn the direction of reading: a text could show something else than it says."""


def is_readable(sign: str) -> bool:
    """Whether a text may hold this sign: no control or private sign, nor one that turns the text."""
    if sign in "\n\t":
        return True
    return unicodedata.category(sign) not in _HIDDEN and unicodedata.bidirectional(sign) not in _TURNED


def tidy(text: str) -> str:
    """A text as it is kept: lines end in one way, and what is not readable is left out.

    Pasted lists bring the private signs of Word's bullets along, and paths those that turn a text. Word's own
    line ends (a vertical tab) become lines, so that no two words run together.
    """
    lines = "\n".join(text.splitlines())
    return "".join(sign for sign in lines if is_readable(sign)).strip()


def tidy_line(text: str) -> str:
    """The same for what is one line."""
    return " ".join(tidy(text).split())


_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs, as Unicode has it, that show nothing: Hangul fillers and the empty Braille cell."""


def is_seen(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return bool(_seen(text))


def _seen(value: str) -> int:
    """How many characters can be seen: no spaces, no control, format or joining characters."""
    return sum(unicodedata.category(sign)[0] not in "CZM" and sign not in _BLANK for sign in value)
