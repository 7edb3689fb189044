"""Our own expansion of the Adaptive Cards Templating language, for the part of it that we use.

The reference is npm `adaptivecards-templating` 2.3.1: where it yields a card, `expand` yields the
same one, down to how numbers are written and what becomes of a path that leads nowhere. Where it
would let a template's mistake through, `expand` raises TemplateError.
"""

import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias, TypeGuard

from bot.content.expressions import Call, Constant, Element, Expression, Member, parse, scalar_text
from bot.domain.json import Json
from bot.errors import TemplateError


def expand(template: Json, data: Json) -> Json:
    """The card that the template makes of the data; neither is changed, nothing is shared with them.

    As in the official engine, a list inside a list is flattened and a null in a list vanishes;
    a path that leads nowhere stays in the card as `${path}`; an element that `$data` repeats for
    an empty list, or that `$when` refuses, is null where it is not in a list.
    Raises TemplateError for an expression outside the grammar, wherever it stands in the template,
    for one that is alone in its string and fails, and for a null within a text.
    """
    expanded = _expanded(_prepared(template), _Scope(root=data, data=data))
    return deepcopy(_as_json(expanded))


class _Missing(Enum):
    """What JavaScript calls undefined: no value, which is not the value null."""

    MISSING = "undefined"


_MISSING: Final = _Missing.MISSING
_Value: TypeAlias = "Json | _Missing"


class _EvaluationError(TemplateError):
    """An expression cannot be evaluated with these data, of which the message tells only the kind."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What an expression sees. With `substitute`, a path that leads nowhere yields its own text."""

    root: Json
    data: Json
    index: int | _Missing = _MISSING
    substitute: bool = True

    def strict(self) -> "_Scope":
        """The same without substitution."""
        return replace(self, substitute=False)

    def look_up(self, path: str) -> _Value:
        """The value at a path; one that does not start with a dollar starts at `$data`."""
        names: dict[str, Json] = {"$root": self.root, "$data": self.data}
        if self.index is not _MISSING:
            names["$index"] = self.index
        return _walk(names, path if path.startswith("$") else f"$data.{path}")


# The template

_EXPRESSION = (Constant, Member, Element, Call)


@dataclass(frozen=True, slots=True)
class _Object:
    """A template's object: its fields without the keywords, and the keywords."""

    fields: "dict[str, _Prepared]"
    data: "Expression | _Value"
    when: Expression | None


_Prepared: TypeAlias = "_Object | list[_Prepared] | Expression | str | int | float | bool | None"
_RESERVED = {"$data", "$when", "$root", "$index", "$host", "$_acTemplateVersion"}


def _prepared(node: Json) -> _Prepared:
    """The template with every expression parsed."""
    match node:
        case str():
            return parse(node)
        case list():
            return [_prepared(item) for item in node]
        case dict():
            fields = {key: _prepared(value) for key, value in node.items() if key not in _RESERVED}
            return _Object(fields, _data_keyword(node), _when_keyword(node))
    return node


def _data_keyword(node: dict[str, Json]) -> "Expression | _Value":
    """What the object's `$data` says; a literal object or list may not contain expressions."""
    data = node.get("$data", _MISSING)
    if isinstance(data, str):
        return parse(data)
    if data is not _MISSING and "${" in json.dumps(data):
        raise TemplateError(f"$data cannot contain expressions inside an object or list: {json.dumps(data)}")
    return data


def _when_keyword(node: dict[str, Json]) -> Expression | None:
    """The object's `$when`; anything but a single expression would hide or show it for ever."""
    if "$when" not in node:
        return None
    when = node["$when"]
    condition = parse(when) if isinstance(when, str) else when
    is_text = isinstance(condition, Call) and condition.name == "concat"
    if isinstance(condition, _EXPRESSION) and not is_text:
        return condition
    raise TemplateError(f"$when must be one ${{…}} that can be true or false, not {json.dumps(when)}")


