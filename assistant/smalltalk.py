"""Replies to what is no question about the articles: greetings, thanks, "what can you do", "which articles"."""

from __future__ import annotations

import re
from typing import Protocol

from assistant.records import Answer, Status
from corpus.errors import UserError
from corpus.languages import detect_language
from corpus.records import Article, Language

LONGEST_QUESTION = 10_000
"""Characters that a question may have."""
LISTED_ARTICLES = 12

_PATTERNS: dict[str, tuple[str, ...]] = {
    "greeting": (
        r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening))(?:[ ,]+(?:there|yiju|all))?",
        r"(?:你好|您好|嗨|哈喽|早上好|下午好|晚上好|大家好)[啊呀]?(?:[ ,，]*依据)?",
    ),
    "thanks": (
        r"(?:ok(?:ay)?[, ]*)?(?:many )?(?:thanks|thank you|thx|cheers|great)(?: (?:a lot|so much|very much|you))?",
        r"(?:好的?[，, ]*)?(?:谢谢|多谢|感谢|好的)[你您啦了]?",
    ),
    "farewell": (r"bye(?:[- ]bye)?|goodbye|see you(?: later)?", r"再见|拜拜|回头见"),
    "ability": (
        r"what (?:can|do) you do|what are you(?: for)?|who are you|what is (?:this|yiju)|help(?: me)?",
        r"how (?:do|can) (?:i|you) (?:use (?:this|you)|work)",
        r"你(?:是谁|能(?:做|干)(?:什么|啥)|会(?:做)?什么|有什么用)|你可以(?:帮我)?做(?:什么|些什么)",
        r"怎么(?:用|使用)|如何使用|帮助",
    ),
    "count": (
        r"how many (?:articles|sources|documents|files|reports)"
        r"(?: do you (?:have|know)| are there| can you (?:read|search)| have you (?:read|got))?(?: in (?:all|total))?",
        r"(?:你|这里|一共|总共|共)*有(?:多少|几)篇?(?:文章|资料|报道)|(?:文章|资料)(?:一共|总共)?有(?:多少|几)篇",
    ),
    "articles": (
        r"(?:which|what) (?:articles|sources|documents|files)"
        r"(?: do you have| are (?:there|in here|available)| can you (?:read|search))?",
        r"(?:list|show)(?: me)?(?: all)?(?: the| your)? (?:articles|sources|documents)",
        r"what (?:do you know about|are (?:these|the) articles about|topics (?:do you|are) cover(?:ed)?)",
        r"(?:你|这里|一共)?(?:都)?有(?:哪些|什么)(?:文章|资料|来源|报道)|(?:列出|显示)(?:所有|全部)?(?:的)?文章",
        r"(?:这些)?文章(?:都)?(?:讲|关于|说)(?:了|的)?(?:什么|些什么)",
    ),
}
"""For each kind the whole sentences that are of it, without end marks."""

_TEXTS: dict[str, dict[Language, str]] = {
    "greeting": {
        "en": "Hello. Ask me about the articles, in English or Chinese; every answer comes with exact quotes.",
        "zh": "你好。请就这些文章提问，中文英文都可以；每个回答都附有原文引文。",
    },
    "thanks": {"en": "You are welcome. What else would you like to know?", "zh": "不客气。还想了解什么？"},
    "farewell": {"en": "Goodbye.", "zh": "再见。"},
    "ability": {
        "en": "I answer questions from {count} articles in English and Chinese and prove every answer "
        "with exact quotes. If the articles do not tell, I say so.",
        "zh": "我根据{count}篇中英文文章回答问题，每个回答都用原文引文证明；文章里没有的，我会直说。",
    },
    "count": {
        "en": "There are {count} articles, {en} in English and {zh} in Chinese.",
        "zh": "共有{count}篇文章，其中中文{zh}篇，英文{en}篇。",
    },
    "articles": {"en": "There are {count} articles:", "zh": "共有{count}篇文章："},
    "empty": {
        "en": "There are no articles yet. Add some, for instance with `yiju add FOLDER`.",
        "zh": "还没有文章。请先添加，例如：`yiju add 文件夹`。",
    },
}


class Articles(Protocol):
    """What a reply needs to know of a collection."""

    def articles(self) -> list[tuple[str, Article, int]]:
        """Id, metadata and length of each article."""
        ...


def reply(text: str, collection: Articles) -> Answer | None:
    """A reply of its own kind, or None where the text is a question for the articles.

    Raises:
        UserError: The text is empty or too long.
    """
    question = text.strip()
    if not question:
        raise UserError("The question is empty.", "Ask something in English or Chinese.")
    if len(question) > LONGEST_QUESTION:
        raise UserError(f"The question has {len(question):,} characters.", f"At most {LONGEST_QUESTION:,} are read.")
    kind = _kind(question)
    if kind is None:
        return None
    language = detect_language(question)
    articles = [article for _, article, _ in collection.articles()]
    words = _TEXTS["empty" if kind in ("ability", "count", "articles") and not articles else kind][language]
    chinese = sum(article.language == "zh" for article in articles)
    said = words.format(count=len(articles), zh=chinese, en=len(articles) - chinese)
    if kind == "articles" and articles:
        said += "".join(f"\n- {title}" for title in sorted(article.title for article in articles)[:LISTED_ARTICLES])
        said += "\n- …" if len(articles) > LISTED_ARTICLES else ""
    return Answer(question, language, Status.CHAT, said, "", (), 1.0)


def _kind(question: str) -> str | None:
    core = question.strip(" ?？!！.。~～,，")
    for kind, patterns in _PATTERNS.items():
        if any(re.fullmatch(pattern, core, re.I) for pattern in patterns):
            return kind
    return None
