"""What a group's saved time is for, as its lead decided it in advance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """One group's plan. `purpose` is one of the answers to "what the time became", so that both compare."""

    group: str
    purpose: int
