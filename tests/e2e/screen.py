"""Somebody at the Playground's page: types, clicks, fills in, looks, and takes pictures of cards."""

import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright

from tests.e2e.labels import Input, inputs_of, option

PATIENCE_MILLISECONDS = 20_000
LONG_PATIENCE_MILLISECONDS = 200_000
"""For what comes by itself."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""For root on a machine without a screen, and without what Chromium would fetch for itself."""

READING: ViewportSize = {"width": 1280, "height": 900}
WIDTHS = {"desktop": 1280, "phone": 360}
TALL = 3000
"""Higher than any card, so that a picture shows all of it."""

PHONE = """
  div:has(> h1), [role=region], div:has(> [role=region]), div:has(+ .fai-OutputCard) {
    display: none !important;
  }
  div:has(.ac-adaptiveCard) {
    min-width: 0 !important; width: 100% !important; max-width: 100% !important;
    margin-inline: 0 !important; box-sizing: border-box !important;
  }
  .fai-OutputCard { padding-inline: 8px !important; }
"""
"""The Playground's page is made for a wide screen: this leaves the chat, as a phone shows it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card on the page. It stays this one when a press puts another in its place."""

    screen: "Screen"
    spot: Locator

    async def press(self, button: str, *, then: str = "") -> "Card":
        """Click a button; where the card that follows is to have a button `then`, wait for it."""
        await self._button(button).click()
        if then:
            await self.shows(then)
        return self

    async def shows(self, button: str) -> None:
        """Wait until the card has this button."""
        await self._button(button).wait_for()

    async def says(self, words: str) -> None:
        """Wait until these words are on the card."""
        await self.spot.get_by_text(words).first.wait_for()

    async def fill_in(self, template: str, **values: str) -> "Card":
        """Fill in the inputs of a template, each by its id: type, choose from a list, or click a choice."""
        for name, value in values.items():
            await self._fill_in(inputs_of(template)[name], value)
        return self

    async def choose(self, answers: Mapping[str, str]) -> None:
        """Choose one answer to each question, as they read on the card."""
        for question, answer in answers.items():
            group = self.spot.get_by_role("radiogroup", name=question)
            await group.get_by_label(answer, exact=True).check()

    def _button(self, title: str) -> Locator:
        """The first button with just this title; one that opens an address has the role of a link."""
        return self.spot.locator("button").filter(has_text=re.compile(f"^{re.escape(title)}$")).first

    async def _fill_in(self, one: Input, value: str) -> None:
        match one:
            case {"type": "Input.Text" | "Input.Time"}:
                await self.spot.get_by_label(one["label"]).fill(value)
            case {"isMultiSelect": True}:
                for choice in one["choices"]:
                    box = self.spot.get_by_role("checkbox", name=choice["title"])
                    await box.set_checked(choice["value"] in value.split(","))
            case {"style": "expanded"}:
                group = self.spot.get_by_role("radiogroup", name=one["label"])
                await group.get_by_label(option(one, value), exact=True).check()
            case _:
                await self.spot.get_by_role("combobox", name=one["label"]).click()
                page = self.screen.page
                await page.get_by_role("option", name=option(one, value), exact=True).click()

    async def picture(self, name: str, *, opened: str = "") -> None:
        """Keep two pictures of the card and nothing else: as on a desktop and as on a narrow phone.

        A change of width folds up what a button has `opened` on the card: it is pressed again.
        """
        for device in [*WIDTHS, "reading"]:
            await self.screen.become(device)
            if opened:
                await self.press(opened)
            if device in WIDTHS:
                await self.spot.screenshot(path=self.screen.pictures / f"{name}-{device}.png")


class Screen:
    """One person's page. Cards are found by where they stand in the chat."""

    def __init__(self, page: Page, pictures: Path) -> None:
        self.page = page
        self.pictures = pictures
        self._cards = page.locator(".ac-preview-panel")
        self._seen: set[int] = set()

    async def type(self, line: str) -> None:
        """Type a line and press Enter."""
        box = self.page.get_by_role("textbox").last
        await box.click()
        await self.page.keyboard.type(line)
        await self.page.keyboard.press("Enter")

    async def card(self, button: str, patience: int = PATIENCE_MILLISECONDS) -> Card:
        """The oldest card not looked at yet that has this button; waits for one to come."""
        found = await self.page.wait_for_function(UNSEEN, arg=[button, sorted(self._seen)], timeout=patience)
        at = int(await found.json_value()) - 1
        self._seen.add(at)
        return Card(self, self._cards.nth(at))

    async def become(self, device: Literal["reading"] | str) -> None:
        """Give the page a width, and a phone's look where it is narrow."""
        narrow = device == "phone"
        await self.page.evaluate("on => { document.getElementById('phone').disabled = !on }", narrow)
        size = READING if device == "reading" else ViewportSize(width=WIDTHS[device], height=TALL)
        await self.page.set_viewport_size(size)


UNSEEN = """([button, seen]) => {
  const cards = [...document.querySelectorAll('.ac-preview-panel')];
  const has = card => [...card.querySelectorAll('button')].some(one => one.innerText.trim() === button);
  return 1 + cards.findIndex((card, at) => !seen.includes(at) && has(card));
}"""
"""The place of the first card that has a button and was not seen, counted from 1; 0 while there is none."""


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium, headless."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing; on Debian: apt-get install chromium (.ci/run does it)"
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield chromium
        finally:
            await chromium.close()


@asynccontextmanager
async def screen(chromium: Browser, address: str, pictures: Path) -> AsyncIterator[Screen]:
    """A page of its own at a Playground: opening it installs the app, as the Playground does by itself."""
    context = await chromium.new_context(viewport=READING, device_scale_factor=2, locale="en-GB")
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    page = await context.new_page()
    await page.goto(address)
    await page.get_by_title("Hide log panel").click()
    style = await page.add_style_tag(content=PHONE)
    await style.evaluate("style => { style.id = 'phone'; style.disabled = true }")
    try:
        yield Screen(page, pictures)
    finally:
        await context.close()
