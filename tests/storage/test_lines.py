"""One line of the journal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.tiny.lines import (
    VERSION,
    as_json,
    header,
    lines_at_first,
    packed,
    sealed,
    unpacked,
    unsealed,
)

values = st.dictionaries(st.text(), st.none() | st.text() | st.integers(), max_size=3)
changes = st.lists(st.tuples(st.text(), st.text(), st.none() | values), min_size=1, max_size=4)


@given(number=st.integers(1), changes=changes)
def test_a_commit_is_read_as_written(
    number: int, changes: list[tuple[str, str, dict[str, object] | None]]
) -> None:
    """Tables, keys and documents come back, whatever is in them, from a single line of ASCII."""
    line = sealed(number, packed((t, k, None if d is None else as_json(d)) for t, k, d in changes))
    payload = unsealed(number, line)
    read = [
        (e.table, e.key, None if e.length is None else json.loads(payload[e.start : e.start + e.length]))
        for e in unpacked(payload)
    ]
    assert read == changes
    assert line.isascii()
    assert line.count(b"\n") == 1


def test_any_changed_byte_shows() -> None:
    """No byte of a line can be another one."""
    line = sealed(7, packed([("people", "p", b'{"id":"p"}')]))
    for at in range(len(line) - 1):
        broken = line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]
        with pytest.raises(ValueError, match="checksum"):
            unsealed(7, broken)


def test_a_line_in_the_wrong_place_shows() -> None:
    """A whole line is refused where another one should be."""
    with pytest.raises(ValueError, match="line 7"):
        unsealed(8, sealed(7, b"[]"))


@pytest.mark.parametrize(
    "payload", [b"", b"{}", b'[["people","p",9]] {"id":1}', b'[["people"]] {}', b"[] {}", b"\xff"]
)
def test_what_is_not_a_commit_is_refused(payload: bytes) -> None:
    """A line with the right checksum but other contents was written by something else."""
    with pytest.raises((ValueError, TypeError)):
        list(unpacked(payload))


def test_a_header_says_how_the_file_began() -> None:
    """The number of lines comes back."""
    assert lines_at_first(unsealed(1, header(12))) == 12


@pytest.mark.parametrize(
    "payload",
    [b"not JSON", b"[]", b'{"format":"other","version":1,"lines":1}', b'{"format":"steady-drip-store"}'],
)
def test_another_header_is_refused(payload: bytes) -> None:
    """A file of something else is not read."""
    with pytest.raises(ValueError, match=r"Steady Drip|Expecting"):
        lines_at_first(payload)


def test_another_version_is_refused() -> None:
    """A file of a later release is not guessed at."""
    newer = as_json({"format": "steady-drip-store", "version": VERSION + 1, "lines": 1})
    with pytest.raises(ValueError, match=f"format {VERSION + 1}"):
        lines_at_first(newer)
