"""The operators and functions that take values; `if`, `&&` and `||`, which choose, are evaluation's."""

import math
import operator
import sys
from collections.abc import Callable

from bot.content.templating.number_text import MOST_DECIMALS, grouped, number_text, rounded
from bot.content.templating.values import Value, is_nothing, is_number, is_true, kind, number, text, written
from bot.errors import TemplateError


def _equal(left: Value, right: Value) -> bool:
    """Equal in kind and value; null equals what is missing."""
    if is_nothing(left) or is_nothing(right):
        return is_nothing(left) and is_nothing(right)
    if isinstance(left, list | dict) or isinstance(right, list | dict):
        raise TemplateError(f"{kind(left)} and {kind(right)} cannot be compared")
    if is_number(left) and is_number(right):
        return abs(left - right) < sys.float_info.epsilon
    return type(left) is type(right) and left == right


def _comparison(compare: Callable[..., bool]) -> Callable[[Value, Value], bool]:
    """A test of two numbers or two texts, which does not hold for null and what is missing."""

    def holds(left: Value, right: Value) -> bool:
        if is_nothing(left) or is_nothing(right):
            return False
        if isinstance(left, str) and isinstance(right, str):
            return compare(left, right)
        return compare(number(left), number(right))

    return holds


def _added(left: Value, right: Value) -> Value:
    """The sum of two numbers; of a text and a text or number, one text."""
    if is_number(left) and is_number(right):
        return _calculated(float(left) + float(right))
    return "".join(number_text(value) if is_number(value) else text(value) for value in (left, right))


def _divided(left: Value, right: Value) -> Value:
    """The quotient; of two whole numbers, the whole number below it."""
    dividend, divisor = number(left), number(right)
    if divisor == 0:
        raise TemplateError("division by zero")
    is_whole = dividend.is_integer() and divisor.is_integer()
    return _calculated(dividend // divisor if is_whole else dividend / divisor)


def _calculated(result: float) -> int | float:
    if not math.isfinite(result):
        raise TemplateError("the result is too large")
    return int(result) if result.is_integer() and abs(result) < 2**53 else result


def _length(value: Value) -> int:
    """How many UTF-16 units the text has, which is how JavaScript counts."""
    return len(text(value).encode("utf-16-le", "surrogatepass")) // 2


def _joined(items: Value, separator: Value, *last: Value) -> str:
    """The items with separators between them; `last`, if given, stands before the last one."""
    if not isinstance(items, list):
        raise TemplateError(f"{kind(items)} is not a list")
    texts = [written(item) for item in items]
    texts[-2:] = [written(last[0] if last else separator).join(texts[-2:])]
    return written(separator).join(texts)


def _formatted(value: Value, decimals: Value) -> str:
    places = number(decimals)
    if places not in range(MOST_DECIMALS + 1):
        raise TemplateError(f"the decimals must be a whole number up to {MOST_DECIMALS}")
    return rounded(number(value), int(places))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "!": lambda value: not is_true(value),
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _comparison(operator.lt),
    "<=": _comparison(operator.le),
    ">": _comparison(operator.gt),
    ">=": _comparison(operator.ge),
    "+": _added,
    "-": lambda left, right: _calculated(number(left) - number(right)),
    "*": lambda left, right: _calculated(number(left) * number(right)),
    "/": _divided,
    "empty": lambda value: is_nothing(value) or value in ("", [], {}),
    "exists": lambda value: not is_nothing(value),
    "length": _length,
    "count": lambda value: len(value) if isinstance(value, list | dict) else _length(value),
    "join": _joined,
    "concat": lambda *values: "".join(map(written, values)),
    "string": lambda value: grouped(value) if is_number(value) else written(value),
    "formatNumber": _formatted,
    "toUpper": lambda value: text(value).upper(),
    "toLower": lambda value: text(value).lower(),
}
"""What each makes of its arguments; all raise TemplateError for what they cannot use."""