def _expanded(node: _Prepared, scope: _Scope) -> _Value:
    match node:
        case _Object():
            return _expanded_object(node, scope)
        case list():
            return _expanded_list(node, scope)
        case Constant() | Member() | Element() | Call():
            return _evaluated(node, scope)
    return node


def _expanded_list(nodes: Sequence[_Prepared], scope: _Scope) -> list[Json]:
    """The items one after the other: a list gives its items, null gives nothing."""
    items: list[Json] = []
    for node in nodes:
        match _expanded(node, scope):
            case None:
                continue
            case list(expanded):
                items.extend(expanded)
            case expanded:
                items.append(_as_json(expanded))
    return items


def _expanded_object(node: _Object, scope: _Scope) -> Json:
    """Null, the object, or a list of objects, for as many repetitions as `$when` lets through."""
    shown: list[Json] = [
        _expanded_fields(node.fields, inner) for inner in _scopes(node, scope) if _is_shown(node, inner)
    ]
    if len(shown) > 1:
        return shown
    return shown[0] if shown else None


def _expanded_fields(fields: dict[str, _Prepared], scope: _Scope) -> dict[str, Json]:
    expanded = ((key, _expanded(value, scope)) for key, value in fields.items())
    return {key: value for key, value in expanded if value is not _MISSING}


def _scopes(node: _Object, scope: _Scope) -> Iterator[_Scope]:
    """The scopes that the object is expanded in: one for each item if its `$data` is a list."""
    data = _evaluated(node.data, scope) if isinstance(node.data, _EXPRESSION) else node.data
    if isinstance(data, list):
        yield from (replace(scope, data=item, index=index) for index, item in enumerate(data))
    else:
        yield scope if data is _MISSING else replace(scope, data=data)


def _is_shown(node: _Object, scope: _Scope) -> bool:
    """Only true shows an object; a condition that fails or is not a boolean hides it."""
    if node.when is None:
        return True
    try:
        return _value(node.when, scope.strict()) is True
    except _EvaluationError:
        return False


def _as_json(value: _Value) -> Json:
    return None if value is _MISSING else value


# Expressions


def _evaluated(expression: Expression, scope: _Scope) -> _Value:
    """The value of a template's string; a text is put together from its pieces."""
    if isinstance(expression, Call) and expression.name == "concat":
        return "".join(_piece(part, scope) for part in expression.arguments)
    try:
        return _value(expression, scope)
    except _EvaluationError as failure:
        raise TemplateError(f"${{{expression}}}: {failure}") from failure


def _piece(part: Expression, scope: _Scope) -> str:
    """One piece of a text; an expression that fails is shown as it is written."""
    try:
        value = _value(part, scope)
    except _EvaluationError:
        return f"${{{part}}}"
    if _is_nothing(value):
        raise TemplateError(f"${{{part}}} is {_kind(value)}, which has no text")
    return _text(value)


def _value(expression: Expression, scope: _Scope) -> _Value:
    """What an expression yields. Raises _EvaluationError where the official engine reports an error."""
    match expression:
        case Constant(value):
            return value
        case Member():
            return _member(expression, scope)
        case Element(of, index):
            return _element(_operand(of, scope), _operand(index, scope.strict()))
        case Call(name, arguments):
            return _call(name, arguments, scope)


def _operand(expression: Expression, scope: _Scope) -> _Value:
    """What stands before or in brackets; the official engine has no answer when that fails."""
    try:
        return _value(expression, scope)
    except _EvaluationError as failure:
        raise TemplateError(f"${{{expression}}}, of which an element is asked for: {failure}") from failure


def _member(member: Member, scope: _Scope) -> _Value:
    path, start = _path(member, scope)
    found = scope.look_up(path) if start is None else _walk(_value(start, scope), path)
    if found is _MISSING and scope.substitute:
        return f"${{{path}}}"
    return found


