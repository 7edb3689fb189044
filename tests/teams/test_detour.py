"""A rehearsal's messages go to its own connector, whatever the chat says."""

from bot.domain.messages import Note
from bot.domain.outbox.replies import Accepted
from bot.domain.staff.people import PersonId
from bot.teams.detour import Detour
from tests.fakes import ScriptedOutbound
from tests.samples import reference


async def test_only_the_one_connector_hears() -> None:
    """The address is replaced, the conversation stays, and the reply comes back."""
    outbound = ScriptedOutbound()
    chat = reference(PersonId("sam"))
    reply = await Detour(outbound, "http://127.0.0.1:1").send(chat, Note("Sample", [], []))
    assert isinstance(reply, Accepted)
    (sent,) = outbound.sent
    assert sent.reference.service_url == "http://127.0.0.1:1"
    assert sent.reference.conversation == chat.conversation
