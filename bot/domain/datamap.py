"""What is kept about people: every field of every table, why, who sees it, for how long, and how it ends.

The privacy card and the data-protection impact assessment are made of this, and a test compares it with what
the stores keep: a new field that nobody has explained turns it red.
"""

from dataclasses import dataclass
from enum import Enum


class Period(Enum):
    """For how long something is kept; the numbers are settings."""

    WITH_US = "while you use this, and {leaving} days after you remove the app or leave the staff list"
    LISTED = "while you are on the staff list"
    HISTORY = "{history} days"
    ROUND = "until the round closes; then they are deleted, and only totals of enough people stay"
    SHARED = "while the prompt is in use; your name goes when your data is erased"
    AUDIT = "{audit} days"


@dataclass(frozen=True, slots=True)
class Kept:
    """One sort of thing that is kept: `what` completes "We keep …", `fields` are `table.field` paths."""

    name: str
    what: str
    why: str
    seen_by: str
    period: Period
    erased: str
    fields: tuple[str, ...]


NOBODY = "nobody but you"
ON_REQUEST = "an administrator, who makes you a copy when you ask; that leaves a record"

STAFF_LIST = Kept(
    name="From the staff list",
    what="your name, user name, role, licence, site, team, topics, and what you may do here",
    why="to choose tips for your job, and to know who may help, review or lead",
    seen_by="administrators; if you are a champion, also colleagues whom you can help",
    period=Period.LISTED,
    erased="removed; the next staff list brings the entry back, and nothing else",
    fields=("people.id", "people.roster"),
)
CHOICES = Kept(
    name="Your choices",
    what="your role, licence, language, days, hours, rota, leave and pause, the prompts you saved or turned "
    "down, your own answers on confidence and workload if you allow it, a year at most, and the last day on "
    "which you used this",
    why="so that tips come when you want them, and fit, and stop when nobody reads them",
    seen_by=ON_REQUEST,
    period=Period.WITH_US,
    erased="removed",
    fields=("people.preferences", "people.next_nudge"),
)
CHAT = Kept(
    name="Your chat",
    what="its address in Teams, and when you removed the app",
    why="to write to you, and to know when to stop",
    seen_by=ON_REQUEST,
    period=Period.WITH_US,
    erased="removed",
    fields=("people.reference", "people.uninstalled"),
)
TIPS = Kept(
    name="Tips you saw",
    what="which ones, when, and how you said they went",
    why="so that none comes twice too soon",
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased="removed",
    fields=("experiences",),
)
MESSAGES = Kept(
    name="Messages to you",
    what="which ones were planned or sent, and when",
    why="so that nothing is sent twice or too often",
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased="removed; counts that name nobody stay",
    fields=("deliveries",),
)
CHAMPIONS = Kept(
    name="Champions",
    what="which champion you were shown, or whom you were shown to, and when",
    why="so that you meet somebody new",
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased="removed, on both sides",
    fields=("introductions",),
)
HELP = Kept(
    name="Help that you asked for or gave",
    what="who asked whom, when, and what came of it; your own words only while the request is open",
    why="so that somebody answers, and nobody is asked too often",
    seen_by="you, and the champion whom you ask",
    period=Period.HISTORY,
    erased="removed; where you were the champion, the request stays without you",
    fields=("help_requests",),
)
OFFER = Kept(
    name="What you offer as a champion",
    what="roles, topics, site, languages, hours, days away, and how often help with a topic helped",
    why="to lead the right colleagues to you, and not too many",
    seen_by="colleagues who look for help; nobody sees how often it helped",
    period=Period.WITH_US,
    erased="removed",
    fields=("champions",),
)
SHARED = Kept(
    name="Prompts you shared or reviewed",
    what="their text, what was decided, and whether your name may go to other organisations with them",
    why="so that somebody else looks at a prompt before it is passed on",
    seen_by="reviewers; colleagues see an approved prompt without your name; other organisations with it, "
    "where you said yes to that",
    period=Period.SHARED,
    erased="removed; an approved prompt stays as the organisation's, without your name",
    fields=("contributions",),
)
ANSWERS = Kept(
    name="Your answers to the questions",
    what="up to four numbers with your team; the first also with your role, and with your licence; "
    "each under a code instead of your name",
    why="to show how a group is doing, never a person",
    seen_by="nobody; leads see totals of enough people",
    period=Period.ROUND,
    erased="removed while the round is open; after that there is nothing left to remove",
    fields=("answers",),
)
AUDIT = Kept(
    name="If you lead a group or look after this service",
    what="when you used that right, and for which group",
    why="so that it can be checked that nobody looks where they should not",
    seen_by="administrators",
    period=Period.AUDIT,
    erased="a random name takes the place of yours",
    fields=("audit",),
)

DATA_MAP = (STAFF_LIST, CHOICES, CHAT, TIPS, MESSAGES, CHAMPIONS, HELP, OFFER, SHARED, ANSWERS, AUDIT)
"""Everything that is kept about somebody."""

NOBODYS = ("votes", "delivery_counts", "rounds", "paces", "publications", "plans")
"""Tables that say nothing of a person. While people are being asked, a round has the id of the last one."""
