"""Microsoft's own schema of the manifest, where it is at hand: it says what our rules do not know."""

import json
from collections.abc import Iterator
from pathlib import Path

from jsonschema import Draft7Validator

from bot.content.files import Place
from bot.domain.json import Json
from bot.errors import Problems

USUAL_PLACE = Path(
    "requirements/node/node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"
)
"""Where Microsoft's npm package has it in a checkout whose tools are installed."""

MISSING = (
    "Microsoft's schema was not at hand, so only our own rules were checked. `make test` installs it; or"
    " take MicrosoftTeams.schema.json of version 1.29 from npm's @microsoft/app-manifest and name it with"
    " --schema."
)

LONGEST_SENTENCE = 200
"""Characters of what the schema says: a sentence that quotes half the manifest helps nobody."""


def at_hand(content: Path, named: Path | None) -> Path | None:
    """The schema to validate with: the one that was named, else the usual one, None where it is not there."""
    usual = content / USUAL_PLACE
    return named or (usual if usual.is_file() else None)


def schema_problems(document: Json, schema: Path) -> Iterator[tuple[Place, str]]:
    """Where the manifest breaks the schema, and how. Raises Problems where the schema cannot be used."""
    for error in _validator(schema).iter_errors(document):
        place = tuple(error.absolute_path)
        name = ".".join(str(step) for step in place) or "the manifest"
        yield (
            place,
            f"{name}: Microsoft's schema says: {error.message[:LONGEST_SENTENCE]}; mend it as that says",
        )


def _validator(schema: Path) -> Draft7Validator:
    """The schema, taken as it is: Microsoft's own does not keep to every rule for schemas."""
    try:
        read = json.loads(schema.read_text("utf-8-sig"))
    except OSError as error:
        raise Problems([f"{schema}:1: cannot be read ({error.strerror}); name the schema's file"]) from error
    except ValueError:
        read = None
    if not isinstance(read, dict) or not isinstance(read.get("properties"), dict):
        raise Problems([f"{schema}:1: is no JSON schema; name Microsoft's file for manifest 1.29"])
    return Draft7Validator(read)
