"""*Share as prompt* on a message whose HTML nobody would write."""

from botbuilder.schema import Activity

from bot.domain.commands.sharing import ShowShareForm
from bot.teams import extension


def fetched(html: str) -> object:
    """What is asked for when the command is pressed on a message."""
    value = {"messagePayload": {"body": {"content": html}}}
    return extension.command(Activity(name=extension.FETCH, value=value))


def test_markup_is_read_up_to_a_point() -> None:
    """What stands behind it is left out: an open comment repeated takes the reader its length squared."""
    assert fetched("<p>Write an agenda.</p>") == ShowShareForm("Write an agenda.")
    assert fetched(" " * extension.LONGEST_MARKUP + "never read") == ShowShareForm("")
