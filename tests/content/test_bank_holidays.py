"""Bank holidays of each nation, as its government publishes them."""

from datetime import date

import pytest

from bot.content.bank_holidays import bank_holidays
from bot.domain.staff.hours import Nation

EVERYWHERE = set(Nation)


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        (date(2026, 12, 25), EVERYWHERE),
        (date(2026, 12, 28), EVERYWHERE),  # in the place of Boxing Day, a Saturday
        (date(2026, 12, 26), EVERYWHERE),
        (date(2026, 4, 6), EVERYWHERE - {Nation.SCOTLAND}),  # Easter Monday
        (date(2027, 1, 4), {Nation.SCOTLAND}),  # in the place of 2 January, a Saturday
        (date(2026, 8, 3), {Nation.SCOTLAND}),
        (date(2026, 8, 31), EVERYWHERE - {Nation.SCOTLAND}),
        (date(2026, 3, 17), {Nation.NORTHERN_IRELAND}),
        (date(2026, 7, 13), {Nation.NORTHERN_IRELAND}),
        (date(2026, 11, 30), {Nation.SCOTLAND}),
        (date(2026, 11, 24), set()),
    ],
)
def test_who_is_off(day: date, nations: set[Nation]) -> None:
    """Every nation has its own days, and a holiday at a weekend has another day in its place."""
    assert {nation for nation, days in bank_holidays().items() if day in days} == nations
