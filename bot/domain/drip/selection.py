"""Which prompt comes next: eligible, not seen lately, evenly over the skills, by what worked for others.

The choice is a function of the person, what they saw, the moment of the slot and the totals of how prompts
went. Chance is a hash of slot and prompt, so that everybody who works it out finds the same.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from statistics import NormalDist

from bot.domain.drip.shelves import Entry, Shelf
from bot.domain.library.prompts import EVERYONE, Prompt, PromptId
from bot.domain.staff.cadence import STALE_AFTER, stable_number
from bot.domain.staff.people import Person, RoleId
from bot.domain.text.language import say
from bot.domain.text.wording import listed, skill_in_words

REPEAT_AFTER = timedelta(days=90)
"""A prompt that somebody has seen does not come back unasked before this."""

LOOKS_BACK = REPEAT_AFTER + STALE_AFTER
"""How long a prompt counts as seen lately: from its planning on, and it may have come so much later."""

SAFETY = frozenset({"give-safe-context", "know-when-not-to"})
"""The skills that say what somebody may do, and when better not to."""

JUDGEMENT = frozenset({"check-it", "know-when-not-to"})
"""The skills of telling whether an answer is any good."""

OWN_ROLE = 0.25
"""What a prompt for the person's own role is worth beside one for everyone, on a scale from 0 to 1."""

FAIR_START = 10
"""A colleague's prompt counts as new until this many people have said how it went."""

ONE_IN = 4
"""At most one in so many of a person's prompts is a new one of a colleague's."""

LEVELS = ((4, 1), (10, 2))
"""Until somebody has seen so many prompts within `LOOKS_BACK`, theirs are no harder than this level."""

ENOUGH_VOTES = 10
MOSTLY = 0.65
"""From here on it is said that a prompt worked for most."""

_BELL = NormalDist()
_BITS = 1 << 32


@dataclass(frozen=True, slots=True)
class Choice:
    """A prompt and why it was chosen, in half a sentence that follows "You got this because …"."""

    prompt: Prompt
    reason: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What suits the person just now, as far as the library has it. `why` goes into the reason."""

    hardest: int = 3
    easiest: int = 1
    longest: int = 60
    judgement: bool = False
    why: str = ""


NO_WISH = Wish()


@dataclass(frozen=True, slots=True)
class FirstStep:
    """What a beginner gets at one place: of these skills (any, if empty), for their own job or for any."""

    skills: frozenset[str]
    own_job: bool
    reason: str

    def fits(self, prompt: Prompt, role: RoleId | None) -> bool:
        """Whether a prompt is easy and of this kind."""
        skilled = not self.skills or prompt.skill in self.skills
        return prompt.level == 1 and skilled and (role in prompt.roles or not self.own_job)


FIRST_STEPS = (
    (FirstStep(SAFETY, own_job=False, reason=say("it is a safe way to begin")),),
    (
        FirstStep(frozenset(), own_job=True, reason=say("it is an easy one to begin with in your job")),
        FirstStep(frozenset(), own_job=False, reason=say("it is an easy one to begin with")),
    ),
)
"""What beginners get first: what they may do and how to stay safe, and then an easy win in their own job.

Where nothing of a kind suits them, such as in their job without an AI tool, the next kind takes its place.
"""


@dataclass(frozen=True, slots=True)
class _Reader:
    """The person for whom a prompt is chosen, and the moment; `slot` stands for both in draws."""

    person: Person
    lately: frozenset[PromptId]
    now: datetime
    wish: Wish
    slot: int


_Open = Mapping[str, Sequence[Entry]]
"""What may come now, by skill; the skill that was covered least is first."""


def eligible(prompts: Iterable[Prompt], person: Person, now: datetime) -> list[Prompt]:
    """The prompts that suit the person's role and licence and whose review has not run out."""
    return [
        prompt
        for prompt in prompts
        if prompt.suits(person.role) and person.licence.covers(prompt.needs) and prompt.counts_on(now.date())
    ]


def choose(
    shelf: Shelf, person: Person, lately: Set[PromptId], slot: datetime, wish: Wish = NO_WISH
) -> Choice | None:
    """The next prompt for a slot; None where all that suits was seen `lately`: within `LOOKS_BACK`."""
    reader = _Reader(person, frozenset(lately), slot, wish, stable_number(f"{person.id}:{slot:%Y%m%dT%H%M}"))
    open_ = _open(shelf, reader)
    return _first_step(reader, open_) or _new_one(shelf, reader, open_) or _best(reader, open_)


def choose_again(
    shelf: Shelf, person: Person, seen: Mapping[PromptId, datetime], now: datetime
) -> Choice | None:
    """For somebody who asks when nothing is new: the one they saw longest ago; None without any at all."""
    section = shelf.section(person.role, person.licence, now.date())
    unwanted = person.preferences.unwanted
    wanted = [e.prompt for entries in section.values() for e in entries if e.prompt.id not in unwanted]
    if not wanted:
        return None
    prompt = min(wanted, key=lambda p: (seen.get(p.id, datetime.min.replace(tzinfo=now.tzinfo)), p.id))
    return Choice(prompt, say("you have seen all the others more recently"))


