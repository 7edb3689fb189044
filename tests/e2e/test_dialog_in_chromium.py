"""The whole dialog as people do it: clicking and typing in Microsoft's page. Pictures every card."""

import asyncio
import time
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.e2e.screen import LONG_PATIENCE_MILLISECONDS, Card, Screen, browser, screen
from tests.playground.client import Colleague, joined
from tests.playground.trust import Trust

SET_UP = "Send my first tip"
WORKED = "Worked"
SEND = "Send my answers"
CONFIDENCE = "How confident do you feel using AI at work?"
WORKLOAD = "What has AI done to your own workload?"
REVIEW = "Send for review"


@pytest.mark.e2e
async def test_the_whole_dialog(local_trust: Trust, pictures: Path) -> None:
    """Alex meets everything; Megan reviews what Alex shares, and Amara gets it as a tip."""
    async with AsyncExitStack() as stack:
        chromium = await stack.enter_async_context(browser())
        pages = [local_trust.playground(name).address for name in ("Alex", "Megan", "Amara")]
        listening = await stack.enter_async_context(joined(pages[0]))
        alex, megan, amara = [
            await stack.enter_async_context(screen(chromium, page, pictures)) for page in pages
        ]
        await (await amara.card(SET_UP)).press(SET_UP, then=WORKED)
        tip = await arrives(alex)
        times = asyncio.create_task(waiting_times(listening))
        await says_how_it_went(tip)
        await shares(alex)
        await asyncio.gather(reviews(megan), looks_around(alex))
        await asyncio.gather(hears_of_the_review(alex), gets_the_shared_prompt(amara))
        await answers(alex)
        await chooses(alex)
        (pictures / "times.txt").write_text(await times, encoding="utf-8")


async def waiting_times(person: Colleague) -> str:
    """How long what comes by itself took from now on; nothing is promised by a test."""
    start = time.monotonic()
    await person.receives(WORKED, patience=LONG_PATIENCE_MILLISECONDS / 1000)
    tip = time.monotonic() - start
    await person.receives(SEND, patience=LONG_PATIENCE_MILLISECONDS / 1000)
    pulse = time.monotonic() - start
    return (
        "Seconds from set-up at the speed of `make run`\n"
        f"first scheduled tip: {tip:.0f} (a minute is promised)\n"
        f"the two questions:   {pulse:.0f} (three minutes are promised)\n"
    )


async def arrives(alex: Screen) -> Card:
    """The welcome, the three choices, and a tip at once."""
    card = await alex.card(SET_UP)
    await card.picture("01-welcome")
    await card.fill_in("welcome", role="ward-clerk", licence="chat", days="0,1,2,3,4")
    await card.press(SET_UP, then=WORKED)
    await card.picture("02-first-tip")
    return card


async def says_how_it_went(card: Card) -> None:
    """Each outcome and the way on from it; a saved tip; a champion, and another."""
    await card.press("Needed changes", then="Another tip")
    await card.picture("03-needed-changes")
    await card.press("Another tip", then=WORKED)
    await card.press("Did not work", then="Another tip")
    await card.picture("04-did-not-work")
    await card.press("Another tip", then=WORKED)
    await card.picture("05-another-tip")
    await card.press(WORKED, then="Save this one")
    await card.picture("06-worked")
    await card.press("Save this one", then="Remove from saved")
    await card.picture("07-saved-tip")
    await card.press("Ask a champion", then="Ask")
    await card.picture("08-suggested-champions")
    await card.press("Ask", then="I need no help any more")
    await card.picture("08-champion")


async def mend_and_send(card: Card) -> None:
    """Type the prompt without the phone number and hand it in."""
    await card.fill_in("share", prompt="Write a note to visitors about [the new time], in plain words.")
    await card.press(REVIEW, then="Share another")


