"""botbuilder's adapter over our own connector: no `CloudAdapter`, no blocking requests, no client a turn."""

from collections.abc import Awaitable, Callable

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.domain.delivery import Accepted, Rejected, Reply
from bot.errors import NotDelivered
from bot.teams.connector import Connector


class TeamsAdapter(BotAdapter):  # type: ignore[misc]  # botbuilder has no types
    """Runs turns, and carries what they say to Teams. Raises NotDelivered where Teams does not take it."""

    def __init__(self, connector: Connector) -> None:
        super().__init__()
        self._connector = connector

    async def process_activity(
        self, activity: Activity, logic: Callable[[TurnContext], Awaitable[None]]
    ) -> InvokeResponse | None:
        """Run one turn; the answer to an invoke, None for any other activity or where there was none."""
        context = TurnContext(self, activity)
        await self.run_pipeline(context, logic)
        answer = context.turn_state.get(self._INVOKE_RESPONSE_KEY)
        return answer.value if answer else None

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        """Post each activity; an invoke response is kept for the HTTP answer instead."""
        return [await self._send(context, activity) for activity in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        """Replace the activity that has this one's id."""
        asked = context.activity
        reply = await self._connector.put(
            asked.service_url, asked.conversation.id, activity.id, activity.serialize()
        )
        return ResourceResponse(id=_delivered(reply))

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Take an activity back."""
        asked = context.activity
        _delivered(
            await self._connector.delete(asked.service_url, asked.conversation.id, reference.activity_id)
        )

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse()
        asked = context.activity
        reply = await self._connector.post(asked.service_url, asked.conversation.id, activity.serialize())
        return ResourceResponse(id=_delivered(reply))


def _delivered(reply: Reply) -> str:
    """The id of what was taken. Raises NotDelivered with a code."""
    match reply:
        case Accepted():
            return reply.activity
        case Rejected():
            raise NotDelivered(f"{reply.status}_{reply.code}".rstrip("_"))
        case _:
            raise NotDelivered(type(reply).__name__)