def _open(shelf: Shelf, reader: _Reader) -> _Open:
    """What the person has not seen lately and has not turned down, the least covered skill first."""
    barred = reader.lately.union(reader.person.preferences.unwanted)
    covered = Counter(shelf.skills[prompt] for prompt in reader.lately if prompt in shelf.skills)
    section = shelf.section(reader.person.role, reader.person.licence, reader.now.date())
    in_turn = sorted(section, key=lambda s: (covered[s], mixed(reader.slot, shelf.numbers[s])))
    left = ((s, [e for e in section[s] if e.prompt.id not in barred]) for s in in_turn)
    return {skill: entries for skill, entries in left if entries}


def _new_one(shelf: Shelf, reader: _Reader, open_: _Open) -> Choice | None:
    """A colleague's new prompt, for somebody who has begun and not had too many lately: a fair start."""
    if not shelf.shared:
        return None
    new = [e for entries in open_.values() for e in entries if e.prompt.source and e.votes < FAIR_START]
    if not new or ONE_IN * len(shelf.shared & reader.lately) > len(reader.lately):
        return None
    entry = min(new, key=lambda e: mixed(reader.slot, e.number))
    return Choice(entry.prompt, say("it is new, and worked for somebody who does your job"))


def _first_step(reader: _Reader, open_: _Open) -> Choice | None:
    """A beginner's first tip is about staying safe, the second an easy win in their own job."""
    if len(reader.lately) >= len(FIRST_STEPS):
        return None
    steps = FIRST_STEPS[len(reader.lately)]
    return next((found for step in steps if (found := _easiest(step, reader, open_))), None)


def _easiest(step: FirstStep, reader: _Reader, open_: _Open) -> Choice | None:
    role = reader.person.role
    easy = [e.prompt for entries in open_.values() for e in entries if step.fits(e.prompt, role)]
    if not easy:
        return None
    prompt = min(easy, key=lambda p: ((role in p.roles) is not step.own_job, p.minutes, p.id))
    return Choice(prompt, step.reason)


def _best(reader: _Reader, open_: _Open) -> Choice | None:
    """Of the least covered skill that has what is wished for, the one that is drawn highest."""
    for given_up, fits in enumerate(_wishes(reader)):
        for skill in _in_order(reader, open_):
            fitting = [entry for entry in open_[skill] if fits(entry.prompt)]
            if fitting:
                entry = max(fitting, key=_drawing(reader))
                return Choice(entry.prompt, _reason(entry, reader, met=not given_up))
    return None


def _in_order(reader: _Reader, open_: _Open) -> Sequence[str]:
    """The skills in turn; those of judgement first for somebody whom they suit now."""
    return sorted(open_, key=lambda s: s not in JUDGEMENT) if reader.wish.judgement else list(open_)


def _wishes(reader: _Reader) -> Sequence[Callable[[Prompt], bool]]:
    """What is looked for, and what instead where there is none of it: length gives way first."""
    wish, number = reader.wish, len(reader.lately)
    hardest = min([wish.hardest, *(level for seen, level in LEVELS if number < seen)])
    fits = partial(_fits, easiest=min(wish.easiest, hardest), hardest=hardest)
    return (
        partial(fits, longest=wish.longest),
        fits,
        partial(_fits, easiest=1, hardest=hardest),
        partial(_fits, easiest=1, hardest=2),
        _anything,
    )


def _fits(prompt: Prompt, easiest: int, hardest: int, longest: int = 60) -> bool:
    return easiest <= prompt.level <= hardest and prompt.minutes <= longest


def _anything(_: Prompt) -> bool:
    return True


def _drawing(reader: _Reader) -> Callable[[Entry], float]:
    """How high an entry is drawn: Thompson sampling, with a hash of slot and prompt for chance."""
    slot, role = reader.slot, reader.person.role
    return lambda entry: _drawn(entry, slot) + (OWN_ROLE if role in entry.prompt.roles else 0)


def _drawn(entry: Entry, slot: int) -> float:
    """A draw from how likely the prompt is to work, a normal in the place of the beta: 0.02 off at most."""
    return entry.mean + entry.spread * _BELL.inv_cdf((mixed(slot, entry.number) + 0.5) / _BITS)


def mixed(one: int, other: int) -> int:
    """A number from 0 to 2³²−1 for two of them, that looks like chance and is always the same."""
    number = (one ^ other) * 0x9E3779B1 % _BITS
    number = (number ^ (number >> 15)) * 0x85EBCA77 % _BITS
    return number ^ (number >> 13)


def _reason(entry: Entry, reader: _Reader, *, met: bool) -> str:
    """Why this one, now: for whom it is, which skill is due, and what others found."""
    parts = [_for_whom(entry.prompt, reader.person.role)]
    wish = reader.wish.why if met else ""
    parts.append(wish or say("it is time to practise “{skill}”", skill=skill_in_words(entry.prompt.skill)))
    if entry.votes >= ENOUGH_VOTES and entry.mean >= MOSTLY:
        parts.append(say("it worked for most colleagues who tried it"))
    return listed(parts)


def _for_whom(prompt: Prompt, role: RoleId | None) -> str:
    return (
        say("it is for your job")
        if role in prompt.roles and EVERYONE not in prompt.roles
        else say("it helps in any job")
    )
