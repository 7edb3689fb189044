"""What a person can ask about themselves: part of `commands.Command`."""

from dataclasses import dataclass
from datetime import date

from bot.domain.hours import Nation, Nights
from bot.domain.language import Language
from bot.domain.people import Licence, RoleId
from bot.domain.zones import HOME


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """What the person tried and learnt, and how confident they felt."""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """The settings form, filled in; times and the rota are as somebody typed them.

    `rota_from` is the day of the rota's first letter. `tuned` says that their tips may follow their answers.
    """

    role: RoleId
    licence: Licence
    days: frozenset[int]
    per_week: int
    start: str = ""
    end: str = ""
    quiet_from: str = ""
    quiet_until: str = ""
    rota: str = ""
    rota_from: date | None = None
    nights: Nights = Nights.IN_SHIFT
    nation: Nation = Nation.ENGLAND
    works_holidays: bool = False
    zone: str = HOME
    tuned: bool = False


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak another language from now on."""

    language: Language


OwnCommand = ShowProgress | ChangeSettings | SetLanguage

OWN_VERBS: dict[str, type[OwnCommand]] = {
    "progress": ShowProgress,
    "change_settings": ChangeSettings,
    "set_language": SetLanguage,
}
"""The verbs that cards send, and what each asks for."""


def spoken_after(command: object, language: Language) -> Language:
    """The language of the answer to a command, by the one that was spoken before."""
    return command.language if isinstance(command, SetLanguage) else language
