"""What `steady-drip summary` prints: lines, JSON, a table, or a page with charts."""

import json

from bot.bootstrap import office
from bot.commands.terminal import whoever_types
from bot.config import Settings
from bot.domain.rounds.sentences import in_words
from bot.domain.rounds.tables import as_csv
from bot.services.rounds.reporting import Report, as_document, published, rows
from bot.services.upkeep import sampling


async def printed(settings: Settings, group: str, round_id: str | None, form: str) -> str:
    """A group's report in one of four forms. Raises Problems for an unknown group or round."""
    async with office(settings, read_only=True) as world:
        found = await published(world, whoever_types(), group, round_id)
        sample_data = await sampling.is_sample(world)
    if form == "json":
        return json.dumps(as_document(found), indent=2, ensure_ascii=False)
    if form == "csv":
        return as_csv(rows(found)) if found.shown else ""
    if form == "html":
        from bot.content.summary_page import page

        return page(found, sample_data=sample_data)
    return _lines(found)


def _lines(found: Report) -> str:
    """A line a fact; the questions with their shares in words."""
    document = as_document(found)
    facts = [f"{name}: {value}" for name, value in document.items() if not isinstance(value, list | None)]
    if not found.shown:
        return "\n".join(facts)
    reading = found.readings[-1]
    shares = [f"{one.about}: {in_words(reading.of(one.id), one)}" for one in reading.asked()]
    return "\n".join([*facts, *shares, *found.findings])
