"""Finds a template's mistakes before anything is expanded, also where nothing would be shown."""

import json

from bot.content.templating.placeholders import Placeholder, pieces
from bot.domain.json import Json
from bot.errors import TemplateError


def check(template: Json) -> None:
    """Raises TemplateError for an expression outside the grammar, or a keyword that is no use."""
    match template:
        case str():
            pieces(template)
        case list():
            for item in template:
                check(item)
        case dict():
            for value in template.values():
                check(value)
            _check_data(template.get("$data"))
            if "$when" in template:
                condition(template["$when"])


def condition(when: Json) -> Placeholder:
    """What a `$when` asks; anything but a single expression would hide or show its element for ever."""
    match pieces(when) if isinstance(when, str) else ():
        case (Placeholder() as placeholder,):
            return placeholder
    raise TemplateError(f"$when must be one ${{…}} that can be true or false, not {json.dumps(when)}")


def _check_data(data: Json) -> None:
    """A literal object or list is bound as it is: an expression in it would never be evaluated."""
    if isinstance(data, dict | list) and "${" in json.dumps(data):
        raise TemplateError(f"$data cannot contain expressions inside an object or list: {json.dumps(data)}")
