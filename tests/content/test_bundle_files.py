"""Signed files of prompts: what we write can be read, and whatever was changed on the way cannot."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.bundle_files import FORMAT, LARGEST, SIGNED_AS, Opened, opened, sealed
from bot.content.signing import TrustedKey, fingerprint
from bot.domain.json import Json
from bot.domain.library.bundles import Bundle, BundledPrompt
from bot.domain.library.prompts import DataRule
from bot.domain.staff.people import RoleId
from bot.errors import Problems
from tests.bundles import BUNDLE, KEY, NAMED, ONE, STRANGER, TRUSTED, kept

FILE = sealed(BUNDLE, KEY)

a_line = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60).filter(
    lambda text: text.isprintable()
)
moments = st.integers(0, 2**32).map(lambda second: datetime.fromtimestamp(second, UTC))
prompts = st.builds(
    BundledPrompt,
    id=st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
    title=a_line,
    text=a_line,
    role=a_line.map(RoleId),
    check=a_line,
    data=st.sampled_from(DataRule),
    author=a_line | st.just(""),
    approved_by=a_line,
    approved=moments,
    licence=a_line,
)
bundles = st.builds(
    Bundle,
    organisation=a_line,
    made=moments,
    prompts=st.lists(prompts, min_size=1, max_size=4, unique_by=lambda one: one.id).map(tuple),
)
LAWS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused(folder: Path, content: bytes) -> str:
    """What is said of a file that is not taken in."""
    with pytest.raises(Problems) as problems:
        opened(kept(folder, content), TRUSTED)
    return str(problems.value)


def signed(content: Json) -> bytes:
    """Any content with a right signature: a trusted organisation may send it by mistake or in bad faith."""

    def plain(values: Json) -> bytes:
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    signature = KEY.sign(SIGNED_AS + plain(content)).hex()
    return plain({"content": content, "format": FORMAT, "key": NAMED, "signature": signature})


def content_with(**changes: Json) -> Json:
    """The sample's content, its first prompt changed."""
    content: dict[str, Json] = json.loads(FILE)["content"]
    assert isinstance(content["prompts"], list)
    assert isinstance(content["prompts"][0], dict)
    content["prompts"][0].update(changes)
    return content


@LAWS
@given(bundles)
def test_what_is_written_can_be_read(tmp_path: Path, bundle: Bundle) -> None:
    """All of it, with the key that signed it."""
    assert opened(kept(tmp_path, sealed(bundle, KEY)), TRUSTED) == Opened(bundle, NAMED, "other-trust")


@LAWS
@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int, change: int) -> None:
    """Wherever it is, the signature's own digits and the key's name included."""
    tampered = bytearray(FILE)
    tampered[place] ^= change
    assert str(tmp_path) in refused(tmp_path, bytes(tampered))


@LAWS
@given(st.integers(0, len(FILE) - 1))
def test_a_file_that_was_cut_short_is_noticed(tmp_path: Path, length: int) -> None:
    """With what to do about it."""
    assert "ask for it again" in refused(tmp_path, FILE[:length])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (FILE + b"\n", "was written anew or changed on the way"),
        (json.dumps(json.loads(FILE), indent=2).encode(), "was written anew or changed on the way"),
        (FILE.replace(b'{"content"', b'{"content":{},"content"', 1), "was written anew"),
        (b" " * (LARGEST + 1), "is too large: a bundle of prompts has at most 2,000,000 bytes"),
        (b"[" * 100_000, "is no whole bundle"),
        (b"9" * 100_000, "is no whole bundle"),
        (b"\xff\xfe\x00", "is no whole bundle"),
        (b"{}", "is no whole bundle"),
        (sealed(BUNDLE, STRANGER), "is signed with a key that is not trusted here"),
        (FILE.replace(b"ward round", b"word round", 1), "is not what other-trust signed"),
    ],
)
def test_what_is_refused_says_how_to_mend_it(tmp_path: Path, content: bytes, said: str) -> None:
    """Each with the file's name; nothing of it is used."""
    assert said in refused(tmp_path, content)


def test_an_unknown_key_is_explained(tmp_path: Path) -> None:
    """An administrator decides whom to trust, so they are told where to put the key."""
    said = refused(tmp_path, sealed(BUNDLE, STRANGER))
    assert fingerprint(STRANGER.public_key())[:16] in said
    assert "put their public key into the folder of trusted keys" in said


def test_a_signature_of_something_else_is_none(tmp_path: Path) -> None:
    """What the same key signed for another purpose cannot be passed off as a bundle."""
    envelope = json.loads(FILE)
    plain = json.dumps(envelope["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    envelope["signature"] = KEY.sign(plain.encode()).hex()
    again = json.dumps(envelope, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert "is not what other-trust signed" in refused(tmp_path, again)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"title": ""}, "content.prompts.id-1.title"),
        ({"title": "Two\nlines"}, "content.prompts.id-1.title"),
        ({"text": "x" * 2_001}, "content.prompts.id-1.text"),
        ({"text": "Null \x00 byte"}, "content.prompts.id-1.text"),
        ({"text": "Turned \u202e round"}, "content.prompts.id-1.text"),
        ({"check": 7}, "content.prompts.id-1.check"),
        ({"data": "anything"}, "content.prompts.id-1.data"),
        ({"approved": "2026-02-30T09:00:00Z"}, "content.prompts.id-1.approved"),
        ({"id": "../../etc"}, "content.prompts.1.id"),
        ({"id": "id-2"}, "content.prompts"),
        ({"surprise": "x"}, "content.prompts.id-1.surprise"),
    ],
)
def test_a_right_signature_is_not_enough(tmp_path: Path, changes: dict[str, Json], place: str) -> None:
    """Every field is checked, and the one to mend is named without a word of what is in it."""
    assert f"{place}: cannot be used" in refused(tmp_path, signed(content_with(**changes)))


@pytest.mark.parametrize(
    "content", [{}, {"organisation": "X", "made": "2026-01-01T00:00:00Z", "prompts": []}]
)
def test_an_empty_bundle_is_refused(tmp_path: Path, content: Json) -> None:
    """It would only be noise."""
    assert "cannot be used" in refused(tmp_path, signed(content))


def test_a_prompt_that_nobody_could_receive_is_not_sent() -> None:
    """Its field is named to whoever sends it."""
    with pytest.raises(Problems, match=r"content\.prompts\.id-1\.text"):
        sealed(replace(BUNDLE, prompts=(replace(ONE, text="Null \x00"),)), KEY)


def test_a_bundle_too_large_is_not_sent() -> None:
    """Whoever sends it is told to send fewer."""
    many = tuple(replace(ONE, id=f"id-{n}", text="ä" * 2_000, check="ä" * 2_000) for n in range(300))
    with pytest.raises(Problems, match="choose fewer prompts with --only"):
        sealed(replace(BUNDLE, prompts=many), KEY)


def test_the_name_of_the_key_is_the_administrators(tmp_path: Path) -> None:
    """Not what the file says of itself."""
    trusted = {NAMED: TrustedKey("as-we-call-them", KEY.public_key())}
    assert opened(kept(tmp_path, FILE), trusted).signer == "as-we-call-them"
