"""A roster's file: the good rows, and a sentence with its line for each bad one."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.roster import COLUMNS, read_roster
from bot.domain.staff.people import Licence, Right
from bot.errors import Problems

HEADER = ",".join(COLUMNS)
STAGED = f"{HEADER},cohort,start"
BOTH = f"{HEADER}, and for a staged start cohort,start after them"
ROLES = {"ward-clerk", "finance-analyst"}


def number(last: int) -> str:
    """An Entra object id."""
    return f"00000000-0000-0000-0000-{last:012}"


def row(last: int, **changes: str) -> str:
    """A good row with some values changed."""
    values = {
        "id": number(last),
        "name": "Sam Sample",
        "upn": "sam@sample.invalid",
        "role": "ward-clerk",
        "licence": "chat",
        "site": "North",
        "team": "Ward 4",
        "rights": "",
        "leads": "",
        "topics": "",
    }
    return ",".join((values | changes).values())


def roster(folder: Path, *rows: str, header: str = HEADER) -> Path:
    """A file of these rows."""
    path = folder / "roster.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    """What is wrong with the rows, without the folder."""
    return [line.removeprefix(f"{path.parent}/") for line in read_roster(path, ROLES).problems]


def refused(path: Path) -> list[str]:
    """What is wrong with the file as a whole, without the folder."""
    with pytest.raises(Problems) as caught:
        read_roster(path, ROLES)
    return [line.removeprefix(f"{path.parent}/") for line in caught.value.lines]


def test_a_good_file(tmp_path: Path) -> None:
    """Every value arrives, typed; lists are split and their entries trimmed."""
    last = row(
        7,
        id=number(7).replace("0007", "00AB"),
        licence="copilot",
        rights="champion; reviewer",
        leads="Ward 4;Ward 5;",
        topics="letters; rota",
    )
    path = roster(tmp_path, row(1), last, row(8, team="Ward 5"))
    found = read_roster(path, ROLES)
    assert found.problems == []
    first, second, _ = found.entries
    assert (first.id, first.name, first.upn) == (number(1), "Sam Sample", "sam@sample.invalid")
    assert (first.role, first.site, first.team) == ("ward-clerk", "North", "Ward 4")
    assert (first.licence, first.rights, first.topics) == (Licence.CHAT, frozenset(), ())
    assert second.id == "00000000-0000-0000-0000-0000000000ab"
    assert second.licence is Licence.COPILOT
    assert second.rights == {Right.CHAMPION, Right.REVIEWER}
    assert sorted(second.leads) == ["Ward 4", "Ward 5"]
    assert second.topics == ("letters", "rota")


def test_no_rows_are_no_people(tmp_path: Path) -> None:
    """A header alone is a good file."""
    found = read_roster(roster(tmp_path), ROLES)
    assert (found.entries, found.problems) == ([], [])


BAD: dict[str, tuple[dict[str, str], str]] = {
    "an e-mail address as id": (
        {"id": "sam@sample.invalid"},
        "id: is not an Entra object id (like 6f0c9d1e-…); copy it from the Entra admin centre",
    ),
    "no name": ({"name": ""}, "name: is empty; fill it in"),
    "a name of spaces": ({"name": "   "}, "name: is empty; fill it in"),
    "a long name": ({"name": "x" * 121}, "name: has more than 120 characters; shorten it"),
    "no address": ({"upn": "sam"}, "upn: string should match pattern"),
    "a long address": ({"upn": f"{'x' * 250}@sample.invalid"}, "upn: has more than 254 characters"),
    "an unknown role": ({"role": "wizard"}, "role: the role wizard is not in roles.yaml; use one of its ids"),
    "a role nearly right": (
        {"role": "Ward Clark"},
        "role: the role Ward Clark is not in roles.yaml; the nearest are ward-clerk",
    ),
    "no role": ({"role": ""}, "role: is empty; fill it in"),
    "an unknown licence": ({"licence": "gold"}, "licence: input should be 'nothing', 'chat' or 'copilot'"),
    "no site": ({"site": ""}, "site: is empty; fill it in"),
    "no team": ({"team": ""}, "team: is empty; fill it in"),
    "an unknown right": ({"rights": "champion;king"}, "rights: input should be 'champion', 'reviewer' or"),
    "a long topic": ({"topics": "x" * 121}, "topics: has more than 120 characters; shorten it"),
    "a NUL byte": ({"name": "Sam\0Sample"}, "name: has a character that cannot be seen; type it afresh"),
    "an escape sequence": ({"team": "\x1b[31mred"}, "team: has a character that cannot be seen"),
    "a NUL byte in a group": ({"leads": "Ward\0 4"}, "leads: has a character that cannot be seen"),
}


@pytest.mark.parametrize(("changes", "sentence"), BAD.values(), ids=BAD)
def test_a_bad_row_is_named_with_its_line(tmp_path: Path, changes: dict[str, str], sentence: str) -> None:
    """One sentence with line and reason; the rows around it are there."""
    path = roster(tmp_path, row(1), row(2, **changes), row(3))
    problem = problems(path)[0]
    assert problem.startswith(f"roster.csv:3: {sentence}")
    assert len(problems(path)) == 1
    assert [entry.id for entry in read_roster(path, ROLES).entries] == [number(1), number(3)]


def test_every_bad_row_and_value_is_named(tmp_path: Path) -> None:
    """Three mistakes in two rows are three sentences."""
    path = roster(tmp_path, row(1, name="", team=""), row(2), row(3, licence="gold"))
    assert [problem.rpartition(": ")[0] for problem in problems(path)] == [
        "roster.csv:2: name",
        "roster.csv:2: team",
        "roster.csv:4: licence",
    ]


def test_everything_wrong_with_a_row_is_named_at_once(tmp_path: Path) -> None:
    """An unknown role, a repeated id and a wrong lead beside a missing name."""
    path = roster(tmp_path, row(1), row(1, role="wizard", name="", leads="Ward 9"))
    assert problems(path) == [
        f"roster.csv:3: id: {number(1)} stands in an earlier row too; keep one of them",
        "roster.csv:3: name: is empty; fill it in",
        "roster.csv:3: role: the role wizard is not in roles.yaml; use one of its ids",
        "roster.csv:3: leads: the team Ward 9 stands in no row of this file; correct it or take it out",
    ]


@pytest.mark.parametrize("team", ["ward 4", "Ward4", "WARD 4"])
def test_one_team_is_spelt_in_one_way(tmp_path: Path, team: str) -> None:
    """The spelling that most rows have holds, and the earlier one of two; leads keep to it too."""
    path = roster(tmp_path, row(1, team=team), row(2), row(3), row(4, leads=team))
    sentence = f"the team {team} is spelt differently in row 3; spell it Ward 4 in both"
    assert problems(path) == [f"roster.csv:2: team: {sentence}", f"roster.csv:5: leads: {sentence}"]
    (problem,) = problems(roster(tmp_path, row(1, team=team), row(2)))
    assert (
        problem
        == f"roster.csv:3: team: the team Ward 4 is spelt differently in row 2; spell it {team} in both"
    )


def test_what_a_value_holds_is_not_repeated(tmp_path: Path) -> None:
    """A problem goes to screens and logs: nobody's name or address is in it."""
    path = roster(tmp_path, row(1, name="Nora Name" * 20, upn="nora at sample.invalid"))
    text = "\n".join(problems(path))
    assert "Nora" not in text
    assert "nora" not in text


