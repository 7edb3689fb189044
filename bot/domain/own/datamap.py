"""What is kept about people: every field of every table, why, who sees it, for how long, and how it ends.

The privacy card and the data-protection impact assessment are made of this, and a test compares it with what
the stores keep: a new field that nobody has explained turns it red.
"""

from dataclasses import dataclass
from enum import Enum

from bot.domain.text.language import to_say


class Period(Enum):
    """For how long something is kept; the numbers are settings."""

    WITH_US = to_say(
        "while you use this, and {leaving} days after you remove the app or leave the staff list"
    )
    LISTED = to_say("while you are on the staff list")
    HISTORY = to_say("{history} days")
    ROUND = to_say("until the round closes; then they are deleted, and only totals of enough people stay")
    SHARED = to_say("while the prompt is in use; your name goes when your data is erased")
    AUDIT = to_say("{audit} days")


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


NOBODY = to_say("nobody but you")
ON_REQUEST = to_say("an administrator, who makes you a copy when you ask; that leaves a record")

STAFF_LIST = Kept(
    name=to_say("From the staff list"),
    what=to_say("your name, user name, role, licence, site, team, topics, and what you may do here"),
    why=to_say("to choose tips for your job, and to know who may help, review or lead"),
    seen_by=to_say("administrators; if you are a champion, also colleagues whom you can help"),
    period=Period.LISTED,
    erased=to_say("removed; the next staff list brings the entry back, and nothing else"),
    fields=("people.id", "people.roster"),
)
CHOICES = Kept(
    name=to_say("Your choices"),
    what=to_say(
        "your role, licence, language, days, hours, rota, leave and pause, the prompts you saved or turned "
        "down, the day you set up, why you got the last tip that you asked for, your own answers on "
        "confidence and workload if you allow it, a year at most, and the last day on which you used this or "
        "came back to it, for which answering the questions does not count"
    ),
    why=to_say("so that tips come when you want them, and fit, and stop when nobody reads them"),
    seen_by=ON_REQUEST,
    period=Period.WITH_US,
    erased=to_say("removed"),
    fields=("people.preferences", "people.next_nudge"),
)
CHAT = Kept(
    name=to_say("Your chat"),
    what=to_say("its address in Teams, and when you removed the app"),
    why=to_say("to write to you, and to know when to stop"),
    seen_by=ON_REQUEST,
    period=Period.WITH_US,
    erased=to_say("removed"),
    fields=("people.reference", "people.uninstalled"),
)
TIPS = Kept(
    name=to_say("Tips you saw"),
    what=to_say("which ones, when, and how you said they went"),
    why=to_say("so that none comes twice too soon"),
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased=to_say("removed"),
    fields=("experiences",),
)
MESSAGES = Kept(
    name=to_say("Messages to you"),
    what=to_say("which ones were planned or sent, and when"),
    why=to_say("so that nothing is sent twice or too often"),
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased=to_say("removed; counts that name nobody stay"),
    fields=("deliveries",),
)
CHAMPIONS = Kept(
    name=to_say("Champions"),
    what=to_say("which champion you were shown, or whom you were shown to, and when"),
    why=to_say("so that you meet somebody new"),
    seen_by=ON_REQUEST,
    period=Period.HISTORY,
    erased=to_say("removed, on both sides"),
    fields=("introductions",),
)
HELP = Kept(
    name=to_say("Help that you asked for or gave"),
    what=to_say("who asked whom, when, and what came of it; your own words only while the request is open"),
    why=to_say("so that somebody answers, and nobody is asked too often"),
    seen_by=to_say("you, and the champion whom you ask"),
    period=Period.HISTORY,
    erased=to_say("removed; where you were the champion, the request stays without you"),
    fields=("help_requests",),
)
OFFER = Kept(
    name=to_say("What you offer as a champion"),
    what=to_say("roles, topics, site, languages, hours, days away, and how often help with a topic helped"),
    why=to_say("to lead the right colleagues to you, and not too many"),
    seen_by=to_say("colleagues who look for help; nobody sees how often it helped"),
    period=Period.WITH_US,
    erased=to_say("removed"),
    fields=("champions",),
)
SHARED = Kept(
    name=to_say("Prompts you shared or reviewed"),
    what=to_say(
        "their text, what was decided, and whether your name may go to other organisations with them"
    ),
    why=to_say("so that somebody else looks at a prompt before it is passed on"),
    seen_by=to_say(
        "reviewers; colleagues see an approved prompt without your name; other organisations with it, "
        "where you said yes to that"
    ),
    period=Period.SHARED,
    erased=to_say("removed; an approved prompt stays as the organisation's, without your name"),
    fields=("contributions",),
)
ANSWERS = Kept(
    name=to_say("Your answers to the questions"),
    what=to_say(
        "up to four numbers with your team; the first also with your role, and with your licence; "
        "each under a code instead of your name"
    ),
    why=to_say("to show how a group is doing, never a person"),
    seen_by=to_say("nobody; leads see totals of enough people"),
    period=Period.ROUND,
    erased=to_say("removed while the round is open; after that there is nothing left to remove"),
    fields=("answers",),
)
AUDIT = Kept(
    name=to_say("If you lead a group or look after this service"),
    what=to_say("when you used that right, and for which group"),
    why=to_say("so that it can be checked that nobody looks where they should not"),
    seen_by=to_say("administrators"),
    period=Period.AUDIT,
    erased=to_say("a random name takes the place of yours"),
    fields=("audit",),
)

DATA_MAP = (STAFF_LIST, CHOICES, CHAT, TIPS, MESSAGES, CHAMPIONS, HELP, OFFER, SHARED, ANSWERS, AUDIT)
"""Everything that is kept about somebody."""

NOBODYS = ("votes", "delivery_counts", "rounds", "paces", "publications", "plans")
"""Tables that say nothing of a person. While people are being asked, a round has the id of the last one."""
