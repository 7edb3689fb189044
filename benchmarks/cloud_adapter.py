"""The SDK's own `CloudAdapter` before our bot, as its samples wire it: what ours is measured beside.

Run as `python -m benchmarks.cloud_adapter` with the settings of the service. It checks tokens by the same
metadata and issuer, and answers 500 to every button whose answer has a body: that is the SDK's own defect,
and one reason for a handler of our own.
"""

import asyncio
import signal
from types import SimpleNamespace

from aiohttp import web
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

from bot.bootstrap import office
from bot.config import Settings, read_settings
from bot.content.cards import Cards
from bot.teams.bot import SteadyDripBot
from bot.teams.quotas import Quota
from bot.web.serving import serving


def adapter(settings: Settings) -> CloudAdapter:
    """The adapter, told about our issuer by the names that it reads."""
    configuration = SimpleNamespace(
        APP_ID=settings.app_id,
        APP_PASSWORD=settings.app_secret.get_secret_value(),
        APP_TYPE="SingleTenant",
        APP_TENANTID=settings.tenant_id,
        VALIDATE_AUTHORITY=True,
        TO_CHANNEL_FROM_BOT_LOGIN_URL=settings.token_authority + settings.tenant_id,
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE=settings.token_scope,
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER=settings.token_issuer,
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=settings.token_metadata,
        TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL=settings.token_metadata,
        OAUTH_URL="https://api.botframework.com",
        CALLER_ID="urn:botframework:azure",
    )
    return CloudAdapter(ConfigurationBotFrameworkAuthentication(configuration))


async def main() -> None:
    """Serve until SIGTERM."""
    settings = read_settings()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with office(settings) as world:
        bot = SteadyDripBot(
            world, Cards(settings.content / "cards").render, Quota(settings.messages_per_minute)
        )
        theirs = adapter(settings)

        async def messages(request: web.Request) -> web.StreamResponse:
            answer: web.StreamResponse = await theirs.process(request, bot)
            return answer

        app = web.Application()
        app.add_routes([web.post("/api/messages", messages)])
        async with serving(app, settings.host, settings.port):
            await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