def test_line_breaks_inside_quotation_marks(tmp_path: Path) -> None:
    """They count as a space, and a row's line is where the row begins."""
    path = roster(
        tmp_path, row(1, site='"North\nHospital"'), row(2, name='"Sam\n\nS"', role="wizard"), row(3)
    )
    found = read_roster(path, ROLES)
    assert [entry.site for entry in found.entries] == ["North Hospital", "North"]
    assert problems(path) == ["roster.csv:4: role: the role wizard is not in roles.yaml; use one of its ids"]


def test_commas_and_quotation_marks_inside_quotation_marks(tmp_path: Path) -> None:
    """A name with a comma is one value."""
    path = roster(tmp_path, row(1, name='"Sample, ""Sam"""'))
    assert read_roster(path, ROLES).entries[0].name == 'Sample, "Sam"'


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    """Spreadsheets leave them behind, with and without commas; later lines keep their numbers."""
    path = roster(tmp_path, "", row(1), "," * 9, " ", row(2, name=""))
    assert problems(path) == ["roster.csv:6: name: is empty; fill it in"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_file_as_excel_saves_it(tmp_path: Path, ends: str) -> None:
    """With a byte order mark and either kind of line end."""
    path = tmp_path / "roster.csv"
    path.write_bytes(b"\xef\xbb\xbf" + ends.join([HEADER, row(1, name="Zoë Sample"), ""]).encode())
    assert [entry.name for entry in read_roster(path, ROLES).entries] == ["Zoë Sample"]


def test_hard_spaces_are_spaces(tmp_path: Path) -> None:
    """A team that was pasted with a hard space is the same team."""
    path = roster(tmp_path, row(1, team="Ward\N{NO-BREAK SPACE}4 "))
    assert read_roster(path, ROLES).entries[0].team == "Ward 4"


@pytest.mark.parametrize(("values", "count"), [(f"{row(1)},", 11), (row(1)[:-1], 9), ("Sam Sample", 1)])
def test_a_row_with_more_or_fewer_values(tmp_path: Path, values: str, count: int) -> None:
    """A stray or missing comma would shift every value after it, so the row is refused."""
    assert problems(roster(tmp_path, values)) == [
        f"roster.csv:2: the row has {count} values for 10 columns; look for a stray or missing comma"
    ]


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    """The second row is refused, also where only capitals differ; the first holds."""
    capitals = "ABCDEF00-0000-0000-0000-000000000001"
    path = roster(tmp_path, row(1, id=capitals.lower(), name="First"), row(1, id=capitals, name="Second"))
    assert problems(path) == [
        f"roster.csv:3: id: {capitals.lower()} stands in an earlier row too; keep one of them"
    ]
    assert [entry.name for entry in read_roster(path, ROLES).entries] == ["First"]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (HEADER.replace("team", "ward"), HEADER.replace("team", "ward")),
        (",".join(sorted(COLUMNS)), ",".join(sorted(COLUMNS))),
        (HEADER.removesuffix(",topics"), HEADER.removesuffix(",topics")),
    ],
    ids=["another name", "another order", "one too few"],
)
def test_wrong_columns(tmp_path: Path, header: str, found: str) -> None:
    """What was expected and what was found, and no row is looked at."""
    path = roster(tmp_path, row(1), header=header)
    assert refused(path) == [f"roster.csv:1: the columns must be {BOTH}; found {found}"]


