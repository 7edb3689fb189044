"""The words in card templates: found for the catalogue, and put into another language."""

from collections.abc import Callable, Iterator, Set

from bot.content.templating.expressions import Call, Expression, Literal, Path
from bot.content.templating.placeholders import Placeholder, pieces
from bot.domain.json import Json

SHOWN = frozenset(
    {"text", "title", "label", "placeholder", "errorMessage", "fallbackText", "altText", "tooltip"}
)
"""Under these names a card holds what people read."""

_UNREAD = frozenset({"data", "$data"})
"""Under these a card holds what a button sends back, a chart's figures, or what an element repeats for."""


def texts_of(template: Json) -> Iterator[str]:
    """Every text of a template that has words of its own, placeholders and all, in order."""
    found: list[str] = []

    def note(text: str) -> str:
        found.append(text)
        return text

    in_words(template, note)
    yield from found


def in_words(template: Json, translate: Callable[[str], str], shown: Set[str] = SHOWN) -> Json:
    """The template with each text that has words of its own translated; nothing else changes."""
    if isinstance(template, list):
        return [in_words(part, translate, shown) for part in template]
    if not isinstance(template, dict):
        return template
    return {name: _part(part, name, translate, shown) for name, part in template.items()}


def _part(part: Json, name: str, translate: Callable[[str], str], shown: Set[str]) -> Json:
    if isinstance(part, str):
        return translate(part) if name in shown and has_words(part) else part
    if name in _UNREAD:
        return part
    return in_words(part, translate, SHOWN | {"value"} if name == "facts" else shown)


def has_words(text: str) -> bool:
    """Whether a text says something by itself, outside its placeholders or as a choice within one."""
    return any(
        any(map(str.isalpha, piece)) if isinstance(piece, str) else _chooses_words(piece.expression)
        for piece in pieces(text)
    )


def names_in(text: str) -> frozenset[str]:
    """The paths that a text's placeholders lead along. Raises TemplateError for what is no text of a card."""
    return frozenset(
        name for piece in pieces(text) if isinstance(piece, Placeholder) for name in _paths(piece.expression)
    )


def _paths(expression: Expression) -> Iterator[str]:
    match expression:
        case Path():
            yield expression.text
        case Call(_, arguments):
            for argument in arguments:
                yield from _paths(argument)


def _chooses_words(expression: Expression) -> bool:
    match expression:
        case Literal(str() as text):
            return any(map(str.isalpha, text))
        case Call("if", (_, *results)):
            return any(map(_chooses_words, results))
        case Call("concat", parts):
            return any(map(_chooses_words, parts))
    return False
