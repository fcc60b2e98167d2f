"""Follow-up questions rewritten to standalone ones, by rules, in both languages.

Three things are mended, in this order: a bare question word ("Why?", 为什么？) takes over what was asked before; a
fragment ("And its imports?", 那5月份呢？) replaces the part of the last question that it resembles; a pronoun ("its",
它的, 该市) is replaced by the topic of the talk. A question that names its own topic is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn
from assistant.slots import Encode, fill_slot, proper_names
from corpus.languages import detect_language
from corpus.records import Language

_CONNECTIVE_EN = re.compile(r"^(?:and|but|so|also|then|ok(?:ay)?|well)\b[\s,]*", re.I)
_ABOUT_EN = re.compile(r"^(?:what|how)\s+about\s+", re.I)
_QUESTION_WORD_EN = re.compile(
    r"\b(?:what|who|whom|whose|when|where|why|how|which)\b"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|name|list|tell|give|show|explain)\b",
    re.I,
)
_BARE_EN = re.compile(
    r"^(?:and\s+)?(why|when|where|who|how much|how many|how|since when)(?: not| so| is that| was that)?\s*[?!.]*$", re.I
)
_AUXILIARY = re.compile(r"\b(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.I)
_PRONOUN_EN = re.compile(
    r"\b(?P<possessive>its|their|his|her(?=\s+[a-z]))\b|\b(?P<plain>it|they|them|he|him|she|her)\b"
    r"|\b(?P<place>there)(?=\s*[?.,]|\s*$)|\b(?P<noun>(?:the|this|that)\s+(?:city|town|place|country|company|market|plan|man|woman))\b",
    re.I,
)
_CONNECTIVE_ZH = re.compile(r"^(?:那么?|还有|而|至于|以及|另外)[，,\s]*")
_ENDING_ZH = re.compile(r"(?:呢|又如何|如何|怎么样|怎样)?[？?。！!\s]*$")
_QUESTION_WORD_ZH = re.compile(
    r"多少|几[^乎]|几$|谁|哪|什么|何|吗|是否|是不是|有没有|为啥|怎|多[大高长远久快]|第几|介绍|列出|说明"
)
_BARE_ZH = re.compile(
    r"^(?:那|那么)?(为什么|为何|为啥|什么时候|何时|在哪里?|哪里|谁|怎么(?:做到的?|会这样)?|多少)(?:呢|呀|啊)?[？?！!。\s]*$"
)
_ASKED_ZH = re.compile(
    r"是?(?:多少|什么时候|什么|谁|哪里|哪儿|何时|几[个家种年月日次人]?|为什么|如何|怎么样?)[个家种年月日次人]?|[吗呢]|[？?]"
)
_PRONOUN_ZH = re.compile(
    r"(?:它们|他们|她们|它|他|她|该市|该县|该国|该公司|该计划|这座城市|这个城市|当地|那里|这里)"
    r"|(?<![尤极与])其(?!中|他|它|实|次|余)"
)
_FRAGMENT_WORDS_EN = 7
_FRAGMENT_CHARACTERS_ZH = 16


def standalone_question(text: str, history: Sequence[Turn], encode: Encode) -> str:
    """The question with everything that it leaves to earlier turns put in.

    Args:
        text: The question as asked.
        history: Earlier turns, oldest first.
        encode: Bilingual encoder, texts to unit rows; used to find the part that a fragment replaces.

    Returns:
        `text` itself where nothing was missing.
    """
    if not history:
        return text
    previous = _standalone_of_last(history, encode)
    language = detect_language(text)
    bare = _bare_question(text, language)
    if bare:
        return _ask_anew(bare, previous, language)
    core = _without_connective(text, language)
    fragment = _fragment(text, core, language)
    if fragment:
        return fill_slot(previous, fragment, encode)
    return _resolve_reference(core, previous, history[-1], language)


def _standalone_of_last(history: Sequence[Turn], encode: Encode) -> str:
    last = history[-1]
    return last.standalone or standalone_question(last.question, history[:-1], encode)


def _bare_question(text: str, language: Language) -> str:
    match = (_BARE_ZH if language == "zh" else _BARE_EN).match(text.strip())
    return match.group(1) if match else ""


def _ask_anew(question_word: str, previous: str, language: Language) -> str:
    """A bare question word in front of what the previous question was about."""
    if detect_language(previous) == "zh":
        statement = _ASKED_ZH.sub("", previous).strip()
    else:
        auxiliary = _AUXILIARY.search(previous)
        statement = previous[auxiliary.start() :].rstrip(" ?") if auxiliary else previous.rstrip(" ?")
        statement = statement[:1].lower() + statement[1:] if auxiliary else statement
    if language == "zh":
        return f"{question_word}{statement}？"
    return f"{question_word.capitalize()} {statement}?"


def _without_connective(text: str, language: Language) -> str:
    stripped = text.strip()
    core = (_CONNECTIVE_ZH if language == "zh" else _CONNECTIVE_EN).sub("", stripped)
    return core or stripped


def _fragment(text: str, core: str, language: Language) -> str:
    """What is asked about when the text is no whole question; empty when it is one."""
    if language == "zh":
        body = _ENDING_ZH.sub("", core).strip("，, ")
        elliptical = core != text.strip() or re.search(r"(?:呢|如何|怎么样|怎样)[？?。！!\s]*$", core)
        short = len(body) <= _FRAGMENT_CHARACTERS_ZH
        return body if body and short and elliptical and not _QUESTION_WORD_ZH.search(body) else ""
    body = _ABOUT_EN.sub("", core).rstrip(" ?.!")
    if _ABOUT_EN.match(core):
        return body
    whole = _QUESTION_WORD_EN.search(body) or len(body.split()) > _FRAGMENT_WORDS_EN
    return "" if whole else body


def _resolve_reference(core: str, previous: str, last: Turn, language: Language) -> str:
    """Pronouns replaced by the topic; the topic put in front where the question names nothing."""
    pattern = _PRONOUN_ZH if language == "zh" else _PRONOUN_EN
    match = pattern.search(core)
    if match and proper_names(core[: match.start()]):
        return core
    topic = _topic(
        previous, last, wants_person=bool(match and re.match(r"(?:he|him|his|she|her|他|她)$", match[0], re.I))
    )
    if not topic:
        return core
    if match is None:
        return core
    return core[: match.start()] + _referring(match, topic, language) + core[match.end() :]


def _referring(match: re.Match[str], topic: str, language: Language) -> str:
    if language == "zh":
        return topic + ("的" if match[0] == "其" else "")
    if match["possessive"]:
        return topic + "'s"
    return f"in {topic}" if match["place"] else topic


def _topic(previous: str, last: Turn, *, wants_person: bool) -> str:
    """The thing most likely talked about: a name of the last question, else one of its answer."""
    asked, answered = proper_names(previous), proper_names(re.sub(r"\[\d+\]", "", last.answer))
    if wants_person:
        people = [name for name in answered + asked if " " in name.strip() or 2 <= len(name) <= 3]
        return people[0] if people else ""
    return asked[0] if asked else (answered[0] if answered else "")
