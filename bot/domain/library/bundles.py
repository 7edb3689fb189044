"""Approved prompts on their way to another organisation, and what becomes of them there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.library.contributions import Contribution, Origin, Stage, tidy, tidy_line
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import RoleId

MOST_PROMPTS = 500
"""In one file: a reviewer reads every one of them."""


@dataclass(frozen=True, slots=True)
class BundledPrompt:
    """One approved prompt as it travels. `author` is empty where they did not say that their name may go too.

    `approved_by` is what the reviewer does, not who they are; `approved` is a moment (UTC).
    """

    id: str
    title: str
    text: str
    role: RoleId
    check: str
    data: DataRule
    author: str
    approved_by: str
    approved: datetime
    licence: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one organisation sends, and when it was put together (UTC)."""

    organisation: str
    made: datetime
    prompts: tuple[BundledPrompt, ...]


class News(StrEnum):
    """What a prompt of a bundle is to those who receive it."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


def may_leave(contribution: Contribution) -> bool:
    """Whether it may go into a bundle: approved here. What came from elsewhere travels from there alone."""
    return contribution.stage is Stage.APPROVED and contribution.origin is None


def bundled(contribution: Contribution, author: str, approved_by: str, licence: str) -> BundledPrompt:
    """The prompt as it travels; with its author's name only where they said yes to that.

    Raises ValueError for one that may not leave.
    """
    if not may_leave(contribution) or contribution.decided is None:
        raise ValueError(f"contribution {contribution.id} may not leave")
    return BundledPrompt(
        id=contribution.id,
        title=tidy_line(contribution.title),
        text=tidy(contribution.text),
        role=contribution.role,
        check=tidy(contribution.check),
        data=contribution.data,
        author=author if contribution.credit else "",
        approved_by=approved_by,
        approved=contribution.decided,
        licence=licence,
    )


def received(bundle: Bundle, prompt: BundledPrompt, key: str, at: datetime) -> Contribution:
    """The prompt as it waits for review here. `key` names the key that signed the bundle.

    Its id follows from who sent it and what it says, so that the same words are never taken in twice.
    """
    said = (key, prompt.id, prompt.title, prompt.text, prompt.role, prompt.check, prompt.data)
    return Contribution(
        id=sha256(repr(said).encode()).hexdigest()[:32],
        author=None,
        title=prompt.title,
        text=prompt.text,
        role=prompt.role,
        check=prompt.check,
        data=prompt.data,
        submitted=at,
        origin=Origin(
            key=key,
            prompt=prompt.id,
            organisation=bundle.organisation,
            author=prompt.author,
            approved_by=prompt.approved_by,
            approved=prompt.approved,
            licence=prompt.licence,
        ),
    )


def news(arrived: Contribution, same: Contribution | None, here: Collection[Contribution]) -> News:
    """What it is, where `same` has its id already, and `here` are those that wait or are in the library."""
    if same is not None:
        return News.KNOWN
    return News.CHANGED if any(arrived.replaces(one) for one in here) else News.NEW
