"""Every card as people see it: nothing is cut off, too small to hit, or without a name."""

from pathlib import Path

import pytest

from bot.domain.text.language import Language
from tests.e2e.gallery import DARK, LIGHT, WIDTHS, every_sample, gallery
from tests.e2e.screen import browser


@pytest.mark.e2e
async def test_every_card_fits_in_both_themes_and_widths(pictures: Path) -> None:
    """In English and in Welsh, whose words are longer. Then look at the pictures."""
    folder = pictures / "cards"
    folder.mkdir()
    faults = []
    async with browser() as chromium, gallery(chromium, folder) as page:
        for sample in every_sample(Language.ENGLISH, Language.WELSH):
            for theme in (LIGHT, DARK):
                for width in WIDTHS:
                    faults += await page.draw(sample, theme, width)
    assert faults == []
