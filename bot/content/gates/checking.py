"""All the gates of the library in one go."""

from collections.abc import Iterator
from datetime import date

from bot.content.gates import coverage, library_rules, prompt_rules
from bot.content.library import Sources, waiting_paths


def problems(sources: Sources, today: date) -> list[str]:
    """Every problem of a library, `file:line: field: what and how to mend it`; empty where all is well.

    What could be read is judged even where other files are broken.
    """
    return [*sources.problems, *_each(sources), *library_rules.faults(sources.prompts, today)]


def reminders(sources: Sources, today: date) -> list[str]:
    """What is right and still wants somebody: reviews that run out soon, and prompts that wait for one."""
    closing = "waits for a review; complete it and move it to the folder of its role"
    waiting = [f"{path}:1: {closing}" for path in waiting_paths(sources.folder)]
    return [*library_rules.reviews_due(sources.prompts, today), *waiting]


def holes(sources: Sources) -> list[str]:
    """The holes in the matrix; none is named while a file is broken, since that would report it twice."""
    return [] if sources.problems else list(coverage.gaps(sources))


def _each(sources: Sources) -> Iterator[str]:
    for one in sources.prompts:
        for field, fault in prompt_rules.faults(one.file):
            yield f"{one.document.at(field)}: {field}: {fault}"
