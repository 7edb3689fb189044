"""The time zones that the settings offer, under the names of places that people know."""

from collections.abc import Mapping

from bot.domain.text.language import say

HOME = "Europe/London"

ZONES: Mapping[str, str] = {
    HOME: say("United Kingdom"),
    "Europe/Dublin": say("Ireland"),
    "Europe/Lisbon": say("Portugal"),
    "Europe/Paris": say("Central Europe"),
    "Europe/Athens": say("Greece and Eastern Europe"),
    "Asia/Nicosia": say("Cyprus"),
    "Asia/Dubai": say("The Gulf"),
    "Asia/Kolkata": say("India"),
    "Asia/Manila": say("The Philippines"),
    "Africa/Lagos": say("Nigeria"),
    "America/New_York": say("Eastern North America"),
    "Atlantic/Stanley": say("Falkland Islands"),
    "Australia/Sydney": say("Eastern Australia"),
}
"""By their names in the tz database; for somebody who works abroad for a while."""


def place_of(zone: str) -> str:
    """What people call a zone; the last part of its name where we have no better."""
    return ZONES.get(zone) or zone.rpartition("/")[2].replace("_", " ")
