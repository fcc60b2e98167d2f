"""Requests for an overview ("Tell me about the ferry", 关于关税，文章说了什么？): what they are about."""

from __future__ import annotations

import re
from typing import Final

from assistant.question_words import ASKING_EN

_TEXTS_EN: Final = r"(?:the|these|those|your|all(?: the)?) (?:articles?|sources?|reports?|texts?|papers?|documents?)"
_SAY_EN: Final = r"(?:say|tell(?: us| me)?|report|write|mention|reveal)"
_TEXTS_ZH: Final = r"(?:这些|各篇|这几篇|各家|所有|你的)?(?:文章|报道|资料|来源|媒体)(?:里面?|中)?"
_SAY_ZH: Final = (
    r"(?:都|是|有)*(?:怎么|如何|怎样)?(?:说|讲|写|报道|提到|介绍|谈到?)"
    r"(?:了|的|过)?(?:些)?(?:什么|哪些|啥)?(?:内容)?的?"
)
_ASKING_EN: Final = rf"(?!{ASKING_EN.pattern}|(?:whether|if)\b)"
_ASKING_ZH: Final = r"(?!.*(?:为什么|为何|为啥|谁|多少|几[个家年月]|哪|怎么|怎样|如何|什么|是否|是不是|吗))"
_ASK_EN: Final = r"(?:please |can you |could you )*"
_FRAMES: Final = (
    rf"{_ASK_EN}tell (?:me|us) (?:something |more |everything )?about {_ASKING_EN}(?P<topic>.+)",
    rf"what (?:do|does|did|can) {_TEXTS_EN} {_SAY_EN} (?:about|on|of) {_ASKING_EN}(?P<topic>.+)",
    rf"what (?:is|was) (?:said|known|reported|written)(?: in {_TEXTS_EN})? (?:about|on|of) {_ASKING_EN}(?P<topic>.+)",
    rf"what (?:do|can) you (?:know|say|tell me) about {_ASKING_EN}(?P<topic>.+)",
    rf"(?:do|does) {_TEXTS_EN} (?:agree|disagree|differ|contradict (?:each other|one another)) (?:on|about|over) "
    rf"{_ASKING_EN}(?P<topic>.+?)(?:,? and (?:what|which|how)\b.*)?",
    rf"{_ASK_EN}(?:give (?:me|us) )?(?:an? |the )?(?:short |brief )?(?:overview|summary) of "
    rf"(?:{_TEXTS_EN} (?:about|on) )?{_ASKING_EN}(?P<topic>.+)",
    rf"{_ASK_EN}summari[sz]e (?:{_TEXTS_EN} (?:about|on) )?{_ASKING_EN}(?P<topic>.+)",
    rf"{_ASK_EN}describe {_ASKING_EN}(?P<topic>.+)",
    rf"(?:关于|对于|就|有关)(?P<topic>.+?)(?:问题|方面)?[，,]? ?{_TEXTS_ZH}(?:对此|上)?{_SAY_ZH}",
    rf"{_TEXTS_ZH}(?:对于?|关于|就|有关)(?P<topic>.+?)(?:问题|方面)?(?:上)?{_SAY_ZH}",
    rf"(?:关于|对于|就|有关)(?P<topic>.+?)[，,]? ?{_TEXTS_ZH}的?(?:说法|数字|数据)(?:都)?(?:一致|相同|一样)[吗么]?",
    r"(?:请|请你|你)?(?:能不能|能|可以)?(?:给我|跟我|为我|帮我)?"
    r"(?:介绍|讲讲|说说|谈谈|聊聊|讲一讲|说一说|总结|概括|概述|描述|讲述)(?:一下|下)?"
    rf"(?:关于|有关)?(?:{_TEXTS_ZH}(?:对|关于|有关))?{_ASKING_ZH}(?P<topic>.+?)"
    r"(?:的(?:情况|内容|文章|报道|概况|信息))?吧?",
)
"""Whole requests, without their end marks."""
_PATTERNS: Final = tuple(re.compile(frame, re.I) for frame in _FRAMES)
_NUMBER: Final = re.compile(r"^(?:the )?(?:total |exact )?number of ", re.I)


def topic_of(text: str) -> str:
    """What a request for an overview is about, in its own words; empty for any other question.

    A number is asked for as questions do: "how many stalls in the market".

    Args:
        text: In either language, in Simplified characters.
    """
    bare = text.strip().rstrip("?？。.!！ ")
    match = next((match for match in (pattern.fullmatch(bare) for pattern in _PATTERNS) if match), None)
    topic = match["topic"].strip(" ，,") if match else ""
    return _NUMBER.sub("how many ", topic)
