"""The page in a real browser: whole talks, sources at exact characters, hostile articles, keyboard, phone."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import threading
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
if CHROMIUM is None:
    pytest.skip("needs Chromium", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api")

ENGLISH = "What figure did the foreign trade of Yiwu amount to in 2024?"
CHINESE = "义乌国际商贸城里有多少个摊位？"
HOSTILE = """# <img src=x onerror="window.hacked=1"> ${window.hacked=2} {{constructor}} <script>window.hacked=3</script>

The harbour of Zorvania handled 4,321 crates of blue lamps in 2019 <script>window.hacked=4</script><img src=https://evil.example/x.png onerror=window.hacked=5>.
The mayor of Zorvania is Ilmar Quandt [click](javascript:window.hacked=6) ![](https://evil.example/y.png) ${window.hacked=7} {{#if x}}.
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The real assistant over the bundled articles and a hostile one, served on a free port."""
    import uvicorn

    from assistant.facade import Assistant
    from assistant.web.application import build_application
    from assistant.web.serving import free_port

    home = tmp_path_factory.mktemp("home")
    assistant = Assistant.open(home, bundled=True)
    assistant.add_text(HOSTILE)
    port = free_port("127.0.0.1", 8650)
    server = uvicorn.Server(uvicorn.Config(build_application(assistant), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield assistant, f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(20)
    assistant.close()


@pytest.fixture(scope="module")
def chromium():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, served):
    """Opens pages; at the end no page may have met an error or asked another host for anything."""
    address = served[1]
    faults, contexts = [], []

    def open_page(language="en-US", width=1280, height=800):
        context = chromium.new_context(
            locale=language, viewport={"width": width, "height": height}, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((address, "data:", "blob:"))
                else faults.append(f"foreign request: {request.url}")
            ),
        )
        page.set_default_timeout(20_000)
        page.goto(address)
        page.wait_for_selector(".welcome")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def _ask(page, question):
    turns = page.locator("#log .turn").count()
    page.fill("#ask textarea", question)
    page.press("#ask textarea", "Enter")
    page.wait_for_selector(f"#log .turn:not(.live) >> nth={turns}")
    page.wait_for_function("!document.body.dataset.busy")


def _stored(page):
    return page.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('yiju-talk-')).map(([, v]) => JSON.parse(v))"
    )


@pytest.mark.parametrize(
    ("locale", "question", "html_language", "button"),
    [("en-US", ENGLISH, "en", "Ask"), ("zh-CN", CHINESE, "zh-Hans", "提问")],
)
def test_a_talk_whose_marks_open_the_source_at_the_quoted_characters(
    opened, served, locale, question, html_language, button
):
    page = opened(locale)
    assert page.evaluate("document.documentElement.lang") == html_language
    assert page.inner_text("#send").strip() == button
    _ask(page, question)
    assert page.locator("#log .status.answered").count() == 1
    page.click("#log .cite >> nth=0")
    card = page.locator("#side .card.lit")
    assert card.count() == 1
    card.locator("[data-act=read]").click()
    page.wait_for_selector("#reader mark.current")
    highlighted = "".join(page.locator("#reader mark.current").all_text_contents())
    quote = _stored(page)[0]["answers"][0]["quotes"][0]
    text = served[0].document(quote["document_id"]).text
    assert highlighted == quote["text"] == text[slice(*quote["span"])] == card.locator("blockquote").text_content()
    box = page.locator("#reader mark.current >> nth=0").bounding_box()
    assert 0 < box["y"] < 800
    page.keyboard.press("Escape")
    assert not page.locator("#reader").is_visible()


def test_the_switch_of_language_persists(opened):
    page = opened("en-US")
    _ask(page, ENGLISH)
    page.click("#switch")
    page.wait_for_function("document.querySelector('#send')?.innerText.trim() === '提问'")
    page.reload()
    page.wait_for_selector("#log .turn")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert "已回答" in page.inner_text("#log")
    assert page.get_by_role("tab").all_inner_texts() == ["问答", "文章", "评测报告"]


def test_undo_edit_retry_and_conversations_kept_in_the_browser(opened):
    page = opened()
    _ask(page, ENGLISH)
    _ask(page, CHINESE)
    page.click("[data-act=undo]")
    page.wait_for_function("document.querySelectorAll('#log .turn').length === 1")
    assert page.input_value("#ask textarea") == CHINESE
    page.click("[data-act=retry]")
    page.wait_for_function(
        "!document.body.dataset.busy && document.querySelectorAll('#log .turn:not(.live)').length === 1"
    )
    page.click("[data-act=edit]")
    page.wait_for_selector(".welcome")
    page.wait_for_function("document.querySelector('#ask textarea').value.includes('Yiwu')")
    assert page.input_value("#ask textarea") == ENGLISH
    page.fill("#ask textarea", "")
    _ask(page, CHINESE)
    page.click("[data-act=new]")
    page.wait_for_selector(".welcome")
    page.click(".talk-name >> nth=0")
    page.wait_for_selector("#log .turn")
    page.reload()
    page.wait_for_selector("#log .turn")
    assert len(_stored(page)) == 1
    page.click("[data-act=delete]")
    page.click("#confirm button[value=save]")
    page.wait_for_selector(".welcome")
    assert _stored(page) == []


def test_starting_questions_are_answered(opened):
    page = opened()
    page.click(".offer >> nth=0")
    page.wait_for_selector("#log .status.answered")


def test_exports_hold(opened, served, tmp_path):
    from assistant.records import Answer

    page = opened()
    _ask(page, ENGLISH)
    with page.expect_download() as download:
        page.click("[data-act=export_json]")
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    answers = [Answer.from_dict(item) for item in exported["answers"]]
    assert [served[0].verify(quote).value for answer in answers for quote in answer.quotes] == ["ok"] * sum(
        len(answer.quotes) for answer in answers
    )
    assert answers[0].quotes
    with page.expect_download() as download:
        page.click("[data-act=export_markdown]")
    markdown = Path(download.value.path()).read_text(encoding="utf-8")
    assert markdown == answers[0].to_markdown()


def test_feedback_reaches_the_file(opened, served):
    page = opened()
    _ask(page, ENGLISH)
    page.click(".thumb.bad")
    page.check("input[value=quote]")
    page.fill("#feedback textarea", "不对 <b>")
    page.click("#feedback button[value=save]")
    page.wait_for_selector("#toast")
    page.click(".thumb.good")
    page.wait_for_selector(".thumb.good[aria-pressed=true]")
    lines = (served[0].home / "feedback.jsonl").read_text(encoding="utf-8").splitlines()
    first, second = (json.loads(line) for line in lines[-2:])
    assert (first["rating"], first["reason"], first["comment"]) == ("down", "quote", "不对 <b>")
    assert (second["rating"], second["question"]) == ("up", ENGLISH)
    assert first["answer"]["quotes"] == second["answer"]["quotes"] != []


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
    _ask(page, "How many lanterns did the lantern makers of Ovrinsk sell in 2021?")
    quotes = _stored(page)[0]["answers"][0]["quotes"]
    assert quotes
    assert all("Ovrinsk" in quote["article"]["title"] for quote in quotes)


def test_sorting_the_table(opened):
    page = opened()
    page.get_by_role("tab").nth(1).click()
    page.click("th >> text=Date")
    page.wait_for_selector("th[aria-sort=ascending] >> text=Date")
    page.click("th >> text=Date")
    page.wait_for_selector("th[aria-sort=descending] >> text=Date")


def test_by_keyboard_alone(opened):
    page = opened()
    page.wait_for_function("document.activeElement?.matches('#ask textarea')")
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_selector("#log .cite")
    page.wait_for_function("!document.body.dataset.busy")
    page.focus("#log .cite")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement?.matches('#side .card.lit')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader mark.current")
    assert page.evaluate("document.querySelector('#reader').contains(document.activeElement)")
    page.keyboard.press("Escape")
    page.wait_for_function("document.activeElement?.matches('#side .card')")


@pytest.mark.parametrize("width", [360, 390, 2560])
def test_no_sideways_scrolling(opened, width):
    page = opened(width=width, height=844)
    _ask(page, ENGLISH)
    for tab in range(3):
        page.get_by_role("tab").nth(tab).click()
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_quotes_open_as_a_sheet_on_a_phone(opened):
    page = opened(width=390, height=844)
    _ask(page, ENGLISH)
    assert not page.locator("#side").is_visible()
    page.click("#log .cite >> nth=0")
    page.wait_for_selector("#side .card.lit")
    page.click("[data-act=close-quotes]")
    assert not page.locator("#side").is_visible()


def test_hostile_articles_execute_nothing(opened, served):
    page = opened()
    _ask(page, "How many crates of blue lamps did the harbour of Zorvania handle in 2019?")
    quotes = _stored(page)[0]["answers"][0]["quotes"]
    assert any("Zorvania" in quote["text"] for quote in quotes)
    page.click("#side .quotes:not([hidden]) [data-act=read] >> nth=0")
    page.wait_for_selector("#reader mark.current")
    assert "<script>" in page.inner_text("#reader")
    page.keyboard.press("Escape")
    _ask(page, "<img src=x onerror='window.hacked=8'> ${window.hacked=9} {{constructor}} [a](javascript:alert(1))")
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector(".articles")
    page.wait_for_timeout(300)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#log img, #side img, #reader img, .articles img, #log script, #side script").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_stopping_keeps_the_question(opened, served, monkeypatch):
    from assistant.records import Event

    def endless(*arguments, **more):
        for _ in range(400):
            yield Event("step", "searching")
            time.sleep(0.05)

    page = opened()
    monkeypatch.setattr(type(served[0]), "stream", endless)
    page.fill("#ask textarea", "A question that takes long")
    page.press("#ask textarea", "Enter")
    page.wait_for_selector("#stop:visible")
    page.wait_for_selector("#log .step")
    page.click("#stop")
    page.wait_for_selector(".welcome")
    page.wait_for_function("document.querySelector('#ask textarea').value === 'A question that takes long'")
    assert page.locator("#send").is_visible()


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The source of axe-core, from `AXE_CORE` (a file) or from npm."""
    if given := os.environ.get("AXE_CORE"):
        return Path(given).read_text(encoding="utf-8")
    if shutil.which("npm") is None:
        pytest.skip("needs npm")
    folder = tmp_path_factory.mktemp("axe")
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(["npm", "pack", "axe-core@4"], cwd=folder, capture_output=True, timeout=60, check=False)
    packed = list(folder.glob("axe-core-*.tgz"))
    if not packed:
        pytest.skip("axe-core can't be fetched")
    shutil.unpack_archive(packed[0], folder, "gztar", filter="data")
    return (folder / "package" / "axe.min.js").read_text(encoding="utf-8")


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
    _ask(page, ENGLISH)
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


def test_usable_soon(chromium, served):
    page = chromium.new_context().new_page()
    page.goto(served[1])
    page.wait_for_selector(".welcome")
    began = time.perf_counter()
    page.goto(served[1])
    page.wait_for_selector("#ask textarea:visible")
    page.wait_for_selector(".welcome")
    took = time.perf_counter() - began
    page.context.close()
    assert took < 6, "2.5 s on an idle machine; CI shares its cores"


def test_nothing_on_the_page_is_left_untranslated(opened):
    page = opened("zh-CN")
    _ask(page, CHINESE)
    shown = page.inner_text("#tabs")
    assert not re.search(r"\b(?:Quotes|Conversations|Copy|Search in|Answered|__i18n__)\b", shown)
