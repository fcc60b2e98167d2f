"""Speed of the web page over the bundled articles: until it is usable, until the first words, with 20 people at once.

The real command serves it in a process of its own. People at once speak the page's own protocol; what one person sees
is measured in Chromium, where that is installed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from evals.about import today, versions
from evals.examples import BUNDLED, Example, read_examples
from evals.metrics.latency import Latency, latency
from evals.storing import RunFiles
from evals.tables import table

SEED = 13
PEOPLE = 20
ASKED, OPENED = 12, 5
"""Questions asked, and pages opened, one after the other in the browser."""
TARGETS = {"page_usable": 2.5, "first_words": 0.3, "people_at_once": 3.0, "peak_memory_gigabytes": 1.5}
_UP_WITHIN = 120.0
_FIRST_WORDS = """(question) => new Promise((resolve) => {
  const box = document.querySelector("#ask textarea"), log = document.querySelector("#log");
  const turns = log.querySelectorAll(".turn").length, began = performance.now();
  const watch = new MutationObserver(() => {
    const last = [...log.querySelectorAll(".turn")].at(turns)?.querySelector(".answer:not(.step)");
    if (last?.innerText.trim()) { watch.disconnect(); resolve((performance.now() - began) / 1000); }
  });
  watch.observe(log, { childList: true, subtree: true, characterData: true });
  box.value = question;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => box.dispatchEvent(new KeyboardEvent("keypress", { key: "Enter", bubbles: true })));
})"""


def web_command(options: argparse.Namespace, say: Callable[[str], None]) -> int:
    """`python -m evals speed --web`: prints a table and writes `speed-web.json`."""
    files = RunFiles(options.out)
    questions = _questions()
    with _served() as (address, process, seconds):
        results: dict[str, Any] = {"server_up": seconds}
        browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if browser:
            results |= _in_browser(browser, address, questions)
        else:
            say("There is no Chromium: what one person sees is not measured.")
        waits, failed = people_at_once(address, questions[:PEOPLE])
        results |= {"people_at_once": _plain(latency(waits)), "people_failed": failed}
        results["peak_memory_gigabytes"] = _peak_memory(process.pid)
    results |= {"date": today().isoformat(), "versions": versions(("yiju", "gradio"))}
    files.write("speed-web.json", [json.dumps(results, indent=1, sort_keys=True) + "\n"])
    say(table(["measure", "n", "median", "longest", "target"], _lines(results)))
    return 0


def people_at_once(address: str, questions: Sequence[str]) -> tuple[list[float], int]:
    """Seconds that each of several people waits for a whole answer, all asking at one moment; and how many got none.

    Args:
        address: Of the page, with a slash at its end.
        questions: One for each of them.
    """
    number = _asking_function(address)

    def wait(person: tuple[int, str]) -> float | None:
        began = time.perf_counter()
        try:
            good = _ask_as_page(address, number, *person)
        except (OSError, ValueError):
            good = False
        return time.perf_counter() - began if good else None

    with ThreadPoolExecutor(len(questions)) as pool:
        waits = list(pool.map(wait, enumerate(questions)))
    return [seconds for seconds in waits if seconds is not None], waits.count(None)


def _ask_as_page(address: str, function: int, person: int, question: str) -> bool:
    """Whether a question asked over the page's queue was answered."""
    session = f"person{person}"
    data: list[object] = [question, None, "en", [], [], [], "", ""]
    body = {"data": data, "fn_index": function, "session_hash": session, "event_data": None, "trigger_id": None}
    request = urllib.request.Request(
        f"{address}gradio_api/queue/join", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=60).close()
    with urllib.request.urlopen(f"{address}gradio_api/queue/data?session_hash={session}", timeout=60) as stream:
        for line in stream:
            if line.startswith(b"data:"):
                message = json.loads(line[5:])
                if message["msg"] == "process_completed":
                    return bool(message["success"])
    return False


def _asking_function(address: str) -> int:
    """Number of the page's function that answers a question."""
    with urllib.request.urlopen(f"{address}config", timeout=60) as response:
        config = json.load(response)
    return next(int(each["id"]) for each in config["dependencies"] if "yiju.busy" in str(each.get("js")))


def _in_browser(browser: str, address: str, questions: Sequence[str]) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=flags)
        opening = []
        for _ in range(OPENED):
            page = chromium.new_context(locale="en-US").new_page()
            began = time.perf_counter()
            page.goto(address)
            page.wait_for_selector("#ask textarea:visible")
            page.wait_for_selector(".welcome")
            opening.append(time.perf_counter() - began)
        words = []
        for question in questions[:ASKED]:
            words.append(float(page.evaluate(_FIRST_WORDS, question)))
            page.wait_for_function("!document.body.dataset.busy")
        chromium.close()
    return {"page_usable": _plain(latency(opening)), "first_words": _plain(latency(words))}


@contextmanager
def _served() -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    """The page over the bundled articles: its address, its process, and the seconds until it answered."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    with tempfile.TemporaryDirectory(prefix="yiju-speed-") as home:
        command = [sys.executable, "-m", "evals.command_line", "serve", "--home", home, "--port", str(port)]
        began = time.perf_counter()
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
            try:
                while not _alive(address):
                    if process.poll() is not None or time.perf_counter() - began > _UP_WITHIN:
                        raise UserError("The page does not come up.", "Try: yiju serve")
                    time.sleep(0.05)
                yield address, process, time.perf_counter() - began
            finally:
                process.terminate()


def _alive(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}page/alive", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


def _questions() -> list[str]:
    """Questions of the bundled set without earlier turns, chosen by a fixed seed."""
    alone: list[Example] = [example for example in read_examples(BUNDLED) if not example.history]
    return [example.question for example in random.Random(SEED).sample(alone, max(PEOPLE, ASKED))]


def _peak_memory(process: int) -> float | None:
    """Largest resident size of a process so far, in gigabytes; None where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e9


def _plain(times: Latency | None) -> dict[str, Any] | None:
    return asdict(times) if times else None


def _lines(results: dict[str, Any]) -> list[list[str]]:
    names = {
        "page_usable": "page usable",
        "first_words": "first words of an answer",
        "people_at_once": f"whole answer, {PEOPLE} people at once ({results['people_failed']} failed)",
    }
    lines = [["server up (articles indexed)", "1", f"{results['server_up']:.1f} s", "", ""]]
    for key, name in names.items():
        if times := results.get(key):
            row = [name, str(times["count"]), f"{times['p50']:.2f} s", f"{times['longest']:.2f} s"]
            lines.append([*row, f"{TARGETS[key]:g} s"])
    if memory := results["peak_memory_gigabytes"]:
        lines.append(
            ["peak memory of the server", "1", f"{memory:.2f} GB", "", f"{TARGETS['peak_memory_gigabytes']:g} GB"]
        )
    return lines
