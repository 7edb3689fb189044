"""What the use cases need of the outside world, as protocols. Adapters fulfil them; tests have fakes.

Everything that a use case writes goes through one `UnitOfWork`: it is kept as a whole when the `async with`
block ends, and not at all when the block raises.
"""

from bot.services.ports.audit import Audit
from bot.services.ports.outbox import Deliveries, Paces
from bot.services.ports.outside import Chance, Clock, Library, Openings, Outbound
from bot.services.ports.peers import Champions, Contributions, HelpRequests, Introductions
from bot.services.ports.people import People
from bot.services.ports.pulses import Plans, Pulses
from bot.services.ports.stores import Store, UnitOfWork
from bot.services.ports.tips import Experiences, PromptVotes
from bot.services.ports.worlds import House, World

__all__ = [
    "Audit",
    "Champions",
    "Chance",
    "Clock",
    "Contributions",
    "Deliveries",
    "Experiences",
    "HelpRequests",
    "House",
    "Introductions",
    "Library",
    "Openings",
    "Outbound",
    "Paces",
    "People",
    "Plans",
    "PromptVotes",
    "Pulses",
    "Store",
    "UnitOfWork",
    "World",
]
