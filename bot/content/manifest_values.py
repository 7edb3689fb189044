"""What the settings put into the manifest, and what is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class ManifestValues:
    """What the template's `${…}` stand for. `app_id` is the Microsoft App ID; `domain` has no `https://`."""

    app_id: str
    domain: str
    organisation: str
    website_url: str
    privacy_url: str
    terms_url: str


_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?", re.I)
_URL = re.compile(r"https://([^\s/:?#@]+)(?::\d+)?(?:[/?#]\S*)?", re.I)
_RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|net|org)|example|invalid|localhost|test)", re.I)
"""Hosts that RFC 2606 and RFC 6761 keep for examples and tests."""


def value_problems(values: ManifestValues) -> list[str]:
    """What is wrong with the values, each `name: what and how to mend it`."""
    found = {
        "app_id": _id_problem(values.app_id),
        "domain": _host_problem(values.domain),
        "organisation": "",
        "website_url": _url_problem(values.website_url),
        "privacy_url": _url_problem(values.privacy_url),
        "terms_url": _url_problem(values.terms_url),
    }
    given: Mapping[str, str] = asdict(values)
    missing = dict.fromkeys((name for name in found if not given[name].strip()), "is missing; set it")
    return [f"{name}: {problem}" for name, problem in (found | missing).items() if problem]


def _id_problem(text: str) -> str:
    if not _GUID.fullmatch(text):
        return "is not a GUID; copy the bot's Microsoft App ID, 8-4-4-4-12 hexadecimal digits"
    if all(len(set(group)) == 1 for group in text.split("-")) or len(set(text)) <= 3:
        return "is a placeholder; copy the bot's own Microsoft App ID"
    return ""


def _host_problem(host: str) -> str:
    if not _HOST.fullmatch(host):
        return "is not a domain; give the bot's host alone, such as drip.your-trust.nhs.uk"
    if _RESERVED.fullmatch(host):
        return "is a placeholder; give the host that Teams reaches the bot at"
    return ""


def _url_problem(text: str) -> str:
    url = _URL.fullmatch(text)
    if url is None or not (_HOST.fullmatch(url[1]) or _RESERVED.fullmatch(url[1])):
        return "is not an https address; give the whole address of a page, from https:// on"
    if _RESERVED.fullmatch(url[1]):
        return "is a placeholder; give the address of a page that people can open"
    return ""
