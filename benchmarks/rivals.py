"""How fast others send the same card to the same connector: three of Microsoft's SDKs, as their samples do.

Needs the packages of the `bench` extra. All figures are sends a second.
"""

import json
from collections.abc import Sequence
from types import SimpleNamespace

from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity, ConversationAccount, ConversationReference
from botframework.connector.auth import AuthenticationConstants, ClaimsIdentity
from microsoft_agents.activity import Activity as AgentsActivity
from microsoft_agents.hosting.core.connector.client import ConnectorClient
from microsoft_teams.api import ApiClient
from microsoft_teams.api.activities.message import MessageActivityInput

from benchmarks.sending import OneToken, per_second

FEW = 300
"""Sends of the blocking SDK: enough to see how slow it is."""


async def measure_cloud_adapter(url: str, posted: Sequence[bytes], sends: int = FEW) -> float:
    """The old SDK's `CloudAdapter.continue_conversation`, which makes a blocking client for every send.

    It gets no app id, so that it asks nobody for a token: that would make it slower still.
    """
    settings = SimpleNamespace(APP_ID="", APP_PASSWORD="", APP_TYPE="MultiTenant", APP_TENANTID="")
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(settings))
    nobody = ClaimsIdentity({AuthenticationConstants.AUDIENCE_CLAIM: ""}, is_authenticated=True)

    async def send(number: int) -> None:
        async def say(turn: TurnContext) -> None:
            await turn.send_activity(Activity().deserialize(json.loads(posted[number % len(posted)])))

        chat = ConversationAccount(id=f"a:1{number:08d}-xyz")
        reference = ConversationReference(conversation=chat, service_url=url, channel_id="msteams")
        await adapter.continue_conversation(reference, say, claims_identity=nobody, audience="")

    return await per_second(send, range(sends))


async def measure_agents(url: str, posted: Sequence[bytes], sends: int) -> float:
    """The Agents SDK's connector client, one for all sends."""
    client = ConnectorClient(url, await OneToken().token() or "")
    try:

        async def send(number: int) -> None:
            activity = AgentsActivity.model_validate_json(posted[number % len(posted)])
            await client.conversations.send_to_conversation(f"a:1{number:08d}-xyz", activity)

        return await per_second(send, range(sends))
    finally:
        await client.close()


async def measure_teams(url: str, posted: Sequence[bytes], sends: int) -> float:
    """teams.py's API client, one for all sends."""
    client = ApiClient(url)
    client.http._token = await OneToken().token()  # noqa: SLF001 - as its app sets it

    async def send(number: int) -> None:
        activity = MessageActivityInput.model_validate_json(posted[number % len(posted)])
        await client.conversations.activities(f"a:1{number:08d}-xyz").create(activity)

    return await per_second(send, range(sends))
