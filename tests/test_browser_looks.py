"""The page at all widths and for everyone: no sideways scrolling, sheets on a phone, axe-core."""

import pytest
from browsing import ENGLISH, ask

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 390, 2560])
def test_no_sideways_scrolling(opened, width):
    page = opened(width=width, height=844)
    ask(page, ENGLISH)
    for tab in range(3):
        page.get_by_role("tab").nth(tab).click()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_quotes_open_as_a_sheet_on_a_phone(opened):
    page = opened(width=390, height=844)
    ask(page, ENGLISH)
    assert not page.locator("#side").is_visible()
    page.click("#log .cite >> nth=0")
    page.wait_for_selector("#side .card.lit")
    page.click("[data-act=close-quotes]")
    assert not page.locator("#side").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(opened, axe, scheme):
    page = opened()
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector(".welcome")

    def look():
        page.wait_for_timeout(400)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)")
        assert [v["id"] + ": " + v["nodes"][0]["html"] for v in found if v["impact"] in ("serious", "critical")] == []

    look()
    ask(page, ENGLISH)
    page.hover("#log .cite >> nth=0")
    page.click("#scope button >> nth=0")
    look()
    page.click("#side .quotes:not([hidden]) [data-act=read] >> nth=0")
    page.wait_for_selector("#reader mark.current")
    look()
    page.keyboard.press("Escape")
    page.click(".thumb.bad")
    look()
    page.keyboard.press("Escape")
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector(".articles")
    look()
    page.get_by_role("tab").nth(2).click()
    page.wait_for_selector("#eval-run")
    look()
