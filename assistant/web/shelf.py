"""What happens on the tab of articles: finding, adding, removing, putting back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.rendering import say
from assistant.texts import text
from assistant.web.tables import result_html, table_html
from corpus.errors import UserError
from corpus.records import Document, Language

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from index.collection import AddReport

Result = tuple[str, str, str]
"""Name, `added`, `unchanged` or `refused`, and the reason."""
Order = dict[str, Any]
"""`{"column": name, "descending": bool}`."""
FIRST_ORDER: Order = {"column": "title", "descending": False}


class Shelf:
    """The tab's handlers over one assistant."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def table(self, query: str, order: Order, language: Language) -> str:
        """The table for a query in an order."""
        return table_html(self._assistant.articles(), query or "", order["column"], order["descending"], language)

    def sort(self, query: str, order: Order, language: Language, event: gr.EventData) -> tuple[str, Order]:
        """The table after a heading was pressed; pressing it again turns the order round."""
        column = str(_data(event).get("column", "title"))
        turned = {"column": column, "descending": column == order["column"] and not order["descending"]}
        return self.table(query, turned, language), turned

    def choices(self) -> tuple[Any, Any]:
        """Publishers and articles to restrict a question to."""
        entries = self._assistant.articles()
        publishers = sorted({entry.article.publisher for entry in entries if entry.article.publisher})
        titles = [(entry.article.title, entry.document_id) for entry in entries]
        return gr.update(choices=publishers), gr.update(choices=titles)

    def upload(self, paths: list[str] | None, language: Language) -> Iterator[tuple[str, Any]]:
        """What became of each file, as it becomes known, and the emptied file box at the end."""
        results: list[Result] = []
        files = [Path(path) for path in paths or []]
        for done, file in enumerate(files, 1):
            told = text("upload_progress", language).format(name=file.name, done=done, all=len(files))
            yield result_html(results, language, told), gr.skip()
            try:
                results += _results(self._assistant.add([file]), file.name)
            except UserError as error:
                results.append((file.name, "refused", f"{error.message} {error.help}".strip()))
            finally:
                file.unlink(missing_ok=True)
        yield result_html(results, language), None

    def paste(self, title: str, pasted: str, language: Language) -> tuple[str, str, str]:
        """The result of adding a pasted text, and title and text boxes: emptied, or as they were."""
        name = title.strip() or text("paste", language)
        try:
            results = _results(self._assistant.add_text(pasted, title.strip()), name)
        except UserError as error:
            results = [(name, "refused", f"{error.message} {error.help}".strip())]
        if any(kind == "refused" for _, kind, _ in results):
            return result_html(results, language), title, pasted
        return result_html(results, language), "", ""

    def remove(self, language: Language, event: gr.EventData) -> tuple[str, list[Document], Any]:
        """Remove the articles that the event names; gives the notice, what to put back, and the undo button."""
        ids = [str(id) for id in _data(event).get("ids", [])]
        try:
            documents = [self._assistant.document(id) for id in ids]
            self._assistant.remove(ids)
        except UserError as error:
            return result_html([("", "refused", error.message)], language), [], gr.update(visible=False)
        notice = f'<p role="status">{say("removed", language, number=len(documents))}</p>'
        return notice, documents, gr.update(visible=True)

    def restore(self, documents: Sequence[Document], language: Language) -> tuple[str, list[Document], Any]:
        """Put removed articles back, unchanged."""
        try:
            self._assistant.collection.add(documents)
        except UserError as error:
            return result_html([("", "refused", error.message)], language), list(documents), gr.update(visible=True)
        notice = f'<p role="status">{say("restored", language, number=len(documents))}</p>'
        return notice, [], gr.update(visible=False)

    def restrict(self, language: Language, event: gr.EventData) -> tuple[str, list[str]]:
        """Ask only the articles that the event names."""
        known = {entry.document_id for entry in self._assistant.articles()}
        ids = [str(id) for id in _data(event).get("ids", []) if str(id) in known]
        return f'<p role="status">{say("restricted", language, number=len(ids))}</p>', ids


def _results(report: AddReport, name: str) -> list[Result]:
    results = [(name, "added", "")] * len(report.added) + [(name, "unchanged", "")] * len(report.unchanged)
    return results + [
        (refusal.source or name, "refused", f"{refusal.reason} {refusal.help}".strip()) for refusal in report.refused
    ]


def _data(event: gr.EventData) -> dict[str, Any]:
    data = getattr(event, "_data", None)
    return data if isinstance(data, dict) else {}
