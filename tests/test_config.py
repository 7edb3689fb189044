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


def test_the_environment_is_read(here: Path, put: Set) -> None:
    """Every kind of value arrives, typed."""
    put("port", "4000")
    put("pulse_start", "2027-02-01")
    put("time_speed", "5760")
    put("content", "cards")
    (here / "cards").mkdir()
    put("copilot_link", "")
    settings = read_settings()
    assert (settings.port, settings.pulse_start) == (4000, date(2027, 2, 1))
    assert (settings.time_speed, settings.content, settings.copilot_link) == (5760, Path("cards"), "")


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
    "pulse_open_days": ["4", "21"],
    "pulse_start": ["soon", "2026-02-30"],
    "time_speed": ["0", "0.5", "50001", "nan", "inf"],
    "log_level": ["loud", "INFO"],
    "organisation": ["", "  "],
    "copilot_link": ["http://copilot.invalid", "https://", "m365.cloud.microsoft"],
    "website_url": ["http://trust.invalid", "https://a b"],
    "privacy_url": ["www.trust.invalid"],
    "terms_url": ["file:///terms"],
    "app_id": ["steady-drip", "{3f2b8c1e-9d47-4a6b-8f05-c2e71d90ab34}"],
    "tenant_id": ["trust.onmicrosoft.com"],
    "host": ["", "my host", "http://localhost", "127.0.0.1:3978"],
    "content": ["nowhere"],
    "app_secret_file": ["nowhere"],
    "app_certificate_file": ["nowhere"],
    "app_assertion_file": ["."],
    "store_file": ["nowhere"],
    "metrics_token_file": ["nowhere"],
    "token_metadata": ["", "http://login.trust.invalid/keys", "http://127.0.0.1.trust.invalid/"],
    "token_authority": ["login.trust.invalid", "http://localhost@trust.invalid/"],
    "messages_per_minute": ["0", "many"],
    "requests_at_once": ["0"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, them in WRONG.items() for value in them])
def test_a_wrong_value_is_named(put: Set, name: str, value: str) -> None:
    """By the variable that an operator sets."""
    put(name, value)
    (problem,) = refused()
    assert problem.startswith(f"{PREFIX}{name.upper()}: ")
    assert len(problem) > len(name) + 20


MENDED = {
    ("store", "redis:x"): "must be tinydb:PATH or postgresql://…, such as tinydb:var/steady-drip.tinydb",
    ("port", "http"): "must be a whole number, such as 3978",
    ("port", "65536"): "must be 65535 or less, such as 3978",
    ("threshold", "4"): "must be 5 or more, such as 10",
    ("pulse_open_days", "4"): "must be 5 or more, such as 5",
    ("time_speed", "fast"): "must be a number, such as 1.0",
    ("pulse_start", "2026-02-30"): "must be a day of the calendar, such as 2026-01-05",
    ("log_level", "loud"): "must be debug, info, warning or error",
    ("organisation", ""): "is empty; write the name that staff know, or take the line out",
    ("copilot_link", "http://x"): "must be a whole address that begins with https://, or empty",
    ("host", "my host"): "must be an IP address or a host name, such as 127.0.0.1 or localhost",
    ("content", "nowhere"): "is no folder; name the one that has prompts_library/, cards/ and manifest/",
}


@pytest.mark.parametrize(("name", "value"), MENDED)
def test_a_problem_says_how_to_mend_it(put: Set, name: str, value: str) -> None:
    """In our own words."""
    put(name, value)
    assert refused() == [f"{PREFIX}{name.upper()}: {MENDED[name, value]}"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("host", "::1"),
        ("host", "0.0.0.0"),
        ("host", "steady_drip.trust.invalid"),
        ("app_id", "3F2B8C1E-9d47-4a6b-8f05-c2e71d90ab34"),
        ("website_url", "https://www.trust.invalid:8443/drip?x=1"),
        ("privacy_url", ""),
        ("token_metadata", "http://127.0.0.1:4444/.well-known/openidconfiguration"),
        ("token_authority", "https://login.microsoftonline.us/"),
    ],
)
def test_other_good_values_are_taken(put: Set, name: str, value: str) -> None:
    """As they are."""
    put(name, value)
    assert getattr(read_settings(), name) == value


