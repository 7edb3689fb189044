"""What every store promises of names on the staff list."""

from dataclasses import replace

from bot.services.ports import Store
from tests.samples import staff


async def test_names_on_the_staff_list_are_found(store: Store) -> None:
    """In whatever case they are written there; nobody's otherwise, and none of whoever left the list."""
    ada, eve = staff("Ada Okafor"), staff("Eve O’Neill")
    async with store.unit_of_work() as work:
        await work.people.put_all([ada, eve, replace(staff("Gone Sample"), roster=None)])
    async with store.unit_of_work() as work:
        asked = ["ada okafor", "eve o'neill", "gone sample", "okafor ada", "Ada Okafor"]
        assert await work.people.named(asked) == {"ada okafor", "eve o'neill"}
        assert await work.people.named([]) == set()
