"""The eye for English in stories sees what was forgotten, and nothing else."""

from bot.domain.messages import Note, Step
from bot.domain.text.language import say, say_count
from bot.domain.text.wording import listed, plain
from tests.tongues import left_in_english

STEPS = [Step(say("Help"), "help")]


def test_what_is_not_said_is_seen() -> None:
    """A plain text, one that Welsh lacks, and one of several in a list."""
    note = Note(
        "Forgotten title",
        [say("Sentence that no catalogue has."), listed([say("once"), "twice over"])],
        [*STEPS, Step("Plain step", "tip")],
    )
    assert left_in_english([note], "") == {
        "Forgotten title",
        "Sentence that no catalogue has",
        "twice over",
        "Plain step",
    }


def test_what_is_said_or_known_is_not() -> None:
    """Sentences with what is filled in, counts and numbers; names and somebody's own words are data."""
    lines = [
        say("{name} and {organisation}", name="Ann Sample", organisation="Sample Trust"),
        say_count("No tip in the last {count} day.", "No tip in the last {count} days.", 3),
        plain(3.5),
        "2026-11-23 09:00 Ann's own words",
    ]
    note = Note(say("Kept"), lines, STEPS)
    assert left_in_english([note], repr(["Ann Sample", "Sample Trust", "Ann's own words"])) == set()
