"""A request for help: whatever people tap and however long they wait, it ends in a state that makes sense."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.peers.help_requests import CHOOSING, MOST_OFFERS, HelpRequest, Response, Stage
from bot.domain.peers.turns import Turn
from bot.domain.staff.people import PersonId
from tests.samples import MONDAY

SAM = PersonId("sam")
CHAMPIONS = [PersonId(f"champion-{n}") for n in range(5)]
ANYBODY = st.sampled_from([SAM, *CHAMPIONS])


def turn(champion: PersonId | None, now: datetime) -> Turn | None:
    """Somebody's turn for a day from now on."""
    return Turn(champion, now, now + timedelta(days=1)) if champion else None


def begun() -> HelpRequest:
    """A request that was just made."""
    return HelpRequest("r", SAM, "my notes", ("notes",), "", None, MONDAY, MONDAY, MONDAY + CHOOSING)


@dataclass(frozen=True)
class Event:
    """Something that somebody does after a while, whether it makes sense or not."""

    what: str
    who: PersonId
    next: PersonId | None
    after: timedelta


events = st.lists(
    st.builds(
        Event,
        what=st.sampled_from(["choose", "accept", "pass", "not now", "withdraw", "yes", "no", "wait"]),
        who=ANYBODY,
        next=st.none() | ANYBODY,
        after=st.timedeltas(timedelta(0), timedelta(days=40)),
    ),
    max_size=12,
)


def happen(request: HelpRequest, event: Event, now: datetime) -> HelpRequest | None:
    """What comes of an event."""
    match event.what:
        case "choose":
            return request.chosen(Turn(event.who, now, now + timedelta(days=1)), now)
        case "accept":
            return request.accepted(event.who, now)
        case "pass":
            return request.handed_on(event.who, Response.PASSED, turn(event.next, now), now)
        case "not now":
            return request.handed_on(event.who, Response.NOT_NOW, turn(event.next, now), now)
        case "withdraw":
            return request.withdrawn(event.who, now)
        case "yes" | "no":
            return request.judged(event.who, now, helped=event.what == "yes")
    return waited(request, event.next, now)


def waited(request: HelpRequest, successor: PersonId | None, now: datetime) -> HelpRequest | None:
    """What time alone makes of it: an offer that has lapsed is handed on, all else ends."""
    if request.champion and request.stage is Stage.OFFERED and request.due and request.due <= now:
        return request.handed_on(request.champion, Response.LAPSED, turn(successor, now), now)
    return request.timed_out(now)


def assert_makes_sense(request: HelpRequest) -> None:
    """What holds of a request at any time."""
    waiting = [offer for offer in request.offers if offer.response is Response.WAITING]
    accepted = [offer for offer in request.offers if offer.response is Response.ACCEPTED]
    judged = request.stage in {Stage.HELPED, Stage.NOT_HELPED, Stage.ENDED}
    assert len(request.offers) <= MOST_OFFERS
    assert len(request.was_offered_to) == len(request.offers), "nobody is asked twice"
    assert request.asker not in request.was_offered_to
    assert len(waiting) == (request.stage is Stage.OFFERED)
    assert waiting == list(request.offers[-1:]) or not waiting
    assert len(accepted) <= 1
    if judged or request.stage is Stage.ACCEPTED:
        assert accepted
    if request.stage in {Stage.ASKED, Stage.OFFERED, Stage.UNANSWERED}:
        assert not accepted
    assert (request.due is not None) == request.stage.is_open
    assert bool(request.about) == request.stage.is_open, "the asker's words go when it ends"


@given(happenings=events)
def test_every_sequence_of_taps_and_times_makes_sense(happenings: list[Event]) -> None:
    """At each step; what has ended stays as it is; and time alone ends everything."""
    request, now = begun(), MONDAY
    for event in happenings:
        now += event.after
        moved = happen(request, event, now)
        if moved is not None:
            assert request.stage.is_open
            request = moved
        assert_makes_sense(request)
    for _ in range(MOST_OFFERS + 2):
        now += timedelta(days=40)
        request = waited(request, CHAMPIONS[0], now) or request
        assert_makes_sense(request)
    assert not request.stage.is_open


@given(happenings=events)
def test_the_same_tap_twice_counts_once(happenings: list[Event]) -> None:
    """A repeated answer of the same person changes nothing more."""
    request, now = begun(), MONDAY
    for event in happenings:
        now += event.after
        once = happen(request, event, now)
        if once is not None and event.what != "wait":
            assert happen(once, event, now) is None
        request = once or request


def test_three_who_cannot_are_the_end_of_it() -> None:
    """Passed, not now and unanswered: then there is nobody more to ask."""
    one, two, three, four, _ = CHAMPIONS
    day = timedelta(days=1)
    request = begun().chosen(Turn(one, MONDAY, MONDAY + day), MONDAY)
    request = request and request.handed_on(one, Response.PASSED, turn(two, MONDAY), MONDAY)
    request = request and request.handed_on(two, Response.NOT_NOW, turn(three, MONDAY), MONDAY)
    assert request is not None
    later = MONDAY + day
    assert waited(request, four, later - timedelta(hours=1)) is None, "the day has not passed"
    longer = request.open_until(later + day)
    assert waited(longer, four, later) is None, "their card came later"
    ended = waited(request, four, later)
    assert ended is not None
    assert ended.stage is Stage.UNANSWERED
    assert [offer.response for offer in ended.offers] == [Response.PASSED, Response.NOT_NOW, Response.LAPSED]


def test_nothing_leads_to_a_champion_whose_data_was_erased() -> None:
    """The offer stays in the request's history, without a name."""
    offered = begun().chosen(Turn(CHAMPIONS[0], MONDAY, MONDAY), MONDAY)
    assert offered is not None
    left = offered.without(CHAMPIONS[0])
    assert left.was_offered_to == {""}
    assert replace(left, offers=()) == replace(offered, offers=())
