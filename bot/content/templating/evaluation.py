"""What placeholders yield with the data at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.content.templating.expressions import Call, Expression, Literal, Path
from bot.content.templating.functions import FUNCTIONS
from bot.content.templating.placeholders import Placeholder
from bot.content.templating.values import MISSING, Missing, Value, is_true, kind, written
from bot.domain.json import Json
from bot.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Scope:
    """What the names in an expression stand for."""

    root: Json
    data: Json
    index: Value = MISSING

    def look_up(self, path: Path) -> Value:
        """The value that the path leads to from one of the names with a dollar, or else from `$data`."""
        names: dict[str, Value] = {"$root": self.root, "$data": self.data, "$index": self.index}
        value = names[path.start] if path.start in names else _followed(self.data, path.start)
        for step in path.steps:
            value = _followed(value, step)
        return value


def value_of(placeholder: Placeholder, scope: Scope) -> Json:
    """The placeholder's value; a path that leads nowhere yields `${path}`. Raises TemplateError."""
    with _naming(placeholder):
        return _value(placeholder.expression, scope)


def text_of(placeholder: Placeholder, scope: Scope) -> str:
    """The same as part of a text. Raises TemplateError also for null, a list or an object."""
    with _naming(placeholder):
        return written(_value(placeholder.expression, scope))


def holds(condition: Placeholder, scope: Scope) -> bool:
    """Whether it yields true; no other value will do. Raises TemplateError."""
    with _naming(condition):
        return _evaluated(condition.expression, scope) is True


@contextmanager
def _naming(placeholder: Placeholder) -> Iterator[None]:
    """An error within tells which placeholder it is about."""
    try:
        yield
    except TemplateError as error:
        raise TemplateError(f"{placeholder.source}: {error}") from error


def _value(expression: Expression, scope: Scope) -> Json:
    value = _evaluated(expression, scope)
    if value is not MISSING:
        return value
    if isinstance(expression, Path) and not expression.text.endswith("]"):
        return f"${{{expression.text}}}"
    raise TemplateError("there is no such value")


def _evaluated(expression: Expression, scope: Scope) -> Value:
    match expression:
        case Literal(value):
            return value
        case Path():
            return scope.look_up(expression)
        case Call("if", (condition, then, otherwise)):
            return _evaluated(then if is_true(_evaluated(condition, scope)) else otherwise, scope)
        case Call(name, arguments):
            return _called(name, (_evaluated(argument, scope) for argument in arguments))


def _called(name: str, values: Iterator[Value]) -> Value:
    """What `&&` and `||` do not need to know is not evaluated."""
    match name:
        case "&&":
            return all(map(is_true, values))
        case "||":
            return _either(values)
    return FUNCTIONS[name](*values)


def _either(values: Iterator[Value]) -> Value:
    """True, or else the last value as it is: false, null or missing."""
    value: Value = MISSING
    for value in values:
        if is_true(value):
            return True
    return value


def _followed(value: Value, step: str | int) -> Value:
    """One step along a path: to an item, or to the first property of that name, in capitals or not."""
    match value, step:
        case ((None | Missing.MISSING), _):
            return MISSING
        case dict(), str():
            return next((item for key, item in value.items() if key.lower() == step.lower()), MISSING)
        case list(), int() if step < len(value):
            return value[step]
    raise TemplateError(f"{kind(value)} has no {step!r}")
