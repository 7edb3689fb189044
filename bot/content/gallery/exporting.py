"""Our prompts → folders of the public gallery's format."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.content.gallery.sample import (
    GALLERY,
    KEY_PREFIX,
    NAME_PREFIX,
    README,
    SAMPLE,
    Author,
    Entry,
    Product,
    Sample,
    SampleFile,
    fenced,
)
from bot.content.prompts import PromptFile
from bot.content.writing import plain_values
from bot.domain.staff.people import Licence
from bot.errors import Problems

_IN_PLACE = frozenset({"title", "why", "prompt", "author"})
"""Fields that the gallery has a place for."""

_CHAT, _PAID = "Microsoft Copilot", "Microsoft 365 Copilot"
_ABOUT = "https://copilot.microsoft.com/"


def export(files: Sequence[PromptFile], out: Path) -> int:
    """Write a folder for each prompt and say how many. Raises Problems where `out` holds anything."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Problems([f"{out}: holds something already; name a new or an empty folder"])
    for file in files:
        folder = out / folder_name(file)
        (folder / SAMPLE).parent.mkdir(parents=True)
        _write(folder / SAMPLE, sample_json(file))
        _write(folder / README, readme(file))
    return len(files)


def folder_name(file: PromptFile) -> str:
    """The gallery's name for it: small letters and hyphens."""
    return f"m365-{file.id}"


def sample_json(file: PromptFile) -> str:
    """The text of `assets/sample.json`."""
    text = SampleFile([_sample(file)]).model_dump_json(indent=2)
    whole = json.loads(text)
    whole[0]["thumbnails"] = []
    return f"{json.dumps(whole, indent=2, ensure_ascii=False)}\n"


def _sample(file: PromptFile) -> Sample:
    folder = folder_name(file)
    product = _PAID if file.needs is Licence.COPILOT else _CHAT
    return Sample(
        name=f"{NAME_PREFIX}{folder}",
        title=file.title,
        shortDescription=file.why,
        url=f"{GALLERY}/{folder}",
        downloadUrl=f"https://pnp.github.io/download-partial/?url={GALLERY}/{folder}",
        longDescription=[file.why, f"A good answer: {file.good}", f"How to check it: {file.check}"],
        creationDateTime=file.reviewed_on.isoformat(),
        updateDateTime=file.reviewed_on.isoformat(),
        products=[product],
        metadata=list(_metadata(file)),
        authors=[Author(name=file.author)],
        references=[Product(name=product, description=product, url=_ABOUT)],
    )


def _metadata(file: PromptFile) -> Iterable[Entry]:
    for name, value in plain_values(file).items():
        if name not in _IN_PLACE:
            text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
            yield Entry(key=f"{KEY_PREFIX}{name.upper()}", value=text)


def readme(file: PromptFile) -> str:
    """The text of `README.md`, under the gallery's headings."""
    return f"""# {" ".join(file.title.split())}

## Summary

{file.why}

## Prompt

{fenced(file.prompt)}

## Description

{file.good}

How to check the answer: {file.check}

## Contributors

{file.author}

## Version history

Version|Date|Comments
-------|----|--------
1.0|{file.reviewed_on:%B %d, %Y}|Reviewed

## Instructions

1. Open {file.app.label}.
2. Copy the prompt and fill in what stands in [brackets].
3. Check the answer as described above before you use it.

## Prerequisites

* {_PAID if file.needs is Licence.COPILOT else _CHAT}
"""


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
