"""Every word that the page and the answers say, in both languages."""

from __future__ import annotations

from corpus.records import Language

_TEXTS: dict[str, dict[Language, str]] = {
    "tagline": {
        "en": "Answers from English and Chinese articles, proved by exact quotes",
        "zh": "根据中英文文章回答问题，句句有原文引文",
    },
    "ask_placeholder": {"en": "Ask about the articles, in English or Chinese", "zh": "就这些文章提问，中文英文都可以"},
    "send": {"en": "Ask", "zh": "提问"},
    "clear": {"en": "New conversation", "zh": "新对话"},
    "conversation": {"en": "Conversation", "zh": "对话"},
    "quotes_heading": {"en": "Quotes", "zh": "引文"},
    "quotes_empty": {
        "en": "The exact sentences that prove an answer appear here.",
        "zh": "证明回答的原文句子会显示在这里。",
    },
    "quotes_none": {"en": "Nothing in the articles proves an answer.", "zh": "文章里没有能证明答案的内容。"},
    "show_quote": {"en": "Show quote {number}", "zh": "查看引文{number}"},
    "gloss": {"en": "Word by word:", "zh": "逐词释义："},
    "status_answered": {"en": "Answered", "zh": "已回答"},
    "status_conflict": {"en": "Sources differ", "zh": "来源说法不一"},
    "status_not_found": {"en": "Not found", "zh": "未找到"},
    "understanding": {"en": "Reading the question", "zh": "理解问题"},
    "searching": {"en": "Searching the articles", "zh": "检索文章"},
    "reading": {"en": "Reading what was found", "zh": "阅读找到的内容"},
    "start": {"en": "What would you like to know?", "zh": "想了解什么？"},
}


def text(key: str, language: Language) -> str:
    """The words of a key in a language.

    Raises:
        KeyError: The key is unknown.
    """
    return _TEXTS[key][language]


def both(key: str) -> dict[Language, str]:
    """The words of a key in all languages."""
    return dict(_TEXTS[key])


def keys() -> list[str]:
    """All keys, in order."""
    return list(_TEXTS)
