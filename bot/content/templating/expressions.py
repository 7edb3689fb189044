"""What an expression is made of, once its text has been read."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A value that the template itself gives."""

    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Path:
    """A path such as `a.b[0].c`: its text, the name that it starts with, and the steps `b`, 0 and `c`."""

    text: str
    start: str
    steps: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A function, or an operator under its symbol, with as many arguments as it takes."""

    name: str
    arguments: tuple["Expression", ...]


Expression: TypeAlias = Literal | Path | Call
