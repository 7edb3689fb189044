"""A champion shares, somebody else approves, and a peer gets it by the drip."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.content.bundle_files import sealed
from bot.domain.messages import Note, ReviewRequest, ShareForm, Tip
from bot.services.library.exchanging import pack
from tests.samples import BOOKING, champion, staff
from tests.stories.dialog import Actor, Town

PROMPT = {
    "title": "Sum up the ward round list",
    "prompt": "Make a list of [what is left to do] by bay.",
    "check": "Count the lines against your own list.",
}
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 11, 27, 18, tzinfo=UTC)
SECOND_FRIDAY = datetime(2026, 12, 4, 18, tzinfo=UTC)


async def shared(town: Town) -> tuple[Actor, Actor]:
    """A champion who has shared a prompt, and a reviewer who has the card."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    await town.until(WEDNESDAY)
    await cham.types("share")
    cham.sees(ShareForm)
    await cham.presses("share", **PROMPT)
    assert "Thank you for sharing" in cham.reads
    for person in (cham, rev):
        person.receives()
    await town.until(FRIDAY_EVENING)
    assert any(isinstance(message, ReviewRequest) for message in rev.receives())
    return cham, rev


async def test_from_the_form_to_a_peers_next_tip(town: Town) -> None:
    """Shared on Wednesday, approved by another champion, and on Wednesday it is a peer's scheduled tip."""
    sam, other = await town.welcomed(staff()), await town.welcomed(staff("Bo Sample", role=BOOKING))
    _, rev = await shared(town)
    await rev.types("reviews")
    assert PROMPT["prompt"] in rev.reads
    await rev.presses("approve")
    assert "Approved" in rev.reads
    for person in (sam, other):
        person.receives()

    await town.until(datetime(2026, 12, 2, 18, tzinfo=UTC))
    (tip,) = [message for message in sam.receives() if isinstance(message, Tip)]
    assert (tip.title, tip.prompt) == (PROMPT["title"], PROMPT["prompt"])
    assert tip.reason == "it is new, and worked for somebody who does your job"
    assert "Cham" not in sam.reads
    assert PROMPT["title"] not in [m.title for m in other.receives() if isinstance(m, Tip)]


async def test_the_author_hears_of_an_approval(town: Town) -> None:
    """The good news comes in their next hours, and the prompt does not come back as a tip."""
    cham, rev = await shared(town)
    cham.receives()
    await rev.types("reviews")
    await rev.presses("approve")
    await town.wait(hours=1)
    assert cham.receives() == [], "it is Friday evening"
    await town.until(datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert "Your prompt was approved" in [m.title for m in cham.receives() if isinstance(m, Note)]
    await town.until(SECOND_FRIDAY)
    news = cham.receives()
    assert PROMPT["title"] not in [m.title for m in news if isinstance(m, Tip)]


async def test_a_declined_prompt_comes_back_with_a_reason(town: Town) -> None:
    """The author hears what to mend and can share again; no peer gets it."""
    sam = await town.welcomed(staff())
    cham, rev = await shared(town)
    await rev.types("reviews")
    await rev.presses("decline", reason="Say where the list comes from.")
    assert "Declined" in rev.reads
    await town.until(SECOND_FRIDAY)
    (told,) = [m for m in cham.receives() if isinstance(m, Note)]
    assert told.lines[-1] == "The reviewer says: Say where the list comes from."
    cham.message = told
    await rev.presses("mend_prompt", cham.card)
    assert "That is no longer here" in rev.reads, "nobody else's words"
    await cham.presses("mend_prompt")
    form = cham.sees(ShareForm)
    assert (form.title, form.prompt, form.check) == tuple(PROMPT.values()), "nobody types it twice"
    await cham.presses("share", prompt="Make a list of [what is left to do] by bay, from [our board].")
    assert "Thank you for sharing" in cham.reads
    assert PROMPT["title"] not in [m.title for m in sam.receives() if isinstance(m, Tip)]


async def test_nobody_approves_their_own(town: Town) -> None:
    """The author, a reviewer too, finds nothing to review and cannot press somebody else's button."""
    cham, rev = await shared(town)
    await cham.types("reviews")
    assert "Nothing waits for review" in cham.reads
    await rev.types("reviews")
    await cham.presses("approve", rev.card)
    assert "This one is yours" in cham.reads
    rev.sees(ReviewRequest)
    await rev.presses("approve")
    assert "Approved" in rev.reads


async def test_an_old_review_card_changes_nothing(town: Town) -> None:
    """What was decided stays decided."""
    _, rev = await shared(town)
    await rev.types("reviews")
    card = rev.card
    await rev.presses("approve")
    await rev.presses("decline", card, reason="On second thoughts.")
    assert "Already decided" in rev.reads


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("prompt", "Write to the patient 943 476 5919.", "943 476 5919"),
        ("prompt", "Write to the patient 9\uf0b7434765919.", "9434765919"),
        ("check", "Ask kim@trust.invalid.", "kim@trust.invalid"),
    ],
)
async def test_an_identifier_is_caught_before_anything_is_kept(
    town: Town, field: str, text: str, words: str
) -> None:
    """The form comes back with the words to take out; once they are out, it goes through."""
    cham = await town.welcomed(champion())
    rev = await town.welcomed(champion("Rev Sample"))
    await cham.types("share")
    await cham.presses("share", **PROMPT | {field: text})
    assert words in cham.sees(ShareForm).problem
    assert PROMPT["title"] in cham.reads
    await rev.types("reviews")
    assert "Nothing waits for review" in rev.reads
    await cham.presses("share", **{field: PROMPT[field]})
    assert "Thank you for sharing" in cham.reads


