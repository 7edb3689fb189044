"""What the bot can say of a person's own choices, record and data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bot.domain.messages.parts import Option
from bot.domain.text.language import Language, Worded


@dataclass(frozen=True, slots=True)
class Settings(Worded):
    """The person's choices as a form, and in words; `resting` is true in a pause or after a stop.

    Times are as "09:00", or as somebody typed them; `rota` begins on `rota_from` (ISO), `rota_day` in words.
    `problem` says what to mend, or is empty; `unfolded` shows the less common choices from the start.
    `spoken` is the language that stands in the form, by its tag. `leave` says which time off is kept, and how
    to change that.
    """

    template: ClassVar[str] = "settings"
    summary: str
    leave: str
    roles: Sequence[Option]
    role: str
    licence: str
    days: str
    per_week: str
    start: str
    end: str
    quiet_from: str
    quiet_until: str
    rota: str
    rota_from: str
    rota_day: str
    nights: str
    nation: str
    works_holidays: str
    zones: Sequence[Option]
    zone: str
    tuned: str
    resting: bool
    spoken: str = Language.ENGLISH.value
    problem: str = ""
    unfolded: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One bar of a chart: a day in short, and an answer from 1 to 5."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Progress(Worded):
    """What somebody tried, which skills they met, and their own confidence over time, for them alone.

    `points` are empty where none is kept; `confidence` then says so, and else says the same in words.
    """

    template: ClassVar[str] = "progress"
    tips: str
    skills: Sequence[str]
    points: Sequence[Point]
    confidence: str
    tuned: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One sort of thing that is kept: its name, what there is of it, and for how long and for whose eyes."""

    title: str
    value: str
    kept: str


@dataclass(frozen=True, slots=True)
class Privacy(Worded):
    """What is stored about the person, in plain words, and who can see it."""

    template: ClassVar[str] = "privacy"
    facts: Sequence[Fact]
    threshold: int
    contact: str


@dataclass(frozen=True, slots=True)
class MyData(Worded):
    """A person's own data as text: a heading and lines each. `contact` is whom to ask for the rest."""

    template: ClassVar[str] = "my_data"
    sections: Sequence[Option]
    contact: str
