"""`steady-drip prompts bundle`, `receive`, `new-key`: approved prompts from one organisation to another."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.terminal import err, failing_politely, out, wait_for, whoever_types
from bot.config import Settings
from bot.domain.library.bundles import News
from bot.errors import Problems
from bot.services.library.exchanging import Arrival, Packed

if TYPE_CHECKING:
    from bot.content.bundle_files import Opened

LICENCE = "CC-BY-4.0"
"""The licence of the library's own prompts."""


def bundle(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The file to write; it must not be there yet.")
    ],
    *,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="The id of a prompt to send; may be said again.")
    ] = None,
    licence: Annotated[str, typer.Option(help="The licence under which others may use them.")] = LICENCE,
) -> None:
    """Write the prompts that were shared and approved here into a signed file. It leaves a record."""
    from bot.config import read_settings
    from bot.content.bundle_files import sealed
    from bot.content.signing import private_key

    with failing_politely(), _as_settings():
        settings = read_settings()
        key = private_key(settings.signing_key_file)
        if file.exists():
            raise Problems([f"{file}: is there already; choose another name"])
        packed = wait_for(_packed(settings, licence, only or ()))
        written = sealed(packed.bundle, key)
        with file.open("xb") as new:
            new.write(written)
    for line in packed.left_out:
        err.print(f"left out: {line}")
    for one in packed.bundle.prompts:
        out.print(f"{one.id}: “{one.title}”, {one.author or 'without its author’s name'}")
    number = _counted(len(packed.bundle.prompts))
    out.print(f"Wrote {number} to {file}, licence {licence}. Nothing was sent.")


def receive(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that another organisation made.")],
    *,
    look: Annotated[bool, typer.Option("--look", help="Only show what is in it; take nothing in.")] = False,
    skip_invalid: Annotated[
        bool, typer.Option("--skip-invalid", help="Take in the good ones and list the others.")
    ] = False,
) -> None:
    """Check a signed file of prompts, show what is new or changed, and put that into review."""
    from bot.config import read_settings
    from bot.content.bundle_files import opened
    from bot.content.signing import trusted_keys

    with failing_politely(), _as_settings():
        settings = read_settings()
        found = opened(file, trusted_keys(settings.trusted_keys))
        made = f"{found.bundle.made.day} {found.bundle.made:%B %Y}"
        out.print(
            f"From {found.bundle.organisation}, {made}; signed with the key that you call {found.signer}."
        )
        arrivals, wrong = wait_for(_taken_in(settings, found, look=look, skip_invalid=skip_invalid))
    for line in wrong:
        err.print(f"{'cannot be taken in' if look else 'left out'}: {line}")
    for one in arrivals:
        out.print(_line(one))
    out.print(_outcome(arrivals, look=look))


def new_key(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the private key goes; the public one gets .pub.")
    ],
) -> None:
    """Make the pair of keys that signs our prompts and lets others check them."""
    from bot.content.signing import PUBLIC, make_pair

    with failing_politely():
        name = make_pair(file)
    out.print(f"Wrote {file}: keep it secret, and name it in STEADY_DRIP_SIGNING_KEY_FILE.")
    out.print(f"Wrote {file}{PUBLIC}: give it to the organisations that you send prompts to.")
    out.print(f"Its fingerprint, for them to compare on the telephone: {name}")


@contextmanager
def _as_settings() -> Iterator[None]:
    """A problem of a setting, named as the variable that it comes from."""
    from bot.config import as_setting

    try:
        yield
    except Problems as error:
        raise Problems([as_setting(line) for line in error.lines]) from error


async def _packed(settings: Settings, licence: str, only: Collection[str]) -> Packed:
    from bot.bootstrap import office
    from bot.services.library.exchanging import pack

    async with office(settings, read_only=True) as world:
        return await pack(world, whoever_types(), licence, only)


async def _taken_in(
    settings: Settings, found: "Opened", *, look: bool, skip_invalid: bool
) -> tuple[Sequence[Arrival], Sequence[str]]:
    from bot.bootstrap import office
    from bot.services.library.exchanging import look as look_at
    from bot.services.library.exchanging import receive as take_in

    async with office(settings, read_only=look) as world:
        if look:
            return await look_at(world, found.bundle, found.key)
        return await take_in(world, whoever_types(), found.bundle, found.key, skip_invalid=skip_invalid)


def _line(arrival: Arrival) -> str:
    one = arrival.contribution
    credit = f", from {one.origin.credit}, licence {one.origin.licence}" if one.origin else ""
    return f"{arrival.news}: “{one.title}” for {one.role}{credit}"


def _outcome(arrivals: Sequence[Arrival], *, look: bool) -> str:
    fresh = sum(one.news is not News.KNOWN for one in arrivals)
    if not fresh:
        return "Nothing in it is new. Nothing was changed."
    if look:
        return f"{_counted(fresh)} would wait for review. Nothing was taken in."
    wait = "waits" if fresh == 1 else "wait"
    return f"{_counted(fresh)} {wait} for review now. Reviewers type reviews; nobody else sees it before."


def _counted(prompts: int) -> str:
    return f"{prompts} prompt{'' if prompts == 1 else 's'}"
