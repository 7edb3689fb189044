"""Sample bundles, and keys that were made for the tests alone."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.content.signing import TrustedKey, fingerprint
from bot.domain.library.bundles import Bundle, BundledPrompt
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import RoleId

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAMED = fingerprint(KEY.public_key())
TRUSTED = {NAMED: TrustedKey("other-trust", KEY.public_key())}

ONE = BundledPrompt(
    id="id-1",
    title="Sum up the ward round list",
    text="Make a list of [what is left to do].\nKeep it short.",
    role=RoleId("ward-clerk"),
    check="Count the lines against your own list.",
    data=DataRule.INTERNAL,
    author="",
    approved_by="a reviewer (Ward clerk)",
    approved=datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
    licence="CC-BY-4.0",
)
TWO = replace(ONE, id="id-2", title="Draft a notice", text="Draft a notice about [what changes] for staff.")
BUNDLE = Bundle("Other Sample Trust", datetime(2026, 11, 20, 9, 0, tzinfo=UTC), (ONE, TWO))


def kept(folder: Path, content: bytes) -> Path:
    """A file with this in it."""
    path = folder / "prompts.json"
    path.write_bytes(content)
    return path
