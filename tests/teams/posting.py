"""What Teams posts to the bot, and what is in the answers."""

import json

from bot.domain.json import Json
from bot.domain.staff.people import ConversationReference, Person, PersonId
from bot.services.ports import World
from bot.teams.cards import Card
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent

ME = PersonId(sent.USER)
SECRET = "Mrs Jones of Ward 7"
FORM: dict[str, Json] = {
    "verb": "share",
    "title": "Sum up the rota",
    "prompt": "Sum up [the rota] by day and ward.",
    "role": "ward-clerk",
    "check": "Count the lines.",
    "data": "internal",
    "credit": "true",
    "alike_id": "",
}
"""The form of *Share as prompt*, filled in."""

SET_UP: Json = {"role": "ward-clerk", "licence": "chat", "days": "0,1,2,3,4"}


async def post(inbound: Inbound, raw: dict[str, Json]) -> Answer:
    """What the service answers to an activity."""
    return await inbound.receive(None, json.dumps(raw).encode())


async def known(world: World) -> Person | None:
    """Who posted, as far as they are known."""
    async with world.store.unit_of_work() as work:
        return await work.people.get(ME)


async def planned(world: World) -> list[str]:
    """The keys of what waits to be sent to them."""
    async with world.store.unit_of_work() as work:
        return [delivery.key for delivery in await work.deliveries.open_for(ME)]


def here(url: str) -> ConversationReference:
    """Where they can be reached."""
    return ConversationReference(sent.TENANT, sent.CONVERSATION, url, "29:user-id-0", "28:bot")


def card_in(body: Json) -> Card:
    """The card of an activity that was posted."""
    assert isinstance(body, dict)
    attachments = body["attachments"]
    assert isinstance(attachments, list)
    (attachment,) = attachments
    assert isinstance(attachment, dict)
    card = attachment["content"]
    assert isinstance(card, dict)
    return card


def in_place(answer: Answer) -> Card:
    """The card of an answer to a button."""
    assert answer.status == 200
    assert isinstance(answer.body, dict)
    assert (answer.body["statusCode"], answer.body["type"]) == (
        200,
        "application/vnd.microsoft.card.adaptive",
    )
    card = answer.body["value"]
    assert isinstance(card, dict)
    return card


def fields_in(answer: Answer) -> dict[str, Json]:
    """The message that a dialog shows, by its fields."""
    assert isinstance(answer.body, dict)
    shown: Json = answer.body
    for name in ("task", "value", "card", "content", "fields"):
        assert isinstance(shown, dict)
        shown = shown[name]
    assert isinstance(shown, dict)
    return shown
