"""About champions: asking for help, and giving it."""

from dataclasses import dataclass

from bot.domain.library.prompts import PromptId
from bot.domain.staff.people import PersonId


@dataclass(frozen=True, slots=True)
class AskChampion:
    """Where the own request for help stands; without one, begin one, about a prompt where one is named."""

    prompt_id: PromptId | None = None


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """What somebody wants help with: a line of their own, a topic, or both; perhaps in a language."""

    about: str = ""
    topic: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ChooseChampion:
    """Ask this one of the suggested champions."""

    champion_id: PersonId
    request_id: str


@dataclass(frozen=True, slots=True)
class WithdrawHelp:
    """The asker needs no help any more; without an id it is the request that is open."""

    request_id: str = ""


@dataclass(frozen=True, slots=True)
class AcceptHelp:
    """The champion says yes."""

    request_id: str


@dataclass(frozen=True, slots=True)
class PassHelp:
    """The champion cannot help with this one."""

    request_id: str


@dataclass(frozen=True, slots=True)
class RestFromHelp:
    """The champion has no time this week, for this one or any other."""

    request_id: str


@dataclass(frozen=True, slots=True)
class SayHelped:
    """The asker says that it helped."""

    request_id: str


@dataclass(frozen=True, slots=True)
class SayNotHelped:
    """The asker says that it did not help."""

    request_id: str


@dataclass(frozen=True, slots=True)
class ShowProfile:
    """What the person offers as a champion, as a form."""


@dataclass(frozen=True, slots=True)
class BecomeChampion:
    """Offer to be one."""


@dataclass(frozen=True, slots=True)
class ChangeProfile:
    """The form, filled in: lists are parted by commas, days are ISO dates, `hours` are those a week.

    Nothing of it has been looked at: what was typed comes back with what to mend.
    """

    roles: str = ""
    topics: str = ""
    site: str = ""
    languages: str = ""
    hours: int | str = 1
    away_from: str = ""
    away_until: str = ""


@dataclass(frozen=True, slots=True)
class LeaveChampions:
    """Be one no longer."""


@dataclass(frozen=True, slots=True)
class AdmitChampion:
    """An administrator's yes to somebody's wish."""

    wish_id: str


@dataclass(frozen=True, slots=True)
class RefuseChampion:
    """An administrator's no."""

    wish_id: str


@dataclass(frozen=True, slots=True)
class ShowDirectory:
    """The champions whose topic, role or site has these words."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class ShowCoverage:
    """What the champions cover, for administrators."""


ChampionCommand = (
    AskChampion
    | AskForHelp
    | ChooseChampion
    | WithdrawHelp
    | AcceptHelp
    | PassHelp
    | RestFromHelp
    | SayHelped
    | SayNotHelped
    | ShowProfile
    | BecomeChampion
    | ChangeProfile
    | LeaveChampions
    | AdmitChampion
    | RefuseChampion
    | ShowDirectory
    | ShowCoverage
)

CHAMPION_VERBS: dict[str, type[ChampionCommand]] = {
    "champion": AskChampion,
    "ask_help": AskForHelp,
    "choose_champion": ChooseChampion,
    "withdraw_help": WithdrawHelp,
    "accept_help": AcceptHelp,
    "pass_help": PassHelp,
    "rest_help": RestFromHelp,
    "helped": SayHelped,
    "not_helped": SayNotHelped,
    "profile": ShowProfile,
    "become_champion": BecomeChampion,
    "change_profile": ChangeProfile,
    "leave_champions": LeaveChampions,
    "admit_champion": AdmitChampion,
    "refuse_champion": RefuseChampion,
    "champions": ShowDirectory,
    "coverage": ShowCoverage,
}
"""The verbs that cards send about champions, and what each asks for."""
