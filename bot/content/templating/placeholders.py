"""Finds the placeholders in a template's string."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.content.templating.expressions import Expression, Literal
from bot.content.templating.grammar import QUOTED, parse
from bot.content.templating.values import written
from bot.errors import TemplateError


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`${…}`, as it is written and as it is meant."""

    source: str
    expression: Expression


_PLACEHOLDER = re.compile(rf"""\$\{{((?:{QUOTED}|[^{{}}'"`\\])*)\}}""")
_PLAIN = re.compile(r"(?:(?!\$\{)[^`\\])+")


@lru_cache(maxsize=4096)
def pieces(string: str) -> tuple[str | Placeholder, ...]:
    r"""The string's plain texts and placeholders in turn; one that has no `${` is a plain text as a whole.

    A literal alone in a placeholder is plain text, so that `${'`'}` is a backtick. Beside a placeholder
    the official engine gives ` and \ a meaning of their own: they raise TemplateError, as mistakes do.
    """
    if "${" not in string:
        return (string,)
    found: list[str | Placeholder] = []
    position = 0
    while position < len(string):
        match = _PLACEHOLDER.match(string, position) or _PLAIN.match(string, position)
        if match is None:
            raise TemplateError(f"neither text without ` and \\ nor a whole ${{…}}: {string[position:]!r}")
        found.append(_placeholder(match) if match.re is _PLACEHOLDER else match[0])
        position = match.end()
    return tuple(found)


def _placeholder(match: re.Match[str]) -> str | Placeholder:
    try:
        expression = parse(match[1])
        return (
            written(expression.value)
            if isinstance(expression, Literal)
            else Placeholder(match[0], expression)
        )
    except TemplateError as error:
        raise TemplateError(f"{match[0]}: {error}") from error
