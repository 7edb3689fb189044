"""Reading files: plain values only, and every mistake with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.config import HOME
from bot.content.files import attempted, checked, read_json, read_yaml
from bot.errors import Problems

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a file on the disk."""

    def written(content: str | bytes) -> Path:
        path = tmp_path / "file.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


def refused(read: Callable[[], object]) -> list[str]:
    """The problems that reading raises, without the folder."""
    with pytest.raises(Problems) as caught:
        read()
    return [line[line.index("file.yaml") :] for line in caught.value.lines]


BROKEN = {
    "no YAML": ("a: 1\nb: [1, 2\nc: 3\n", "file.yaml:3: ", "mend the YAML"),
    "a tab": ("a: 1\n\tb: 2\n", "file.yaml:2: ", "'\\t'"),
    "a tag that runs code": (
        "a: 1\nb: !!python/object/apply:os.system ['true']\n",
        "file.yaml:2: ",
        "python/object/apply:os.system",
    ),
    "a tag that builds an object": ("a: !!python/object:pathlib.Path {}\n", "file.yaml:1: ", "python/object"),
    "a tag of nobody's": ("a: !secret x\n", "file.yaml:1: ", "'!secret'"),
    "a day that does not exist": ("a: 1\nday: 2026-02-30\n", "file.yaml:2: ", "2026-02-30 is no timestamp"),
    "a tag that does not fit": ("a: 1\nb: 2\nc: !!bool perhaps\n", "file.yaml:3: ", "perhaps is no bool"),
    "a timestamp that is none": ("a: !!timestamp soon\n", "file.yaml:1: ", "soon is no timestamp"),
    "a key that stands twice": ("a: 1\nb: 2\na: 3\n", "file.yaml:3: ", "a stands here twice"),
    "a NUL byte": ("a: 1\nb: x\0y\n", "file.yaml:2: ", "special characters are not allowed"),
    "two documents": ("a: 1\n---\nb: 2\n", "file.yaml:2: ", "another document"),
    "a list as a key": ("? [1]\n: 2\n", "file.yaml:1: ", "unhashable key"),
    "nested too deeply": ("[" * 600 + "]" * 600, "file.yaml:1: ", "nested too deeply"),
    "lists in lists, on one line": ("- " * 60 + "x", "file.yaml:1: ", "nested too deeply"),
    "so deep that it would end the process": ("[" * 200_000, "file.yaml:1: ", "nested too deeply"),
    "a list that holds itself": ("&a [*a]", "file.yaml:1: ", "nested too deeply"),
}


@pytest.mark.parametrize(("content", "where", "what"), BROKEN.values(), ids=BROKEN)
def test_broken_yaml_is_named_with_its_line(write: Write, content: str, where: str, what: str) -> None:
    """One sentence says where it is, what it is and how to mend it; nothing is built or run."""
    path = write(content)
    (line,) = refused(lambda: read_yaml(path))
    assert line.startswith(where)
    assert what in line
    assert ";" in line


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_a_file_that_is_no_text(write: Write, read: Callable[[Path], object]) -> None:
    """Another encoding than UTF-8 is said, not guessed."""
    path = write(b"caf\xe9: 1")
    assert refused(lambda: read(path)) == ["file.yaml:1: the file is not UTF-8 text; save it as UTF-8"]


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_a_missing_file(tmp_path: Path, read: Callable[[Path], object]) -> None:
    """A file that is not there is named."""
    assert refused(lambda: read(tmp_path / "file.yaml")) == ["file.yaml:1: the file is missing; put it back"]


@pytest.mark.parametrize(("content", "where"), [('{\n  "a": 1,\n}', "3"), ("", "1"), ("[" * 100_000, "1")])
def test_broken_json_is_named_with_its_line(write: Write, content: str, where: str) -> None:
    """One sentence says where it is and that it is to be mended there."""
    path = write(content)
    (line,) = refused(lambda: read_json(path))
    assert line.startswith(f"file.yaml:{where}: ")


def test_every_value_has_its_line(write: Write) -> None:
    """Fields, entries of lists and fields inside them; what is not there has the line around it."""
    document = read_yaml(write("a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n"))
    lines = [document.at(*place) for place in (("a",), ("b", 0), ("b", 1, "d"), ("b", 7), ("e",), ())]
    assert [line.rpartition(":")[2] for line in lines] == ["1", "3", "5", "2", "1", "1"]


def test_what_is_read_quickly_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libyaml and PyYAML itself give the same values on the same lines, whatever we have."""
    paths = [
        path for folder in ("prompts_library", "docs", "tests") for path in (HOME / folder).rglob("*.yaml")
    ]
    quick = [read_yaml(path) for path in paths]
    monkeypatch.setattr("bot.content.files.QUICK_CHARACTERS", -1)
    assert [read_yaml(path) for path in paths] == quick


def test_an_empty_file_is_nothing(write: Write) -> None:
    """Empty YAML is null, and its place the first line."""
    document = read_yaml(write(""))
    assert document.values is None
    assert document.at("a").endswith(":1")


class _Inner(BaseModel):
    number: int


class _Model(BaseModel):
    inner: list[_Inner]


def test_what_is_wrong_inside_has_its_own_line(write: Write) -> None:
    """Two mistakes in a list are two problems, each at its line."""
    document = read_yaml(write("inner:\n  - number: one\n  - number: 2\n  - {}\n"))
    assert refused(lambda: checked(document, _Model)) == [
        "file.yaml:2: inner.0.number: input should be a valid integer, unable to parse string as an integer",
        "file.yaml:4: inner.2.number: is missing; add it",
    ]


def test_one_broken_file_hides_no_other(tmp_path: Path) -> None:
    """What cannot be read is noted, and what can is given."""
    problems = ["before"]
    (tmp_path / "good.json").write_text("[1]", encoding="utf-8")
    assert attempted(lambda: read_json(tmp_path / "bad.json"), problems) is None
    assert attempted(lambda: read_json(tmp_path / "good.json"), problems) == [1]
    assert len(problems) == 2
