"""Reads expressions, the part that we use of Microsoft's Adaptive Expressions, with their precedence.

Whatever lies outside that part is refused, so that a typing error is found when a template is read
and not by the person who gets the card.
"""

import re
from math import inf

from bot.content.templating.expressions import Call, Expression, Literal, Path
from bot.errors import TemplateError

FUNCTIONS = {
    "and": (1, inf),
    "concat": (2, inf),
    "count": (1, 1),
    "empty": (1, 1),
    "equals": (2, 2),
    "exists": (1, 1),
    "formatNumber": (2, 2),
    "if": (3, 3),
    "join": (2, 3),
    "length": (1, 1),
    "not": (1, 1),
    "or": (1, inf),
    "string": (1, 1),
    "toLower": (1, 1),
    "toUpper": (1, 1),
}
"""The functions that an expression may call, with the least and the most arguments of each."""

_SYMBOLS = {"equals": "==", "and": "&&", "or": "||", "not": "!"}
"""The functions that are another spelling of an operator."""

_BINARY = (("||",), ("&&",), ("<", "<=", ">", ">="), ("==", "!="), ("+", "-"), ("*", "/"))
"""The operators between two operands, from the loosest to the tightest; all group from the left."""

_ROOTS = ("$root", "$data", "$index")
_WORDS = {"true": True, "false": False, "null": None}

QUOTED = r"""'[^'\\]*'|"[^"\\]*\""""
"""A literal text; one that contains a quotation mark is enclosed in the other."""

_TOKEN = re.compile(
    rf"""(?P<decimal>[0-9]+\.[0-9]+) | (?P<whole>[0-9]+) | (?P<quoted>{QUOTED})
    | (?P<name>[A-Za-z_$][A-Za-z0-9_]*) | (?P<space>[ \t]+)
    | == | != | <= | >= | && | \|\| | .""",
    re.VERBOSE | re.DOTALL,
)


def parse(text: str) -> Expression:
    """The expression that the text is. Raises TemplateError if it is none."""
    return _Parser(text).parse()


class _Parser:
    """One expression's tokens, read from left to right; a method for each level of the grammar.

    A token has a kind and a text; a symbol's kind is the symbol.
    """

    def __init__(self, text: str) -> None:
        found = [(match.lastgroup or match[0], match[0]) for match in _TOKEN.finditer(text)]
        self._tokens = [token for token in found if token[0] != "space"] + [("end", "")]
        self._position = 0

    def parse(self) -> Expression:
        expression = self._binary(0)
        self._take("end")
        return expression

    def _binary(self, level: int) -> Expression:
        if level == len(_BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while self._at(*_BINARY[level]):
            left = Call(self._next(), (left, self._binary(level + 1)))
        return left

    def _unary(self) -> Expression:
        if self._at("!"):
            return Call(self._next(), (self._unary(),))
        if self._at("-"):
            return Call(self._next(), (Literal(0), self._unary()))
        return self._operand()

    def _operand(self) -> Expression:
        if self._at("whole"):
            return Literal(int(self._next()))
        if self._at("decimal"):
            return Literal(float(self._next()))
        if self._at("quoted"):
            return Literal(self._next()[1:-1])
        if self._at("name"):
            return self._named(self._next())
        self._take("(")
        expression = self._binary(0)
        self._take(")")
        return expression

    def _named(self, name: str) -> Expression:
        if self._at("("):
            return _called(name, self._arguments())
        if name in _WORDS:
            return Literal(_WORDS[name])
        if name == "undefined" or (name.startswith("$") and name not in _ROOTS):
            raise TemplateError(f"unknown name {name!r}")
        return self._path(name)

    def _arguments(self) -> tuple[Expression, ...]:
        self._take("(")
        arguments: list[Expression] = []
        while not self._at(")"):
            if arguments:
                self._take(",")
            arguments.append(self._binary(0))
        self._take(")")
        return tuple(arguments)

    def _path(self, start: str) -> Path:
        first = self._position
        steps: list[str | int] = []
        while self._at(".", "["):
            steps.append(self._take("name") if self._next() == "." else self._bracketed())
        rest = "".join(text for _, text in self._tokens[first : self._position])
        return Path(start + rest, start, tuple(steps))

    def _bracketed(self) -> str | int:
        step = self._next()[1:-1] if self._at("quoted") else int(self._take("whole"))
        self._take("]")
        return step

    def _at(self, *kinds: str) -> bool:
        return self._tokens[self._position][0] in kinds

    def _take(self, kind: str) -> str:
        if not self._at(kind):
            raise TemplateError(f"{kind} expected, not {self._tokens[self._position][1] or 'end'!r}")
        return self._next()

    def _next(self) -> str:
        self._position += 1
        return self._tokens[self._position - 1][1]


def _called(name: str, arguments: tuple[Expression, ...]) -> Call:
    if name not in FUNCTIONS:
        raise TemplateError(f"unknown function {name!r}; the functions are {', '.join(FUNCTIONS)}")
    least, most = FUNCTIONS[name]
    if not least <= len(arguments) <= most:
        raise TemplateError(f"{name!r} cannot take {len(arguments)} arguments")
    return Call(_SYMBOLS.get(name, name), arguments)
