"""People: what the organisation says of them, what they chose, and how to reach them.

The two sources never overwrite one another. A roster that is loaded again replaces `RosterEntry` and
leaves `Preferences` alone; a choice in the chat replaces `Preferences` and leaves the roster alone.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import NewType, Self
from zoneinfo import ZoneInfo

from bot.domain.staff.cadence import NO_DAYS, Days, Rhythm
from bot.domain.staff.groups import Membership
from bot.domain.text.language import Language, say

PersonId = NewType("PersonId", str)
"""A person's Entra object id, in lower case."""

GroupId = NewType("GroupId", str)
"""A team, as the roster spells it. A person counts in one team."""

RoleId = NewType("RoleId", str)
"""A role of `prompts_library/roles.yaml`."""


class Licence(StrEnum):
    """What a person may use: ordered from least to most by `covers`."""

    NOTHING = "nothing"
    CHAT = "chat"
    COPILOT = "copilot"

    @property
    def label(self) -> str:
        """The licence as people know it."""
        labels = {Licence.COPILOT: say("Copilot"), Licence.CHAT: say("Copilot Chat only")}
        return labels.get(self, say("None yet"))

    def covers(self, needed: "Licence") -> bool:
        """Whether somebody with this licence can do what needs `needed`."""
        order = list(Licence)
        return order.index(self) >= order.index(needed)


class Right(StrEnum):
    """What somebody may do beside being staff. No right implies another."""

    CHAMPION = "champion"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One row of the organisation's roster.

    `upn` is the user principal name: Teams' chat links take nothing else. `leads` are the groups whose
    summaries the person may ask for.
    """

    id: PersonId
    name: str
    upn: str
    role: RoleId
    licence: Licence
    site: str
    team: GroupId
    rights: frozenset[Right] = frozenset()
    leads: frozenset[GroupId] = frozenset()
    topics: tuple[str, ...] = ()
    cohort: str = ""
    start: date | None = None

    @property
    def membership(self) -> Membership:
        """The groups in which the person counts."""
        return Membership(self.site, self.team, self.role, self.licence)


@dataclass(frozen=True, slots=True)
class Contact:
    """How things stand between the bot and a person.

    `heard` is the last day on which they wrote or pressed anything but a round's questions, never what it
    was, or on which they came back from where nothing reached them. `slowed` and `ended` say what their
    silence led to; `licence`, `level` and `workload` are what a tip last took note of. `begun` is the day on
    which they set up.
    """

    heard: date | None = None
    slowed: bool = False
    ended: bool = False
    licence: Licence | None = None
    level: int | None = None
    workload: int | None = None
    begun: date | None = None


@dataclass(frozen=True, slots=True)
class AskedTip:
    """The tip that somebody asked for last, and why it was that one; without a reason they opened it."""

    prompt: str
    reason: str = ""


MOST_OWN = 13
"""Own answers that are kept: a year of rounds, four weeks apart."""


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What somebody said to the two fixed questions, 1 to 5, in the round that opened on the day `asked`."""

    asked: date
    confidence: int
    workload: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the person chose in the chat. None means: not chosen, so what the roster says holds.

    `tuned` says that their tips may follow their own answers. Only then are those kept, in `own`, oldest
    first: they are the person's, and no round and no summary reads them.
    `saved` and `unwanted` are ids of prompts: those to keep, and those that are not for their job.
    `licence_over` is what the roster said when they chose their licence; once it says something else, that
    holds, since licences come and go. `asked` is the last tip that came since they asked.
    """

    role: RoleId | None = None
    licence: Licence | None = None
    rhythm: Rhythm = field(default_factory=Rhythm)
    paused_until: datetime | None = None
    stopped: bool = False
    saved: tuple[str, ...] = ()
    tuned: bool = False
    own: tuple[OwnAnswer, ...] = ()
    unwanted: tuple[str, ...] = ()
    licence_over: Licence | None = None
    contact: Contact = field(default_factory=Contact)
    language: Language = Language.ENGLISH
    asked: AskedTip | None = None

    @property
    def level(self) -> int | None:
        """Their newest confidence, 1 to 5; None where they do not let us keep it."""
        return self.own[-1].confidence if self.own else None

    @property
    def workload(self) -> int | None:
        """What AI last did to their workload, from 1, much lighter, to 5, much heavier; None as above."""
        return self.own[-1].workload if self.own else None

    def saying(self, answer: OwnAnswer) -> Self:
        """The same choices with an answer to keep; a second one to the same round takes the first's place."""
        others = (one for one in self.own if one.asked != answer.asked)
        return replace(self, tuned=True, own=(*others, answer)[-MOST_OWN:])

    def untuned(self) -> Self:
        """The same choices without any answer of their own; their tips follow none."""
        return replace(self, tuned=False, own=())


@dataclass(frozen=True, slots=True)
class ConversationReference:
    """Where a person's 1:1 chat is: the ids of Teams, and the service URL last seen for them.

    `conversation` is empty where the chat has to be begun first.
    """

    tenant: str
    conversation: str
    service_url: str
    user: str
    bot: str

    def without_chat(self) -> Self:
        """The same place, where the chat has to be begun anew."""
        return replace(self, conversation="")


