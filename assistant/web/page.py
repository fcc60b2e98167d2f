"""Layout of the page and which handler each event calls; what is shown comes from `assistant.rendering`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.rendering import say
from assistant.texts import both, keys
from assistant.web.chatting import LONGEST_QUESTION, Chat
from assistant.web.evaluating import Evaluations
from assistant.web.shelf import FIRST_ORDER, Shelf
from corpus.reading import SUFFIXES
from corpus.records import Language

if TYPE_CHECKING:
    from assistant.facade import Assistant

I18N = gr.I18n(
    **{
        locale: {key: both(key)["zh" if locale.startswith("zh") else "en"] for key in keys()}
        for locale in ("en", "zh", "zh-CN", "zh-TW")
    }
)
"""Words of Gradio's own components; the browser picks the language (scripts/basics.js tells it the reader's choice)."""
LISTEN = "yiju.connect(element, trigger)"
"""The page's script speaks to a component's Python handlers through this."""
QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}


class Page:
    """Builds the page over one assistant; many people may use it at once, each with a conversation of their own."""

    def __init__(self, assistant: Assistant, evaluations: Evaluations, at_once: int = 2) -> None:
        self._chat = Chat(assistant)
        self._shelf = Shelf(assistant)
        self._evaluations = evaluations
        self._at_once = at_once

    def warm(self) -> None:
        """Do what the first visitor would otherwise wait for."""
        self._chat.warm()

    def build(self) -> gr.Blocks:
        """The page, ready to be mounted."""
        page: gr.Blocks
        with gr.Blocks(title="Yiju 依据", analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600)) as page:
            self._language = gr.Textbox("en", visible="hidden", elem_id="page-language")
            self._talk = gr.JSON(visible="hidden", elem_id="talk-data")
            self._header = gr.HTML(elem_id="header", js_on_load=None, apply_default_css=False)
            with gr.Tabs(elem_id="tabs"):
                with gr.Tab(I18N("tab_chat"), id="chat"):
                    self._lay_out_chat()
                with gr.Tab(I18N("tab_articles"), id="articles") as articles_tab:
                    self._lay_out_shelf()
                with gr.Tab(I18N("tab_reports"), id="reports") as reports_tab:
                    self._lay_out_evaluations(reports_tab)
            self._wire_chat(page)
            self._wire_shelf(page, articles_tab)
        return page

    def _lay_out_chat(self) -> None:
        with gr.Row(equal_height=False, elem_id="columns"):
            self._talks = gr.HTML(
                '<div id="talks-list"></div>', elem_id="talks", js_on_load=None, apply_default_css=False
            )
            with gr.Column(elem_id="main", scale=3, min_width=300):
                self._log = gr.HTML(elem_id="log", js_on_load=LISTEN, apply_default_css=False)
                with gr.Row(elem_id="ask-row"):
                    self._box = gr.Textbox(
                        elem_id="ask", label=I18N("ask_label"), show_label=False, container=False, scale=5, lines=1,
                        max_lines=6, max_length=LONGEST_QUESTION, placeholder=I18N("ask_placeholder"),
                    )  # fmt: skip
                    self._send = gr.Button(I18N("send"), elem_id="send", variant="primary", scale=0, min_width=92)
                    self._stop = gr.Button(I18N("stop"), elem_id="stop", variant="stop", scale=0, min_width=92)
                with gr.Accordion(I18N("scope"), open=False, elem_id="scope"):
                    self._lay_out_scope()
            self._side = gr.HTML(elem_id="side", js_on_load=None, apply_default_css=False)

    def _lay_out_scope(self) -> None:
        with gr.Row():
            self._languages = gr.CheckboxGroup(
                [("English", "en"), ("中文", "zh")], label=I18N("scope_languages"), min_width=210
            )
            self._first = gr.Textbox(label=I18N("scope_first"), max_length=10, placeholder="2026-01-31", min_width=130)
            self._last = gr.Textbox(label=I18N("scope_last"), max_length=10, placeholder="2026-01-31", min_width=130)
        with gr.Row():
            self._publishers = gr.Dropdown([], multiselect=True, label=I18N("scope_publishers"), min_width=150)
            self._documents = gr.Dropdown([], multiselect=True, label=I18N("scope_documents"), min_width=210)
        self._clear = gr.Button(I18N("scope_clear"), elem_id="scope-clear", size="sm")
        self._scope = [self._languages, self._publishers, self._documents, self._first, self._last]

    def _lay_out_shelf(self) -> None:
        self._order = gr.State(FIRST_ORDER)
        self._removed = gr.State([], time_to_live=3600)
        with gr.Row(equal_height=False, elem_id="shelf"):
            with gr.Column(scale=3, min_width=300):
                self._query = gr.Textbox(
                    label=I18N("articles_search"), show_label=False, container=False,
                    placeholder=I18N("articles_search"), elem_id="articles-search", max_length=200,
                )  # fmt: skip
                with gr.Row(elem_id="notice-row"):
                    self._notice = gr.HTML(elem_id="notice", js_on_load=None, apply_default_css=False)
                    self._put_back = gr.Button(
                        I18N("removed_undo"), visible=False, elem_id="put-back", size="sm", scale=0, min_width=90
                    )
                self._shelf_actions = gr.HTML(elem_id="shelf-actions", js_on_load=None, apply_default_css=False)
                self._table = gr.HTML(elem_id="articles-table", js_on_load=LISTEN, apply_default_css=False)
            with gr.Column(scale=2, min_width=300):
                self._files = gr.File(
                    label=I18N("upload"),
                    file_count="multiple",
                    file_types=list(SUFFIXES),
                    type="filepath",
                    elem_id="upload",
                    height=150,
                )
                self._results = gr.HTML(elem_id="results", js_on_load=None, apply_default_css=False)
                self._paste_title = gr.Textbox(label=I18N("paste_title"), max_length=500)
                self._paste_text = gr.Textbox(label=I18N("paste_text"), lines=8, max_lines=16, elem_id="paste-text")
                self._paste_add = gr.Button(I18N("paste_add"), elem_id="paste-add")

    def _lay_out_evaluations(self, tab: gr.Tab) -> None:
        tab_of = self._evaluations
        with gr.Row(elem_id="eval-row", visible=tab_of.can_run):
            chosen = gr.Dropdown([], label=I18N("eval_set"), info=I18N("eval_set_hint"), elem_id="eval-set", scale=3)
            run = gr.Button(I18N("eval_run"), elem_id="eval-run", variant="primary", scale=0, min_width=110)
            stop = gr.Button(I18N("stop"), elem_id="eval-stop", variant="stop", scale=0, min_width=110, visible=False)
        progress = gr.HTML(elem_id="eval-progress", js_on_load=None, apply_default_css=False)
        with gr.Row(elem_id="report-row"):
            report = gr.Dropdown([], label=I18N("report"), elem_id="report-choice", scale=3)
            before = gr.Dropdown([], label=I18N("eval_before"), elem_id="eval-before", scale=2, visible=False)
            compare = gr.Button(I18N("eval_compare"), elem_id="eval-compare", scale=0, min_width=110, visible=False)
        frame = gr.HTML(elem_id="report-frame", js_on_load=None, apply_default_css=False)
        timer = gr.Timer(1.0, active=False)
        parts = {
            "set": chosen, "run": run, "stop": stop, "progress": progress, "report": report, "before": before,
            "compare": compare, "frame": frame, "timer": timer,
        }  # fmt: skip

        def on(trigger: Any, handler: Callable[..., dict[str, Any]], *inputs: Any) -> None:  # noqa: ANN401
            """Wire a handler that gives some of the parts; the others stay as they are."""

            def handle(*given: Any) -> list[Any]:  # noqa: ANN401
                shown = handler(*given)
                return [shown.get(name, gr.skip()) for name in parts]

            trigger(handle, [*inputs, self._language], list(parts.values()), **QUIET)

        on(tab.select, tab_of.enter)
        on(run.click, tab_of.start, chosen)
        on(stop.click, tab_of.stop)
        on(timer.tick, tab_of.tick)
        on(report.input, tab_of.show, report)
        on(compare.click, tab_of.compare, report, before)

    def _wire_chat(self, page: gr.Blocks) -> None:
        inputs = [self._box, self._talk, self._language, *self._scope]
        shown = [self._log, self._side, self._talk]
        outputs = [self._box, *shown]
        limits = {**QUIET, "concurrency_limit": self._at_once, "concurrency_id": "answers"}
        page.load(
            self._arrive, [self._talk, self._language],
            [self._header, *shown, self._language, self._shelf_actions, self._results],
            js="() => yiju.arrive()", **QUIET,
        ).then(None, self._talk, None, js="(talk) => yiju.arrived(talk)", **QUIET).then(
            self._shelf.choices, None, [self._publishers, self._documents], **QUIET
        )  # fmt: skip
        running: list[Any] = []
        for trigger, handler in (
            (self._box.submit, self._chat.ask),
            (self._send.click, self._chat.ask),
            (self._log.input, self._chat.act),
        ):
            event = trigger(handler, inputs, outputs, js="(...given) => yiju.busy(given)", **limits)
            event.then(None, self._talk, None, js="(talk) => yiju.done(talk)", **QUIET)
            running.append(event)
        self._stop.click(
            lambda talk, language: self._chat.show(talk, language), [self._talk, self._language], shown,
            cancels=running, queue=False, js="(...given) => yiju.stopping(given)", **QUIET,
        ).then(None, None, self._box, js="() => yiju.stopped()", **QUIET).then(
            self._chat.show, [self._talk, self._language], shown, **QUIET
        )  # fmt: skip
        self._log.select(
            self._chat.show,
            [self._talk, self._language],
            shown,
            js="(talk, language) => yiju.opening(language)",
            **QUIET,
        ).then(None, self._talk, None, js="(talk) => yiju.opened(talk)", **QUIET)
        self._clear.click(lambda: ([], [], [], "", ""), None, self._scope, **QUIET)

    def _wire_shelf(self, page: gr.Blocks, tab: gr.Tab) -> None:
        view = [self._query, self._order, self._language]
        tab.select(self._shelf.table, view, self._table, **QUIET)
        self._query.change(self._shelf.table, view, self._table, trigger_mode="always_last", **QUIET)
        self._table.select(self._shelf.sort, view, [self._table, self._order], **QUIET)
        changes = [
            self._files.upload(
                self._shelf.upload, [self._files, self._language], [self._results, self._files],
                concurrency_limit=1, concurrency_id="adding", **QUIET,
            ),
            self._paste_add.click(
                self._shelf.paste, [self._paste_title, self._paste_text, self._language],
                [self._results, self._paste_title, self._paste_text], concurrency_id="adding", **QUIET,
            ),
            self._table.delete(
                self._shelf.remove, self._language, [self._notice, self._removed, self._put_back],
                concurrency_id="adding", **QUIET,
            ),
            self._put_back.click(
                self._shelf.restore, [self._removed, self._language], [self._notice, self._removed, self._put_back],
                concurrency_id="adding", **QUIET,
            ),
        ]  # fmt: skip
        for change in changes:
            change.then(self._shelf.table, view, self._table, **QUIET).then(
                self._shelf.choices, None, [self._publishers, self._documents], **QUIET
            )
        self._table.input(self._shelf.restrict, self._language, [self._notice, self._documents], **QUIET)

    def _arrive(self, talk: object, language: str) -> tuple[Any, ...]:
        """Everything that depends on the language, and the conversation that the browser kept."""
        chosen: Language = "zh" if language == "zh" else "en"
        hint = f'<p class="hint">{say("upload_hint", chosen)}</p>'
        return header_html(chosen), *self._chat.show(talk, chosen), chosen, shelf_actions_html(chosen), hint


def header_html(language: Language) -> str:
    """Name, tagline and the switch of language."""
    other = "en" if language == "zh" else "zh"
    return (
        f'<div class="bar"><div><h1>Yiju <span lang="zh-Hans">依据</span></h1><p>{say("tagline", language)}</p></div>'
        f'<button type="button" id="switch" data-act="switch" data-language="{other}" lang="{other}" '
        f'title="{say("switch_language", language)}">{say("other_language", language)}</button></div>'
    )


def shelf_actions_html(language: Language) -> str:
    """Buttons that act on the articles selected in the table."""
    return "".join(
        f'<button type="button" class="tool strong" data-act="{act}">{say(key, language)}</button>'
        for act, key in (("restrict", "ask_these"), ("remove", "remove_these"))
    )
