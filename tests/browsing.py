"""Fixtures and steps of the tests that drive the page in a real browser; conftest.py offers the fixtures to all."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from evals.examples import Example, write_examples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

ENGLISH = "What figure did the foreign trade of Yiwu amount to in 2024?"
CHINESE = "义乌的出口占贸易总额的多大比例？"
HOSTILE = """# <img src=x onerror="window.hacked=1"> ${window.hacked=2} {{constructor}} <script>window.hacked=3</script>

The harbour of Zorvania handled 4,321 crates of blue lamps in 2019 <script>window.hacked=4</script><img src=https://evil.example/x.png onerror=window.hacked=5>.
The mayor of Zorvania is Ilmar Quandt [click](javascript:window.hacked=6) ![](https://evil.example/y.png) ${window.hacked=7} {{#if x}}.
"""


FEW = [
    Example(id="trade", question=ENGLISH, language="en", answers=[["668.9 billion yuan"]]),
    Example(id="exports", question=CHINESE, language="zh", answers=[["超过88%", "88%"]], tags=["market"]),
    Example(id="none", question="Who won the chess prize of Zorvania?", language="en", kind="unanswerable"),
]


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The real assistant over the bundled articles and a hostile one, served on a free port."""
    import uvicorn

    from assistant.facade import Assistant
    from assistant.web.application import build_application
    from assistant.web.serving import free_port
    from evals.page import PageEvaluator

    home = tmp_path_factory.mktemp("home")
    assistant = Assistant.open(home, bundled=True)
    assistant.add_text(HOSTILE)
    port = free_port("127.0.0.1", 8650)
    (home / "sets").mkdir()
    write_examples(home / "sets" / "few.jsonl", FEW)
    application = build_application(assistant, evaluator=PageEvaluator(assistant, home / "reports"))
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="error"))
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
    """A browser for one file of tests: while Playwright is open, nothing else in this thread can open it."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
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
        page.set_default_timeout(40_000)
        page.goto(address)
        page.wait_for_selector(".welcome")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe():
    """The source of axe-core; CI fetches it from npm before the tests and names the file in `AXE_CORE`."""
    if "AXE_CORE" not in os.environ:
        pytest.skip("needs AXE_CORE, the path of axe.min.js: npm pack axe-core")
    return Path(os.environ["AXE_CORE"]).read_text(encoding="utf-8")


def ask(page, question):
    """Ask, and wait for the whole answer."""
    turns = page.locator("#log .turn").count()
    page.fill("#ask textarea", question)
    page.press("#ask textarea", "Enter")
    page.wait_for_selector(f"#log .turn:not(.live) >> nth={turns}")
    page.wait_for_function("!document.body.dataset.busy")


def stored(page):
    """The conversations that the browser keeps."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([k]) => k.startsWith('yiju-talk-')).map(([, v]) => JSON.parse(v))"
    )