IN_SMALL_LETTERS = f"write the columns in small letters and without spaces: {HEADER}"


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (HEADER.replace(",", ";"), "semicolons part the columns; save it with commas, not semicolons"),
        ('"id";"name"', "semicolons part the columns; save it with commas, not semicolons"),
        (HEADER.replace(",", "\t"), "tabs part the columns; save it with commas, not tabs"),
        (HEADER.upper(), IN_SMALL_LETTERS),
        (HEADER.replace(",", ", "), IN_SMALL_LETTERS),
        (f"{HEADER},,", "take out the 2 empty columns at the end, in every row"),
        (f"{HEADER.title()},", f"take out the 1 empty columns at the end, in every row; {IN_SMALL_LETTERS}"),
    ],
)
def test_a_header_that_is_nearly_right(tmp_path: Path, header: str, sentence: str) -> None:
    """What exactly to do about it."""
    assert refused(roster(tmp_path, row(1), header=header)) == [f"roster.csv:1: {sentence}"]


def test_an_empty_file(tmp_path: Path) -> None:
    """It has no columns."""
    path = tmp_path / "roster.csv"
    path.touch()
    assert refused(path) == [f"roster.csv:1: the columns must be {BOTH}; found none"]


def test_a_missing_file(tmp_path: Path) -> None:
    """It is named."""
    assert refused(tmp_path / "roster.csv") == ["roster.csv:1: the file is missing; check the path"]


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_another_encoding(tmp_path: Path, encoding: str) -> None:
    """Names would come out wrong, so the file is refused with what to do."""
    path = tmp_path / "roster.csv"
    path.write_bytes(f"{HEADER}\n{row(1, name='Zoë Sample')}\n".encode(encoding))
    assert refused(path) == ["roster.csv:1: the file is not UTF-8 text; save it as CSV UTF-8"]


@pytest.mark.parametrize("name", ['"Sam"x', '"Sam'])
def test_quotation_marks_that_do_not_match(tmp_path: Path, name: str) -> None:
    """Where a value ends cannot be known, so the file is refused."""
    (problem,) = refused(roster(tmp_path, row(1, name=name)))
    assert problem.startswith("roster.csv:2: ")
    assert problem.endswith("; mend the quotation marks there")


def test_a_staged_start(tmp_path: Path) -> None:
    """Two more columns say in which group and from which day somebody begins; both may be empty."""
    header = f"{HEADER},cohort,start"
    path = roster(tmp_path, f"{row(1)},first,2027-01-11", f"{row(2)},,", header=header)
    first, second = read_roster(path, ROLES).entries
    assert (first.cohort, first.start) == ("first", date(2027, 1, 11))
    assert (second.cohort, second.start) == ("", None)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            ["first,soon"],
            "roster.csv:2: start: soon is not a day as 2027-01-11: the year, the month and the day",
        ),
        (
            ["first,7/12/2026"],
            "roster.csv:2: start: 7/12/2026 is not a day as 2027-01-11: the year, the month and the day",
        ),
        (["first,2027-02-30"], "roster.csv:2: start: there is no day 2027-02-30; write one as 2027-01-11"),
        (["first,"], "roster.csv:2: start: the cohort first has no day here; give it one as 2027-01-11"),
        (
            ["first,2027-01-11", "second,2027-01-12", "first,2027-01-12"],
            "roster.csv:4: start: the cohort first starts on 2027-01-11 in row 2 and on 2027-01-12 here; "
            "give it one day",
        ),
    ],
)
def test_a_start_that_is_not_clear_is_named(tmp_path: Path, rows: list[str], sentence: str) -> None:
    """With its line, and how to mend it; a cohort has one day."""
    lines = [f"{row(number)},{one}" for number, one in enumerate(rows, 1)]
    assert problems(roster(tmp_path, *lines, header=STAGED)) == [sentence]


def test_a_staged_roster_knows_its_teams(tmp_path: Path) -> None:
    """Somebody may lead a team of the same file, whatever columns follow."""
    lead = f"{row(1, leads='Ward 4')},first,2027-01-11"
    assert problems(roster(tmp_path, lead, header=STAGED)) == []
