"""What people read of the states and kinds of things that are kept about them, each to be said."""

from collections.abc import Mapping

from bot.domain.library import contributions
from bot.domain.library.experiences import Outcome
from bot.domain.outbox.delivery import State
from bot.domain.peers import help_requests
from bot.domain.peers.champions import Standing
from bot.domain.staff.people import Right
from bot.domain.text.language import to_say

MESSAGE_KINDS: Mapping[str, str] = {
    "welcome": to_say("the welcome"),
    "tip": to_say("a tip"),
    "pulse": to_say("the questions"),
    "reminder": to_say("a reminder of the questions, unless you had answered"),
    "digest": to_say("a summary for leads"),
    "review": to_say("a prompt to review"),
    "outcome": to_say("what became of your prompt"),
    "help_offer": to_say("a colleague's request for help"),
    "help_news": to_say("news of your request for help"),
    "helped": to_say("whether it helped"),
    "help_thanks": to_say("thanks for your help"),
    "quarter_thanks": to_say("thanks for a quarter"),
    "champion_wish": to_say("somebody's wish to be a champion"),
    "champion_answer": to_say("the answer to your wish to be a champion"),
    "farewell": to_say("a goodbye"),
    "follow_up": to_say("a note after a tip"),
}
"""By `subjects.KINDS`."""

STATES: Mapping[State, str] = {
    State.PLANNED: to_say("planned"),
    State.CLAIMED: to_say("being sent"),
    State.SENT: to_say("sent"),
    State.DROPPED: to_say("not sent"),
    State.REFUSED: to_say("refused by Teams"),
    State.UNKNOWN: to_say("perhaps sent"),
}

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.WORKED: to_say("worked"),
    Outcome.NEEDED_CHANGES: to_say("needed changes"),
    Outcome.DID_NOT_WORK: to_say("did not work"),
}

RIGHTS: Mapping[Right, str] = {
    Right.CHAMPION: to_say("champion"),
    Right.REVIEWER: to_say("reviewer"),
    Right.ADMINISTRATOR: to_say("administrator"),
}

STANDINGS: Mapping[Standing, str] = {
    Standing.ASKED: to_say("asked to be a champion"),
    Standing.ACTIVE: to_say("active"),
    Standing.REFUSED: to_say("not needed now"),
    Standing.LEFT: to_say("left"),
}

HELP_STAGES: Mapping[help_requests.Stage, str] = {
    help_requests.Stage.ASKED: to_say("asked"),
    help_requests.Stage.OFFERED: to_say("offered"),
    help_requests.Stage.ACCEPTED: to_say("accepted"),
    help_requests.Stage.UNANSWERED: to_say("nobody could help"),
    help_requests.Stage.WITHDRAWN: to_say("withdrawn"),
    help_requests.Stage.HELPED: to_say("helped"),
    help_requests.Stage.NOT_HELPED: to_say("did not help"),
    help_requests.Stage.ENDED: to_say("ended"),
}

SHARED_STAGES: Mapping[contributions.Stage, str] = {
    contributions.Stage.SUBMITTED: to_say("waits for a review"),
    contributions.Stage.APPROVED: to_say("approved"),
    contributions.Stage.DECLINED: to_say("declined"),
    contributions.Stage.RETIRED: to_say("retired"),
}
