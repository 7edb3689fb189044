"""What the bot can say: one frozen dataclass a card, holding plain values only.

A message is data, not layout: `cards/` has one template for each `template` name here, and the fields
are what the template may show. Nothing here knows about Teams.
"""

from bot.domain.messages.champions import (
    ChampionFound,
    HelpForm,
    HelpOffer,
    ProfileForm,
    Suggestion,
    Suggestions,
)
from bot.domain.messages.leads import Comparison, GroupSummary, Section, Share, Trend
from bot.domain.messages.notes import Help, Note
from bot.domain.messages.own import Fact, MyData, Point, Privacy, Progress, Settings
from bot.domain.messages.parts import MOST_STEPS, Option, Step
from bot.domain.messages.pulses import Asked, PulseQuestions
from bot.domain.messages.sharing import Piece, ReviewRequest, ShareForm
from bot.domain.messages.tips import Line, PromptList, RuleAnswer, Tip, Welcome

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

__all__ = [
    "MOST_STEPS",
    "Asked",
    "ChampionFound",
    "Comparison",
    "Fact",
    "GroupSummary",
    "Help",
    "HelpForm",
    "HelpOffer",
    "Line",
    "Message",
    "MyData",
    "Note",
    "Option",
    "Piece",
    "Point",
    "Privacy",
    "ProfileForm",
    "Progress",
    "PromptList",
    "PulseQuestions",
    "ReviewRequest",
    "RuleAnswer",
    "Section",
    "Settings",
    "Share",
    "ShareForm",
    "Step",
    "Suggestion",
    "Suggestions",
    "Tip",
    "Trend",
    "Welcome",
]
