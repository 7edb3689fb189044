"""The format of the public gallery pnp/copilot-prompts: a folder with README.md and assets/sample.json.

What the gallery has a place for stands there: title, why, author, and the prompt in the README. The rest of
our fields are `metadata` entries whose keys begin with `STEADY-DRIP-`, so that nothing is lost on the way
there and back.
"""

import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

README = "README.md"
SAMPLE = Path("assets") / "sample.json"
NAME_PREFIX = "copilotprompts-"
KEY_PREFIX = "STEADY-DRIP-"
GALLERY = "https://github.com/pnp/copilot-prompts/tree/main/samples/prompts"
LONGEST = 200_000
"""Bytes of a file that is read; the gallery's own are a hundredth of it."""

Line = Annotated[str, Field(max_length=20_000)]


class Entry(BaseModel):
    """One entry of `metadata`."""

    key: Line
    value: Line


class Author(BaseModel):
    """Who wrote it; the gallery shows the account's picture."""

    model_config = ConfigDict(extra="ignore")

    gitHubAccount: Line = ""  # noqa: N815 - the gallery's name
    pictureUrl: Line = ""  # noqa: N815 - the gallery's name
    name: Line = ""


class Product(BaseModel):
    """Something that the sample refers to."""

    name: Line
    description: Line
    url: Line


class Sample(BaseModel):
    """What `sample.json` says; fields that we do not use are let through and not kept."""

    model_config = ConfigDict(extra="ignore")

    name: Line
    source: Line = "pnp"
    title: Line
    shortDescription: Line  # noqa: N815 - the gallery's name
    url: Line = ""
    downloadUrl: Line = ""  # noqa: N815 - the gallery's name
    longDescription: list[Line] = []  # noqa: N815 - the gallery's name
    creationDateTime: Line = ""  # noqa: N815 - the gallery's name
    updateDateTime: Line = ""  # noqa: N815 - the gallery's name
    products: list[Line] = []
    metadata: list[Entry] = Field(default=[], max_length=100)
    authors: list[Author] = Field(default=[], max_length=50)
    references: list[Product] = []


class SampleFile(RootModel[list[Sample]]):
    """The whole file: a list of one."""


def fenced(text: str) -> str:
    """A text as a Markdown block that ends where the text does, whatever the text holds."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


_LINES = re.MULTILINE | re.DOTALL
_BLOCK = re.compile(r"^(`{3,})[^\n`]*\n(.*?)\n\1[^\S\n]*$", _LINES)
_PROMPT = re.compile(r"^#+ *Prompt\b[^\n]*\n(.*?)(?=^#+ |\Z)", _LINES)


def prompt_in(readme: str) -> str:
    """The text below a heading that begins with "Prompt": its first block, else all of it; or empty."""
    section = _PROMPT.search(_without_blocks(readme))
    if section is None:
        return ""
    body = readme[section.start(1) : section.end(1)]
    block = _BLOCK.search(body)
    return block[2] if block else body.strip()


def _without_blocks(readme: str) -> str:
    """The README with its blocks blanked, so that a "# …" in a prompt is no heading."""
    return _BLOCK.sub(lambda hit: re.sub(r"[^\n]", " ", hit[0]), readme)
