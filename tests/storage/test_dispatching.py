"""A disk that fills up under TinyDB while messages go out: what is known is kept as soon as there is room."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Message
from bot.domain.outbox.delivery import LEASE, State
from bot.domain.outbox.replies import Accepted, Rejected, Reply
from bot.domain.staff.people import ConversationReference
from bot.errors import StoreFailed
from bot.services.outbox.dispatching import Dispatcher
from bot.services.ports import World
from bot.storage.tiny.store import TinyStore
from tests.fakes import SettableClock
from tests.kept import delivery_in, keep
from tests.samples import MONDAY
from tests.services.deliveries import KIM, SAM, planned
from tests.storage.stores import commit_text, no_file_larger_than

LARGE = "x" * 300_000
"""Enough that the limit on a file's size touches no other file of the test run."""


@dataclass(slots=True)
class FillsTheDisk:
    """Answers once in its own way; from then on there is no room on the disk until a test makes some."""

    path: Path
    first: Reply
    full: ExitStack = field(default_factory=ExitStack)
    chats: list[str] = field(default_factory=list)

    async def send(self, reference: ConversationReference, message: Message) -> Reply:
        """Take note, and fill the disk."""
        assert message.template
        self.chats.append(reference.conversation)
        if len(self.chats) > 1:
            return Accepted("1")
        self.full.enter_context(no_file_larger_than(self.path.stat().st_size))
        return self.first


@pytest.fixture
async def tiny(world: World, store: TinyStore) -> World:
    """A world on a TinyDB store with a tip that is due."""
    await commit_text(store, LARGE)
    on_disk = replace(world, store=store)
    await keep(on_disk, SAM, planned())
    return on_disk


@pytest.mark.parametrize(
    ("reply", "state"), [(Accepted("1"), State.SENT), (Rejected(403, "BotDisabledByAdmin"), State.REFUSED)]
)
async def test_what_came_of_a_send_is_kept_once_there_is_room(
    tiny: World, path: Path, clock: SettableClock, reply: Reply, state: State
) -> None:
    """While the disk is full nothing more goes out; then it is recorded, and nobody gets it twice."""
    outbound = FillsTheDisk(path, reply)
    dispatcher = Dispatcher(replace(tiny, outbound=outbound))
    with outbound.full:
        for _ in range(3):
            with pytest.raises(StoreFailed):
                await dispatcher.dispatch_due()
            clock.forward(timedelta(seconds=1))
        assert len(outbound.chats) == 1
    await keep(tiny, KIM, planned(KIM))
    await dispatcher.dispatch_due()
    assert (await delivery_in(tiny, planned().key)).state is state
    assert outbound.chats == [f"chat-{SAM.id}", f"chat-{KIM.id}"]


async def test_a_halt_holds_though_it_cannot_be_kept(tiny: World, path: Path, clock: SettableClock) -> None:
    """A 429 on a full disk: this process waits all the same, and no message is lost."""
    outbound = FillsTheDisk(path, Rejected(429, "Throttled", timedelta(seconds=90)))
    dispatcher = Dispatcher(replace(tiny, outbound=outbound))
    with outbound.full, pytest.raises(StoreFailed):
        await dispatcher.dispatch_due()
    clock.at = MONDAY + timedelta(seconds=89)
    await dispatcher.dispatch_due()
    assert len(outbound.chats) == 1
    clock.forward(LEASE)
    await dispatcher.dispatch_due()
    assert dispatcher.counts == {State.SENT: 1}
