"""The ports of a unit of work, over the working set's tables. Nothing here waits for anything."""

from bot.storage.collections.audit import Audit
from bot.storage.collections.outbox import Deliveries, Paces
from bot.storage.collections.peers import Champions, Contributions, HelpRequests, Introductions
from bot.storage.collections.people import People
from bot.storage.collections.pulses import Plans, Pulses
from bot.storage.collections.tips import Experiences, PromptVotes
from bot.storage.tables import Changes
from bot.storage.working import Tables


class Unit:
    """Fulfils `ports.UnitOfWork`: reads the tables, and writes them through one `Changes`."""

    def __init__(self, tables: Tables, changes: Changes) -> None:
        self.people = People(tables, changes)
        self.experiences = Experiences(tables, changes)
        self.votes = PromptVotes(tables, changes)
        self.deliveries = Deliveries(tables, changes)
        self.pulses = Pulses(tables, changes)
        self.plans = Plans(tables, changes)
        self.introductions = Introductions(tables, changes)
        self.help_requests = HelpRequests(tables, changes)
        self.champions = Champions(tables, changes)
        self.contributions = Contributions(tables, changes)
        self.paces = Paces(tables, changes)
        self.audit = Audit(tables, changes)
