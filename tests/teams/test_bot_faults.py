"""Whatever goes wrong in a turn: no activity, a fault of ours, an answer that is not delivered."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.services import conversing
from bot.services.ports import World
from bot.teams import cards, extension
from bot.teams.adapter import TeamsAdapter
from bot.teams.bot import SteadyDripBot
from bot.teams.cards import Card
from bot.teams.connector import Connector
from bot.teams.inbound import Answer, Inbound
from tests.teams import sent
from tests.teams.connector_server import Says, ScriptedConnector
from tests.teams.posting import FORM, SECRET, card_in, fields_in, post
from tests.teams.worlds import render


class BrokenStore:
    """A store whose every unit of work fails."""

    def unit_of_work(self) -> "BrokenStore":
        """A unit that cannot begin."""
        return self

    async def __aenter__(self) -> "BrokenStore":
        raise RuntimeError(SECRET)

    async def __aexit__(self, *_: object) -> None:
        """Never reached."""


TROUBLE = conversing.trouble().title


@pytest.fixture
def broken(connector: Connector, world: World) -> Inbound:
    """A bot whose store is broken."""
    faulty = replace(world, store=BrokenStore())  # type: ignore[arg-type]  # a fault, not a store
    return Inbound(TeamsAdapter(connector), SteadyDripBot(faulty, render), None)


async def test_our_own_fault_is_said_kindly_and_logged_by_type(
    broken: Inbound, teams: ScriptedConnector
) -> None:
    """Beside the card, which keeps what was typed; the log has the error's type, not its message."""
    with capture_logs() as lines:
        answer = await post(broken, sent.execute("tip", {}, teams.url))
    assert answer == Answer(200, cards.words(conversing.TROUBLE))
    (line,) = lines
    assert (line["event"], line["error"], line["activity"]) == ("turn_failed", "RuntimeError", sent.ACTIVITY)
    assert SECRET not in repr(line)


async def test_our_own_fault_in_a_message(broken: Inbound, teams: ScriptedConnector) -> None:
    """The note is sent."""
    assert await post(broken, sent.text("tip", teams.url)) == Answer(200)
    assert card_in(teams.last.body)["fallbackText"] == TROUBLE


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("installationUpdate", Answer(200)), ("event", Answer(200)), ("invoke", Answer(200, {}))],
)
async def test_our_own_fault_where_no_card_is_expected(
    broken: Inbound, teams: ScriptedConnector, kind: str, answer: Answer
) -> None:
    """Nothing is said, and Teams is not told to come again."""
    assert await post(broken, sent.activity(kind, teams.url, action="add")) == answer
    assert teams.requests == []


async def test_our_own_fault_keeps_the_form_of_a_dialog(broken: Inbound, teams: ScriptedConnector) -> None:
    """With what was typed, and whose fault it was; sent once more it may go through."""
    sent_again = sent.invoke(extension.SUBMIT, {"commandId": "sharePrompt", "data": FORM}, teams.url)
    answer = await post(broken, sent_again)
    form = fields_in(answer)
    assert {name: form[name] for name in ("title", "prompt", "role", "check", "data", "credit")} == {
        name: value for name, value in FORM.items() if name not in {"verb", "alike_id"}
    }
    assert (form["trouble"], form["problem"]) == (conversing.TROUBLE, "")


async def test_our_own_fault_before_there_is_a_form(broken: Inbound, teams: ScriptedConnector) -> None:
    """The dialog says so: nothing was typed yet, and the message is still there."""
    answer = await post(broken, sent.invoke(extension.FETCH, {"commandId": "sharePrompt"}, teams.url))
    assert fields_in(answer)["title"] == TROUBLE


async def test_a_reply_that_cannot_be_delivered_ends_the_turn(
    inbound: Inbound, teams: ScriptedConnector
) -> None:
    """The answer and the apology both fail; the request is still answered."""
    teams.will(Says(403, "ConversationBlockedByUser"), Says(403, "ConversationBlockedByUser"))
    with capture_logs() as lines:
        assert await post(inbound, sent.text("hi", teams.url)) == Answer(200)
    assert [line["event"] for line in lines] == ["turn_failed", "apology_failed"]


async def test_a_renderer_that_fails_leaves_an_empty_answer(
    connector: Connector, world: World, teams: ScriptedConnector
) -> None:
    """A button is answered in words; in the chat not even the apology can be rendered."""

    def fails(_: object) -> Card:
        raise ValueError(SECRET)

    bot = Inbound(TeamsAdapter(connector), SteadyDripBot(world, fails), None)
    said = await post(bot, sent.execute("tip", {}, teams.url))
    assert said == Answer(200, cards.words(conversing.TROUBLE))
    assert (await post(bot, sent.text("tip", teams.url)), teams.requests) == (Answer(200), [])


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b"\xff", "not_json"),
        (b"[" * 200_000, "not_json"),
        (b'{"a":' * 65 + b"1" + b"}" * 65, "too_deep"),
        (b'{"a":' + b"[" * 64 + b"]" * 64 + b"}", "too_deep"),
        (b"[]", "not_an_object"),
        (b"5", "not_an_object"),
        (b"{}", "incomplete_activity"),
        (b'{"from":5}', "malformed_activity"),
    ],
)
async def test_what_is_no_activity_is_refused_shortly(inbound: Inbound, body: bytes, error: str) -> None:
    """400, and a code that quotes nothing."""
    assert await inbound.receive(None, body) == Answer(400, {"error": error})
