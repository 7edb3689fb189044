"""Every fault of the platform and the network, from the socket to the store: nothing lost, nothing twice."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.domain.outbox.delivery import LEASE, State
from bot.domain.outbox.replies import FIRST_WAIT, LONGEST_WAIT, MAX_ATTEMPTS
from bot.services.outbox.dispatching import TENANT, Dispatcher
from bot.services.ports import World
from tests.fakes import SettableClock
from tests.kept import keep
from tests.samples import MONDAY
from tests.services.deliveries import KIM, SAM
from tests.teams.connector_server import (
    Answer,
    BreaksOff,
    NeverAnswers,
    Resets,
    Says,
    ScriptedConnector,
    slamming_server,
)
from tests.teams.deliveries import Post, both_shapes, living_at, post_office
from tests.teams.worlds import a_world

SECOND = timedelta(seconds=1)


@pytest.fixture
def world(clock: SettableClock) -> World:
    """An empty memory, and time that a test moves."""
    return replace(a_world(), clock=clock)


@pytest.fixture
async def post(world: World, teams: ScriptedConnector) -> AsyncIterator[Post]:
    """A sender on an empty memory, and a tip that is due."""
    async with post_office(world, teams) as office:
        yield office


CHAT_LOST = [
    (403, "BotDisabledByAdmin"),
    (403, "BotNotInConversationRoster"),
    (404, "BotNotInConversationRoster"),
    (403, "ConversationBlockedByUser"),
    (403, "ForbiddenOperationException"),
    (403, "MessageWritesBlocked"),
    (404, "ConversationNotFound"),
]


@pytest.mark.parametrize(("status", "code"), CHAT_LOST)
@pytest.mark.parametrize("shape", [0, 1])
async def test_a_lost_chat_is_forgotten_until_the_person_writes(
    post: Post, teams: ScriptedConnector, status: int, code: str, shape: int
) -> None:
    """In either shape of body: refused once, told in the log, and nothing is planned or sent any more."""
    teams.will(Says(status, both_shapes(code)[shape]))
    with capture_logs() as logs:
        refused = await post.dispatches()
    assert (refused.state, refused.note) == (State.REFUSED, f"{status}_{code}")
    assert ((await post.sam()).reference, (await post.sam()).next_nudge) == (None, None)
    assert [(log["event"], log["log_level"], log["code"]) for log in logs] == [("chat_refused", "info", code)]
    assert len(teams.requests) == 1


DEFECTS = [
    (400, both_shapes("Bad Argument")[0], "400_BadArgument"),
    (400, both_shapes("Bad Argument")[1], "400_BadArgument"),
    (403, "<html>Forbidden</html>", "403"),
    (404, "", "404"),
    (413, both_shapes("MessageSizeTooBig")[0], "413_MessageSizeTooBig"),
    (413, both_shapes("MessageSizeTooBig")[1], "413_MessageSizeTooBig"),
    (413, "", "413"),
    (500, both_shapes("ServiceError")[0], "500_ServiceError"),
    (500, both_shapes("ConversationNotFound")[0], "500_ConversationNotFound"),
    (418, "", "418"),
    (307, "", "307"),
]


@pytest.mark.parametrize(("says", "note"), [(Says(status, body), note) for status, body, note in DEFECTS])
async def test_what_is_wrong_with_the_message_is_not_repeated(
    post: Post, teams: ScriptedConnector, clock: SettableClock, says: Says, note: str
) -> None:
    """It is counted and logged as a defect, the person keeps the chat, and the next message goes out."""
    await post.keep_kims()
    teams.will(says)
    with capture_logs() as logs:
        refused = await post.dispatches()
    clock.forward(LONGEST_WAIT)
    await post.dispatches()
    assert (refused.state, refused.note) == (State.REFUSED, note)
    assert (await post.sam()).reference
    assert [(log["event"], log["log_level"], log["status"]) for log in logs] == [
        ("message_refused", "error", says.status)
    ]
    assert post.dispatcher.counts == {State.REFUSED: 1, State.SENT: 1}
    assert (post.requests_to(SAM), post.requests_to(KIM)) == (1, 1)


PASSING = [
    (412, both_shapes("PreconditionFailed")[0]),
    (502, "<html>Bad gateway</html>"),
    (503, "The service is unavailable."),
    (504, "upstream request timeout"),
]


@pytest.mark.parametrize(("status", "body"), PASSING)
async def test_a_passing_fault_backs_off_and_arrives(
    post: Post, teams: ScriptedConnector, clock: SettableClock, status: int, body: str
) -> None:
    """It waits longer each time, and arrives once the fault has passed."""
    teams.will(*[Says(status, body)] * 3)
    waits = []
    for _ in range(3):
        waiting = await post.dispatches()
        waits.append(waiting.due - clock.at)
        clock.at = waiting.due
    assert (await post.dispatches()).state is State.SENT
    assert waits == [FIRST_WAIT * 0.75, FIRST_WAIT * 1.5, FIRST_WAIT * 3]
    assert post.dispatcher.counts == {State.SENT: 1}
    assert len(teams.requests) == 4


async def test_a_fault_that_does_not_pass_ends(
    post: Post, teams: ScriptedConnector, clock: SettableClock
) -> None:
    """After ten tries it is refused, with a note that says so."""
    teams.will(*[Says(503)] * MAX_ATTEMPTS)
    tried = await post.dispatches()
    while tried.is_open:
        clock.at = tried.due
        tried = await post.dispatches()
    assert (tried.state, tried.note) == (State.REFUSED, "gave_up_503")
    assert len(teams.requests) == MAX_ATTEMPTS


@pytest.mark.parametrize(
    ("header", "halt"),
    [
        ({"Retry-After": "90"}, 90 * SECOND),
        ({"Retry-After": "Mon, 23 Nov 2026 09:01:30 GMT"}, 90 * SECOND),
        ({}, FIRST_WAIT * 0.75),
    ],
)
async def test_throttling_stops_the_whole_tenant(
    post: Post, teams: ScriptedConnector, clock: SettableClock, header: dict[str, str], halt: timedelta
) -> None:
    """As seconds, as a date or not at all: no replica sends anything before, and then everything arrives."""
    await post.keep_kims()
    other = Dispatcher(post.world)
    teams.will(Says(429, both_shapes("Throttled")[0], header))
    await post.dispatches()
    clock.at = MONDAY + halt - timedelta(milliseconds=1)
    assert [await one.dispatch_due() for one in (post.dispatcher, other)] == [0, 0]
    assert len(teams.requests) == 1
    clock.at = MONDAY + halt + SECOND
    assert await other.dispatch_due() == 2
    assert other.counts == {State.SENT: 2}


async def test_throttling_that_says_no_time_waits_longer_each_time(
    post: Post, teams: ScriptedConnector, clock: SettableClock
) -> None:
    """Whichever message is told: it is the tenant that has to slow down."""
    await post.keep_kims()
    clock.forward(2 * SECOND)
    teams.will(*[Says(429)] * 8)
    waits = []
    for _ in range(4):
        await post.dispatches()
        async with post.world.store.unit_of_work() as work:
            pace = await work.paces.get(TENANT)
        assert pace
        waits.append(pace.halted_until - clock.at)
        clock.at = pace.halted_until
    teams.script.clear()
    await post.dispatches()
    assert post.dispatcher.counts == {State.SENT: 2}
    assert waits == sorted(waits)
    assert waits[-1] >= 4 * waits[0]


@pytest.mark.parametrize("fault", [Resets(), NeverAnswers()])
async def test_no_answer_is_unknown_and_never_repeated(
    post: Post, teams: ScriptedConnector, clock: SettableClock, fault: Answer
) -> None:
    """The request was read: it is counted, told in the log, and left alone."""
    teams.will(fault)
    with capture_logs() as logs:
        unknown = await post.dispatches()
    clock.forward(LEASE)
    await post.dispatches()
    assert (unknown.state, unknown.note) == (State.UNKNOWN, "no_answer")
    assert [(log["event"], log["chat"]) for log in logs] == [("outcome_unknown", f"chat-{SAM.id}")]
    assert post.dispatcher.counts == {State.UNKNOWN: 1}
    assert len(teams.requests) == 1


async def test_a_connection_that_is_reset_before_reading_is_unknown(
    world: World, teams: ScriptedConnector
) -> None:
    """Some of it may have been read; nobody can know."""
    async with post_office(world, teams) as post, slamming_server() as url:
        async with world.store.unit_of_work() as work:
            await work.people.put(living_at(url, SAM))
        assert (await post.dispatches()).state is State.UNKNOWN


async def test_a_connection_that_is_refused_is_tried_again(
    post: Post, teams: ScriptedConnector, clock: SettableClock
) -> None:
    """Nothing was sent, so nothing can arrive twice."""
    async with slamming_server() as url:
        pass
    await keep(post.world, living_at(url, SAM))
    with capture_logs() as logs:
        waiting = await post.dispatches()
    assert [log["event"] for log in logs] == ["connector_not_reached"]
    await keep(post.world, living_at(teams.url, SAM))
    clock.at = waiting.due
    assert (await post.dispatches()).state is State.SENT
    assert len(teams.requests) == 1


async def test_an_answer_that_breaks_off_was_an_answer(post: Post, teams: ScriptedConnector) -> None:
    """The status came whole, and says that the message was taken."""
    teams.will(BreaksOff())
    assert (await post.dispatches()).state is State.SENT


async def test_what_is_unknown_can_be_counted(post: Post, teams: ScriptedConnector) -> None:
    """The state and its reason stand in the outbox, for whoever looks with SQL."""
    teams.will(NeverAnswers())
    unknown = await post.dispatches()
    assert replace(unknown, attempts=0).settled == MONDAY
    assert unknown.state == "unknown"
