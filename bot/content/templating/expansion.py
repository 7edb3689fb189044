"""Turns a template and its data into a card."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from bot.content.templating.checking import check, condition
from bot.content.templating.evaluation import Scope, holds, text_of, value_of
from bot.content.templating.placeholders import Placeholder, pieces
from bot.domain.json import Json

_RESERVED = {"$data", "$when", "$root", "$index", "$host", "$_acTemplateVersion"}


def expand(template: Json, data: Json) -> Json:
    """The card that the template makes of the data; neither is changed, nothing is shared with them.

    As in the official engine, a list inside a list is flattened and a null in a list vanishes;
    a path that leads nowhere stays in the card as `${path}`; an element that `$data` repeats for
    an empty list, or that `$when` refuses, is null where it is not in a list.
    Raises TemplateError for an expression outside the grammar, wherever it stands in the template,
    for one that cannot be evaluated, and for a null, a list or an object within a text.
    """
    check(template)
    return deepcopy(_expanded(template, Scope(root=data, data=data)))


def _expanded(node: Json, scope: Scope) -> Json:
    match node:
        case str():
            return _expanded_string(node, scope)
        case list():
            return _expanded_list(node, scope)
        case dict():
            return _expanded_object(node, scope)
    return node


def _expanded_string(string: str, scope: Scope) -> Json:
    """The value of the one placeholder that the string is, or a text with all of them filled in."""
    match pieces(string):
        case (Placeholder() as placeholder,):
            return value_of(placeholder, scope)
        case several:
            return "".join(piece if isinstance(piece, str) else text_of(piece, scope) for piece in several)


def _expanded_list(nodes: list[Json], scope: Scope) -> list[Json]:
    """The items one after the other: a list gives its items, null gives nothing."""
    items: list[Json] = []
    for node in nodes:
        match _expanded(node, scope):
            case None:
                continue
            case list(several):
                items.extend(several)
            case item:
                items.append(item)
    return items


def _expanded_object(node: dict[str, Json], scope: Scope) -> Json:
    """Null, the object, or a list of objects, for as many repetitions as `$when` lets through."""
    shown: list[Json] = [
        _expanded_fields(node, inner) for inner in _scopes(node, scope) if _is_shown(node, inner)
    ]
    if len(shown) > 1:
        return shown
    return shown[0] if shown else None


def _expanded_fields(node: dict[str, Json], scope: Scope) -> dict[str, Json]:
    return {key: _expanded(value, scope) for key, value in node.items() if key not in _RESERVED}


def _scopes(node: dict[str, Json], scope: Scope) -> Iterator[Scope]:
    """The scopes that the object is expanded in: one for each item if its `$data` is a list."""
    if "$data" not in node:
        yield scope
        return
    data = node["$data"]
    bound = _expanded_string(data, scope) if isinstance(data, str) else data
    if isinstance(bound, list):
        yield from (replace(scope, data=item, index=index) for index, item in enumerate(bound))
    else:
        yield replace(scope, data=bound)


def _is_shown(node: dict[str, Json], scope: Scope) -> bool:
    return "$when" not in node or holds(condition(node["$when"]), scope)
