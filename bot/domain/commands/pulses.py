"""About a round of questions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowPulse:
    """The questions of a round once more; of the one that is open where none is named."""

    round_id: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPulse:
    """Answers from 1 to 5 for one round: two that are needed, and the turn's, which may be left out.

    `tune` says that the person's own tips may follow their confidence.
    """

    round_id: str
    confidence: int
    workload: int
    third: int | None = None
    beside: int | None = None
    tune: bool = False


PulseCommand = ShowPulse | AnswerPulse

PULSE_VERBS: dict[str, type[PulseCommand]] = {
    "pulse_again": ShowPulse,
    "pulse": AnswerPulse,
}
"""The verbs that cards send, and what each asks for."""
