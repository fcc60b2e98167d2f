"""Second floor: questions in, answers with verbatim quotes out.

The library's names are here; importing them is light, heavy parts load on first use.
"""

from typing import TYPE_CHECKING

from assistant.records import Answer, AnswerType, ArticleEntry, Event, Quote, Status, Turn
from corpus.errors import UserError
from index.records import Scope

if TYPE_CHECKING:
    from assistant.facade import Assistant
    from assistant.settings import AssistantSettings

__all__ = [
    "Answer",
    "AnswerType",
    "ArticleEntry",
    "Assistant",
    "AssistantSettings",
    "Event",
    "Quote",
    "Scope",
    "Status",
    "Turn",
    "UserError",
]


def __getattr__(name: str) -> object:
    """Load the façade and the settings only when they are asked for."""
    if name == "Assistant":
        from assistant.facade import Assistant

        return Assistant
    if name == "AssistantSettings":
        from assistant.settings import AssistantSettings

        return AssistantSettings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
