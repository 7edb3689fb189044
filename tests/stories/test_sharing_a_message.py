"""*Share as prompt*, pressed on a message in whatever chat: a dialog with the form, filled in."""

from datetime import timedelta

from bot.domain.messages import Note, ReviewRequest
from tests.kept import person_in
from tests.samples import champion, staff
from tests.stories.dialog import Town, inlines, inputs_of, parts, texts

MESSAGE = "<div><p>Sum up <b>the&nbsp;rota</b> &amp; the changes.</p><p>Use [our ward].</p></div>"
REST = {"title": "Sum up the rota", "check": "Count the lines against the rota.", "role": "ward-clerk"}


async def test_from_a_message_to_a_review(town: Town) -> None:
    """The words of the message stand in the form; sent, they wait for somebody else's eyes."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    form = await cham.shares(MESSAGE)
    (prompt,) = [one for one in inputs_of(form) if one["id"] == "prompt"]
    assert prompt["value"] == "Sum up the\u00a0rota & the changes.\nUse [our ward]."
    thanks = await cham.submits(form, "share", **REST)
    assert "Thank you for sharing" in list(texts(thanks))
    await rev.types("reviews")
    assert rev.sees(ReviewRequest).title == REST["title"]


async def test_an_identifier_in_the_message_is_marked_and_not_kept(town: Town) -> None:
    """The dialog shows the form again; mended, it goes through."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    form = await cham.shares("Write to the patient 943 476 5919 about the visit.")
    again = await cham.submits(form, "share", **REST)
    assert any("943 476 5919" in words for words in texts(again))
    await rev.types("reviews")
    assert rev.sees(Note).title == "Nothing waits for review"
    await cham.submits(again, "share", **REST, prompt="Write to [the patient] about the visit.")
    await rev.types("reviews")
    rev.sees(ReviewRequest)


async def test_cancel_ends_the_dialog(town: Town) -> None:
    """With nothing kept, and no card in the chat."""
    cham = await town.welcomed(champion())
    assert await cham.submits(await cham.shares(MESSAGE), "help") == {}


async def test_who_may_not_share_is_told_in_the_dialog(town: Town) -> None:
    """Kindly, and with whom to ask; that chat is not taken for the person's own."""
    sam = await town.living_here(staff())
    card = await sam.shares(MESSAGE)
    assert "Champions share prompts here" in list(texts(card))
    async with town.world.store.unit_of_work() as work:
        kept = await work.people.get(sam.id)
    assert kept is not None
    assert kept.reference is None


async def test_sharing_from_other_chats_alone_is_a_sign_of_life(town: Town) -> None:
    """A champion who never opens the bot's own chat is neither slowed down nor said goodbye to."""
    cham = await town.welcomed(champion())
    before = await person_in(town.world, cham.id)
    town.clock.forward(timedelta(days=60))
    await cham.shares(MESSAGE)
    after = await person_in(town.world, cham.id)
    assert after.preferences.contact.heard == town.clock.at.date()
    assert after.reference == before.reference


async def test_the_dialog_is_in_the_persons_language(town: Town) -> None:
    """Whoever reads Welsh with the bot reads Welsh there too."""
    cham = await town.welcomed(champion())
    await cham.types("cymraeg")
    assert "Rhannu awgrym a weithiodd" in list(texts(await cham.shares(MESSAGE)))


async def test_hostile_markdown_in_a_message(town: Town) -> None:
    """It stands in the form, on the review card and in the tip as it was written, and means nothing there."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    hostile = "Sum up [x](https://a.invalid) **now** ${$root} {about} <b>&lt;script&gt;</b> `[our ward]`"
    form = await cham.shares(hostile)
    (prompt,) = [one for one in inputs_of(form) if one["id"] == "prompt"]
    plain = "Sum up [x](https://a.invalid) **now** ${$root} {about} <script> `[our ward]`"
    assert prompt["value"] == plain
    await cham.submits(form, "share", **REST)
    await rev.types("reviews")
    runs = [run for part in parts(rev.card) for run in inlines(part)]
    assert plain in [run["text"] for run in runs], "in a text run, where markdown is not read"


async def test_a_message_without_words_gives_an_empty_form(town: Town) -> None:
    """A picture, or a client that sends no message along."""
    cham = await town.welcomed(champion())
    for html in ("", "<img src='x'>", "<<<"):
        form = await cham.shares(html)
        assert [one["value"] for one in inputs_of(form) if one["id"] == "prompt"] in ([""], ["<<<"])
