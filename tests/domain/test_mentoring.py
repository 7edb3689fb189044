"""Two thousand requests: nobody is asked for more than they offered, and equals are asked equally often."""

import random

import pytest

from bot.domain.peers.help_requests import MOST_OFFERS
from tests.domain.mentoring import YES, Simulation, champions


def test_the_load_stays_within_the_offer_and_is_even() -> None:
    """At two thirds of what the champions offered; whoever gets no yes asked three in vain."""
    figures = Simulation(champions(60), random.Random(1)).run(2_000, a_day=11.5)
    assert figures.over_offer == []
    assert figures.unevenness <= 0.25
    assert figures.share_reached > 0.75
    assert figures.median_wait < 24
    lost = 1 - figures.share_reached
    assert lost == pytest.approx(figures.share_asked_in_vain + figures.nobody_free / 2_000, abs=0.01)
    assert figures.share_asked_in_vain == pytest.approx((1 - YES) ** MOST_OFFERS, abs=0.02)


def test_more_requests_than_places() -> None:
    """Then some hear at once that everybody is busy; still nobody is over their offer."""
    figures = Simulation(champions(12), random.Random(2)).run(400, a_day=10)
    assert figures.over_offer == []
    assert figures.nobody_free > 0