def _path(member: Member, scope: _Scope) -> tuple[str, Expression | None]:
    """The longest path that the member ends, such as `a.b[0].c`, and what it starts from, if not a name."""
    path = ""
    left: Expression | None = member
    while isinstance(left, Member | Element):
        step = left.name if isinstance(left, Member) else _index_text(_value(left.index, scope))
        path, left = f"{step}.{path}", left.of
    return path.rstrip(".").replace(".[", "["), left


def _index_text(index: _Value) -> str:
    if _leading_integer(_text(index)) is not None:
        return f"[{_text(index)}]"
    if isinstance(index, str):
        return f"['{index}']"
    raise _EvaluationError(f"{_kind(index)} is neither an index nor a name")


def _element(of: _Value, index: _Value) -> _Value:
    if isinstance(index, str):
        return _property(of, index)
    position = _number(index)
    if not float(position).is_integer():
        raise _EvaluationError("an index must be whole")
    if _is_nothing(of):
        return _MISSING
    if not isinstance(of, list) or not 0 <= position < len(of):
        raise _EvaluationError(f"{_kind(of)} has no element there")
    return of[int(position)]


def _walk(start: _Value, path: str) -> _Value:
    """Follow a path; dots and brackets part its steps, so a name that contains one is never found."""
    value = start
    for step in filter(None, re.split(r"[.\[\]]+", path)):
        value = _step(value, step)
    return value


def _step(value: _Value, step: str) -> _Value:
    position = _leading_integer(step)
    if position is not None and isinstance(value, list):
        return value[position] if 0 <= position < len(value) else _MISSING
    is_quoted = step[0] in "'\"" and step[-1] == step[0]
    return _property(value, step[1:-1] if is_quoted else step)


def _leading_integer(text: str) -> int | None:
    digits = re.match(r"\s*([+-]?[0-9]+)", text)
    return int(digits[1]) if digits else None


def _property(of: _Value, name: str) -> _Value:
    """The first property of that name, in capitals or not; lists and texts have their indexes as names."""
    return next((value for key, value in _properties(of) if key.lower() == name.lower()), _MISSING)


def _properties(of: _Value) -> Iterable[tuple[str, Json]]:
    match of:
        case dict():
            return of.items()
        case list() | str():
            return ((str(position), item) for position, item in enumerate(of))
    return ()


# Functions


def _call(name: str, arguments: Sequence[Expression], scope: _Scope) -> _Value:
    if name in _LOGIC:
        return _LOGIC[name](arguments, scope)
    if name in _TESTS:
        return _tested(name, arguments, scope)
    return _FUNCTIONS[name](*[_value(argument, scope) for argument in arguments])


def _tested(name: str, arguments: Sequence[Expression], scope: _Scope) -> bool:
    """A test is false, not failed, when what it is asked about fails."""
    try:
        values = [_value(argument, scope.strict()) for argument in arguments]
    except _EvaluationError:
        return False
    return _TESTS[name](*values)


def _attempted(expression: Expression, scope: _Scope) -> _Value:
    """The value of a condition, without substitution; if it fails, false for a test, else nothing."""
    try:
        return _value(expression, scope.strict())
    except _EvaluationError:
        return False if isinstance(expression, Call) and expression.name in _TESTS else _MISSING


def _is_true(value: _Value) -> bool:
    """Anything but false, null and nothing is true: so are 0 and an empty text."""
    return not _is_nothing(value) and value is not False


def _or(arguments: Sequence[Expression], scope: _Scope) -> _Value:
    """True, or else the last value as it is: false, null or nothing."""
    value: _Value = _MISSING
    for argument in arguments:
        value = _attempted(argument, scope)
        if _is_true(value):
            return True
    return value


def _if(arguments: Sequence[Expression], scope: _Scope) -> _Value:
    condition, then, otherwise = arguments
    return _value(then if _is_true(_attempted(condition, scope)) else otherwise, scope)


