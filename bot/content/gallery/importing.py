"""Folders of the public gallery's format → prompts that wait for review. Nothing read here is trusted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from bot.content.files import Document, attempted, checked, explained, read_json
from bot.content.gallery.sample import (
    KEY_PREFIX,
    LONGEST,
    NAME_PREFIX,
    README,
    SAMPLE,
    Sample,
    SampleFile,
    prompt_in,
)
from bot.content.library import INCOMING
from bot.content.prompts import PromptFile
from bot.content.writing import Plain, as_yaml
from bot.domain.json import Json
from bot.errors import Problems

LONGEST_ID = 80
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An imported prompt: its id, what is known of it, and what a reviewer has to add or mend."""

    id: str
    values: Plain
    wants: tuple[str, ...]

    def text(self) -> str:
        """The file in which it waits, with what it wants at the top."""
        asked = [f"Wants {want}" for want in self.wants] or ["Nothing is missing."]
        closing = "When it is complete and somebody has looked at it, move it to the folder of its role."
        return as_yaml(self.values, ["Imported; it waits for review.", *asked, closing])


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What can be imported of a folder, and what is wrong with the rest."""

    waiting: Sequence[Waiting]
    problems: Sequence[str]


def take_in(folder: Path, library: Path) -> TakenIn:
    """Read all samples of a folder; nothing is written yet. Raises Problems where there is none."""
    problems: list[str] = []
    new: dict[str, Waiting] = {}
    for one in sample_folders(folder):
        waiting = attempted(partial(read_sample, one), problems)
        if waiting is None:
            continue
        if waiting.id in new or any(library.glob(f"*/{waiting.id}.yaml")):
            problems.append(f"{one / SAMPLE}:1: id: {waiting.id} is here already; nothing was changed")
        else:
            new[waiting.id] = waiting
    return TakenIn(list(new.values()), problems)


def sample_folders(folder: Path) -> list[Path]:
    """The folder itself where it is a sample, else all samples right below it. Raises Problems for none."""
    found = (
        [folder]
        if (folder / SAMPLE).exists()
        else sorted(path.parent.parent for path in folder.glob(f"*/{SAMPLE}"))
    )
    if not found:
        raise Problems(
            [f"{folder}: has no {SAMPLE}, nor has a folder in it; name a sample of the gallery, or several"]
        )
    return found


def read_sample(folder: Path) -> Waiting:
    """One sample of the gallery. Raises Problems, one for each thing that is wrong: `file:line: …`."""
    sample = _only(folder / SAMPLE)
    values = {name: value for name, value in _values(sample, folder).items() if value != ""}
    identity = str(values.get("id", ""))
    if not _ID.fullmatch(identity) or len(identity) > LONGEST_ID:
        sentence = (
            f"must be of small letters, digits and hyphens, up to {LONGEST_ID}; correct it in the sample"
        )
        raise Problems([f"{folder / SAMPLE}:1: id: {sentence}"])
    return Waiting(identity, values, tuple(_wants(values)))


def keep(waiting: Waiting, library: Path) -> Path:
    """Write it where it waits, and say where. Never writes over a file that is there."""
    path = library / INCOMING / f"{waiting.id}.yaml"
    path.parent.mkdir(exist_ok=True)
    with path.open("x", encoding="utf-8", newline="") as file:
        file.write(waiting.text())
    return path


def _only(path: Path) -> Sample:
    _refuse_what_is_odd(path)
    samples = checked(Document(path, read_json(path), {}), SampleFile).root
    if len(samples) != 1:
        raise Problems([f"{path}:1: holds {len(samples)} samples; one is wanted"])
    return samples[0]


def _readme(path: Path) -> str:
    if not path.exists():
        return ""
    _refuse_what_is_odd(path)
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problems([f"{path}:1: the file is not UTF-8 text; save it as UTF-8"]) from error


def _refuse_what_is_odd(path: Path) -> None:
    """Links may lead anywhere, and a huge file is no prompt."""
    if path.is_symlink() or path.parent.is_symlink():
        raise Problems([f"{path}:1: is a link to somewhere else; put the file itself there"])
    if not path.is_file():
        raise Problems([f"{path}:1: is no file; put the sample's own there"])
    if path.stat().st_size > LONGEST:
        raise Problems([f"{path}:1: has more than {LONGEST:,} bytes; a prompt is far shorter"])


def _values(sample: Sample, folder: Path) -> Mapping[str, Json]:
    """Our fields, as far as the sample has them."""
    ours = {
        entry.key.removeprefix(KEY_PREFIX).lower(): entry.value
        for entry in sample.metadata
        if entry.key.startswith(KEY_PREFIX)
    }
    named = ", ".join(author.name for author in sample.authors if author.name)
    shorter = sample.name.removeprefix(NAME_PREFIX).removeprefix("m365-").removesuffix("-prompt")
    values: dict[str, Json] = {
        "id": shorter.lower().replace("_", "-"),
        "title": sample.title,
        "why": sample.shortDescription,
        "prompt": prompt_in(_readme(folder / README)),
        "author": named,
        **{name: text for name, text in ours.items() if name in PromptFile.model_fields},
    }
    return {name: _typed(name, value) for name, value in values.items()}


def _typed(name: str, value: Json) -> Json:
    """Lists and numbers as our files have them; what is none stays as it came, to be named as wrong."""
    if name == "roles":
        return [*filter(None, str(value).split(","))]
    return int(str(value)) if name in ("level", "minutes") and re.fullmatch(r"\d{1,3}", str(value)) else value


def _wants(values: Plain) -> Iterator[str]:
    """What is missing or wrong, as `field: what and how to mend it`."""
    try:
        PromptFile.model_validate(values)
    except ValidationError as error:
        for one in error.errors():
            yield f"{'.'.join(map(str, one['loc']))}: {explained(one)}"
