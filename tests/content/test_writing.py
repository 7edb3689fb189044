"""A prompt's file as we write it: read again it is the same, and it looks like the others."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given

from bot.config import HOME
from bot.content.files import read_yaml
from bot.content.library import read_sources
from bot.content.prompts import PromptFile
from bot.content.writing import SCHEMA_LINE, as_yaml, plain_values
from tests.content.gallery_files import prompt_files


@given(prompt_files)
def test_what_is_written_is_read_again(file: PromptFile) -> None:
    """Whatever the texts hold: quotation marks, colons, blocks, signs that YAML gives a meaning."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.yaml"
        path.write_text(as_yaml(plain_values(file)), encoding="utf-8", newline="")
        assert PromptFile.model_validate(read_yaml(path).values) == file


def test_the_library_survives_it(tmp_path: Path) -> None:
    """Every prompt that ships, written and read."""
    for one in read_sources(HOME / "prompts_library").prompts:
        path = tmp_path / f"{one.file.id}.yaml"
        path.write_text(as_yaml(plain_values(one.file)), encoding="utf-8", newline="")
        assert PromptFile.model_validate(read_yaml(path).values) == one.file


def test_it_looks_like_the_others() -> None:
    """The schema's line first, then remarks, the fields in order, the prompt as a block."""
    (one, *_) = read_sources(HOME / "prompts_library").prompts
    text = as_yaml(plain_values(one.file), ["A remark\nin two lines."])
    assert text.startswith(f"{SCHEMA_LINE}# A remark\n# in two lines.\nid: {one.file.id}\ntitle: ")
    assert "\nprompt: |\n  " in text
    assert f"\nroles: [{', '.join(one.file.roles)}]\n" in text