@dataclass(frozen=True, slots=True)
class Person:
    """One member of staff. `next_nudge` is the next slot (UTC) of their drip, None while it rests.

    `uninstalled` is when they removed the app, blocked it or left the staff list: from then on nothing is
    sent, and after a while what is kept about them is erased. None while they are with us.
    """

    id: PersonId
    roster: RosterEntry | None = None
    preferences: Preferences = field(default_factory=Preferences)
    reference: ConversationReference | None = None
    next_nudge: datetime | None = None
    uninstalled: datetime | None = None

    @property
    def role(self) -> RoleId | None:
        """The role they chose, else the roster's."""
        return self.preferences.role or (self.roster.role if self.roster else None)

    @property
    def licence(self) -> Licence:
        """The licence they chose, unless the roster has changed since; else the roster's, else none."""
        chosen, listed = self.preferences.licence, self.roster.licence if self.roster else None
        outdated = self.preferences.licence_over not in {None, listed}
        return (listed if outdated or chosen is None else chosen) or chosen or Licence.NOTHING

    @property
    def team(self) -> GroupId | None:
        """The team they count in, None for somebody who is not on the roster."""
        return self.roster.team if self.roster else None

    @property
    def name(self) -> str:
        """The name to show colleagues who are put in touch with them."""
        return self.roster.name if self.roster else ""

    @property
    def first_name(self) -> str:
        """The name to greet them by; empty for somebody who is not on the roster."""
        return self.name.split(" ")[0]

    @property
    def has_a_life(self) -> bool:
        """Whether more is known of them than the staff list says."""
        return self != Person(self.id, self.roster)

    def holds(self, right: Right) -> bool:
        """Whether the roster gives them this right."""
        return self.roster is not None and right in self.roster.rights

    def leads(self, group: GroupId) -> bool:
        """Whether they may ask for this group's summary."""
        return self.roster is not None and group in self.roster.leads

    @property
    def is_lead(self) -> bool:
        """Whether they lead a group at all."""
        return self.roster is not None and bool(self.roster.leads)

    def may_be_contacted(self, now: datetime) -> bool:
        """Whether anything may be sent unasked: reachable, and left in peace for no reason."""
        return self.reference is not None and not self.is_quiet(now)

    def is_resting(self, now: datetime) -> bool:
        """Whether they stopped the drip or pause it."""
        return self.preferences.stopped or self.pause_end(now) is not None

    def is_quiet(self, now: datetime) -> bool:
        """Whether nothing comes unasked: they rest, were silent for too long, or have not begun yet."""
        return self.is_resting(now) or self.preferences.contact.ended or now < self.begins

    @property
    def begins(self) -> datetime:
        """When their cohort starts; for somebody without one, before everything."""
        start = self.roster.start if self.roster else None
        if start is None:
            return datetime.min.replace(tzinfo=UTC)
        return datetime.combine(start, time(0), ZoneInfo(self.preferences.rhythm.zone)).astimezone(UTC)

    def today(self, now: datetime) -> date:
        """The day on their own calendar."""
        return now.astimezone(ZoneInfo(self.preferences.rhythm.zone)).date()

    @property
    def is_unmet(self) -> bool:
        """Whether the staff list has them and the bot has never had a chat with them."""
        return self.roster is not None and self.reference is None and self.uninstalled is None

    def can_be_reached(self, *, first_contact: bool) -> bool:
        """Whether they have a chat; or whether one can be begun, where `first_contact` allows that."""
        if self.reference is None:
            return first_contact and self.is_unmet
        return first_contact or bool(self.reference.conversation)

    def pause_end(self, now: datetime) -> date | None:
        """The local day on which a pause that holds at `now` ends; None without one."""
        until = self.preferences.paused_until
        if until is None or now >= until:
            return None
        return self.today(until)

    def next_slot(self, now: datetime, closed: Days = NO_DAYS) -> datetime | None:
        """The next slot of their drip after `now`, a pause and their start; None where nothing is wanted.

        `closed` are the bank holidays of their nation.
        """
        resting = max(now, self.preferences.paused_until or now, self.begins)
        silent = self.preferences.stopped or self.preferences.contact.ended
        return None if silent else self.preferences.rhythm.next_slot(self.id, resting, closed)

    def met(self, reference: ConversationReference) -> Self:
        """The same person in a chat that was begun from this side; without a set-up no tip is planned yet."""
        slot = self.next_nudge if self.preferences.role is not None else None
        return replace(self, reference=reference, next_nudge=slot)

    def leaving(self, now: datetime) -> Self:
        """The same person, out of reach since `now` at the latest."""
        return replace(self, reference=None, next_nudge=None, uninstalled=self.uninstalled or now)

    def off_the_list(self, now: datetime) -> Self:
        """The same person without a place on the staff list or any right; nothing comes any more.

        The clock of leaving runs for whom the bot has met.
        """
        if self.is_unmet:
            return replace(self, roster=None, next_nudge=None)
        return replace(self, roster=None, next_nudge=None, uninstalled=self.uninstalled or now)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is known of them but an id."""
        return self == type(self)(self.id)

    def on_the_list(self, entry: RosterEntry, now: datetime) -> Self:
        """The same person with this entry; whoever had left the list and has the app is with us again.

        They were away, not silent.
        """
        listed = replace(self, roster=entry)
        if self.uninstalled is None or self.reference is None:
            return listed
        here = replace(self.preferences.contact, heard=self.today(now), slowed=False)
        return replace(listed, preferences=replace(self.preferences, contact=here), uninstalled=None)

    def choosing(self, preferences: Preferences) -> Self:
        """The same person with other preferences."""
        return replace(self, preferences=preferences)
