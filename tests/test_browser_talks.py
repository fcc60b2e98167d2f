"""Conversations in a real browser: asking, marks and sources, going back, exports, feedback, languages, stopping."""

import json
import re
import time
from pathlib import Path

import pytest
from browsing import CHINESE, ENGLISH, ask, stored

from assistant.cli import main
from assistant.records import Event

pytestmark = pytest.mark.browser


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
    ask(page, question)
    assert page.locator("#log .status.answered").count() == 1
    page.click("#log .cite >> nth=0")
    card = page.locator("#side .card.lit")
    assert card.count() == 1
    card.locator("[data-act=read]").click()
    page.wait_for_selector("#reader mark.current")
    highlighted = "".join(page.locator("#reader mark.current").all_text_contents())
    quote = stored(page)[0]["answers"][0]["quotes"][0]
    text = served[0].document(quote["document_id"]).text
    assert highlighted == quote["text"] == text[slice(*quote["span"])] == card.locator("blockquote").text_content()
    box = page.locator("#reader mark.current >> nth=0").bounding_box()
    assert 0 < box["y"] < 800
    page.keyboard.press("Escape")
    assert not page.locator("#reader").is_visible()


def test_the_switch_of_language_persists(opened):
    page = opened("en-US")
    ask(page, ENGLISH)
    page.click("#switch")
    page.wait_for_function("document.querySelector('#send')?.innerText.trim() === '提问'")
    page.reload()
    page.wait_for_selector("#log .turn")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert "已回答" in page.inner_text("#log")
    assert page.get_by_role("tab").all_inner_texts() == ["问答", "文章", "评测"]


def test_nothing_on_the_page_is_left_untranslated(opened):
    page = opened("zh-CN")
    ask(page, CHINESE)
    shown = page.inner_text("#tabs")
    assert not re.search(r"\b(?:Quotes|Conversations|Copy|Search in|Answered|__i18n__)\b", shown)


def test_undo_edit_retry_and_conversations_kept_in_the_browser(opened):
    page = opened()
    ask(page, ENGLISH)
    ask(page, CHINESE)
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
    ask(page, CHINESE)
    page.click("[data-act=new]")
    page.wait_for_selector(".welcome")
    page.click(".talk-name >> nth=0")
    page.wait_for_selector("#log .turn")
    page.reload()
    page.wait_for_selector("#log .turn")
    assert len(stored(page)) == 1
    page.click("[data-act=delete]")
    page.click("#confirm button[value=save]")
    page.wait_for_selector(".welcome")
    assert stored(page) == []


def test_starting_questions_are_answered(opened):
    page = opened()
    page.click(".offer >> nth=0")
    page.wait_for_selector("#log .status.answered")


def test_exports_hold(opened, served, tmp_path):
    from assistant.records import Answer

    page = opened()
    ask(page, ENGLISH)
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


def test_the_command_verifies_an_export(opened, served, capsys):
    page = opened()
    ask(page, ENGLISH)
    with page.expect_download() as download:
        page.click("[data-act=export_json]")
    assert main(["verify", str(download.value.path()), "--home", str(served[0].home)]) == 0
    assert capsys.readouterr().out.startswith("ok")


def test_two_tabs_hold_two_conversations(opened):
    page = opened()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".welcome")
    ask(page, ENGLISH)
    ask(other, CHINESE)
    ask(page, CHINESE)
    kept = {len(talk["answers"]): talk["name"] for talk in stored(page)}
    assert kept == {2: ENGLISH, 1: CHINESE}


def test_who_is_turned_away_keeps_the_question(opened):
    page = opened("zh-CN")
    page.route("**/queue/join*", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    page.fill("#ask textarea", CHINESE)
    page.press("#ask textarea", "Enter")
    page.wait_for_selector("#toast >> text=现在提问的人很多")
    page.unroute("**/queue/join*")
    assert page.input_value("#ask textarea") == CHINESE
    page.press("#ask textarea", "Enter")
    page.wait_for_selector("#log .status.answered")


def test_a_question_kept_to_a_language_and_to_days(opened):
    page = opened()
    page.click("#scope button >> nth=0")
    page.get_by_label("中文").check()
    ask(page, ENGLISH)
    page.get_by_label("From date").fill("2099-01-01")
    ask(page, ENGLISH)
    page.get_by_label("From date").fill("soon")
    page.fill("#ask textarea", ENGLISH)
    page.press("#ask textarea", "Enter")
    page.wait_for_selector("#log .fault >> text=2026-01-31")
    first, second = stored(page)[0]["answers"]
    assert {quote["article"]["language"] for quote in first["quotes"]} == {"zh"}
    assert (second["status"], second["quotes"]) == ("not_found", [])


def test_feedback_reaches_the_file(opened, served):
    page = opened()
    ask(page, ENGLISH)
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


def endless(*arguments, **more):
    """A stream that has not come to its first word after many seconds."""
    for _ in range(400):
        yield Event("step", "searching")
        time.sleep(0.05)


def test_stopping_keeps_the_question(opened, served, monkeypatch):
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


def test_a_reload_in_the_middle_loses_nothing(opened, served, monkeypatch):
    page = opened()
    ask(page, ENGLISH)
    with monkeypatch.context() as patched:
        patched.setattr(type(served[0]), "stream", endless)
        page.fill("#ask textarea", "A question that takes long")
        page.press("#ask textarea", "Enter")
        page.wait_for_selector("#log .step")
        page.reload()
        page.wait_for_selector("#log .turn")
    page.wait_for_function("document.querySelector('#ask textarea').value === 'A question that takes long'")
    assert [answer["question"] for answer in stored(page)[0]["answers"]] == [ENGLISH]
    ask(page, CHINESE)
    assert len(stored(page)[0]["answers"]) == 2


def test_a_server_that_is_gone_is_told_and_the_conversation_kept(opened):
    page = opened()
    ask(page, ENGLISH)
    page.context.set_offline(True)
    page.fill("#ask textarea", "A question that nobody hears")
    page.press("#ask textarea", "Enter")
    page.wait_for_selector("#gone")
    assert "kept in your browser" in page.inner_text("#gone")
    page.wait_for_function("!document.body.dataset.busy")
    page.context.set_offline(False)
    page.wait_for_selector("#gone", state="detached")
    page.reload()
    page.wait_for_selector("#log .turn")
    page.wait_for_function("document.querySelector('#ask textarea').value === 'A question that nobody hears'")
    assert len(stored(page)[0]["answers"]) == 1
