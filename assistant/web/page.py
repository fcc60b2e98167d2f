"""Layout and events of the page; what is shown comes from `assistant.rendering`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.records import Answer, Status, Turn
from assistant.rendering import answer_html, quotes_html, safe
from assistant.texts import text
from corpus.errors import UserError
from corpus.records import Language

if TYPE_CHECKING:
    from assistant.facade import Assistant

STYLE = Path(__file__).with_name("style.css")
REMEMBERED_TURNS = 8
SHOWN_STARTERS = 4

Talk = list[Answer]
"""The answers of one conversation, oldest first."""

READ_LANGUAGE = """
() => {
  const kept = localStorage.getItem("yiju-language");
  const language = kept || (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");
  document.documentElement.lang = language;
  return language;
}
"""
KEEP_LANGUAGE = """
(language) => {
  const other = language === "zh" ? "en" : "zh";
  localStorage.setItem("yiju-language", other);
  document.documentElement.lang = other;
  return other;
}
"""


def build_page(assistant: Assistant) -> gr.Blocks:
    """The whole page over one assistant; many people may use it at once, each with a conversation of their own."""
    with gr.Blocks(title="Yiju 依据", analytics_enabled=False, fill_width=True) as page:
        language = gr.State("en")
        talk = gr.State([])
        with gr.Row(elem_id="header"):
            heading = gr.HTML(_heading("en"))
            switch = gr.Button("中文", elem_id="switch", size="sm", scale=0, min_width=84)
        with gr.Row(equal_height=False, elem_id="columns"):
            with gr.Column(scale=3, min_width=320):
                chat = gr.Chatbot(
                    elem_id="chat",
                    height="62vh",
                    show_label=False,
                    latex_delimiters=[],
                    layout="panel",
                    buttons=["copy"],
                )
                with gr.Row(elem_id="ask-row"):
                    box = gr.Textbox(
                        elem_id="ask", show_label=False, lines=1, max_lines=6, scale=5, autofocus=True, container=False
                    )
                    send = gr.Button(elem_id="send", variant="primary", scale=1, min_width=90)
                starters = gr.Dataset(
                    components=[box], samples=[[""]], show_label=False, elem_id="starters", type="values"
                )
                clear = gr.Button(elem_id="clear", size="sm", variant="secondary")
            with gr.Column(scale=2, min_width=300):
                side = gr.HTML(quotes_html(None, 0, "en"), elem_id="side")

        labels = [heading, switch, box, send, clear, chat, side, starters]

        def localise(chosen: Language, answers: Talk) -> list[Any]:
            return _localised(assistant, chosen, answers)

        page.load(None, None, language, js=READ_LANGUAGE).then(
            localise, [language, talk], labels, api_visibility="private"
        )
        switch.click(None, language, language, js=KEEP_LANGUAGE).then(
            localise, [language, talk], labels, api_visibility="private"
        )

        def respond(question: str, answers: Talk, chosen: Language) -> Iterator[tuple[Any, ...]]:
            yield from _respond(assistant, question, answers, chosen)

        for event in (box.submit, send.click):
            event(
                respond,
                [box, talk, language],
                [box, chat, side, talk],
                api_visibility="private",
                show_progress="hidden",
            )
        starters.click(lambda row: row[0], starters, box, api_visibility="private").then(
            respond, [box, talk, language], [box, chat, side, talk], api_visibility="private", show_progress="hidden"
        )
        clear.click(
            lambda chosen: ([], [], quotes_html(None, 0, chosen)),
            language,
            [talk, chat, side],
            api_visibility="private",
        )
    return page


def _respond(assistant: Assistant, question: str, answers: Talk, language: Language) -> Iterator[tuple[Any, ...]]:
    """The page's states while one question is answered: box, chat, quotes, conversation."""
    shown = [*_messages(answers, language), {"role": "user", "content": safe(question)}]
    panel = quotes_html(answers[-1] if answers else None, len(answers), language)
    if not question.strip():
        yield "", shown[:-1], panel, answers
        return
    turns = [Turn(a.question, a.text, _standalone(a)) for a in answers if a.status is not Status.CHAT]
    try:
        for event in assistant.stream(question, turns[-REMEMBERED_TURNS:]):
            if event.kind == "step":
                line = f'<div class="answer step">{text(event.text, language)} …</div>'
                yield "", [*shown, {"role": "assistant", "content": line}], panel, answers
            elif event.answer is not None:
                answers = [*answers, event.answer]
                yield (
                    "",
                    _messages(answers, language),
                    quotes_html(event.answer, len(answers), language, _today()),
                    answers,
                )
    except UserError as error:
        line = f'<div class="answer fault">{safe(str(error))}</div>'
        yield question, [*shown, {"role": "assistant", "content": line}], panel, answers


def _messages(answers: Talk, language: Language) -> list[dict[str, str]]:
    messages = []
    for turn, answer in enumerate(answers, start=1):
        messages.append({"role": "user", "content": safe(answer.question)})
        messages.append({"role": "assistant", "content": answer_html(answer, turn, language)})
    return messages


def _localised(assistant: Assistant, language: Language, answers: Talk) -> list[Any]:
    """Every label in the page's language, the conversation redrawn."""
    return [
        _heading(language),
        gr.Button("English" if language == "zh" else "中文"),
        gr.Textbox(placeholder=text("ask_placeholder", language)),
        gr.Button(text("send", language)),
        gr.Button(text("clear", language)),
        gr.Chatbot(_messages(answers, language), placeholder=text("start", language)),
        quotes_html(answers[-1] if answers else None, len(answers), language, _today()),
        gr.Dataset(samples=[[question] for question in assistant.starting_questions(language, SHOWN_STARTERS)]),
    ]


def _heading(language: Language) -> str:
    return f'<h1>Yiju <span lang="zh">依据</span></h1><p class="tagline">{text("tagline", language)}</p>'


def _standalone(answer: Answer) -> str:
    return next((entry["standalone"] for entry in answer.trace if "standalone" in entry), "")


def _today() -> date:
    return date.today()
