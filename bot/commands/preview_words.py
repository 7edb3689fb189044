"""How somebody's drip stands, in sentences for an administrator."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.drip.first_contact import first_slot
from bot.domain.drip.outlooks import Drip
from bot.domain.staff.people import Person
from bot.domain.text.wording import whole_day
from bot.services.ports import House
from bot.services.upkeep.previewing import IN_TIME, Preview

UNTIL_THEY_ACT = {
    Drip.NOT_SET_UP: "They have the app and have not set up. Nothing comes by itself until they do.",
    Drip.STOPPED: "They stopped the tips. Nothing comes by itself until they type resume.",
    Drip.ENDED: "They used no tip for three months, so the tips have ended. "
    "Nothing comes by itself until they type resume.",
    Drip.NONE_WANTED: "They chose no tips a week. "
    "Nothing comes by itself until they change that in settings.",
    Drip.NO_TIME: "Their days, hours or shifts leave no time for tips. "
    "Nothing comes by itself until they change them in settings.",
}


def in_words(found: Preview, house: House) -> Iterator[str]:
    """What keeps tips back and until when, a sentence or two each; nothing where they simply come."""
    person, drip = found.person, found.outlook.drip
    match drip:
        case Drip.GONE:
            yield from _gone(person, house)
        case Drip.WITHOUT_APP:
            yield _welcome(person, found.now, house)
            yield "After it, no tip comes by itself until they have set up."
        case Drip.NOT_SET_UP:
            yield from _not_set_up(person)
        case Drip.PAUSED if found.outlook.until:
            yield f"They pause the tips. Nothing comes by itself before {whole_day(found.outlook.until)}."
        case _ if drip in UNTIL_THEY_ACT:
            yield UNTIL_THEY_ACT[drip]
    if found.now < person.begins and drip in {Drip.WITHOUT_APP, Drip.NOT_SET_UP, Drip.STARTS_LATER}:
        yield f"Their start is on {_day(person, person.begins)}. No tip comes by itself before that."
    if drip in IN_TIME:
        yield from _leave(found)
    if drip in IN_TIME and not found.tips:
        yield _why_none(found)
    if found.once_set_up:
        suggested = f"{found.role}; {person.licence.label}"
        yield f"If they set up now as the welcome suggests ({suggested}), these would come:"


def left_out(found: Preview) -> Iterator[str]:
    """What tips that are listed go without; nothing where there are none."""
    if found.tips or found.once_set_up:
        yield (
            "This is without the questions, which move tips in their weeks, "
            "without other messages that take their room, and without what their own answers would change."
        )


def _gone(person: Person, house: House) -> Iterator[str]:
    if person.uninstalled is None:
        yield "They are on no staff list and have no chat with the bot. Nothing comes by itself."
        return
    left = _day(person, person.uninstalled)
    if person.roster is None:
        yield f"They left the staff list or removed the app on {left}. Nothing comes by itself."
    else:
        yield f"They removed or blocked the app on {left}. Nothing comes by itself until they have it again."
    erased = _day(person, person.uninstalled + house.keep_after_uninstall)
    yield f"Unless they come back, what is kept about them is erased on {erased}."


def _welcome(person: Person, now: datetime, house: House) -> str:
    """When the first message comes to somebody who has no chat with the bot."""
    if not house.first_contact:
        return "They do not have the app. The welcome comes as soon as it is installed for them."
    hello = person.next_nudge
    if hello is None:
        return "They have no chat with the bot. It says hello once the roster is loaded again."
    at = hello if hello >= person.begins else first_slot(person, now) or hello
    return f"They have no chat with the bot. The welcome comes on {_day(person, at)}."


def _not_set_up(person: Person) -> Iterator[str]:
    yield UNTIL_THEY_ACT[Drip.NOT_SET_UP]
    if person.preferences.role:
        yield "They had set up before, and then the app was removed or blocked for a while."
    elif person.role is None:
        yield "The staff list has no role for them, so which tips come depends on what they choose."


def _leave(found: Preview) -> Iterator[str]:
    person = found.person
    for leave in person.preferences.rhythm.leave:
        if leave.last >= person.today(found.now) and leave.first <= person.today(found.until):
            first, last = whole_day(leave.first), whole_day(leave.last)
            yield f"They are on leave from {first} to {last}. Nothing comes by itself on these days."


def _why_none(found: Preview) -> str:
    """Why no tip comes, where nothing but time keeps them back."""
    slot = found.person.next_nudge
    if slot and slot > found.until:
        return f"The next tip comes on {_day(found.person, slot)}."
    return "Their days come, but the library has nothing for their role and licence that is new to them."


def _day(person: Person, at: datetime) -> str:
    return whole_day(person.today(at))
