"""What one value may be. A ValueError says what is wrong with it in words that can follow its name."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_settings import NoDecode

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HTTPS = re.compile(r"https://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)
_ON_THIS_MACHINE = re.compile(r"http://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_HOST_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?", re.IGNORECASE | re.ASCII)


def _named(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write the name that staff know, or take the line out")
    return text


def _guid(text: str) -> str:
    if text and not _GUID.fullmatch(text):
        raise ValueError("must be a GUID, 8-4-4-4-12 hexadecimal digits; copy it from the Entra admin centre")
    return text


def _https(text: str) -> str:
    if text and not _HTTPS.fullmatch(text):
        raise ValueError("must be a whole address that begins with https://, or empty")
    return text


def _host(text: str) -> str:
    try:
        ip_address(text)
    except ValueError as error:
        if not _HOST_NAME.fullmatch(text):
            words = "must be an IP address or a host name, such as 127.0.0.1 or localhost"
            raise ValueError(words) from error
    return text


def _private(text: str) -> str:
    """An address that tokens depend on: nobody between may read or change what comes from it."""
    if not _HTTPS.fullmatch(text) and not _ON_THIS_MACHINE.fullmatch(text):
        raise ValueError("must be a whole address that begins with https://")
    return text


def _file(name: str) -> str:
    if name:
        content_of(name)
    return name


def content_of(name: str) -> str:
    """What a file holds, without the line's end. Raises ValueError where that is nothing or no text."""
    try:
        content = Path(name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError("is no file that can be read as text; name one, or take the line out") from error
    if not content:
        raise ValueError("names an empty file; put the secret into it")
    return content


def _months(value: object) -> object:
    """Numbers of months with commas between them; nothing for no month."""
    if not isinstance(value, str):
        return value
    parts = [part.strip() for part in value.split(",") if part.strip()]
    if not all(part.isdecimal() and 1 <= int(part) <= 12 for part in parts):
        raise ValueError("must be numbers of months with commas between, such as 1,4,7,10, or empty")
    return frozenset(map(int, parts))


def _there(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("is no folder; name the one that has prompts_library/, cards/ and manifest/")
    return path


def _folder(name: str) -> str:
    if name and not Path(name).is_dir():
        raise ValueError("is no folder; name the one with the public keys of those you trust, or take it out")
    return name


Name = Annotated[str, AfterValidator(_named)]
Guid = Annotated[str, AfterValidator(_guid)]
Host = Annotated[str, AfterValidator(_host)]
HttpsOrNone = Annotated[str, AfterValidator(_https)]
PrivateUrl = Annotated[str, AfterValidator(_private)]
FileOrNone = Annotated[str, AfterValidator(_file)]
FolderOrNone = Annotated[str, AfterValidator(_folder)]
ContentFolder = Annotated[Path, AfterValidator(_there)]
Months = Annotated[frozenset[int], NoDecode, BeforeValidator(_months)]
