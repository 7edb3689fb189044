"""Chats that are begun from this side, without an event from Teams."""

from bot.domain.outbox.replies import Accepted, NotSent, Reply
from bot.domain.staff.people import ConversationReference, PersonId
from bot.teams.connector import Connector


class TeamsOpenings:
    """Fulfils `ports.Openings` for one bot in one tenant.

    `service_url` is where Teams is asked for somebody who was never heard of.
    """

    def __init__(self, connector: Connector, app_id: str, tenant: str, service_url: str) -> None:
        self._connector = connector
        self._app_id = app_id
        self._tenant = tenant
        self._service_url = service_url

    def place(self, person: PersonId) -> ConversationReference:
        return ConversationReference(
            tenant=self._tenant,
            conversation="",
            service_url=self._service_url,
            user=person,
            bot=f"28:{self._app_id}",
        )

    async def open(self, person: PersonId, place: ConversationReference) -> Reply:
        """Begin the chat. An answer without an id is of no use, and harmless to ask for again."""
        reply = await self._connector.create(
            place.service_url,
            {
                "bot": {"id": place.bot},
                "members": [{"id": person}],
                "channelData": {"tenant": {"id": place.tenant}},
            },
        )
        return NotSent() if reply == Accepted("") else reply
