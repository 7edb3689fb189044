"""The expressions of card templates: `${…}` in a string becomes a tree; nothing is evaluated here.

The grammar is the part that we use of Microsoft's Adaptive Expressions, with the same precedence
(`==` binds tighter than `<`). Whatever lies outside that part is refused, so that a typing error
is found when a template is read and not by the person who gets the card.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Flag, auto
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from bot.errors import TemplateError


class Kind(Flag):
    """What an expression yields, as far as its text tells; `ANY` when only the data tells."""

    BOOLEAN = auto()
    NUMBER = auto()
    STRING = auto()
    ARRAY = auto()
    ANY = BOOLEAN | NUMBER | STRING | ARRAY


class Signature(NamedTuple):
    """What a function takes: `at_least` to `at_most` arguments, of `takes` in turn (the last repeats)."""

    at_least: int
    at_most: int | None
    takes: tuple[Kind, ...]
    yields: Kind


_COMPARISON = Signature(2, 2, (Kind.ANY,), Kind.BOOLEAN)
_CONNECTIVE = Signature(1, None, (Kind.ANY,), Kind.BOOLEAN)
_PREDICATE = Signature(1, 1, (Kind.ANY,), Kind.BOOLEAN)
_ARITHMETIC = Signature(2, 2, (Kind.NUMBER,), Kind.NUMBER)
_CASE = Signature(1, 1, (Kind.STRING,), Kind.STRING)

SIGNATURES = {
    "if": Signature(3, 3, (Kind.ANY,), Kind.ANY),
    "==": _COMPARISON,
    "!=": _COMPARISON,
    "<": _COMPARISON,
    "<=": _COMPARISON,
    ">": _COMPARISON,
    ">=": _COMPARISON,
    "&&": _CONNECTIVE,
    "||": _CONNECTIVE,
    "!": _PREDICATE,
    "empty": _PREDICATE,
    "exists": _PREDICATE,
    "+": Signature(2, 2, (Kind.STRING | Kind.NUMBER,), Kind.STRING | Kind.NUMBER),
    "-": _ARITHMETIC,
    "*": _ARITHMETIC,
    "/": _ARITHMETIC,
    "length": Signature(1, 1, (Kind.STRING,), Kind.NUMBER),
    "count": Signature(1, 1, (Kind.STRING | Kind.ARRAY,), Kind.NUMBER),
    "join": Signature(2, 3, (Kind.ARRAY, Kind.STRING), Kind.STRING),
    "concat": Signature(1, None, (Kind.ANY,), Kind.STRING | Kind.ARRAY),
    "string": Signature(1, 1, (Kind.ANY,), Kind.STRING),
    "formatNumber": Signature(2, 2, (Kind.NUMBER,), Kind.STRING),
    "toUpper": _CASE,
    "toLower": _CASE,
}
"""Every operation by the name that the official engine prints for it."""

_SPELLINGS = {"equals": "==", "and": "&&", "or": "||", "not": "!"}
FUNCTIONS = sorted({*_SPELLINGS, *(name for name in SIGNATURES if name.isalpha())})
"""The functions that an expression may call."""

ROOTS = ("$root", "$data", "$index")
"""The names with a dollar that an expression may start a path with."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal, or the text between two expressions."""

    value: str | int | float | bool | None

    def __str__(self) -> str:
        if isinstance(self.value, str):
            return "'" + re.sub(r"(?<!\\)'", r"\\'", self.value.replace("\\", "\\\\")) + "'"
        return "null" if self.value is None else scalar_text(self.value)


@dataclass(frozen=True, slots=True)
class Member:
    """`name`, or `of.name`."""

    name: str
    of: "Expression | None" = None

    def __str__(self) -> str:
        return self.name if self.of is None else f"{self.of}.{self.name}"


