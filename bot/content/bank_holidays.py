"""Each nation's bank holidays, from the `holidays` library; any year, worked out when it is asked for."""

from collections.abc import Mapping

from holidays import country_holidays

from bot.domain.staff.cadence import Days
from bot.domain.staff.hours import Nation

_CODES = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def bank_holidays() -> Mapping[Nation, Days]:
    """The days of each nation that can be asked for with `in`."""
    return {nation: country_holidays("GB", subdiv=code) for nation, code in _CODES.items()}
