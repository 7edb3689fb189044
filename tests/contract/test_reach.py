"""What every store promises of reach: how many people got a shared prompt, and never who."""

import pytest

from bot.domain.library.experiences import Experience
from bot.domain.library.prompts import PromptId
from bot.domain.staff.people import PersonId
from bot.services.ports import Store
from tests.contract.rows import ALEX, ONE, SAM
from tests.samples import MONDAY

SHARED = PromptId("shared-one")
OTHER = PromptId("shared-other")
KIM = PersonId("kim")


async def test_each_person_counts_once(store: Store) -> None:
    """But for the author; of another prompt nobody counts; who is erased counts no more."""
    seen = [(SAM, SHARED), (ALEX, SHARED), (KIM, SHARED), (SAM, OTHER), (SAM, ONE)]
    async with store.unit_of_work() as work:
        await work.experiences.put_all([Experience(person, prompt, MONDAY) for person, prompt in seen])
        await work.experiences.mark_shown([Experience(SAM, SHARED, MONDAY)])
    async with store.unit_of_work() as work:
        assert await work.experiences.reached(SHARED) == 3
        assert await work.experiences.reached(SHARED, KIM) == 2
        assert await work.experiences.reached(OTHER) == 1
        assert await work.experiences.reached(PromptId("shared-none")) == 0
    async with store.unit_of_work() as work:
        await work.experiences.remove_of(ALEX)
        assert await work.experiences.reached(SHARED, KIM) == 1


async def test_only_of_what_somebody_shared(store: Store) -> None:
    """The others are not in the index that serves it."""
    async with store.unit_of_work() as work:
        with pytest.raises(ValueError, match="was not shared"):
            await work.experiences.reached(ONE)
