"""`audit`: who used a right, also while the service runs; every command that uses one is in it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import HOME
from bot.system import SystemClock, account
from tests.commands.conftest import Command
from tests.commands.processes import ended, local, serving

ROSTER = str(HOME / "docs" / "sample-trust" / "roster.csv")


def acts(printed: str) -> list[str]:
    """What was done, of a list in JSON."""
    return [record["act"] for record in json.loads(printed)]


def test_commands_leave_their_records(command: Command) -> None:
    """An import, a summary that could not be shown, and the look at the list itself."""
    command("people", "import", ROSTER)
    command("summary", "--group", "Patient Access")
    assert acts(command("audit", "--json").stdout) == ["people_imported", "summary_withheld"]
    assert acts(command("audit", "--json").stdout)[2:] == ["audit_read"]


def test_a_line_each(command: Command) -> None:
    """When, who and what, with blanks between; the account stands for whoever typed."""
    command("people", "import", ROSTER)
    done = command("audit")
    when, who, act = done.stdout.split()
    assert (done.exit_code, who, act) == (0, f"operator:{account()}", "people_imported")
    assert len(when) == len("2026-11-24T09:00:00Z")
    assert SystemClock().now() - datetime.fromisoformat(when) < timedelta(hours=1)


def test_since_a_day(command: Command) -> None:
    """Nothing older; a day that is none is refused with what is wanted."""
    command("people", "import", ROSTER)
    today = datetime.now(UTC).date()  # noqa: TID251 - the command asks the same clock
    tomorrow = today + timedelta(days=2)
    assert acts(command("audit", "--json", "--since", today.isoformat()).stdout) == ["people_imported"]
    assert command("audit", "--json", "--since", tomorrow.isoformat()).stdout == "[]\n"
    refused = command("audit", "--since", "yesterday")
    assert refused.exit_code == 1
    assert refused.stderr == "--since: must be a day of the calendar, written like 2026-11-01\n"


def test_while_the_service_runs(tmp_path: Path) -> None:
    """The command has its answer at once, and its own look is in the next one."""
    with serving(tmp_path):
        settings = local(tmp_path)
        ended(tmp_path, "summary", "--group", "Patient Access", **settings)
        assert acts(ended(tmp_path, "audit", "--json", **settings).stdout) == ["summary_read"]
        assert acts(ended(tmp_path, "audit", "--json", **settings).stdout)[-1] == "audit_read"


def test_without_a_store(command: Command) -> None:
    """Said plainly, and nothing is made."""
    done = command("audit")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "there is no store yet" in done.stderr
