"""Prompts for a few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.library.finding import find
from bot.domain.library.prompts import EVERYONE, Prompt
from tests.fakes import PROMPTS
from tests.samples import prompt

LIBRARY = [
    prompt("a-minutes", title="Turn notes into minutes"),
    prompt("a-letter", title="Make a letter plainer"),
    prompt("a-policy", title="Shorten a policy"),
    prompt("a-process", title="Draw a process"),
    prompt("a-meeting", title="Plan a meeting"),
]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("minutes", "a-minutes"),
        ("a minute of the note", "a-minutes"),
        ("Letters", "a-letter"),
        ("I have to write some letters please", "a-letter"),
        ("policies", "a-policy"),
        ("processes", "a-process"),
        ("meetings?", "a-meeting"),
        ("how do I shorten it", "a-policy"),
    ],
)
def test_the_best_fit_comes_first(words: str, first: str) -> None:
    """Singular or plural, and whatever is around it, the word that matters finds its prompt."""
    assert find(words, LIBRARY)[0].id == first


@pytest.mark.parametrize("words", ["", "the of and", "zebra", "123 !?", "ΑΒΓ"])
def test_nothing_fits(words: str) -> None:
    """No shared word, no prompt: better none than a wrong one."""
    assert find(words, LIBRARY) == []


@given(st.text(max_size=60), st.integers(0, 5))
def test_what_is_found_is_in_the_library_once(words: str, most: int) -> None:
    """Never more than asked for, never one twice, and the same for any order of the library."""
    found = find(words, PROMPTS, most)
    assert len(found) <= most
    assert len({p.id for p in found}) == len(found)
    assert found == find(words, PROMPTS[::-1], most)


@given(st.sampled_from(PROMPTS))
def test_a_title_finds_its_prompt(wanted: Prompt) -> None:
    """Whoever types a title gets that prompt first."""
    assert find(wanted.title, PROMPTS)[0] == wanted


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    """What only one prompt has says more than what all have."""
    library = [prompt(f"common-{n}", title="Sum up a report") for n in range(4)]
    rare = prompt("rare", title="Explain a chart")
    assert find("report chart", [*library, rare])[0] == rare


def test_no_library_finds_nothing() -> None:
    """An empty library is no error."""
    assert find("letter", []) == []


@pytest.mark.parametrize(
    ("words", "first"), [("mintues", "a-minutes"), ("polciy", "a-policy"), ("a plainr lettr", "a-letter")]
)
def test_a_slip_of_the_finger_finds_the_prompt(words: str, first: str) -> None:
    """A word that no prompt has is taken for the nearest."""
    assert find(words, LIBRARY)[0].id == first


def test_a_word_that_means_the_same_finds_the_prompt() -> None:
    """Where the library's list says so, also for a phrase; the word itself counts more."""
    synonyms = [["condense", "shorten", "boil down"], ["letter", "policy"]]
    assert find("condense it", LIBRARY) == []
    assert find("condense it", LIBRARY, synonyms=synonyms)[0].id == "a-policy"
    assert find("boil it down", LIBRARY, synonyms=synonyms)[0].id == "a-policy"
    assert [p.id for p in find("letter", LIBRARY, synonyms=synonyms)] == ["a-letter", "a-policy"]


def test_the_own_roles_prompt_comes_before_everybodys() -> None:
    """Of two that fit alike."""
    own = prompt("z-own", title="Turn notes into minutes")
    everyones = prompt("a-all", title="Turn notes into minutes", roles=(EVERYONE,))
    assert find("minutes", [everyones, own])[0] == own
