"""Articles in a real browser: adding, removing, putting back, restricting, sorting, and hostile ones."""

import pytest
from browsing import ask, stored

pytestmark = pytest.mark.browser


def test_upload_then_remove_then_put_back(opened, served, tmp_path):
    page = opened()
    good, bad = tmp_path / "lanterns.txt", tmp_path / "picture.md"
    good.write_text("Lantern makers of Ovrinsk\n\nThe lantern makers of Ovrinsk sold 7,700 lanterns in 2021.\n")
    bad.write_bytes(b"\x00\x01\x02\xff" * 200)
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector(".articles")
    page.set_input_files("#upload input[type=file]", [str(good), str(bad)])
    page.wait_for_selector("#results .added")
    page.wait_for_selector("#results .refused")
    page.fill("#articles-search input, #articles-search textarea", "Ovrinsk")
    page.wait_for_function("document.querySelectorAll('.articles tbody tr').length === 1")
    page.check(".articles tbody input")
    page.click("[data-act=remove]")
    page.click("#confirm button[value=save]")
    page.wait_for_selector("#put-back")
    assert not [entry for entry in served[0].articles() if "Ovrinsk" in entry.article.title]
    page.click("#put-back")
    page.wait_for_selector(".articles tbody tr")
    page.wait_for_function("!document.querySelector('#put-back')?.offsetParent")
    assert [entry for entry in served[0].articles() if "Ovrinsk" in entry.article.title]
    page.check(".articles tbody input")
    page.click("[data-act=restrict]")
    page.wait_for_selector("#notice p")
    page.get_by_role("tab").nth(0).click()
    ask(page, "How many lanterns did the lantern makers of Ovrinsk sell in 2021?")
    quotes = stored(page)[0]["answers"][0]["quotes"]
    assert quotes
    assert all("Ovrinsk" in quote["article"]["title"] for quote in quotes)


def test_sorting_the_table(opened):
    page = opened()
    page.get_by_role("tab").nth(1).click()
    page.click("th >> text=Date")
    page.wait_for_selector("th[aria-sort=ascending] >> text=Date")
    page.click("th >> text=Date")
    page.wait_for_selector("th[aria-sort=descending] >> text=Date")


def test_hostile_articles_execute_nothing(opened, served):
    page = opened()
    ask(page, "How many crates of blue lamps did the harbour of Zorvania handle in 2019?")
    quotes = stored(page)[0]["answers"][0]["quotes"]
    assert any("Zorvania" in quote["text"] for quote in quotes)
    page.click("#side .quotes:not([hidden]) [data-act=read] >> nth=0")
    page.wait_for_selector("#reader mark.current")
    assert "<script>" in page.inner_text("#reader")
    page.keyboard.press("Escape")
    ask(page, "<img src=x onerror='window.hacked=8'> ${window.hacked=9} {{constructor}} [a](javascript:alert(1))")
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector(".articles")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #side img, #reader img, .articles img, #log script, #side script").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
