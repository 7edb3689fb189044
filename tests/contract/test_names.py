"""What every store promises of names, roles and sites on the staff list."""

from dataclasses import replace

from bot.services.ports import Store
from tests.samples import CLERK, staff


async def test_names_on_the_staff_list_are_found(store: Store) -> None:
    """In whatever case they are written there; nobody's otherwise, and none of whoever left the list."""
    ada, eve = staff("Ada Okafor"), staff("Eve O’Neill")
    async with store.unit_of_work() as work:
        await work.people.put_all([ada, eve, replace(staff("Gone Sample"), roster=None)])
    async with store.unit_of_work() as work:
        asked = ["ada okafor", "eve o'neill", "gone sample", "okafor ada", "Ada Okafor"]
        assert await work.people.named(asked) == {"ada okafor", "eve o'neill"}
        assert await work.people.named([]) == set()


async def test_roles_and_sites_are_counted(store: Store) -> None:
    """Of whoever is on the list."""
    async with store.unit_of_work() as work:
        ada, eve, gone = staff("Ada Okafor"), staff("Eve Sample"), replace(staff("Gone Sample"), roster=None)
        await work.people.put_all([ada, eve, gone])
    async with store.unit_of_work() as work:
        assert await work.people.places() == {(CLERK, "North site"): 2}
