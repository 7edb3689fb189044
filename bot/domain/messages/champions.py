"""What the bot can say where somebody asks a champion, or is one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Option
from bot.domain.text.language import Worded


@dataclass(frozen=True, slots=True)
class HelpForm(Worded):
    """The form for asking a champion. `problem` says what to mend; `about` is what was typed."""

    template: ClassVar[str] = "help_form"
    topics: Sequence[Option]
    languages: Sequence[Option]
    problem: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One champion to choose: who, what they do and where, and why this one."""

    champion_id: str
    name: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestions(Worded):
    """Up to three champions to choose from. `problem` says why the choice is offered again.

    `prompt_id` is the prompt that it is about, or empty.
    """

    template: ClassVar[str] = "suggestions"
    request_id: str
    about: str
    champions: Sequence[Suggestion]
    problem: str = ""
    prompt_id: str = ""


@dataclass(frozen=True, slots=True)
class HelpOffer(Worded):
    """A colleague's request, for the champion who may say yes. `until` is the last moment in words."""

    template: ClassVar[str] = "help_offer"
    request_id: str
    name: str
    who: str
    about: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class ChampionFound(Worded):
    """Two colleagues are brought together: who the other is, and the link that opens a chat with a sentence.

    `reason` says why, with its first words. `prompt_id` is the prompt that it is about, or empty.
    `request_id` lets the asker end it; empty on the champion's own card.
    """

    template: ClassVar[str] = "champion"
    title: str
    name: str
    about: str
    reason: str
    link: str
    first_sentence: str
    prompt_id: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class ProfileForm(Worded):
    """What a champion offers, as a form: lists are parted by commas, days are ISO dates or empty."""

    template: ClassVar[str] = "profile_form"
    options: Sequence[Option]
    roles: str
    topics: str
    site: str
    languages: str
    hours: str
    away_from: str
    away_until: str
    problem: str = ""