_LOGIC: dict[str, Callable[[Sequence[Expression], _Scope], _Value]] = {
    "if": _if,
    "!": lambda arguments, scope: not _is_true(_attempted(arguments[0], scope)),
    "&&": lambda arguments, scope: all(_is_true(_attempted(argument, scope)) for argument in arguments),
    "||": _or,
}


def _is_nothing(value: _Value) -> bool:
    return value is None or value is _MISSING


def _is_number(value: _Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _equal(left: _Value, right: _Value) -> bool:
    """Equal in kind and value; null equals nothing, and lists and objects are compared by content."""
    if _is_nothing(left) or _is_nothing(right):
        return _is_nothing(left) and _is_nothing(right)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_equal(left[key], right[key]) for key in left)
    if _is_number(left) and _is_number(right):
        return left == right or abs(left - right) < sys.float_info.epsilon
    return isinstance(left, bool) is isinstance(right, bool) and left == right


def _ordered(left: _Value, right: _Value) -> int:
    """Below, at or above zero as left is before, with or after right."""
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if _is_number(left) and _is_number(right):
        return (left > right) - (left < right)
    raise _EvaluationError(f"{_kind(left)} and {_kind(right)} are not comparable")


def _comparison(holds: Callable[[int], bool]) -> Callable[[_Value, _Value], bool]:
    def compare(left: _Value, right: _Value) -> bool:
        return not (_is_nothing(left) or _is_nothing(right)) and holds(_ordered(left, right))

    return compare


_TESTS: dict[str, Callable[..., bool]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": _comparison(lambda order: order < 0),
    "<=": _comparison(lambda order: order <= 0),
    ">": _comparison(lambda order: order > 0),
    ">=": _comparison(lambda order: order >= 0),
    "empty": lambda value: _is_nothing(value) or value in ("", [], {}),
    "exists": lambda value: not _is_nothing(value),
}


def _number(value: _Value) -> int | float:
    if _is_number(value):
        return value
    raise _EvaluationError(f"{_kind(value)} is not a number")


def _string(value: _Value) -> str:
    """A text; nothing counts as an empty one, null does not."""
    if isinstance(value, str):
        return value
    if value is _MISSING:
        return ""
    raise _EvaluationError(f"{_kind(value)} is not a text")


def _calculated(result: float) -> int | float:
    if not math.isfinite(result):
        raise _EvaluationError("the result is too large")
    return int(result) if result.is_integer() and abs(result) < 2**53 else result


def _added(left: _Value, right: _Value) -> _Value:
    if _is_number(left) and _is_number(right):
        return _calculated(float(left) + float(right))
    if (left is _MISSING and _is_number(right)) or (right is _MISSING and _is_number(left)):
        raise _EvaluationError("a number and nothing cannot be added")
    return _summand(left) + _summand(right)


def _summand(value: _Value) -> str:
    return _text(value) if _is_number(value) else _string(value)


def _divided(left: _Value, right: _Value) -> int | float:
    """The quotient; of two whole numbers, the whole number below it."""
    dividend, divisor = float(_number(left)), float(_number(right))
    if divisor == 0:
        raise _EvaluationError("division by zero")
    quotient = dividend / divisor
    is_whole = dividend.is_integer() and divisor.is_integer() and math.isfinite(quotient)
    return _calculated(float(math.floor(quotient)) if is_whole else quotient)


