"""Settings: defaults, the environment, the .env file; every problem at once and no secret shown."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import HOME, PREFIX, Settings, as_setting, read_content_folder, read_settings
from bot.errors import Problems
from tests.commands.processes import without_settings

Set = Callable[[str, str], None]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder without settings."""
    without_settings(tmp_path, monkeypatch)
    return tmp_path


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets a variable by its short name."""

    def variable(name: str, value: str) -> None:
        monkeypatch.setenv(f"{PREFIX}{name.upper()}", value)

    return variable


def refused() -> list[str]:
    """The problems of the settings as they are."""
    with pytest.raises(Problems) as caught:
        read_settings()
    return caught.value.lines


def test_defaults_are_for_trying_it() -> None:
    """Without a single setting: loopback, the embedded store, real time, no secrets."""
    settings = read_settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.store == "tinydb:var/steady-drip.tinydb"
    assert (settings.threshold, settings.pulse_every_weeks) == (10, 4)
    assert settings.pulse_start == date(2026, 1, 5)
    assert settings.time_speed == 1
    assert settings.content == HOME
    assert settings.app_id == settings.app_secret.get_secret_value() == settings.tenant_id == ""


def test_the_first_round_opens_on_a_monday() -> None:
    """Rounds count weeks from it."""
    assert read_settings().pulse_start.weekday() == 0


def test_the_content_is_where_it_is_said_to_be() -> None:
    """The default folder has all three parts."""
    for name in ("prompts_library", "cards", "manifest"):
        assert (HOME / name).is_dir()


def test_the_environment_is_read(put: Set) -> None:
    """Every kind of value arrives, typed."""
    put("port", "4000")
    put("pulse_start", "2027-02-01")
    put("time_speed", "5760")
    put("content", "elsewhere")
    put("copilot_link", "")
    settings = read_settings()
    assert (settings.port, settings.pulse_start) == (4000, date(2027, 2, 1))
    assert (settings.time_speed, settings.content, settings.copilot_link) == (5760, Path("elsewhere"), "")


def test_the_file_is_read_and_the_environment_wins(here: Path, put: Set) -> None:
    """What stands in .env holds until a variable says otherwise; other lines there are nobody's business."""
    (here / ".env").write_text(
        'STEADY_DRIP_ORGANISATION="Zoë Trust"\nSTEADY_DRIP_PORT=4000\nOTHER=1\n', encoding="utf-8"
    )
    put("port", "5000")
    settings = read_settings()
    assert (settings.organisation, settings.port) == ("Zoë Trust", 5000)


def test_a_file_that_is_no_text(here: Path) -> None:
    """Another encoding would garble a secret, so the file is refused."""
    (here / ".env").write_bytes(b"STEADY_DRIP_APP_SECRET=caf\xe9\n")
    assert refused() == [".env:1: the file is not UTF-8 text; save it as UTF-8"]
    assert read_content_folder() == HOME


WRONG = {
    "store": ["redis:x", "tinydb:", ""],
    "port": ["0", "65536", "http", ""],
    "threshold": ["4", "0", "-10", "ten"],
    "pulse_every_weeks": ["0", "53"],
    "pulse_start": ["soon", "2026-02-30"],
    "time_speed": ["0", "0.5", "50001", "nan", "inf"],
    "log_level": ["loud", "INFO"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, them in WRONG.items() for value in them])
def test_a_wrong_value_is_named(put: Set, name: str, value: str) -> None:
    """By the variable that an operator sets."""
    put(name, value)
    (problem,) = refused()
    assert problem.startswith(f"{PREFIX}{name.upper()}: ")
    assert len(problem) > len(name) + 20


def test_every_problem_is_named_at_once(put: Set) -> None:
    """One wrong value of each: as many lines, whatever is right beside them."""
    for name, values in WRONG.items():
        put(name, values[0])
    put("organisation", "Sample Trust")
    assert {problem.split(":")[0] for problem in refused()} == {f"{PREFIX}{name.upper()}" for name in WRONG}


def test_the_content_folder_is_known_where_other_settings_are_wrong(put: Set) -> None:
    """So that `check` can look at both."""
    put("port", "many")
    put("content", "elsewhere")
    assert read_content_folder() == Path("elsewhere")


def test_no_setting_lowers_the_threshold_below_five(put: Set) -> None:
    """Five is the floor, and five itself is allowed."""
    put("threshold", "5")
    assert read_settings().threshold == 5
    put("threshold", "4")
    assert refused()[0].startswith("STEADY_DRIP_THRESHOLD: ")


def test_a_secret_is_never_shown(put: Set) -> None:
    """Not in what is printed, logged or dumped, nor in what is said about other settings."""
    put("app_secret", "hush-hush")
    settings = read_settings()
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "hush" not in shown
    assert settings.app_secret.get_secret_value() == "hush-hush"
    put("port", "many")
    assert "hush" not in "".join(refused())


def test_settings_stay_as_they_are() -> None:
    """They are read once; nothing changes them afterwards."""
    settings = read_settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]  # the attempt is the test


def test_every_setting_is_described() -> None:
    """A sentence each, for whoever looks into the code first."""
    described = {name: field.description or "" for name, field in Settings.model_fields.items()}
    assert [name for name, words in described.items() if not words.endswith((".", ")."))] == []


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("app_id: is missing", "STEADY_DRIP_APP_ID: is missing"),
        ("/x/manifest.json:3: id: is wrong", "/x/manifest.json:3: id: is wrong"),
        ("colour: is no setting", "colour: is no setting"),
    ],
)
def test_problems_are_told_in_the_operators_words(problem: str, expected: str) -> None:
    """A field's name becomes its variable's; anything else stays."""
    assert as_setting(problem) == expected
