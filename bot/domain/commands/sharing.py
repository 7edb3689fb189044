"""About prompts of colleagues, from sharing to retiring."""

from dataclasses import dataclass

from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import RoleId


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
    """A prompt that waits for a review: the oldest, or the one that follows another."""

    after: str = ""


@dataclass(frozen=True, slots=True)
class ApprovePrompt:
    """Let a colleague's prompt into the library, in the words of a version; cards of before name none."""

    contribution_id: str
    version: str = "0"


@dataclass(frozen=True, slots=True)
class DeclinePrompt:
    """Keep a colleague's prompt out of the library, with a reason for its author."""

    contribution_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class EditPrompt:
    """A reviewer's changes to a colleague's prompt, before the review."""

    contribution_id: str
    title: str
    prompt: str
    check: str


@dataclass(frozen=True, slots=True)
class RetirePrompt:
    """Take a shared prompt that has had its time out of the library; without an id, hear how that is done."""

    contribution_id: str = ""


@dataclass(frozen=True, slots=True)
class RenewPrompt:
    """Keep a shared prompt that has had its time for another year."""

    contribution_id: str


@dataclass(frozen=True, slots=True)
class ShowShared:
    """What the person shared, and how it went."""


@dataclass(frozen=True, slots=True)
class MendPrompt:
    """The form with the words of a prompt that the person shared and that was declined."""

    contribution_id: str


@dataclass(frozen=True, slots=True)
class KeepNameBack:
    """The person's name goes to no other organisation any more, with any prompt that they shared."""


ShareCommand = ShowShareForm | SharePrompt | ShowShared | MendPrompt | KeepNameBack
"""The author's."""

ReviewCommand = ShowReviews | EditPrompt | ApprovePrompt | DeclinePrompt | RetirePrompt | RenewPrompt
"""The reviewers'."""

REVIEW_VERBS: dict[str, type[ShareCommand | ReviewCommand]] = {
    "share_form": ShowShareForm,
    "share": SharePrompt,
    "reviews": ShowReviews,
    "approve": ApprovePrompt,
    "decline": DeclinePrompt,
    "edit_prompt": EditPrompt,
    "retire_prompt": RetirePrompt,
    "renew_prompt": RenewPrompt,
    "shared": ShowShared,
    "mend_prompt": MendPrompt,
    "keep_name_back": KeepNameBack,
}
"""The verbs that cards send, and what each asks for."""
