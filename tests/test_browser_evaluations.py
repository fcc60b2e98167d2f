"""Evaluations in a real browser: a set is run, its report read, and compared with the run before."""

import pytest
from browsing import ask

pytestmark = pytest.mark.browser


def _run(page):
    """Run the chosen set and wait for its report; the frame it stands in."""
    shown = page.evaluate("document.querySelector('iframe.report')?.src ?? ''")
    page.click("#eval-run")
    page.wait_for_function("(old) => (document.querySelector('iframe.report')?.src ?? old) !== old", arg=shown)
    frame = page.frame_locator("iframe.report")
    frame.locator("details.q").nth(2).wait_for(state="attached")
    return frame


def test_a_set_is_run_and_compared_with_the_run_before(opened, served):
    page = opened("zh-CN")
    page.get_by_role("tab").nth(2).click()
    page.wait_for_selector("#eval-run")
    page.click("#eval-set input")
    page.get_by_role("option", name="few").click()
    frame = _run(page)
    assert frame.locator("h1").inner_text() == "Yiju 依据 · 评测报告"
    _run(page)
    page.wait_for_selector("#eval-compare")
    page.click("#eval-compare")
    frame.locator("details.q[data-result=same]").nth(2).wait_for(state="attached")
    assert list((served[0].home / "reports").glob("few-*-vs-few-*/compare.html"))
    page.get_by_role("tab").nth(0).click()
    ask(page, "义乌有多少个摊位？")
