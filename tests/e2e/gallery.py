"""Every card with its sample data, drawn by Microsoft's own renderer as Teams dresses it, in both themes.

Teams' own drawing is not to be had without Teams; what its guidelines say of sizes and colours is here. The
font is whatever the machine has, mostly wider than Teams' own, so that what fits here fits there.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from bot.content.cards import Card, expanded, load_templates, translated
from bot.content.catalogues import Catalogue, load_catalogues
from bot.content.checking import samples
from bot.content.files import read_json
from bot.domain.json import Json
from bot.domain.text.language import Language
from tests.playground.processes import ROOT

CARDS = ROOT / "cards"
RENDERER = ROOT / "requirements/node/node_modules/adaptivecards/dist/adaptivecards.js"
WIDTHS = (320, 1000)
"""Pixels: the narrowest phone that people have, and a wide window."""

FONTS = "'Segoe UI', 'Open Sans', sans-serif"
PADDING = 16
SMALLEST_TARGET = 32
"""Pixels that a button or an input is high at least, as Teams draws them; the rules for access ask for 24."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one of Teams' themes, and a grey for what is marked off."""

    name: str
    paper: str
    raised: str
    ink: str
    faint: str
    accent: str
    good: str
    warning: str
    attention: str
    line: str


LIGHT = Theme(
    name="light",
    paper="#ffffff",
    raised="#f5f5f5",
    ink="#242424",
    faint="#616161",
    accent="#5b5fc7",
    good="#237b4b",
    warning="#8f4e00",
    attention="#c4314b",
    line="#d1d1d1",
)
DARK = Theme(
    name="dark",
    paper="#292929",
    raised="#1f1f1f",
    ink="#ffffff",
    faint="#adadad",
    accent="#9ea2ff",
    good="#92c353",
    warning="#f8d22a",
    attention="#ff8b9a",
    line="#616161",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One card to draw."""

    name: str
    language: Language
    card: Card


def every_sample(*languages: Language) -> Iterator[Sample]:
    """Each card with each of its samples in each of the languages."""
    templates, catalogues = load_templates(CARDS), load_catalogues(CARDS / "locale")
    for language in languages:
        catalogue = catalogues[language]
        for kind, path in samples(CARDS):
            data = _said(read_json(path), catalogue)
            card = expanded(translated(templates[kind.template], catalogue), data)
            yield Sample(path.name.removesuffix(".json").replace(".sample", ""), language, card)


def _said(data: Json, catalogue: Catalogue) -> Json:
    """Sample data with the sentences that the catalogue has; but for verdicts, which templates look at."""
    if isinstance(data, dict):
        return {key: one if key == "verdict" else _said(one, catalogue) for key, one in data.items()}
    if isinstance(data, list):
        return [_said(one, catalogue) for one in data]
    return catalogue.text(data) if isinstance(data, str) and data else data


@dataclass(frozen=True, slots=True)
class Gallery:
    """A page that draws one card at a time."""

    page: Page
    folder: Path

    async def draw(self, sample: Sample, theme: Theme, width: int) -> list[str]:
        """Draw a card and everything that it opens, and take its picture; what does not fit, in words."""
        await self.page.set_viewport_size({"width": width, "height": 600})
        await self.page.evaluate(DRAW, [sample.card, host_config(theme), dress(theme), str(sample.language)])
        found = await self._take(sample, theme, width, "")
        if await self.page.evaluate(OPEN):
            found += await self._take(sample, theme, width, "-opened")
        return [f"{sample.name} {sample.language} {theme.name} {width}: {fault}" for fault in found]

    async def _take(self, sample: Sample, theme: Theme, width: int, mark: str) -> list[str]:
        name = f"{sample.language}-{sample.name}{mark}-{theme.name}-{width}.png"
        await self.page.locator("#card").screenshot(path=self.folder / name)
        faults: list[str] = await self.page.evaluate(FAULTS, [SMALLEST_TARGET, PADDING])
        return faults


@asynccontextmanager
async def gallery(chromium: Browser, folder: Path) -> AsyncIterator[Gallery]:
    """A page with the renderer on it. No request leaves it."""
    context = await chromium.new_context(locale="en-GB", device_scale_factor=2)
    await context.route("**/*", lambda route: route.abort())
    page = await context.new_page()
    await page.set_content('<!doctype html><style id="dress"></style><main id="card"></main>')
    await page.add_script_tag(path=RENDERER)
    await page.evaluate(f"() => {{ AdaptiveCards.AdaptiveCard.onProcessMarkdown = {MARKDOWN} }}")
    try:
        yield Gallery(page, folder)
    finally:
        await context.close()


def colours(theme: Theme) -> dict[str, dict[str, str]]:
    """The colours of words; only plain ones have a fainter shade."""
    named = {
        "default": theme.ink,
        "dark": "#242424",
        "light": "#ffffff",
        "accent": theme.accent,
        "good": theme.good,
        "warning": theme.warning,
        "attention": theme.attention,
    }
    faint = {"default": theme.faint, "dark": theme.faint}
    return {name: {"default": value, "subtle": faint.get(name, value)} for name, value in named.items()}


def host_config(theme: Theme) -> dict[str, Any]:
    """What the renderer has to know of Teams: sizes, spaces and this theme's colours."""
    plain = {"foregroundColors": colours(theme), "backgroundColor": theme.paper}
    raised = {"foregroundColors": colours(theme), "backgroundColor": theme.raised}
    marked = dict.fromkeys(("emphasis", "accent", "good", "attention", "warning"), raised)
    return {
        "fontFamily": FONTS,
        "fontSizes": {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24},
        "fontWeights": {"lighter": 300, "default": 400, "bolder": 600},
        "spacing": {
            "small": 8,
            "default": 12,
            "medium": 16,
            "large": 20,
            "extraLarge": 24,
            "padding": PADDING,
        },
        "separator": {"lineThickness": 1, "lineColor": theme.line},
        "imageSizes": {"small": 32, "medium": 52, "large": 100},
        "containerStyles": {"default": plain, **marked},
        "actions": {
            "maxActions": 6,
            "buttonSpacing": 8,
            "actionsOrientation": "horizontal",
            "actionAlignment": "left",
            "showCard": {"actionMode": "inline", "inlineTopMargin": 16, "style": "emphasis"},
        },
        "inputs": {"label": {"inputSpacing": 4, "requiredInputs": {"weight": "bolder"}}},
    }


def dress(theme: Theme) -> str:
    """The styles of buttons and inputs, which the renderer leaves to its host."""
    return f"""
      * {{ box-sizing: border-box }}
      html, body {{ margin: 0; background: {theme.raised}; color-scheme: {theme.name} }}
      #card {{ padding: 8px; background: {theme.raised} }}
      .ac-adaptiveCard, .ac-pushButton, .ac-input {{ border: 1px solid {theme.line}; border-radius: 4px }}
      .ac-adaptiveCard {{ overflow-wrap: anywhere }}
      .ac-actionSet {{ flex-wrap: wrap; gap: 8px }}
      .ac-actionSet > :not(button, .ac-actionSet) {{ display: none }}
      .ac-pushButton, .ac-input {{ min-height: 32px; background: {theme.paper}; color: {theme.ink} }}
      .ac-pushButton {{ padding: 5px 12px; font: 600 14px {FONTS} }}
      .ac-input {{ width: 100%; padding: 5px 8px; font: 400 14px {FONTS} }}
      .ac-input.ac-choiceSetInput-expanded, .ac-input.ac-toggleInput,
      .ac-input.ac-multichoiceInput:not(select) {{ border: 0; padding: 0; background: none }}
      textarea.ac-input {{ min-height: 72px }}
      .ac-input label {{ padding-block: 7px }}
      input[type=radio], input[type=checkbox] {{ width: 16px; height: 16px; flex: none }}
      a {{ color: {theme.accent} }}
      label {{ color: {theme.ink} !important }}
    """


MARKDOWN = """(words, result) => {
  const safe = words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const bold = safe.replace(/\\*\\*(.+?)\\*\\*/g, '<b>$1</b>');
  const linked = bold.replace(/\\[([^\\]]+)\\]\\(([^)]+)\\)/g, '<a href="$2">$1</a>');
  result.outputHtml = linked.split(/\\n+/).map(line => `<p>${line}</p>`).join('');
  result.didProcess = true;
}"""
"""What our cards use of the Markdown that a text block takes: bold words, and links."""

DRAW = """([card, host, dress, language]) => {
  document.documentElement.lang = language;
  document.getElementById('dress').textContent = dress;
  const drawn = new AdaptiveCards.AdaptiveCard();
  drawn.hostConfig = new AdaptiveCards.HostConfig(host);
  drawn.parse(card);
  document.getElementById('card').replaceChildren(drawn.render());
}"""

OPEN = """() => {
  const closed = [...document.querySelectorAll('#card button.expandable')];
  closed.forEach(button => button.click());
  return closed.length;
}"""
"""Open what buttons open; how many there were."""

FAULTS = """([smallest, padding]) => {
  const found = [];
  const card = document.querySelector('#card');
  const right = card.getBoundingClientRect().right;
  const inside = card.querySelector('.ac-adaptiveCard').getBoundingClientRect().right - padding;
  const pen = document.createElement('canvas').getContext('2d');
  for (const one of card.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height) continue;
    const words = (one.innerText || one.id || one.tagName).slice(0, 40);
    if (box.right > right + 1) found.push(`reaches beyond the edge: ${words}`);
    if (one.matches('button, select, textarea, input:not([type=radio]):not([type=checkbox])')) {
      if (box.height < smallest) found.push(`is too small to hit: ${words}`);
      if (box.right > inside) found.push(`is cut off: ${words}`);
      pen.font = getComputedStyle(one).font;
      const hint = one.matches('input') && one.placeholder || '';
      if (pen.measureText(hint).width > one.clientWidth - 16) found.push(`is cut off: ${hint}`);
      if (one.scrollWidth > one.clientWidth + 1) found.push(`is cut off: ${words}`);
      for (const choice of one.options || []) {
        const room = one.clientWidth - 36;
        if (pen.measureText(choice.text).width > room) found.push(`is cut off: ${choice.text}`);
      }
    }
    if (one.matches('input, select, textarea')) {
      const named = one.labels?.length || one.ariaLabel || one.getAttribute('aria-labelledby');
      if (!named) found.push(`has no label: ${words}`);
    }
  }
  return found;
}"""
"""What does not fit, is too small, or has no name for those who do not see it.

A closed list of choices is measured by the longest of them: 36 pixels are its arrow and its edges.
"""
