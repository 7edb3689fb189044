"""The time zones that the settings offer, under the names of places that people know."""

from collections.abc import Mapping

HOME = "Europe/London"

ZONES: Mapping[str, str] = {
    HOME: "United Kingdom",
    "Europe/Dublin": "Ireland",
    "Europe/Lisbon": "Portugal",
    "Europe/Paris": "Central Europe",
    "Europe/Athens": "Greece and Eastern Europe",
    "Asia/Nicosia": "Cyprus",
    "Asia/Dubai": "The Gulf",
    "Asia/Kolkata": "India",
    "Asia/Manila": "The Philippines",
    "Africa/Lagos": "Nigeria",
    "America/New_York": "Eastern North America",
    "Atlantic/Stanley": "Falkland Islands",
    "Australia/Sydney": "Eastern Australia",
}
"""By their names in the tz database; for somebody who works abroad for a while."""


def place_of(zone: str) -> str:
    """What people call a zone; the last part of its name where we have no better."""
    return ZONES.get(zone, zone.rpartition("/")[2].replace("_", " "))
