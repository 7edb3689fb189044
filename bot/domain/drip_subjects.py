"""What the drip may send beside tips: part of `delivery`, which says how they are kept and sent."""

from dataclasses import dataclass

from bot.domain.prompts import PromptId


@dataclass(frozen=True, slots=True)
class FarewellDue:
    """The last message to somebody who has been silent for long."""


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """A few days after a prompt did not go well: a better version, or a champion."""

    prompt: PromptId
