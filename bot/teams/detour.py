"""A way out that leads to one connector only, whatever a person's chat says."""

from dataclasses import dataclass, replace

from bot.domain.delivery import Crowded, Reply
from bot.domain.messages import Message
from bot.domain.people import ConversationReference
from bot.services.ports import Outbound


@dataclass(frozen=True, slots=True)
class Detour:
    """Fulfils `ports.Outbound` for rehearsals: nothing can reach a real chat."""

    outbound: Outbound
    service_url: str

    async def send(self, reference: ConversationReference, message: Message) -> Reply | Crowded:
        """Send the message to the one connector."""
        return await self.outbound.send(replace(reference, service_url=self.service_url), message)