def test_a_variable_that_is_no_setting(put: Set) -> None:
    """A slip of the pen would else go unnoticed; its value is not repeated."""
    put("tennant_id", "hush-hush")
    put("wizardry", "hush-hush")
    assert refused() == [
        "STEADY_DRIP_TENNANT_ID: is not a setting; did you mean STEADY_DRIP_TENANT_ID?",
        "STEADY_DRIP_WIZARDRY: is not a setting; take it out",
    ]


def test_problems_of_the_file_have_their_lines(here: Path, put: Set) -> None:
    """All at once: bad lines, strangers and bad values; what the environment overrules is not the file's."""
    lines = [
        "# settings",
        "",
        "STEADY_DRIP_PORT=many",
        "export steady_drip_treshold=20",
        "STEADY_DRIP_HOST=fine",
        'OTHER="never ends',
        "STEADY_DRIP_DOMAIN",
        "STEADY_DRIP_APP_SECRET:hush-hush=",
        "ANOTHER",
    ]
    (here / ".env").write_text("\n".join(lines), encoding="utf-8")
    put("host", "my host")
    unreadable = "cannot be read; write NAME=value, with both quotation marks or none"
    assert refused() == [
        f".env:6: {unreadable}",
        f".env:7: {unreadable}",
        f".env:8: {unreadable}",
        ".env:4: STEADY_DRIP_TRESHOLD: is not a setting; did you mean STEADY_DRIP_THRESHOLD?",
        "STEADY_DRIP_HOST: must be an IP address or a host name, such as 127.0.0.1 or localhost",
        ".env:3: STEADY_DRIP_PORT: must be a whole number, such as 3978",
    ]


def test_a_bad_line_is_said_once(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    """As a problem of ours, and not in the words of the library that reads the file as well."""
    (here / ".env").write_text("\n\nA='b\n", encoding="utf-8")
    assert [problem.split(" ")[0] for problem in refused()] == [".env:3:"]
    read_content_folder()
    assert caplog.messages == []


def test_every_problem_is_named_at_once(put: Set) -> None:
    """One wrong value of each: as many lines, whatever is right beside them."""
    for name, values in WRONG.items():
        put(name, values[0])
    put("domain", "drip.trust.invalid")
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


@pytest.mark.parametrize("name", ["app_secret", "metrics_token", "store"])
def test_a_secret_may_stand_in_a_file(here: Path, put: Set, name: str) -> None:
    """Without the line's end that an editor puts there; and it is shown no more than the other kind."""
    (here / "secret").write_text("tinydb:hush-hush\n", encoding="utf-8")
    put(f"{name}_file", "secret")
    settings = read_settings()
    read = getattr(settings, name)
    assert (read if name == "store" else read.get_secret_value()) == "tinydb:hush-hush"
    assert "hush" not in repr(settings)


def test_a_secret_in_two_places_is_refused(here: Path, put: Set) -> None:
    """Nobody could know which one counts."""
    (here / "secret").write_text("tinydb:hush-hush", encoding="utf-8")
    put("store_file", "secret")
    put("store", "tinydb:other")
    assert refused() == ["STEADY_DRIP_STORE_FILE: STEADY_DRIP_STORE is set as well; take one of them out"]


@pytest.mark.parametrize(
    ("content", "name"), [(b" \n", "APP_SECRET_FILE"), (b"\xff", "APP_SECRET_FILE"), (b"redis:x", "STORE")]
)
def test_a_file_with_a_wrong_secret_is_named(here: Path, put: Set, content: bytes, name: str) -> None:
    """By the variable, and without a word of what it holds."""
    (here / "secret").write_bytes(content)
    put("store_file" if name == "STORE" else "app_secret_file", "secret")
    (problem,) = refused()
    assert problem.startswith(f"STEADY_DRIP_{name}: ")
    assert "redis" not in problem


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
