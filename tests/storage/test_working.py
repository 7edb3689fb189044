"""What the working set finds without a search."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outbox.delivery import State
from bot.storage.tables import Changes
from bot.storage.working import ALL, Tables, joined
from tests.contract.rows import SAM, delivery
from tests.samples import MONDAY


@pytest.mark.parametrize("state", [State.SENT, State.DROPPED, State.REFUSED, State.UNKNOWN])
def test_what_is_settled_is_out_of_the_way(state: State) -> None:
    """Claiming looks at open deliveries only, so history, however long, costs it nothing."""
    tables, changes = Tables(), Changes()
    for number in range(5):
        changes.put(tables.deliveries, delivery(str(number)))
        changes.put(tables.deliveries, delivery(str(number)).settled_as(state, MONDAY))
    changes.put(tables.deliveries, replace(delivery("open"), unasked=False))
    assert tables.deliveries.sizes("open") == {ALL: 1}
    assert tables.deliveries.sizes("open_for") == {SAM: 1}


def test_tables_are_known_by_their_names() -> None:
    """Each table's name is the field that it is in."""
    tables = Tables()
    assert all(getattr(tables, table.name) is table for table in tables)


parts = st.lists(st.text("a/%2F", max_size=4), min_size=1, max_size=3)


@given(one=parts, other=parts)
def test_joined_keys_are_one_to_one(one: list[str], other: list[str]) -> None:
    """Different parts never make the same key."""
    assert (joined(*one) == joined(*other)) == (one == other)
