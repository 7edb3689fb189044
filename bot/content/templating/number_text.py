"""Numbers as text, digit for digit as the official engine writes them in English."""

import math
from decimal import Decimal

MOST_DECIMALS = 20
"""More decimals are never written."""

_MINUS = "\N{MINUS SIGN}"


def number_text(number: float) -> str:
    """The number as JavaScript writes it: `3`, `0.1`, `1e+21`."""
    if number == 0:
        return "0"
    digits = Decimal(repr(float(number))).normalize()
    exponent = digits.adjusted()
    if -7 < exponent < 21:
        return f"{digits:f}"
    return f"{digits.scaleb(-exponent):f}e{exponent:+d}"


def grouped(number: float) -> str:
    """All its digits, with commas between the thousands: `1,234.5`."""
    decimals = number_text(number).partition(".")[2]
    return _fixed(number, min(len(decimals), MOST_DECIMALS))


def rounded(number: float, decimals: int) -> str:
    """So many decimals, a half going up, with commas between the thousands: `1,234.50`."""
    scale = 10.0**decimals
    scaled = number * scale
    below = math.floor(scaled)
    return _fixed((below + (scaled - below >= 0.5)) / scale, decimals)


def _fixed(number: float, decimals: int) -> str:
    """Commas and a true minus sign (U+2212), as d3-format writes them; there is no minus zero."""
    return f"{float(number):z,.{decimals}f}".replace("-", _MINUS)