def _length(value: str) -> int:
    """How many UTF-16 units the text has, which is how JavaScript counts."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def _count(value: _Value) -> int:
    match value:
        case str():
            return _length(value)
        case list() | dict():
            return len(value)
    raise _EvaluationError(f"{_kind(value)} has nothing to count")


def _joined(items: _Value, separator: _Value, last: _Value = _MISSING) -> str:
    """The items with separators between them; `last`, if given, stands before the last one."""
    if not isinstance(items, list):
        raise _EvaluationError(f"{_kind(items)} is not a list")
    between = "," if separator is _MISSING else _text(separator)
    if last is _MISSING:
        return between.join(map(_item_text, items))
    if len(items) < 3:
        return _text(last).join(map(_item_text, items))
    return between.join(map(_item_text, items[:-1])) + _text(last) + _text(items[-1])


def _concatenated(*values: _Value) -> _Value:
    """The values in one text; lists in one list."""
    result = values[0]
    for value in values[1:]:
        result = _concatenated_two(result, value)
    return result


def _concatenated_two(left: _Value, right: _Value) -> _Value:
    lists = [value for value in (left, right) if isinstance(value, list)]
    rest = [value for value in (left, right) if not isinstance(value, list)]
    if all(map(_is_nothing, rest)):
        return [item for items in lists for item in items] if lists else _MISSING
    return _flat(left) + _flat(right)


def _flat(value: _Value) -> str:
    """The value as text, a list or object as JSON without the quotation marks at its ends."""
    match value:
        case None | _Missing.MISSING:
            return ""
        case list() | dict():
            return _json_text(value)
    return _text(value)


def _json_text(value: Json) -> str:
    """JSON as JavaScript writes it: without spaces, with its numbers."""
    match value:
        case dict():
            pairs = (f"{_json_text(key)}:{_json_text(item)}" for key, item in value.items())
            return "{" + ",".join(pairs) + "}"
        case list():
            return "[" + ",".join(map(_json_text, value)) + "]"
        case int() | float():
            return scalar_text(value)
    return json.dumps(value, ensure_ascii=False)


def _grouped(value: _Value) -> str:
    """`string(…)`: a number gets commas between its thousands, as the official engine does in English."""
    if not _is_number(value):
        return _flat(value)
    return _fixed(value, min(len(scalar_text(value).partition(".")[2]), _MOST_DECIMALS))


def _fixed(number: float, decimals: int) -> str:
    """The number with commas, so many decimals, and a true minus sign (U+2212), as d3-format writes it."""
    return f"{float(number):z,.{decimals}f}".replace("-", "\N{MINUS SIGN}")


_MOST_DECIMALS = 20


def _formatted_number(value: _Value, decimals: _Value) -> str:
    number, places = float(_number(value)), _number(decimals)
    if places not in range(_MOST_DECIMALS + 1):
        raise _EvaluationError(f"the decimals must be a whole number up to {_MOST_DECIMALS}")
    scale = 10.0 ** int(places)
    return _fixed(_rounded(_calculated(number * scale)) / scale, int(places))


def _rounded(number: float) -> int:
    """The nearest whole number; a half goes up."""
    below = math.floor(number)
    return below + 1 if number - below >= 0.5 else below


_FUNCTIONS: dict[str, Callable[..., _Value]] = {
    "+": _added,
    "-": lambda left, right: _calculated(float(_number(left)) - float(_number(right))),
    "*": lambda left, right: _calculated(float(_number(left)) * float(_number(right))),
    "/": _divided,
    "length": lambda value: _length(_string(value)),
    "count": _count,
    "join": _joined,
    "concat": _concatenated,
    "string": _grouped,
    "formatNumber": _formatted_number,
    "toUpper": lambda value: _string(value).upper(),
    "toLower": lambda value: _string(value).lower(),
}


def _kind(value: _Value) -> str:
    """What a value is, for messages, which never show the value: it may be somebody's."""
    kinds = (
        (str, "a text"),
        (bool, "a boolean"),
        (int | float, "a number"),
        (list, "a list"),
        (dict, "an object"),
    )
    return next((name for kind, name in kinds if isinstance(value, kind)), _text(value))


def _text(value: _Value) -> str:
    """Any value as JavaScript turns it into text."""
    match value:
        case str():
            return value
        case int() | float():
            return scalar_text(value)
        case list():
            return ",".join(map(_item_text, value))
        case dict():
            return "[object Object]"
    return "null" if value is None else "undefined"


def _item_text(item: Json) -> str:
    return "" if item is None else _text(item)
