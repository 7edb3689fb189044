"""Ed25519 keys in PEM files: one private key of our own, and a folder of public keys that we trust."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EEXIST
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from bot.errors import Problems

PUBLIC = ".pub"
LARGEST_KEY = 10_000
"""Bytes of a key's file: one of ours has about 120."""


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key that an administrator has put into the folder, under the name that they gave it."""

    name: str
    key: Ed25519PublicKey

    def has_signed(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature is this key's, of exactly this message."""
        try:
            self.key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def fingerprint(key: Ed25519PublicKey) -> str:
    """What a key is called in files: SHA-256 of its 32 bytes, as 64 hexadecimal digits."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def make_pair(path: Path) -> str:
    """Write a new private key to `path`, for its owner's eyes alone, and the public one beside it.

    Returns the fingerprint. Raises FileExistsError, and then changes nothing, where one of them is there.
    """
    public = path.with_name(f"{path.name}{PUBLIC}")
    if public.exists():
        raise FileExistsError(EEXIST, "File exists", str(public))
    key = Ed25519PrivateKey.generate()
    _create(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    _create(public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), 0o644)
    return fingerprint(key.public_key())


def private_key(path: str) -> Ed25519PrivateKey:
    """The key with which we sign. Raises Problems, which never repeat what the file holds."""
    mend = "make one with `steady-drip prompts new-key`"
    if not path:
        raise Problems([f"signing_key_file: is empty; {mend} and name its file"])
    try:
        key = load_pem_private_key(_small(Path(path)), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Problems([f"signing_key_file: names no Ed25519 key without a password; {mend}"]) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Problems([f"signing_key_file: names a key of another sort, not Ed25519; {mend}"])
    return key


def trusted_keys(folder: str) -> Mapping[str, TrustedKey]:
    """The keys in the files NAME.pub of a folder, by fingerprint. Raises Problems naming each bad file."""
    if not folder:
        raise Problems(
            ["trusted_keys: is empty; name the folder that has the public keys of those you trust"]
        )
    if not Path(folder).is_dir():
        raise Problems(
            ["trusted_keys: is no folder; name the one that has the public keys of those you trust"]
        )
    found: dict[str, TrustedKey] = {}
    wrong: list[str] = []
    for path in sorted(Path(folder).glob(f"*{PUBLIC}")):
        key = _public_key(path)
        if key is None:
            wrong.append(f"{path}: holds no Ed25519 public key; ask for it again, or take the file out")
        else:
            found[fingerprint(key)] = TrustedKey(path.stem, key)
    if wrong:
        raise Problems(wrong)
    return found


def _public_key(path: Path) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(_small(path))
    except (OSError, ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _small(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_KEY)


def _create(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)  # Path.open takes no mode
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
