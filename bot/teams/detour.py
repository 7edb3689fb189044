"""A way out that leads to one connector only, whatever a person's chat says."""

import asyncio
from dataclasses import dataclass, replace

from yarl import URL

from bot.domain.messages import Message
from bot.domain.outbox.replies import Crowded, Reply
from bot.domain.staff.people import ConversationReference
from bot.errors import Problems
from bot.services.ports import Outbound

ANSWERS_WITHIN = 5.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Detour:
    """Fulfils `ports.Outbound` for rehearsals: nothing can reach a real chat."""

    outbound: Outbound
    service_url: str

    async def send(self, reference: ConversationReference, message: Message) -> Reply | Crowded:
        """Send the message to the one connector."""
        return await self.outbound.send(replace(reference, service_url=self.service_url), message)


async def expect_somebody(address: str) -> str:
    """Return the address where somebody listens. Raises Problems where nobody does within 5 seconds."""
    try:
        url = URL(address)
        async with asyncio.timeout(ANSWERS_WITHIN):
            _, writer = await asyncio.open_connection(url.host, url.port)
    except (OSError, ValueError):  # a TimeoutError is an OSError
        raise Problems(
            [f"--connector: nobody listens at {address}; start it, or leave the option out"]
        ) from None
    writer.close()
    return address
