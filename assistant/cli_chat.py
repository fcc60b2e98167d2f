"""A talk in the terminal: line editing, history kept in the home folder, quotes under each answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from assistant.cli_commands import show_answer
from assistant.facade import Assistant
from assistant.records import Status, Turn
from corpus.errors import UserError

GREETING = (
    "Ask about the articles, in English or Chinese. /list shows them, /new starts afresh, /quit or Ctrl-D leaves."
)
REMEMBERED_TURNS = 8


def talk(assistant: Assistant) -> None:
    """Read questions and print answers until the end of input."""
    print(GREETING)
    turns: list[Turn] = []
    for line in _lines(assistant):
        match line.strip():
            case "":
                continue
            case "/quit" | "/exit":
                return
            case "/new":
                turns.clear()
                print("A new conversation.")
            case "/list":
                for entry in assistant.articles():
                    print(f"  {entry.article.language}  {entry.article.title}")
            case question:
                _answer(assistant, question, turns)


def _answer(assistant: Assistant, question: str, turns: list[Turn]) -> None:
    try:
        answer = assistant.ask(question, turns[-REMEMBERED_TURNS:])
    except UserError as error:
        print(error)
        return
    print(f"\n{show_answer(answer)}\n")
    if answer.status is not Status.CHAT:
        standalone = next((entry["standalone"] for entry in answer.trace if "standalone" in entry), "")
        turns.append(Turn(question, answer.text, standalone))


def _lines(assistant: Assistant) -> Iterator[str]:
    """Lines as typed; plain reading where no terminal is attached."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    session: PromptSession[str] = PromptSession(history=FileHistory(str(assistant.home / "chat_history")))
    while True:
        try:
            yield session.prompt("> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