async def shares(alex: Screen) -> None:
    """A phone number is refused with the exact words; without it the prompt goes to review."""
    await alex.type("share")
    card = await alex.card(REVIEW)
    await card.picture("09-share-form")
    await card.fill_in(
        "share",
        title="Explain a new visiting time",
        prompt="Write a note to visitors about [the new time]. Questions go to 07700 900123.",
        role="ward-clerk",
        check="Compare the times with the sister's own note.",
        data="internal",
    )
    await card.press(REVIEW)
    await card.says("07700 900123")
    await card.picture("10-share-refused")
    try:
        await mend_and_send(card)
    except PlaywrightTimeout:  # the client drew the card once more and lost what was typed: type it again
        await mend_and_send(card)
    await card.picture("11-share-sent")


async def reviews(megan: Screen) -> None:
    """A second person gets the card by herself, asks for it too, approves it, and cannot approve it twice."""
    card = await megan.card("Approve", LONG_PATIENCE_MILLISECONDS)
    await card.picture("12-review")
    await megan.type("review")
    same = await megan.card("Approve")
    await card.press("Approve", then="See what waits for review")
    await card.picture("13-approved")
    await same.press("Approve", then="What can I do?")
    await same.picture("14-already-decided")
    await same.press("What can I do?", then="Ask a champion")


async def looks_around(alex: Screen) -> None:
    """Every word that shows something."""
    for line, button, name in [
        ("hello", "Ask a champion", "15-hello"),
        ("saved", "Remove", "16-saved"),
        ("privacy", "Settings", "17-privacy"),
        ("a notice for visitors", "Open", "18-found"),
        ("zebra", "Ask a champion", "19-not-found"),
        ("summary", "Patient Access", "20-which-group"),
        ("summary Corporate Office", "What can I do?", "22-too-few"),
    ]:
        await alex.type(line)
        card = await alex.card(button)
        await card.picture(name)
        if line == "summary":
            await card.press("Patient Access", then="Help")
            await card.picture("21-summary")
    await alex.type("review")
    card = await alex.card("Approve")
    await card.picture("23-decline", opened="Decline")
    await card.fill_in("review", reason="Good idea. Please say how long the notice may be.")
    await card.press("Decline with this reason", then="See what waits for review")
    await card.picture("24-declined")


async def hears_of_the_review(alex: Screen) -> None:
    """The first scheduled tip, and what became of the shared prompt."""
    tip = await alex.card(WORKED, LONG_PATIENCE_MILLISECONDS)
    await tip.picture("25-scheduled-tip")
    card = await alex.card("Share another", LONG_PATIENCE_MILLISECONDS)
    await card.picture("26-your-prompt-was-approved")


async def gets_the_shared_prompt(amara: Screen) -> None:
    """A ward clerk gets it by the drip, as any other tip."""
    card = await amara.card(WORKED, LONG_PATIENCE_MILLISECONDS)
    while not await card.spot.get_by_text("Explain a new visiting time").count():
        card = await amara.card(WORKED, LONG_PATIENCE_MILLISECONDS)
    await card.picture("27-a-colleagues-prompt")


async def answers(alex: Screen) -> None:
    """Two answers, a thank-you, and other answers."""
    card = await alex.card(SEND, LONG_PATIENCE_MILLISECONDS)
    await card.picture("28-pulse")
    await card.choose({CONFIDENCE: "A little", WORKLOAD: "No change"})
    await card.press(SEND, then="Change my answers")
    await card.picture("29-thank-you-low")
    await card.press("Change my answers", then=SEND)
    await card.choose({CONFIDENCE: "Quite", WORKLOAD: "Much lighter"})
    await card.press(SEND, then="Change my answers")
    await card.picture("30-thank-you")


async def chooses(alex: Screen) -> None:
    """Settings, a pause, a new start and a stop."""
    await alex.type("settings")
    card = await alex.card("Pause 2 weeks")
    await card.picture("31-settings")
    await card.picture("31-settings-more", opened="More choices")
    await card.fill_in("settings", per_week="3", start="08:00")
    await card.press("Save", then="Show me a tip")
    await card.picture("32-settings-saved")
    for line, button, name in [
        ("pause", "Start again", "33-pause"),
        ("resume", "Show me a tip", "34-resume"),
        ("stop", "Start again", "35-stop"),
    ]:
        await alex.type(line)
        card = await alex.card(button)
        await card.picture(name)
    await card.press("Start again", then="Settings")
