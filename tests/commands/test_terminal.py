"""What every command does at the terminal: errors say how to mend them, files get no bars."""

import errno
import os

import pytest
import typer

from bot.commands.terminal import failing_politely, progress

MENDS = {
    errno.EEXIST: "File exists: roster.csv; name another file, or move that one away",
    errno.ENOENT: "No such file or directory: roster.csv; correct the path, or make its folder first",
    errno.EISDIR: "Is a directory: roster.csv; name a file in it",
    errno.ENOTDIR: "Not a directory: roster.csv; correct the path",
    errno.EACCES: "Permission denied: roster.csv; run this as the account that may, or choose another place",
    errno.EPERM: (
        "Operation not permitted: roster.csv; run this as the account that may, or choose another place"
    ),
    errno.ENOSPC: "No space left on device: roster.csv",
}


@pytest.mark.parametrize(("code", "said"), MENDS.items(), ids=errno.errorcode.get)
def test_what_the_machine_refuses_says_how_to_mend_it(
    capsys: pytest.CaptureFixture[str], code: int, said: str
) -> None:
    """One line with the file, exit code 1; where nothing helps but room, what the machine said is enough."""
    with pytest.raises(typer.Exit) as ended, failing_politely():
        raise OSError(code, os.strerror(code), "roster.csv")
    assert ended.value.exit_code == 1
    assert capsys.readouterr() == ("", f"{said}\n")


def test_an_error_without_a_file_is_said_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """There is none for a connection that was refused, nor a code where a library made its own words."""
    with pytest.raises(typer.Exit), failing_politely():
        raise OSError("the line is dead")
    assert capsys.readouterr().err == "the line is dead\n"


def test_a_bar_leaves_nothing_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Not even an empty line: where nobody looks there is no bar."""
    with progress() as tell:
        tell("People", 1, 2)
        tell("People", 2, 2)
    assert capsys.readouterr() == ("", "")
