"""Two thousand requests: nobody is asked for more than they offered, and equals are asked equally often."""

import random

from tests.domain.mentoring import Simulation, champions


def test_the_load_stays_within_the_offer_and_is_even() -> None:
    """At two thirds of what the champions offered; three in four get a yes, most within a day."""
    figures = Simulation(champions(60), random.Random(1)).run(2_000, a_day=11.5)
    assert figures.over_offer == []
    assert figures.unevenness <= 0.25
    assert figures.share_reached > 0.75
    assert figures.median_wait < 24


def test_more_requests_than_places() -> None:
    """Then some hear at once that everybody is busy; still nobody is over their offer."""
    figures = Simulation(champions(12), random.Random(2)).run(400, a_day=10)
    assert figures.over_offer == []
    assert figures.nobody_free > 0
