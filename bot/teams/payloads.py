"""What a card sends → a typed command. Nothing that arrives here is trusted.

A payload that no card of ours can have made raises NotUnderstood with a code, and without a word of
what was sent.
"""

from collections.abc import Container, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from bot.domain.anonymity.blurring import SCALE
from bot.domain.commands import VERBS, Command
from bot.domain.commands.pulses import PULSE_VERBS
from bot.domain.staff.cadence import MOST_PER_WEEK
from bot.errors import NotUnderstood
from bot.teams.activities import UNKEEPABLE

LONGEST_TEXT = 4_000

LONGEST_PROSE = 60_000
"""Of what people write in a form: longer than anybody may keep, so that a kind card can say so."""

PROSE = frozenset({"title", "prompt", "check", "reason", "about", "topics", "site", "languages"})
"""Texts of a form. A client may send those of another form on the same card as well: they are left alone."""

RANGES: Mapping[str, Container[int]] = {
    "confidence": SCALE,
    "workload": SCALE,
    "third": SCALE,
    "beside": SCALE,
    "days": range(7),
    "per_week": range(MOST_PER_WEEK + 1),
}
"""What the numbers of a field may be; of several, such as the days of the week, each one."""

PAUSE_DAYS = range(1, 367)
"""What a pause may be, up to a leap year."""

BLANKS = frozenset({"days", "title", "prompt", "check", "reason"})
"""Inputs that Teams leaves out of a payload when nobody filled them in: then they are empty, not missing."""

_NOISE = frozenset({"msteams", "action", "verb"})
"""Keys that Teams or a fallback button adds."""

_ADAPTERS: Mapping[str, TypeAdapter[Command]] = {verb: TypeAdapter(kind) for verb, kind in VERBS.items()}


def from_execute(value: object) -> Command:
    """The command of an `adaptiveCard/action` invoke's value. Raises NotUnderstood."""
    action = _object(value, "no_action").get("action")
    sent = _object(action, "no_action")
    return command(sent.get("verb"), sent.get("data") or {})


def from_submit(value: object) -> Command:
    """The command of a message's value, as `Action.Submit` sends it. Raises NotUnderstood."""
    sent = _object(value, "no_data")
    return command(sent.get("verb"), sent)


def is_about_questions(value: object) -> bool:
    """Whether a value, in either of the two ways, is of a button on a round's questions."""
    sent = value if isinstance(value, dict) else {}
    action = sent.get("action")
    verb = (action if isinstance(action, dict) else sent).get("verb")
    return isinstance(verb, str) and verb in PULSE_VERBS


def command(verb: object, data: object) -> Command:
    """The command that a verb and its fields stand for. Raises NotUnderstood."""
    if not isinstance(verb, str) or verb not in VERBS:
        raise NotUnderstood("unknown_verb")
    left_alone = _NOISE | (PROSE - {field.name for field in fields(VERBS[verb])})
    given = {k: v for k, v in _object(data, f"{verb}_no_data").items() if k not in left_alone}
    try:
        return _checked(verb, _values(VERBS[verb], given))
    except _Unfit as unfit:
        raise NotUnderstood(f"{verb}_{unfit}") from None


class _Unfit(NotUnderstood):
    """A field does not fit; the message is a code, still without the verb."""


def _values(kind: type[Command], given: dict[str, object]) -> dict[str, object]:
    """The command's fields as pydantic takes them, every one known, none too long."""
    known = {field.name: field for field in fields(kind)}
    values = _with_blanks(known, _without_alias(list(known), given))
    if set(values) - set(known):
        raise _Unfit("extra")
    hints = get_type_hints(kind)
    for name, value in values.items():
        _expect_short(name, value)
        if isinstance(value, bool) and hints[name] is not bool:
            raise _Unfit("unfit")  # pydantic would take it for 0 or 1
    return {
        name: _value(value, many=hints[name] == frozenset[int])
        for name, value in values.items()
        if not _is_left_out(known[name], value)
    }


def _without_alias(names: list[str], given: dict[str, object]) -> dict[str, object]:
    """`subject` stands for the command's first field; empty means: leave it out."""
    values = dict(given)
    subject = values.pop("subject", "")
    if subject == "":
        return values
    if not names or names[0] in values:
        raise _Unfit("extra")
    return {names[0]: subject, **values}


def _with_blanks(known: Mapping[str, "Field[Any]"], values: dict[str, object]) -> dict[str, object]:
    blanks = {name: "" for name in BLANKS & set(known) if known[name].default is MISSING}
    return {**blanks, **values}


def _is_left_out(field: "Field[Any]", value: object) -> bool:
    return value == "" and field.default is not MISSING


def _expect_short(name: str, value: object) -> None:
    limit = LONGEST_PROSE if name in PROSE else LONGEST_TEXT
    if isinstance(value, str) and len(value) > limit:
        raise _Unfit("oversize")


def _value(value: object, *, many: bool) -> object:
    if isinstance(value, str) and UNKEEPABLE.search(value):
        raise _Unfit("unfit")
    if many and isinstance(value, str):
        return [part for part in value.split(",") if part]
    return value


def _checked(verb: str, values: dict[str, object]) -> Command:
    try:
        made = _ADAPTERS[verb].validate_python(values)
    except ValidationError:
        raise _Unfit("unfit") from None  # pydantic's message quotes what was sent
    for field in fields(made):
        if not _in_range(field.name, getattr(made, field.name)):
            raise _Unfit("out_of_range")
    return made


def _in_range(name: str, value: object) -> bool:
    if name == "days" and isinstance(value, int):
        return value in PAUSE_DAYS
    if value is None:
        return True  # left out, where the command lets it be
    numbers = value if isinstance(value, frozenset) else {value}
    return name not in RANGES or all(number in RANGES[name] for number in numbers)


def _object(value: object, code: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise NotUnderstood(code)
    return value
