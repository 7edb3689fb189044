"""So many days, weeks or months, as people type them."""

NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
NUMBERS |= {"a couple of": 2, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}
UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}
SPELL = rf"(\d{{1,3}}|{'|'.join(NUMBERS)}) ({'|'.join(UNITS)})s?"
"""Two groups: how many, and of what."""


def days_of(number: str, unit: str) -> int:
    """How many days the two groups of a spell are."""
    return (NUMBERS.get(number) or int(number)) * UNITS[unit]
