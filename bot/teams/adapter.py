"""botbuilder's adapter over our own connector: no `CloudAdapter`, no blocking requests, no client a turn."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ConversationReference, ResourceResponse

from bot.domain.outbox.replies import Accepted, Crowded, Rejected, Reply
from bot.errors import NotDelivered
from bot.teams.connector import Connector

LONGEST_WAIT = timedelta(seconds=5)
"""How long an answer waits for its chat to be free; Teams gives a whole turn 15 seconds."""


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
        put = partial(self._connector.put, asked.service_url, asked.conversation.id)
        reply = await self._patiently(partial(put, activity.id, activity.serialize()))
        return ResourceResponse(id=_delivered(reply))

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        """Take an activity back."""
        asked = context.activity
        delete = partial(self._connector.delete, asked.service_url, asked.conversation.id)
        _delivered(await self._patiently(partial(delete, reference.activity_id)))

    async def _send(self, context: TurnContext, activity: Activity) -> ResourceResponse:
        if activity.type == ActivityTypes.invoke_response:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return ResourceResponse()
        asked = context.activity
        post = partial(self._connector.post, asked.service_url, asked.conversation.id)
        return ResourceResponse(id=_delivered(await self._patiently(partial(post, activity.serialize()))))

    async def _patiently(self, ask: Callable[[], Awaitable[Reply | Crowded]]) -> Reply | Crowded:
        """What Teams says, once the chat is free; `Crowded` still where that would take too long."""
        reply = await ask()
        while isinstance(reply, Crowded) and reply.wait <= LONGEST_WAIT:
            await self._connector.rest(reply.wait)
            reply = await ask()
        return reply


def _delivered(reply: Reply | Crowded) -> str:
    """The id of what was taken. Raises NotDelivered with a code."""
    match reply:
        case Accepted():
            return reply.activity
        case Rejected():
            raise NotDelivered(f"{reply.status}_{reply.code}".rstrip("_"))
        case _:
            raise NotDelivered(type(reply).__name__)
