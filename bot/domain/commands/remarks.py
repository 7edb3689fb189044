"""Words that ask for no tip and change nothing: each is answered with a short note."""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """What a short note is about."""

    CARE_NOW = "care_now"
    CARE = "care"
    UNDER_THE_QUESTION = "under_the_question"
    UNDER_THE_TIP = "under_the_tip"
    THANKS = "thanks"
    WHO_I_AM = "who_i_am"
    NEXT_TIP = "next_tip"
    LICENCE = "licence"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class Remark:
    """Answer with a note about this; nothing is changed. `words` are what a prompt could be looked for by."""

    subject: Subject
    words: str = ""


"""Nothing of it is kept, and no log names it."""
