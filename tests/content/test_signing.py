"""Keys in files: made for their owner alone, and refused with a mend where they are no keys."""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from bot.content.signing import fingerprint, make_pair, private_key, trusted_keys
from bot.errors import Problems
from tests.bundles import KEY

OTHER_SORT = generate_private_key(SECP256R1())
PRIVATE = {
    "text": b"not a key",
    "nothing": b"",
    "another sort": OTHER_SORT.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    "with a password": KEY.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"sample")
    ),
    "a public key": KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
}
PUBLIC = {
    "text": b"not a key",
    "another sort": OTHER_SORT.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    "a private key": KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
}


def test_a_pair_belongs_together(tmp_path: Path) -> None:
    """What the private one signs, the public one recognises; only the owner can read the private one."""
    name = make_pair(tmp_path / "ours")
    signature = private_key(str(tmp_path / "ours")).sign(b"words")
    (found,) = trusted_keys(str(tmp_path)).items()
    assert found[0] == name == fingerprint(found[1].key)
    assert found[1].name == "ours"
    assert found[1].has_signed(signature, b"words")
    assert not found[1].has_signed(signature, b"other words")
    assert stat.S_IMODE((tmp_path / "ours").stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["ours", "ours.pub"])
def test_no_key_is_written_over(tmp_path: Path, there: str) -> None:
    """Losing a private key would make every file that was sent worthless."""
    (tmp_path / there).write_text("what was there")
    with pytest.raises(FileExistsError):
        make_pair(tmp_path / "ours")
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text() == "what was there"


@pytest.mark.parametrize("content", PRIVATE.values(), ids=PRIVATE)
def test_no_private_key_of_ours(tmp_path: Path, content: bytes) -> None:
    """With how to make one, and without a word of what the file holds."""
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(Problems, match=r"signing_key_file: .*make one with") as problems:
        private_key(str(tmp_path / "key"))
    assert "not a key" not in str(problems.value)


@pytest.mark.parametrize("path", ["", "nowhere/key"])
def test_no_file_for_it(path: str) -> None:
    """The setting is named."""
    with pytest.raises(Problems, match=r"signing_key_file: .*make one with"):
        private_key(path)


@pytest.mark.parametrize("content", PUBLIC.values(), ids=PUBLIC)
def test_a_bad_file_among_trusted_keys(tmp_path: Path, content: bytes) -> None:
    """It is named: whoever put it there believes that they trust somebody."""
    (tmp_path / "friend.pub").write_bytes(content)
    with pytest.raises(Problems, match=r"friend.pub: holds no Ed25519 public key"):
        trusted_keys(str(tmp_path))


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """Only what is called NAME.pub is a key."""
    (tmp_path / "README").write_text("Whose these are")
    assert trusted_keys(str(tmp_path)) == {}


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_no_folder(folder: str) -> None:
    """The setting is named, with what to put there."""
    with pytest.raises(Problems, match=r"trusted_keys: .*the public keys of those you trust"):
        trusted_keys(folder)
