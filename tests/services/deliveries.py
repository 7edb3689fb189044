"""Deliveries that are due, and ways out that answer as a test needs, for the tests of sending."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.library.prompts import PromptId
from bot.domain.messages import Message
from bot.domain.outbox.delivery import Delivery, State
from bot.domain.outbox.replies import Accepted, Rejected, Reply
from bot.domain.outbox.subjects import Subject, TipDue
from bot.domain.staff.people import ConversationReference, Person, Preferences
from bot.services.ports import World
from bot.storage.memory import MemoryStore
from tests.fakes import SettableClock
from tests.kept import keep
from tests.samples import CLERK, MONDAY, preferring, staff

SAM = preferring(staff(), Preferences(role=CLERK))
KIM = preferring(staff("Kim Sample"), Preferences(role=CLERK))
TIP = TipDue(PromptId("ward-clerk-notice"), "it is the next step")
DAY = timedelta(days=1)


class Shared(MemoryStore):
    """A store that other processes may work on, as far as anybody can tell."""

    @property
    def shared(self) -> bool:
        return True


def planned(
    person: Person = SAM,
    *,
    key: str = "",
    subject: Subject = TIP,
    due: datetime = MONDAY,
    lasts: timedelta = 7 * DAY,
    unasked: bool = True,
) -> Delivery:
    """A delivery that is due."""
    return Delivery(key or f"nudge:{person.id}", person.id, subject, due, due + lasts, unasked=unasked)


def sent_before(at: datetime, person: Person = SAM) -> Delivery:
    """A tip that reached somebody at `at`."""
    return planned(person, key=f"nudge:{person.id}:{at}", due=at).settled_as(State.SENT, at)


@dataclass(slots=True)
class BothInFlight:
    """Throttles two messages on their way at the same time; the shorter wait comes back last."""

    barrier: asyncio.Barrier
    waits: list[int] = field(default_factory=lambda: [300, 5])

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Answer once both are here."""
        assert reference.conversation
        assert message.template
        wait = timedelta(seconds=self.waits.pop())
        await self.barrier.wait()
        return Rejected(429, "Throttled", wait)


@dataclass(slots=True)
class Watched:
    """Accepts everything and notes when, and which chats were sent to while an earlier send was under way.

    During each send everybody else may go on `pauses` times.
    """

    clock: SettableClock
    pauses: int = 0
    times: list[datetime] = field(default_factory=list)
    chats: Counter[str] = field(default_factory=Counter)
    under_way: set[str] = field(default_factory=set)
    most: int = 0
    doubled: list[str] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take note, let others go on, accept."""
        assert message.template
        chat = reference.conversation
        if chat in self.under_way:
            self.doubled.append(chat)
        self.under_way.add(chat)
        self.most = max(self.most, len(self.under_way))
        self.times.append(self.clock.now())
        self.chats[chat] += 1
        for _ in range(self.pauses):
            await asyncio.sleep(0)
        self.under_way.discard(chat)
        return Accepted(chat)


@dataclass(slots=True)
class OneHangs:
    """Answers everybody at once but one person, whose answer comes when a test says so."""

    hangs: Person
    replies: dict[str, Reply] = field(default_factory=dict)
    chats: Counter[str] = field(default_factory=Counter)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take note; wait for the test where it is that person."""
        assert message.template
        self.chats[reference.conversation] += 1
        if reference == self.hangs.reference:
            await self.answered.wait()
        return self.replies.get(reference.conversation, Accepted("1"))


async def everybody_waits() -> None:
    """Let all other tasks go on for as long as any of them has something to do."""
    for _ in range(2_000):
        await asyncio.sleep(0)


def crowd(size: int) -> list[Person]:
    """So many people."""
    return [staff(f"Crowd Sample {n}") for n in range(size)]


async def crowded(world: World, size: int) -> list[Person]:
    """So many people with one tip each that is due, in order."""
    people = crowd(size)
    in_order = (planned(one, due=MONDAY - timedelta(seconds=size - n)) for n, one in enumerate(people))
    await keep(world, *people, *in_order)
    return people
