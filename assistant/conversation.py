"""Follow-up questions rewritten to standalone ones, by rules, in both languages.

What is mended, in this order: a bare question word ("Why?", 为什么？) takes over what was asked before; a question for
the same sum in another currency asks the last question anew; a question for a source ("Who said so?") takes the last
answer along; a fragment ("And its imports?", 那5月份呢？) replaces the part of the last question that it resembles; a
pronoun ("its", 它的, 该市) is replaced by the topic of the talk, and a short question without any topic of its own
gets it in brackets. A question that names its own topic is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn
from assistant.slots import Encode, content_words, fill_slot, proper_names
from corpus.languages import detect_language
from corpus.quantities import find_dates
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
_CURRENCIES = r"(?:\bus )?\bdollars?\b|us\$|\byuan\b|\brmb\b|\beuros?\b|美元|美金|人民币|欧元|日元"
_CURRENCY = re.compile(_CURRENCIES, re.I)
_CURRENCY_FILLING = re.compile(
    r"\b(?:and|how much|how many|what|is|was|are|were|would|be|that|this|it|they|in|expressed|the|sum|amount|worth)\b"
    r"|(?:那|那么|折合|折算|换算|相当于|合|成|是|约|等于|多少|几|呢|这|即|用|来|算|以|计)"
    rf"|{_CURRENCIES}|[\s,.?，。？]",
    re.I,
)
_SOURCE_EN = re.compile(
    r"^(?:who|which (?:paper|newspaper|outlet|source|media)|according to whom)\b(?: (?:has|have|had))?"
    r" ?(?:said|says|say|wrote|claims?|claimed|told|reported|reports|published|announced)?"
    r"(?: (?:so|this|that|it|these figures|the figures))?\W*$",
    re.I,
)
_SOURCE_ZH = re.compile(
    r"^(?:这|那|这话|这个|此事|数据)?(?:都)?(?:是|由)?(?:谁|哪(?:家|个)(?:媒体|报纸|单位|部门|机构))"
    r"(?:这么|这样|所)?(?:说|报道|发布|公布|宣布|透露|讲)(?:的|过|了)?(?:这(?:个|些)?(?:话|数据|消息)?)?\W*$"
)
_LONGEST_ANSWER = 160
"""Characters of the last answer that a question for its source takes along."""
_ABOUT_PERSON = re.compile(r"^[Ww]ho (?:is|was) [A-Z]|^\w{2,4}是谁")
_ASKS_TIME = re.compile(
    r"\bwhen\b|\bwhat (?:year|date|day|month)\b|哪[一个]?[年月天日]|什么时候|何时|[几多少][年月日]", re.I
)
_MOST_WORDS = 6
_FEW_WORDS = 3
"""A question with more content words than this names its own topic."""
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
    currency = _other_currency(core)
    if currency:
        return _in_currency(previous, currency)
    if history[-1].answer and (_SOURCE_ZH if language == "zh" else _SOURCE_EN).match(core):
        said = _without_marks(history[-1].answer).strip(" .。")[:_LONGEST_ANSWER]
        return _bracketed(core, f"{_unbracketed(previous).rstrip(' ?？')}: {said}")
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
    if match is None:
        return _bracketed(core, _setting(previous, topic, core)) if _lacks_topic(core) else core
    if not topic:
        return core
    return core[: match.start()] + _referring(match, topic, language) + core[match.end() :]


def _lacks_topic(core: str) -> bool:
    """Whether a question names nothing and says little."""
    return not proper_names(core) and len(content_words(core)) <= _FEW_WORDS


def _setting(previous: str, topic: str, core: str) -> str:
    """What the last question was about, and when, as far as a question does not tell or ask its own time."""
    bare = _without_dates(_unbracketed(previous))
    words = list(dict.fromkeys([topic, *content_words(bare)]))[:_MOST_WORDS] if topic else content_words(bare)
    timeless = find_dates(core) or _ASKS_TIME.search(core)
    stated = [] if timeless else [day.span.cut(previous) for day in find_dates(previous)[-1:]]
    return " ".join(part for part in (*words, *stated) if part)


def _unbracketed(question: str) -> str:
    """A rewritten question with what stands in its brackets as words of its own."""
    return re.sub(r"\s*[（(]([^()（）]*)[)）]", r" \1", question)


def _without_dates(question: str) -> str:
    """A question with a comma for each of its dates, so that the words around them are not taken for one."""
    for day in reversed(find_dates(question)):
        question = question[: day.span.start] + "，" + question[day.span.end :]
    return question


def _without_marks(answer: str) -> str:
    """An answer without the numbers of its quotes."""
    return re.sub(r"\s*\[\d+\]", "", answer)


def _bracketed(question: str, what: str) -> str:
    """A question with what it is about in brackets at its end, where `analyse` does not look for what it asks."""
    if not what:
        return question
    if detect_language(question) == "zh":
        return f"{question.rstrip('？?。 ')}（{what}）？"
    return f"{question.rstrip(' ?.')} ({what})?"


def _other_currency(core: str) -> str:
    """The currency in which a question wants the last sum, where it asks nothing else; else empty."""
    found = _CURRENCY.search(core)
    if not found or _CURRENCY_FILLING.sub("", core).strip():
        return ""
    return found[0]


def _in_currency(previous: str, currency: str) -> str:
    """The last question asked anew, for a sum in a currency; the currency that it asked for gives way."""
    if detect_language(previous) == "zh":
        bare = re.sub(r"(?:折|相当于|合|是)?多少(?:亿|万)?(?:美元|元|人民币|欧元)", "是多少", previous).rstrip("？?。 ")
        return f"{bare}，合多少{currency}？"
    bare = re.sub(r",? in (?:us )?(?:dollars|yuan|rmb|euros)\b", "", previous, flags=re.I).rstrip(" ?.")
    return f"{bare}, in {currency}?"


def _referring(match: re.Match[str], topic: str, language: Language) -> str:
    if language == "zh":
        return topic + ("的" if match[0] == "其" else "")
    if match["possessive"]:
        return topic + "'s"
    return f"in {topic}" if match["place"] else topic


def _topic(previous: str, last: Turn, *, wants_person: bool) -> str:
    """The thing most likely talked about: a name of the last question, else one of its answer."""
    asked = proper_names(_without_dates(_unbracketed(previous)))
    answered = proper_names(_without_marks(last.answer))
    if wants_person:
        known = asked + answered if _ABOUT_PERSON.match(previous) else answered + asked
        people = [name for name in known if " " in name.strip() or 2 <= len(name) <= 3]
        return people[0] if people else ""
    return asked[0] if asked else (answered[0] if answered else "")
