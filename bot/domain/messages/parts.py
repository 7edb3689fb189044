"""What more than one message is made of."""

from dataclasses import dataclass

MOST_STEPS = 6
"""Buttons of one card: Teams shows no more in a row."""


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