@dataclass(frozen=True, slots=True)
class Element:
    """`of[index]`."""

    of: "Expression"
    index: "Expression"

    def __str__(self) -> str:
        return f"{self.of}[{self.index}]"


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator, under its name in `SIGNATURES`, with as many arguments as it takes."""

    name: str
    arguments: tuple["Expression", ...]

    def __str__(self) -> str:
        parts = [str(argument) for argument in self.arguments]
        if self.name[0].isalpha() or len(parts) < 2:
            return f"{self.name}({', '.join(parts)})"
        return f"({f' {self.name} '.join(parts)})"


Expression: TypeAlias = Constant | Member | Element | Call


def _kind(expression: Expression) -> Kind:
    match expression:
        case Call(name):
            return SIGNATURES[name].yields
        case Constant(bool()):
            return Kind.BOOLEAN
        case Constant(str()):
            return Kind.STRING
        case Constant(int() | float()):
            return Kind.NUMBER
    return Kind.ANY


def scalar_text(value: int | float) -> str:
    """A number or boolean as JavaScript writes it: `true`, `3`, `0.1`, `1e+21`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value == 0:
        return "0"
    digits = Decimal(repr(float(value))).normalize()
    exponent = digits.adjusted()
    if -7 < exponent < 21:
        return f"{digits:f}"
    return f"{digits.scaleb(-exponent):f}e{exponent:+d}"


_QUOTED = r"""'(?:\\.|[^'\\])*+'|"(?:\\.|[^"\\])*+\""""
_MARKED = re.compile(rf"""\$\{{((?:{_QUOTED}|[^\r\n{{}}'"`])*+)\}}""", re.DOTALL)
_PLAIN = re.compile(r"(?:\\[`$]|(?!\$\{|\\\Z)[^`])+", re.DOTALL)


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression | str:
    """Read a template's string: itself if nothing is marked in it, else one expression.

    A string that is exactly one `${…}` is that expression; any other becomes a `concat` of the
    pieces, as in the official engine, where `${'a literal'}` counts as a piece of text.
    Raises TemplateError for an expression that is outside the grammar.
    """
    if "${" not in text:
        return text
    pieces = _pieces(text)
    if len(pieces) == 1 and not isinstance(pieces[0], Constant):
        return pieces[0]
    return Call("concat", tuple(pieces))


def _pieces(text: str) -> list[Expression]:
    pieces: list[Expression] = []
    position = 0
    while position < len(text):
        piece = _MARKED.match(text, position) or _PLAIN.match(text, position)
        if piece is None:
            raise TemplateError(f"no whole ${{…}} at {text[position:]!r} (a backtick is written \\`)")
        pieces.append(_marked(piece) if piece.re is _MARKED else _plain(piece[0]))
        position = piece.end()
    return pieces


def _marked(piece: re.Match[str]) -> Expression:
    return _Parser(piece[0], piece[1]).parse()


def _plain(text: str) -> Constant:
    return Constant(re.sub(r"\\([`$])", r"\1", text))


_BINARY = (("||",), ("&&",), ("<", "<=", ">", ">="), ("==", "!="), ("+", "-"), ("*", "/"))
"""The operators between two operands, from the loosest to the tightest; all group from the left."""

