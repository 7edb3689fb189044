"""About oneself: choices, rest, and one's own data."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.staff.hours import Nation, Nights
from bot.domain.staff.people import Licence, RoleId
from bot.domain.staff.zones import HOME
from bot.domain.text.language import Language


@dataclass(frozen=True, slots=True)
class SetUp:
    """The welcome card's choices; the first tip follows at once."""

    role: RoleId
    licence: Licence
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The person's choices as a form."""


@dataclass(frozen=True, slots=True)
class ShowProgress:
    """What the person tried and learnt, and how confident they felt."""


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """The settings form, filled in; times and the rota are as somebody typed them.

    `rota_from` is the day of the rota's first letter. `tuned` says that their tips may follow their answers.
    `language` is None on a card that did not ask for it yet: then it stays.
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
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Speak another language from now on."""

    language: Language


class Wish(StrEnum):
    """What is wished to somebody who is away. It is said, and never kept."""

    NONE = ""
    ENJOY = "enjoy"
    RECOVER = "recover"


@dataclass(frozen=True, slots=True)
class AskLanguage:
    """The languages to choose from."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Send nothing for some days."""

    days: int = 14
    wish: Wish = Wish.NONE


@dataclass(frozen=True, slots=True)
class PauseUntil:
    """Send nothing before a day, as somebody typed it."""

    day: str
    wish: Wish = Wish.NONE


@dataclass(frozen=True, slots=True)
class TakeLeave:
    """Send nothing on some days, as somebody typed them; empty to take all leave back."""

    days: str
    wish: Wish = Wish.ENJOY


@dataclass(frozen=True, slots=True)
class AskLeave:
    """Somebody is away and did not say until when: show the leave that is kept, and ask."""

    wish: Wish = Wish.NONE


@dataclass(frozen=True, slots=True)
class PauseLong:
    """Send nothing before a day, however far it is: somebody said yes to that."""

    day: str


@dataclass(frozen=True, slots=True)
class TakeLongLeave:
    """Send nothing on some days, however many: somebody said yes to that."""

    span: str


@dataclass(frozen=True, slots=True)
class SetRota:
    """Send on shift alone: a cycle, a letter a day; empty for no rota.

    It begins on the day that somebody typed; today, if they typed none.
    """

    letters: str
    begins: str = ""


@dataclass(frozen=True, slots=True)
class ShowRota:
    """The rota that is kept, and how to tell one."""


@dataclass(frozen=True, slots=True)
class AskRota:
    """A rota that leaves something open: a letter a day, "?" for any shift, or letters that nobody knows.

    Empty for somebody who works shifts and did not say which.
    """

    letters: str
    begins: str = ""


@dataclass(frozen=True, slots=True)
class SetTips:
    """How many tips a week, on which days (0 is Monday), or both; None leaves as it is."""

    per_week: int | None = None
    days: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Days of the week (0 is Monday) on which no tips are to come."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class SetHours:
    """From when and until when tips may come, or the quiet hours, as somebody typed them; empty stays."""

    start: str = ""
    end: str = ""
    quiet_from: str = ""
    quiet_until: str = ""


@dataclass(frozen=True, slots=True)
class SetHolidays:
    """Whether tips may come on bank holidays."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class SetNights:
    """Whether tips may come on night shifts."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Resume:
    """Send again, after a pause or a stop."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Send nothing any more."""


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """What is stored."""


@dataclass(frozen=True, slots=True)
class ShowMyData:
    """The person's own data."""


@dataclass(frozen=True, slots=True)
class AskErasure:
    """Ask once more before anything is erased."""


@dataclass(frozen=True, slots=True)
class EraseMyData:
    """Erase what is kept about the person, now."""


@dataclass(frozen=True, slots=True)
class ForgetLevel:
    """Do not keep this person's own confidence for their tips any more."""


RestCommand = Pause | PauseUntil | PauseLong | TakeLeave | TakeLongLeave | AskLeave | Resume | Stop
"""When no messages come."""

SpareCommand = LeaveOut | SetHours | SetHolidays
"""When no tips come in an ordinary week."""

RhythmCommand = ShowRota | AskRota | SetRota | SetNights | SetTips | SpareCommand | SetLanguage | AskLanguage
"""When messages come, and in which language."""

DataCommand = ShowPrivacy | ShowMyData | AskErasure | EraseMyData | ForgetLevel
"""What is kept."""

OwnCommand = SetUp | ShowSettings | ShowProgress | ChangeSettings | RestCommand | RhythmCommand | DataCommand

OWN_VERBS: dict[str, type[OwnCommand]] = {
    "progress": ShowProgress,
    "change_settings": ChangeSettings,
    "set_language": SetLanguage,
    "set_up": SetUp,
    "settings": ShowSettings,
    "pause": Pause,
    "pause_long": PauseLong,
    "take_long_leave": TakeLongLeave,
    "resume": Resume,
    "stop": Stop,
    "privacy": ShowPrivacy,
    "my_data": ShowMyData,
    "ask_erasure": AskErasure,
    "erase": EraseMyData,
    "forget_level": ForgetLevel,
}
"""The verbs that cards send, and what each asks for."""
