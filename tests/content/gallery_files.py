"""Prompts of every kind for the gallery's format: whatever the format of a file allows."""

from datetime import date

from hypothesis import strategies as st

from bot.content.prompts import PromptFile
from bot.domain.library.prompts import App, DataRule
from bot.domain.staff.people import Licence

NAMES = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,6}){0,3}", fullmatch=True)
SIGNS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n`#|[]<>:'\"\\-")
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def texts(most: int) -> st.SearchStrategy[str]:
    """Any text in which something can be seen, without space around it, as loading leaves it."""
    return st.text(SIGNS, min_size=1, max_size=most).map(str.strip).filter(bool)


prompt_files = st.builds(
    PromptFile,
    id=NAMES,
    title=texts(60),
    roles=st.lists(NAMES, min_size=1, max_size=3),
    task=texts(40),
    app=st.sampled_from(App),
    needs=st.sampled_from(Licence),
    twin=st.none() | NAMES,
    no_twin=st.none() | texts(60),
    level=st.integers(1, 3),
    skill=NAMES,
    why=texts(120),
    prompt=texts(300),
    good=texts(120),
    check=texts(120),
    data=st.sampled_from(DataRule),
    minutes=st.integers(1, 60),
    author=texts(40),
    licence=texts(20),
    reviewed_on=DAYS,
    review_by=DAYS,
)
