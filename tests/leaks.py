"""What a log must never hold, and whether it does."""

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from tests.fakes import PROMPTS, PredictableChance
from tests.stories.dialog import Town

KEYS = frozenset({"event", "log_level", "code", "activity", "error", "where", "tick"})
"""All that a line may say: an event's name, codes, ids, types and places in our own code."""

SECRETS = 50
"""As many of the secrets as `PredictableChance` would give in a story."""


def forbidden(town: Town) -> set[str]:
    """Names, user names, what was typed, prompts and secrets. Single words, such as `tip`, are commands."""
    people = [person.roster for person in town.people if person.roster]
    named = [word for entry in people for word in (entry.name, entry.upn)]
    typed = [text for text in town.typed if " " in text.strip()]
    prompts = [word for one in PROMPTS for word in (one.text, one.title, one.check)]
    return {*named, *typed, *prompts, *_secrets()}


def leaks(town: Town, events: Sequence[Mapping[str, object]], text: str) -> list[str]:
    """What is wrong with the lines of a structured log, and with the text of any other."""
    written = f"{list(events)!r}\n{text}"
    strange = [f"the key {key}" for event in events for key in event if key not in KEYS]
    return [*strange, *(word for word in forbidden(town) if word in written)]


def _secrets() -> Iterator[str]:
    chance = PredictableChance()
    for _ in range(SECRETS):
        secret = chance.secret()
        yield from (secret.hex(), b64encode(secret).decode(), repr(secret))
