"""The JSON Schema of a prompt's file: what editors complete from and mark mistakes by."""

import json

from bot.content.library import Sources
from bot.content.prompts import PromptFile
from bot.domain.library.prompts import EVERYONE

NAME = "prompt.schema.json"


def schema_text(sources: Sources) -> str:
    """The schema with the roles and skills of this library, as a file's text."""
    schema = PromptFile.model_json_schema()
    fields = schema["properties"]
    fields["roles"]["items"] = {"enum": [EVERYONE, *(sources.roles or {})]}
    fields["skill"] = {**fields["skill"], "enum": list(sources.skills or {})}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "A prompt of Steady Drip",
        "description": "One prompt of the library; `steady-drip prompts check` says more than a schema can.",
    }
    return f"{json.dumps(whole, indent=2, ensure_ascii=False)}\n"
