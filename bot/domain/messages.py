"""What the bot can say: one frozen dataclass a card, holding plain values only.

A message is data, not layout: `cards/` has one template for each `template` name here, and the fields
are what the template may show. Nothing here knows about Teams.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from bot.domain.champion_messages import ChampionFound, HelpOffer, Suggestions
from bot.domain.language import Language, Worded
from bot.domain.own_messages import Progress


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list that people choose from: what they read, and what comes back."""

    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Step:
    """A button that leads on: what it says, and the verb that it sends with a subject (or nothing)."""

    title: str
    verb: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Welcome(Worded):
    """The first card: why it came, what is stored, how to stop, three choices; `opening` is a line above."""

    template: ClassVar[str] = "welcome"
    first_name: str
    organisation: str
    roles: Sequence[Option]
    role: str
    licence: str
    days: str
    local_run: bool
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Tip(Worded):
    """One prompt. `verdict` and `rule` are the local rule; `reason` completes "You got this because …".

    `app` is empty where it is something to do without any. `opening` is a short line above it, empty on a
    scheduled tip. `link` opens the app and `rules_link` the local rules, or they are empty.
    """

    template: ClassVar[str] = "tip"
    prompt_id: str
    title: str
    why: str
    prompt: str
    app: str
    link: str
    good: str
    check: str
    verdict: str
    rule: str
    minutes: int
    author: str
    reason: str
    saved: bool
    opening: str = ""
    rules_link: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One prompt in a list: the title, the line under it, and its id."""

    title: str
    about: str
    prompt_id: str


@dataclass(frozen=True, slots=True)
class PromptList(Worded):
    """Up to five prompts to open: what was found for a question, or what the person saved.

    `removable` adds a button that takes an entry out of the list.
    """

    template: ClassVar[str] = "prompt_list"
    title: str
    text: str
    lines: Sequence[Line]
    removable: bool


@dataclass(frozen=True, slots=True)
class RuleAnswer(Worded):
    """What the local rules say to "can I put … into …?". `verdict` is empty where they are silent.

    `lines` are what the question was taken to be about, each with its sentence. `link` opens the rules, or is
    empty.
    """

    template: ClassVar[str] = "rule"
    verdict: str
    lines: Sequence[Option]
    contact: str
    link: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a card: the input's id, the text, and the answers to choose from."""

    id: str
    text: str
    answers: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PulseQuestions(Worded):
    """The micro-pulse of one round: two questions, and up to two more that may be left out.

    `opening` is the line above it, and `closes` a day in words. `tune` is "true" where the person's own tips
    follow their confidence already, else "false".
    """

    template: ClassVar[str] = "pulse"
    round_id: str
    opening: str
    closes: str
    threshold: int
    needed: tuple[Asked, ...]
    optional: tuple[Asked, ...]
    tune: str


@dataclass(frozen=True, slots=True)
class HelpForm(Worded):
    """The form for asking a champion. `problem` says what to mend; `about` is what was typed."""

    template: ClassVar[str] = "help_form"
    topics: Sequence[Option]
    languages: Sequence[Option]
    problem: str = ""
    about: str = ""


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


@dataclass(frozen=True, slots=True)
class Share:
    """One bar of a chart: the label, and the percentage rounded to 5, or a mean with one decimal."""

    label: str
    percent: float


@dataclass(frozen=True, slots=True)
class Section:
    """One question of a summary: its chart, and the same numbers and what follows from them in words.

    `bars` is empty where the distribution may not be shown; `text` then says why.
    """

    title: str
    bars: Sequence[Share]
    text: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class GroupSummary(Worded):
    """A closed round of one group in figures that expose nobody.

    `findings` are sentences on what lies across questions and rounds; `action` is one thing to do, and why.
    """

    template: ClassVar[str] = "summary"
    group: str
    period: str
    headline: str
    answers: str
    sections: Sequence[Section]
    findings: Sequence[str]
    action: str
    protection: str
    sample_data: bool
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Trend:
    """One question through the rounds: what it is about, a mean a round, and what changed in words."""

    title: str
    points: Sequence[Share]
    text: str


@dataclass(frozen=True, slots=True)
class Comparison(Worded):
    """A group's own rounds beside one another, and beside the organisation's."""

    template: ClassVar[str] = "comparison"
    group: str
    trends: Sequence[Trend]
    beside: Sequence[str]
    protection: str
    sample_data: bool
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text; `marked` ones stand out."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class ShareForm(Worded):
    """The form for sharing a prompt. `problem` says what to mend, `trouble` what was our own fault.

    The other values are what was typed.

    `pieces` show the text with what points to a person. `alike_id` and `alike_title` are a prompt of the
    library that is nearly the same, or empty: sent once more, the prompt is shared all the same. `credit` is
    "true" where the author's name may go to other organisations with it, else "false".
    """

    template: ClassVar[str] = "share"
    roles: Sequence[Option]
    problem: str = ""
    title: str = ""
    prompt: str = ""
    role: str = ""
    check: str = ""
    data: str = "internal"
    pieces: Sequence[Piece] = ()
    alike_id: str = ""
    alike_title: str = ""
    credit: str = "false"
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRequest(Worded):
    """A colleague's prompt that waits for a second pair of eyes.

    `checks` are what the service found. `problem` is what to mend in the reviewer's changes or their reason,
    or empty; these are `reason` and what is called new, which is the prompt's own until they change it.
    `version` names the words that stand on the card: a yes is one to these alone.
    """

    template: ClassVar[str] = "review"
    contribution_id: str
    author: str
    title: str
    prompt: str
    roles: str
    check: str
    data: str
    new_title: str
    new_prompt: str
    new_check: str
    version: str
    checks: Sequence[str] = ()
    problem: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings(Worded):
    """The person's choices as a form, and in words; `resting` is true in a pause or after a stop.

    Times are as "09:00", or as somebody typed them; `rota` begins on `rota_from` (ISO), `rota_day` in words.
    `problem` says what to mend, or is empty; `unfolded` shows the less common choices from the start.
    `spoken` is the language that stands in the form, by its tag.
    """

    template: ClassVar[str] = "settings"
    summary: str
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
class Help(Worded):
    """Everything that works, in one look. `opening` is the line above it."""

    template: ClassVar[str] = "help"
    opening: str
    champion: bool
    reviewer: bool
    lead: bool
    administrator: bool


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


@dataclass(frozen=True, slots=True)
class Note(Worded):
    """A short answer with up to six next steps. `lines` are paragraphs.

    `refused` is a word for the log where a command was not carried out; it is never shown.
    """

    template: ClassVar[str] = "note"
    title: str
    lines: Sequence[str]
    steps: Sequence[Step]
    refused: str = field(default="", compare=False)


Message = (
    Welcome
    | Tip
    | PromptList
    | RuleAnswer
    | PulseQuestions
    | HelpForm
    | ProfileForm
    | Suggestions
    | HelpOffer
    | ChampionFound
    | GroupSummary
    | Comparison
    | ShareForm
    | ReviewRequest
    | Settings
    | Progress
    | Help
    | Privacy
    | MyData
    | Note
)
