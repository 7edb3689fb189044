"""The page of a report stands alone, says everything in words too, and lets nothing in that is not text."""

import re
from html.parser import HTMLParser

import pytest

from bot.content.summary_page import page
from bot.domain.staff.groups import WHOLE, Group, Level
from bot.domain.staff.people import GroupId
from bot.services.ports import World
from bot.services.rounds import reporting
from bot.services.rounds.reporting import Report, rows
from tests.kept import keep
from tests.rounds import MIXED, MONTH, OPENS, Said, a_round, answered
from tests.samples import WARD, staff

LOW: Said = [(1, 4), (2, 5), (3, 3)] * 7
STRANGE = GroupId('<script>alert("x")</script> & co')


class Outline(HTMLParser):
    """The tags and the cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.labels: list[str] = []
        self.cells: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.labels += [value for name, value in attrs if name == "aria-label" and value]
        self._in_cell = tag == "td"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells.append(data)
            self._in_cell = False


def outline(text: str) -> Outline:
    """The outline of a page."""
    found = Outline()
    found.feed(text)
    return found


async def report(world: World, group: Group = WHOLE) -> Report:
    """The newest report of a group."""
    found = await reporting.report(world, group)
    assert found is not None
    return found


async def test_every_figure_is_drawn_and_in_a_table(world: World) -> None:
    """Each chart says its numbers to a screen reader, and a table has them as well."""
    await answered(world, MIXED)
    found = await report(world)
    shown = outline(page(found, sample_data=False))
    percents = [f"{row['percent']}%" for row in rows(found)]
    assert shown.cells == percents
    assert len(shown.labels) == shown.tags.count("svg") == len(percents) / 5
    assert all(f"{row['answer']} {row['percent']}%" in " ".join(shown.labels) for row in rows(found))


async def test_rounds_and_sites_are_compared_with_their_intervals(world: World) -> None:
    """Where there are two or more of them."""
    teams = {WARD: LOW, GroupId("South team"): MIXED}
    await answered(world, teams)
    await answered(world, teams, a_round(OPENS + MONTH))
    text = page(await report(world), sample_data=False)
    assert "Confidence through the rounds" in text
    assert "Confidence by site" not in text  # all are on one
    assert re.search(r"2 November</th><td>[\d.]+ \(give or take [\d.]+\)", text)


async def test_the_page_needs_nothing_else(world: World) -> None:
    """No script, no image, no font, no address but the names of formats."""
    await answered(world, MIXED)
    text = page(await report(world), sample_data=True)
    assert set(re.findall(r"https?://[^\"'\s<)]+", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not {"script", "img", "link", "iframe", "object"} & set(outline(text).tags)
    assert "@media print" in text
    assert 'lang="en-GB"' in text
    assert "Sample data" in text


async def test_the_same_figures_make_the_same_page(world: World) -> None:
    """So that two exports can be compared."""
    await answered(world, MIXED)
    found = await report(world)
    assert page(found, sample_data=False) == page(found, sample_data=False)


async def test_it_says_why_a_role_or_a_licence_may_be_missing(world: World) -> None:
    """Whoever looks for one need not guess; also where nothing is shown at all."""
    for number in (0, 12):
        await answered(world, MIXED[:number], a_round(OPENS + number * MONTH))
        assert "would tell too much about a few people" in page(await report(world), sample_data=False)


async def test_names_stay_text(world: World) -> None:
    """Whatever a team is called."""
    await keep(world, staff(team=STRANGE))
    await answered(world, {STRANGE: MIXED})
    text = page(await report(world, Group(Level.TEAM, STRANGE)), sample_data=False)
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize(("number", "words"), [(0, "Nobody answered"), (9, "fewer than 10 people answered")])
async def test_nothing_to_show_is_said(world: World, number: int, words: str) -> None:
    """No chart and no number."""
    await answered(world, MIXED[:number])
    text = page(await report(world), sample_data=False)
    assert words in text
    assert "%" not in text.split("<main>")[1].replace("rounded to the nearest 5%", "")
    assert "<svg" not in text
