"""Buttons that nobody was shown: other people's ids, rounds and rights, and whatever hypothesis thinks of."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.commands import VERBS
from bot.domain.json import Json
from bot.domain.staff.people import PersonId
from tests.attacks.front import CHAMPION, LEAD, REVIEWER, STAFF, STALE, Front, activity, encoded, pressed

pytestmark = pytest.mark.asyncio(loop_scope="package")

SET_UP: dict[str, Json] = {"role": "ward-clerk", "licence": "chat", "days": "0,1"}


@pytest.mark.parametrize("name", ["person", "person_id", "aadObjectId", "from", "voice", "who", "tenant"])
async def test_a_card_cannot_say_who_somebody_is(door: Front, name: str) -> None:
    """A payload with another person's id is none of ours: refused whole, for the sender and for the other."""
    before = door.kept()
    card = await door.press(STAFF, "set_up", {**SET_UP, name: str(CHAMPION)})
    assert str(card["fallbackText"]).startswith(STALE)
    assert door.kept() == before


@pytest.mark.parametrize("round_id", ["2026-01-05", "another-trusts-round", "", "../rounds", "' OR 1=1 --"])
async def test_a_round_that_nobody_asked_in_takes_no_answer(door: Front, round_id: str) -> None:
    """Another tenant's, an old one, an invented one: nothing is kept."""
    before = door.kept()
    await door.press(STAFF, "pulse", {"round_id": round_id, "confidence": "3", "workload": "3"})
    await door.press(STAFF, "pulse_again", {"subject": round_id})
    assert door.kept() == before


NOT_THEIRS = [
    *((who, verb) for who in (STAFF, CHAMPION, LEAD) for verb in ("reviews", "approve", "decline", "audit")),
    *((who, "share_form") for who in (STAFF, REVIEWER, LEAD)),
    *((who, "share") for who in (STAFF, REVIEWER, LEAD)),
    *((who, "summary") for who in (STAFF, CHAMPION, REVIEWER)),
    (REVIEWER, "audit"),
]

FILLED: dict[str, dict[str, Json]] = {
    "approve": {"contribution_id": "id"},
    "decline": {"contribution_id": "id", "reason": "x"},
    "summary": {"group": "Ward 1"},
    "share": {
        "title": "Agenda",
        "prompt": "Write an agenda.",
        "role": "ward-clerk",
        "check": "Read it.",
        "data": "public",
    },
}


@pytest.mark.parametrize(("who", "verb"), NOT_THEIRS)
async def test_no_right_opens_another(door: Front, who: PersonId, verb: str) -> None:
    """The button of another right, pressed without having it: a kind card, and nothing done but a record."""
    await door.press(who, "help")
    before = door.kept()
    card = await door.press(who, verb, FILLED.get(verb, {}))
    assert not re.search(r'"(Input|Chart)\.', json.dumps(card))
    assert set(re.findall(rb'\["(\w+)","', door.kept()[len(before) :])) <= {b"audit"}


texts = st.text(max_size=20) | st.sampled_from(["", "ward-clerk", "worked", "id", "0", "٣", "\0", "\ud800"])
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
strangers = texts.filter(lambda verb: verb not in VERBS)


@settings(max_examples=60)
@given(verb=strangers | values.filter(lambda value: not isinstance(value, str)), data=values)
async def test_an_unknown_verb_does_nothing(door: Front, verb: Json, data: Json) -> None:
    """Whatever comes with it."""
    before = door.kept()
    card = await door.press(STAFF, verb, data)  # type: ignore[arg-type]  # that it is no text is the point
    assert str(card["fallbackText"]).startswith(STALE)
    assert door.kept() == before


@settings(max_examples=60)
@given(
    verb=st.sampled_from(sorted(VERBS)),
    extra=st.dictionaries(st.text(min_size=25, max_size=30), values, min_size=1, max_size=3),
    data=st.dictionaries(st.sampled_from(["subject", "prompt_id", "days", "reason", "round_id"]), values),
)
async def test_a_payload_with_a_stranger_in_it_does_nothing(
    door: Front, verb: str, extra: dict[str, Json], data: dict[str, Json]
) -> None:
    """A field that no command of ours has makes the whole payload invalid: the store stays as it was."""
    before = door.kept()
    card = await door.press(STAFF, verb, {**data, **extra})
    assert str(card["fallbackText"]).startswith(STALE)
    assert door.kept() == before


@settings(max_examples=100)
@given(
    verb=st.sampled_from(sorted(set(VERBS) - {"set_up"})),
    data=st.dictionaries(
        st.sampled_from(["subject", "prompt_id", "days", "reason", "round_id", "outcome", "group", "words"]),
        values,
        max_size=3,
    ),
)
async def test_no_payload_is_a_fault(busy: Front, verb: str, data: dict[str, Json]) -> None:
    """A known verb with any fields: a card, and never the one that says that something went wrong here."""
    card = await busy.press(STAFF, verb, data)
    assert not str(card["fallbackText"]).startswith("Something went wrong")


whole = activity(STAFF, "message", text="hi")
FIELDS = sorted({*whole, "value", "name", "text", "action", "membersAdded", "replyToId", "attachments"})
KINDS = ["message", "invoke", "installationUpdate", "conversationUpdate", "messageReaction", "typing", "new"]


@settings(max_examples=150)
@given(
    kind=st.sampled_from(KINDS),
    changes=st.dictionaries(st.sampled_from(FIELDS), values, max_size=4),
    missing=st.sets(st.sampled_from(FIELDS), max_size=2),
)
async def test_no_activity_is_a_fault(
    busy: Front, kind: str, changes: dict[str, Json], missing: set[str]
) -> None:
    """Fields changed or left out at random: it is answered or refused, and never a fault."""
    raw = {**activity(STAFF, kind), **changes}
    body = encoded({name: value for name, value in raw.items() if name not in missing})
    status, answer = await busy.post(body)
    assert status in {200, 400, 401, 403}
    assert b"Something went wrong" not in answer


async def test_a_button_still_works_after_all_that(busy: Front) -> None:
    """The service is not worn down: the same person gets a tip."""
    status, body = await busy.post(encoded(pressed(STAFF, "tip", {})))
    assert (status, b"Action.Execute" in body) == (200, True)
