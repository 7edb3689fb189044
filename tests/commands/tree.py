"""The commands that there are, as typed."""

from collections.abc import Iterator

from typer.core import TyperGroup
from typer.main import get_command

from bot.__main__ import app


def commands() -> list[str]:
    """Every command that does something, such as `people import`."""
    return [" ".join(path) for path, is_group in _under((), get_command(app)) if not is_group]


def groups() -> list[str]:
    """What only gathers commands, such as `people`; the program itself is the empty text."""
    return [" ".join(path) for path, is_group in _under((), get_command(app)) if is_group]


def _under(path: tuple[str, ...], command: object) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield path, isinstance(command, TyperGroup)
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _under((*path, name), inner)