_TOKEN = re.compile(
    rf"""(?P<number>[0-9]+(?:\.[0-9]+)?)
    | (?P<string>{_QUOTED})
    | (?P<name>[A-Za-z_$][A-Za-z0-9_]*)
    | (?P<symbol>==|!=|<=|>=|&&|\|\||[-+*/!<>().,[\]])
    | (?P<space>[ \t\ufeff\u00a0]+)
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)

_WORDS = {"true": True, "false": False, "null": None}


class _Parser:
    """One expression's text, read from left to right; every error names the expression."""

    def __init__(self, marked: str, text: str) -> None:
        self._marked = marked
        self._tokens = _tokens(text)
        self._position = 0

    def parse(self) -> Expression:
        expression = self._binary(0)
        if self._kind != "end":
            raise self._unexpected()
        return expression

    @property
    def _kind(self) -> str:
        return self._tokens[self._position][0]

    @property
    def _text(self) -> str:
        return self._tokens[self._position][1]

    def _error(self, problem: str) -> TemplateError:
        return TemplateError(f"{problem} in {self._marked}; the functions are {', '.join(FUNCTIONS)}")

    def _unexpected(self) -> TemplateError:
        return self._error("unexpected end" if self._kind == "end" else f"unexpected {self._text!r}")

    def _next(self) -> str:
        text = self._text
        self._position += 1
        return text

    def _at(self, *symbols: str) -> bool:
        return self._kind == "symbol" and self._text in symbols

    def _skip(self, symbol: str) -> None:
        if not self._at(symbol):
            raise self._unexpected()
        self._position += 1

    def _binary(self, level: int) -> Expression:
        if level == len(_BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while self._at(*_BINARY[level]):
            operator = self._next()
            left = self._call(operator, [left, self._binary(level + 1)])
        return left

    def _unary(self) -> Expression:
        if self._at("!"):
            return self._call(self._next(), [self._unary()])
        if self._at("+", "-"):
            return self._call(self._next(), [Constant(0), self._unary()])
        return self._postfix(self._primary())

    def _postfix(self, expression: Expression) -> Expression:
        while self._at(".", "["):
            if self._next() == ".":
                expression = self._member(expression)
            else:
                expression = Element(expression, self._binary(0))
                self._skip("]")
        return expression

    def _member(self, of: Expression) -> Expression:
        if self._kind != "name":
            raise self._unexpected()
        if _kind(of) is not Kind.ANY:
            raise self._error(f"{of} has no member {self._text!r}")
        return Member(self._next(), of)

    def _primary(self) -> Expression:
        match self._kind:
            case "number":
                return Constant(_number(self._next()))
            case "string":
                return Constant(_unquoted(self._next()))
            case "name":
                return self._named(self._next())
        self._skip("(")
        expression = self._binary(0)
        self._skip(")")
        return expression

    def _named(self, name: str) -> Expression:
        if self._at("("):
            return self._call(self._function(name), self._arguments())
        if name in _WORDS:
            return Constant(_WORDS[name])
        if name == "undefined" or (name.startswith("$") and name not in ROOTS):
            raise self._error(f"unknown name {name!r}")
        return Member(name)

    def _function(self, name: str) -> str:
        if name not in FUNCTIONS:
            raise self._error(f"unknown function {name!r}")
        return _SPELLINGS.get(name, name)

    def _arguments(self) -> list[Expression]:
        self._skip("(")
        arguments: list[Expression] = []
        while not self._at(")"):
            if arguments:
                self._skip(",")
            arguments.append(self._binary(0))
        self._skip(")")
        return arguments

    def _call(self, name: str, arguments: Sequence[Expression]) -> Expression:
        at_least, at_most, takes, _ = SIGNATURES[name]
        if len(arguments) < at_least or (at_most is not None and len(arguments) > at_most):
            raise self._error(f"{name!r} cannot take {len(arguments)} arguments")
        for position, argument in enumerate(arguments):
            if not takes[min(position, len(takes) - 1)] & _kind(argument):
                raise self._error(f"{name!r} cannot take {argument}")
        return Call(name, tuple(arguments))


def _tokens(text: str) -> list[tuple[str, str]]:
    """Kind and text of every token, ended by one of kind `end`; spaces are left out."""
    found = [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text)]
    return [token for token in found if token[0] != "space"] + [("end", "")]


def _number(digits: str) -> int | float:
    return float(digits) if "." in digits else int(digits)


_ESCAPES = {r"\r": "\r", r"\n": "\n", r"\t": "\t", r"\\": "\\"}


def _unquoted(literal: str) -> str:
    """A quoted literal's text; a backslash that escapes nothing stands for itself."""
    text = literal[1:-1].replace("\\" + literal[0], literal[0])
    return re.sub(r"\\[^\r\n]?", lambda match: _ESCAPES.get(match[0], match[0]), text)
