"""*Share as prompt* with the real processes: the dialog's two invokes, through Microsoft's client."""

from collections.abc import Iterator

import pytest

from tests.playground.client import Content
from tests.playground.test_dialog import a_prompt, time_of
from tests.playground.trust import Trust, trust


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    """A trust in real time."""
    with trust(tmp_path_factory.mktemp("sharing"), time_of(1)) as running:
        yield running


async def test_a_message_is_shared_as_a_prompt(slow: Trust) -> None:
    """The form comes filled in, an identifier comes back marked, and what is mended waits for review."""
    async with slow.people("Alex") as [alex]:
        payload = {"id": "1", "body": {"contentType": "html", "content": "<p>Sum up [the rota].</p>"}}
        value: Content = {"commandId": "sharePrompt", "messagePayload": payload}
        form = await alex.extends("composeExtension/fetchTask", value)
        assert "Sum up [the rota]." in str(form)
        for text, answer in (("Ring 07700 900123 about it.", "07700 900123"), ("Sum up [it].", "too short")):
            assert answer in str(await alex.extends("composeExtension/submitAction", _sent(text)))
        done = await alex.extends(
            "composeExtension/submitAction", _sent("Sum up [the rota] by day and ward.")
        )
        assert "Thank you for sharing" in str(done)
    assert [one.text for one in slow.rows("contributions") if "[the rota]" in one.text]


def _sent(text: str) -> Content:
    return {"commandId": "sharePrompt", "data": {"verb": "share", **a_prompt(text)}}
