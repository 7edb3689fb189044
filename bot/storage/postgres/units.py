"""The ports of a unit of work, as statements of one transaction.

Who asks about a person holds that person until the unit ends, also where there is no such person yet: others
that ask about the same one wait. Adding deliveries holds nobody; the keys see to it that each is there once.
"""

from bot.storage.postgres.collections.audit import Audit
from bot.storage.postgres.collections.outbox import Deliveries, Paces
from bot.storage.postgres.collections.peers import Champions, Contributions, HelpRequests, Introductions
from bot.storage.postgres.collections.people import People
from bot.storage.postgres.collections.pulses import Plans, Pulses
from bot.storage.postgres.collections.tips import Experiences, PromptVotes
from bot.storage.postgres.session import Session


class Unit:
    """Fulfils `ports.UnitOfWork` on one session."""

    def __init__(self, session: Session) -> None:
        self.people = People(session)
        self.experiences = Experiences(session)
        self.votes = PromptVotes(session)
        self.deliveries = Deliveries(session)
        self.pulses = Pulses(session)
        self.plans = Plans(session)
        self.introductions = Introductions(session)
        self.help_requests = HelpRequests(session)
        self.champions = Champions(session)
        self.contributions = Contributions(session)
        self.paces = Paces(session)
        self.audit = Audit(session)
