"""What people are told of what is kept about them: all of it, in their own figures, and nobody else's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest

from bot.config import HOME
from bot.content.card_rules import LARGEST, broken_rules
from bot.content.cards import Cards
from bot.domain.audit import Act
from bot.domain.library import contributions
from bot.domain.library.experiences import Experience, Outcome
from bot.domain.library.prompts import PromptId
from bot.domain.messages import MyData, Privacy
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.subjects import KINDS, TipDue
from bot.domain.own.data_words import (
    HELP_STAGES,
    MESSAGE_KINDS,
    OUTCOMES,
    RIGHTS,
    SHARED_STAGES,
    STANDINGS,
    STATES,
)
from bot.domain.own.datamap import DATA_MAP, Period
from bot.domain.peers import help_requests
from bot.domain.peers.champions import Introduction, Standing
from bot.domain.staff.people import PersonId, Right
from bot.services import auditing
from bot.services.own import disclosing
from bot.services.ports import World
from tests.kept import everything, keep
from tests.lives import KIM, SAM, TIP, live
from tests.samples import MONDAY


async def my_data(world: World, person: PersonId = SAM.id) -> dict[str, str]:
    """What somebody sees of their data, by heading."""
    card = await disclosing.show(world, person)
    assert isinstance(card, MyData)
    return {section.title: section.value for section in card.sections}


async def privacy(world: World, person: PersonId = SAM.id) -> dict[str, tuple[str, str]]:
    """What somebody is told, by name: what there is, and how long and for whom."""
    card = await disclosing.show_privacy(world, person)
    assert isinstance(card, Privacy)
    return {fact.title: (fact.value, fact.kept) for fact in card.facts}


async def test_privacy_explains_every_sort(world: World) -> None:
    """Each in plain words with the person's own figures, and how long it is kept here."""
    await live(world)
    shown = await privacy(world)
    assert list(shown) == [kept.name for kept in DATA_MAP]
    assert "Samira Sample-Person, " in shown["From the staff list"][0]
    assert shown["Tips you saw"][0] == "1, with how 1 of them went."
    assert shown["Messages to you"] == (
        "2: which ones, and when.",
        "Kept 180 days. Seen by an administrator, who makes you a copy when you ask; that leaves a record.",
    )


async def test_privacy_says_this_houses_periods(world: World) -> None:
    """They are settings: the card says what holds."""
    ours = replace(
        world.house,
        keep_history=timedelta(days=100),
        keep_audit=timedelta(days=50),
        keep_after_uninstall=timedelta(days=7),
    )
    said = " ".join(kept for _, kept in (await privacy(replace(world, house=ours))).values())
    assert "100 days" in said
    assert "50 days" in said
    assert "and 7 days after you remove the app" in said
    assert all(disclosing.kept_for(period, ours) for period in Period)


@pytest.mark.parametrize("show", [disclosing.show, disclosing.show_privacy])
async def test_asking_what_is_kept_keeps_nothing(world: World, show: type) -> None:
    """Also of somebody unknown, who is told that there is nothing."""
    before = everything(world)
    assert await show(world, PersonId("nobody"))
    assert everything(world) == before
    assert (await privacy(world))["From the staff list"][0] == "You are not on the staff list."
    assert await my_data(world) == {"Nothing": "We keep nothing about you."}


async def test_my_data_is_all_of_it(world: World) -> None:
    """Every list, in words; other people are not in it."""
    await live(world)
    shown = await my_data(world)
    assert shown["Your id"] == SAM.id
    assert shown["Tips you saw"] == "2026-11-23 Turn visiting rules into a clear notice: worked"
    assert shown["Messages to you"] == "2026-11-23 10:00 the questions, planned\n2026-11-23 09:00 a tip, sent"
    assert shown["Champions"] == "2026-11-23 09:00\n2026-11-23 09:00"
    assert f"chat-{SAM.id}" in shown["Your chat"]
    assert "A title: approved" in shown["Prompts you shared or reviewed"]
    assert "read a summary Ward 4 sample" in shown["If you lead a group or look after this service"]
    assert KIM.id not in repr(shown)


def test_everything_that_is_kept_has_a_word() -> None:
    """Each kind and each state: a new one without would be told as a code, or not at all."""
    assert MESSAGE_KINDS.keys() == KINDS.keys()
    enums: list[tuple[type[Enum], Mapping[Any, str]]] = [
        (State, STATES),
        (Outcome, OUTCOMES),
        (Right, RIGHTS),
        (Standing, STANDINGS),
        (help_requests.Stage, HELP_STAGES),
        (contributions.Stage, SHARED_STAGES),
        (Act, auditing.DEEDS),
    ]
    assert [sort for sort, named in enums if set(named) != set(sort)] == []


async def test_a_long_life_fits_on_a_card(world: World) -> None:
    """Years of it: the newest of each list, how many more there are, and under what a card may weigh."""
    titled = "ward-clerk-" + "x" * 200
    await live(world)
    for day in range(300):
        at = MONDAY + timedelta(days=day)
        tip = Delivery(f"n:{day}", SAM.id, TipDue(TIP, "new"), at, at, unasked=True)
        await keep(world, Experience(SAM.id, PromptId(f"{titled}{day}"), at, Outcome.NEEDED_CHANGES))
        await keep(world, tip.settled_as(State.SENT, at))
        async with world.store.unit_of_work() as work:
            await work.introductions.put(Introduction(SAM.id, KIM.id, at))
        await auditing.keep(world, SAM.id, Act.SUMMARY_READ)
    many = replace(SAM, preferences=replace(SAM.preferences, saved=tuple(f"{titled}{n}" for n in range(99))))
    await keep(world, many)
    card = Cards(HOME / "cards").render(await disclosing.show(world, SAM.id))
    assert broken_rules(card) == []
    assert LARGEST == 20_000
    assert (await my_data(world))["Tips you saw"].endswith("… and 281 more")
