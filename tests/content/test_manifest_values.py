"""Which settings the Teams package is refused for."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content.manifest import build
from tests.content.test_manifest import FOLDER, VALUES, refused

UNSET = "00000000-0000-0000-0000-000000000000"
REFUSED: list[tuple[Mapping[str, str], str]] = [
    ({"app_id": ""}, "app_id: is missing"),
    ({"app_id": UNSET}, "app_id: is a placeholder"),
    ({"app_id": UNSET.replace("0", "1")}, "app_id: is a placeholder"),
    ({"app_id": "11111111-2222-3333-4444-555555555555"}, "app_id: is a placeholder"),
    ({"app_id": UNSET[:-1] + "1"}, "app_id: is a placeholder"),
    ({"app_id": "steady-drip"}, "app_id: is not a GUID"),
    ({"app_id": f"{{{VALUES.app_id[:34]}}}"}, "app_id: is not a GUID"),
    ({"domain": " "}, "domain: is missing"),
    ({"domain": "https://drip.northbridge.nhs.uk"}, "domain: is not a domain"),
    ({"domain": "drip.northbridge.nhs.uk:3978"}, "domain: is not a domain"),
    ({"domain": "localhost"}, "domain: is not a domain"),
    ({"domain": "example.com"}, "domain: is a placeholder"),
    ({"domain": "drip.EXAMPLE.com"}, "domain: is a placeholder"),
    ({"organisation": ""}, "organisation: is missing"),
    ({"website_url": ""}, "website_url: is missing"),
    ({"website_url": "http://www.northbridge.nhs.uk"}, "website_url: is not an https address"),
    ({"privacy_url": "https://northbridge nhs.uk"}, "privacy_url: is not an https address"),
    ({"privacy_url": "https://[::1"}, "privacy_url: is not an https address"),
    ({"privacy_url": "https://www.example.com/privacy"}, "privacy_url: is a placeholder"),
    ({"terms_url": "https://localhost:3978/terms"}, "terms_url: is a placeholder"),
    ({"terms_url": "www.northbridge.nhs.uk/terms"}, "terms_url: is not an https address"),
    ({"organisation": "x" * 33}, "developer.name has 33 characters; shorten it to at most 32"),
]


@pytest.mark.parametrize(("changes", "sentence"), REFUSED)
def test_a_value_that_cannot_be_right_is_refused(
    tmp_path: Path, changes: Mapping[str, str], sentence: str
) -> None:
    """A missing, made-up or malformed value is named, and no package is written."""
    (problem,) = refused(FOLDER, replace(VALUES, **changes), tmp_path / "package.zip")
    assert sentence in problem


def test_values_that_merely_look_odd_are_accepted(tmp_path: Path) -> None:
    """Capitals, a port and a host whose name contains `example` are nobody's placeholder."""
    odd = replace(
        VALUES,
        app_id=VALUES.app_id.upper(),
        domain="my-example.com",
        website_url="HTTPS://www.northbridge.nhs.uk:8443",
    )
    build(FOLDER, odd, tmp_path / "package.zip")
