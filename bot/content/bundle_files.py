"""A bundle of prompts ↔ a signed file that another organisation can check.

The file is one line of JSON in one canonical form: keys in order, no spaces, UTF-8. Whatever is not, byte for
byte, what we would have written is refused, so that nobody can make two files of one signature. All values
are texts, which is why the canonical form needs no rule for numbers.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from bot.content.signing import TrustedKey, fingerprint
from bot.domain.json import Json
from bot.domain.library.bundles import MOST_PROMPTS, Bundle, BundledPrompt
from bot.domain.library.contributions import is_readable
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import RoleId
from bot.errors import Problems

FORMAT = "steady-drip-prompts-1"
LARGEST = 2_000_000
"""Bytes of a file: 500 prompts at their longest in plain letters have about 900,000."""

SIGNED_AS = f"{FORMAT}\n".encode()
"""Before what is signed, so that a signature of anything else by the same key is none of a bundle."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A bundle whose signature is right: of which key, and what that key is called here."""

    bundle: Bundle
    key: str
    signer: str


def sealed(bundle: Bundle, key: Ed25519PrivateKey) -> bytes:
    """The file of a bundle, signed. Raises Problems for what nobody could receive."""
    content = _checked(_as_json(bundle)).model_dump(mode="json")
    envelope: Json = {
        "content": content,
        "format": FORMAT,
        "key": fingerprint(key.public_key()),
        "signature": key.sign(SIGNED_AS + _canonical(content)).hex(),
    }
    written = _canonical(envelope)
    if len(written) > LARGEST:
        raise Problems([f"the file would have over {LARGEST:,} bytes; choose fewer prompts with --only"])
    return written


def opened(path: Path, trusted: Mapping[str, TrustedKey]) -> Opened:
    """The bundle of a file, once its signature is checked. Raises Problems that say what to do instead."""
    with path.open("rb") as file:
        written = file.read(LARGEST + 1)
    try:
        return _opened(written, trusted)
    except Problems as error:
        raise Problems([f"{path}: {line}" for line in error.lines]) from error


def _opened(written: bytes, trusted: Mapping[str, TrustedKey]) -> Opened:
    envelope = _envelope(written)
    signer = trusted.get(envelope.key)
    if signer is None:
        mend = "if you trust whoever sent it, put their public key into the folder of trusted keys"
        raise Problems([f"is signed with a key that is not trusted here ({envelope.key[:16]}…); {mend}"])
    signature = bytes.fromhex(envelope.signature)
    if not signer.has_signed(signature, SIGNED_AS + _canonical(envelope.content)):
        raise Problems([f"is not what {signer.name} signed: it was changed on the way; {_AGAIN}"])
    return Opened(_as_bundle(_checked(envelope.content)), envelope.key, signer.name)


_AGAIN = "ask for it again"


def _envelope(written: bytes) -> "_Envelope":
    if len(written) > LARGEST:
        raise Problems([f"is too large: a bundle of prompts has at most {LARGEST:,} bytes; {_AGAIN}"])
    try:
        values: Json = json.loads(written)
        envelope = _Envelope.model_validate(values)
        same = _canonical(values) == written
    except (ValueError, RecursionError):  # JSON's, Unicode's and pydantic's errors are ValueErrors
        raise Problems([f"is no whole bundle of prompts, or was cut short; {_AGAIN}"]) from None
    if not same:
        raise Problems([f"was written anew or changed on the way; {_AGAIN}, and pass it on untouched"])
    return envelope


def _canonical(values: Json) -> bytes:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _checked(content: Json) -> "_Bundle":
    try:
        return _Bundle.model_validate(content)
    except ValidationError as error:
        faults = error.errors(include_input=False)
        raise Problems([_sentence(content, one["loc"]) for one in faults]) from None


def _sentence(content: Json, place: tuple[int | str, ...]) -> str:
    named = [_called(content, part) if isinstance(part, int) else part for part in place]
    return f"content.{'.'.join(named)}: cannot be used; it has to be mended where the file was made"


_ID = re.compile(r"[\w-]{1,120}")


def _called(content: Json, number: int) -> str:
    """The id of a prompt, by which whoever made the file finds it; its place where it has none to show."""
    prompts = content.get("prompts") if isinstance(content, dict) else None
    prompt = prompts[number] if isinstance(prompts, list) else None
    name = prompt.get("id") if isinstance(prompt, dict) else None
    return name if isinstance(name, str) and _ID.fullmatch(name) else str(number + 1)


# What stands in the file


def _readable(text: str) -> str:
    if not all(map(is_readable, text)):
        raise ValueError("has signs that nobody can see, or that turn the direction of reading")
    return text


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("has more than one line")
    return text


def _in_the_calendar(moment: str) -> str:
    if _spelt(_moment(moment)) != moment:
        raise ValueError("is no moment of the calendar")
    return moment


Text = Annotated[str, Field(max_length=2_000), AfterValidator(_readable)]
Words = Annotated[Text, Field(max_length=120), AfterValidator(_one_line)]
Named = Annotated[Words, Field(min_length=1)]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"), AfterValidator(_in_the_calendar)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class _Envelope(_Strict):
    content: dict[str, JsonValue]
    format: Annotated[str, Field(pattern=f"^{FORMAT}$")]
    key: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    signature: Annotated[str, Field(pattern="^[0-9a-f]{128}$")]


class _Prompt(_Strict):
    id: Annotated[Named, Field(pattern=r"^[\w-]+$")]
    title: Named
    text: Text
    role: Named
    check: Text
    data: Annotated[str, Field(pattern=f"^({'|'.join(rule.value for rule in DataRule)})$")]
    author: Words
    approved_by: Named
    approved: Moment
    licence: Named


def _each_once(prompts: list[_Prompt]) -> list[_Prompt]:
    if len({one.id for one in prompts}) < len(prompts):
        raise ValueError("has two prompts with one id")
    return prompts


class _Bundle(_Strict):
    organisation: Named
    made: Moment
    prompts: Annotated[
        list[_Prompt], Field(min_length=1, max_length=MOST_PROMPTS), AfterValidator(_each_once)
    ]


def _as_json(bundle: Bundle) -> Json:
    return {
        "organisation": bundle.organisation,
        "made": _spelt(bundle.made),
        "prompts": [
            {
                "id": one.id,
                "title": one.title,
                "text": one.text,
                "role": one.role,
                "check": one.check,
                "data": one.data.value,
                "author": one.author,
                "approved_by": one.approved_by,
                "approved": _spelt(one.approved),
                "licence": one.licence,
            }
            for one in bundle.prompts
        ],
    }


def _as_bundle(content: _Bundle) -> Bundle:
    prompts = [
        BundledPrompt(
            id=one.id,
            title=one.title,
            text=one.text,
            role=RoleId(one.role),
            check=one.check,
            data=DataRule(one.data),
            author=one.author,
            approved_by=one.approved_by,
            approved=_moment(one.approved),
            licence=one.licence,
        )
        for one in content.prompts
    ]
    return Bundle(content.organisation, _moment(content.made), tuple(prompts))


def _spelt(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _moment(spelt: str) -> datetime:
    return datetime.fromisoformat(spelt)
