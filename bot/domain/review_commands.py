"""What can be asked of the bot around a review, beside looking and deciding."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EditPrompt:
    """A reviewer's changes to a colleague's prompt, before the review."""

    contribution_id: str
    title: str
    prompt: str
    check: str


@dataclass(frozen=True, slots=True)
class RetirePrompt:
    """Take a shared prompt that has had its time out of the library."""

    contribution_id: str


@dataclass(frozen=True, slots=True)
class RenewPrompt:
    """Keep a shared prompt that has had its time for another year."""

    contribution_id: str


@dataclass(frozen=True, slots=True)
class ShowShared:
    """What the person shared, and how it went."""


@dataclass(frozen=True, slots=True)
class KeepNameBack:
    """The person's name goes to no other organisation any more, with any prompt that they shared."""


ReviewCommand = EditPrompt | RetirePrompt | RenewPrompt | ShowShared | KeepNameBack

REVIEW_VERBS: dict[str, type[ReviewCommand]] = {
    "edit_prompt": EditPrompt,
    "retire_prompt": RetirePrompt,
    "renew_prompt": RenewPrompt,
    "shared": ShowShared,
    "keep_name_back": KeepNameBack,
}
"""The verbs that cards send, and what each asks for."""