async def test_staff_are_pointed_to_a_champion(town: Town) -> None:
    """Somebody who may not share is told kindly who can pass it on."""
    await town.welcomed(champion())
    sam = await town.welcomed(staff())
    await sam.types("share")
    assert "Champions share prompts here" in sam.reads
    await sam.presses("champion")
    await sam.presses("ask_help", about="something that works")
    assert "Cham Sample" in sam.reads


async def test_a_name_from_the_staff_list_is_marked(town: Town) -> None:
    """Where it stands, in whatever case; a text of five thousand words gets a kind card as well."""
    cham = await town.welcomed(champion())
    await town.living_here(staff("Ada Okafor"))
    await cham.types("share")
    await cham.presses("share", **PROMPT | {"prompt": "Write to ada OKAFOR about [the rota], please."})
    form = cham.sees(ShareForm)
    assert "a name (ada OKAFOR)" in form.problem
    assert [piece.text for piece in form.pieces if piece.marked] == ["ada OKAFOR"]
    await cham.presses("share", **PROMPT | {"prompt": "word " * 5_000})
    assert "Please shorten the prompt to 900 characters; it has 24999." in cham.sees(ShareForm).problem


async def test_what_the_library_has_already_is_shown_first(town: Town) -> None:
    """It can be looked at instead; sent once more, the own one is shared all the same."""
    cham = await town.welcomed(champion())
    there = {"prompt": "Write a notice for [the ward] in plain English."}
    await cham.types("share")
    await cham.presses("share", **PROMPT | there)
    form = cham.sees(ShareForm)
    assert form.alike_title == "Turn visiting rules into a clear notice"
    await cham.presses("share", **PROMPT | there)
    assert "Thank you for sharing" in cham.reads
    await cham.presses("open", cham.town.cards.render(form))
    assert cham.sees(Tip).title == form.alike_title


async def test_what_is_pasted_along_unseen_is_left_out(town: Town) -> None:
    """Word's bullets, line ends of Windows and signs that turn a text; the prompt can go to others so."""
    cham, rev = await town.welcomed(champion()), await town.welcomed(champion("Rev Sample"))
    pasted = "\uf0b7 List [what is left]\r\n\uf0b7 by \u202abay\u202c,\x0bthen \u202eby time.\x07"
    await cham.types("share")
    await cham.presses("share", **PROMPT | {"title": "What is\u202e left", "prompt": pasted})
    await rev.types("reviews")
    clean = "List [what is left]\n by bay,\nthen by time."
    shown = rev.sees(ReviewRequest)
    assert (shown.title, shown.prompt) == ("What is left", clean)
    await rev.presses("edit_prompt", prompt=f"{pasted} \uf0b7")
    assert rev.sees(ReviewRequest).prompt == clean
    await rev.presses("approve")
    packed = await pack(town.world, "operator:sample", "CC-BY-4.0")
    assert sealed(packed.bundle, Ed25519PrivateKey.generate())
