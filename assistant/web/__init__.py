"""The web page: chat on one side, the quotes that prove each answer on the other."""

from assistant.web.serving import serve

__all__ = ["serve"]
