"""Follow-up questions rewritten to standalone ones, by rules, in both languages.

What is mended, in this order: a bare question word ("Why?", 为什么？) takes over what was asked before; a question for
the same sum in another currency asks the last question anew; a question for a source ("Who said so?") takes the last
answer along; a fragment ("And its imports?", 那5月份呢？) replaces the part of the last question that it resembles; a
pronoun ("its", 它的, 该市) is replaced by the topic of the talk, and a short question without any topic of its own
gets it in brackets; "the total" after a question for a share is that of the whole. A question that names its own topic
is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.records import Turn
from assistant.referring import CURRENCY, bracketed, resolve_reference, short_answer, unbracketed, without_marks
from assistant.roles import swapped
from assistant.slots import Encode, content_words, fill_slot, proper_names
from assistant.wording import is_refusal
from corpus.languages import detect_language
from corpus.records import Language
from index.scripts import simplify

_CONNECTIVE_EN = re.compile(r"^(?:and|but|so|also|then|ok(?:ay)?|well)\b[\s,]*", re.I)
_ABOUT_EN = re.compile(r"^(?:(?:what|how)\s+)?about\s+", re.I)
_QUESTION_WORD_EN = re.compile(
    r"\b(?:what|who|whom|whose|when|where|why|how|which)\b"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|name|list|tell|give|show|explain)\b",
    re.I,
)
_BARE_EN = re.compile(
    r"^(?:and\s+)?(why|when|where|who|how much|how many|how|since when)(?: not| so| is that| was that)?\s*[?!.]*$", re.I
)
_AUXILIARY = re.compile(r"\b(?:did|do|does|is|are|was|were|has|have|had|will|would|can|could|should)\b", re.I)
_OPEN = re.compile(r"\s*(?:what|who|whom|which|where)\b", re.I)
"""A question whose answer is a part of what it asks about ("What comes first?" - "Imports.")."""
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
_CURRENCY_FILLING = re.compile(
    r"\b(?:and|how much|how many|what|is|was|are|were|would|be|that|this|it|they|in|expressed|the|sum|amount|worth)\b"
    r"|(?:那|那么|折合|折算|换算|相当于|合|成|是|约|等于|多少|几|呢|这|即|用|来|算|以|计)"
    rf"|{CURRENCY.pattern}|[\s,.?，。？]",
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
_TOTAL = re.compile(r"\b(?:total|whole|overall|altogether|in all)\b", re.I)
_SHARE = re.compile(
    r"\b(?:share|percentage|proportion|part|portion|fraction) of (?P<whole>.+?) "
    r"(?:(?P<is>is|are|was|were)|goes?|went|comes?|came|consists?|consisted)\b(?P<part>[^?]*)",
    re.I,
)
_SHARE_ZH = re.compile(
    r"^(?P<part>.+?)占(?P<whole>[^（]+?)的?(?:多大|多少|什么|几成|百分之几|几分之几)"
    r"|^(?P<only>[^（]+?)占(?:比|了)?(?:多大|多少|几成|百分之几|几分之几)[^（]*(?:（(?P<setting>[^）]*)）)?"
)
_VALUE_NOUN = re.compile(
    r"\b(?:target|goal|price|cost|budget|population|ratio)s?\b(?=(?: (?:for|in|of|by) [\w ]+)?$)"
    r"|(?:目标|价格|总额|规模|人口|面积|预算|成本|占比|比例)$",
    re.I,
)
"""A noun that asks for a value, at the end of a fragment."""
_BOTH_WAYS = re.compile(r"进出口的?比[例率值]?")
_LONGEST_ANSWER = 160
"""Characters of the last answer that a question for its source takes along."""
_FRAGMENT_WORDS_EN = 7
_FRAGMENT_CHARACTERS_ZH = 16


def standalone_question(text: str, history: Sequence[Turn], encode: Encode) -> str:
    """The question with everything that it leaves to earlier turns put in.

    Args:
        text: The question as asked.
        history: Earlier turns, oldest first.
        encode: Bilingual encoder, texts to unit rows; used to find the part that a fragment replaces.

    Returns:
        `text` itself where nothing was missing; in Simplified characters, and with 进出口比例 in the words of articles.
    """
    text = _BOTH_WAYS.sub("进口与出口之比", simplify(text))
    if not history:
        return text
    history = [Turn(*map(simplify, (turn.question, _told(turn.answer), turn.standalone))) for turn in history]
    previous = _standalone_of_last(history, encode)
    language = detect_language(text)
    bare = _bare_question(text, language)
    if bare:
        return _ask_anew(bare, previous, history[-1], language)
    core = _without_connective(text, language)
    currency = _other_currency(core)
    if currency:
        return _in_currency(previous, currency)
    if history[-1].answer and (_SOURCE_ZH if language == "zh" else _SOURCE_EN).match(core):
        said = without_marks(history[-1].answer).strip(" .。")[:_LONGEST_ANSWER]
        return bracketed(core, f"{unbracketed(previous).rstrip(' ?？')}: {said}")
    fragment = _fragment(text, core, language)
    if fragment and _asks_by_itself(fragment, previous, language):
        asked = f"{fragment}是多少？" if language == "zh" else f"What is {fragment}?"
        return resolve_reference(asked, previous, history[-1], encode)
    if fragment:
        return swapped(previous, fragment) or fill_slot(previous, fragment, encode)
    whole = _SHARE.search(previous) if _TOTAL.search(core) else None
    about = f"How much is {whole['whole']}?" if whole else previous
    return resolve_reference(core, about, history[-1], encode)


def _told(answer: str) -> str:
    """What an answer tells: nothing, where it says that the articles do not."""
    return "" if is_refusal(answer) else answer


def amount_question(text: str, standalone: str) -> str:
    """The amount asked for, where a fragment ("And its imports?") was put into a question for a share; else empty.

    Who asks so wants to know of the imports whatever is told of them.

    Args:
        text: The question as asked.
        standalone: As `standalone_question` gives it.
    """
    text = simplify(text)
    language = detect_language(text)
    fragment = _fragment(text, _without_connective(text, language), language)
    chinese = detect_language(standalone) == "zh"
    found = (_SHARE_ZH if chinese else _SHARE).search(standalone) if fragment else None
    part = (found["part"] or found.groupdict().get("only") or "") if found else ""
    if found is None or not set(content_words(part)) & set(content_words(fragment)):
        return ""
    if chinese:
        return bracketed(f"{part}是多少？", found["whole"] or found["setting"] or "")
    return f"How large are the {part.strip()} of {found['whole']}?" if found["is"] else ""


def _standalone_of_last(history: Sequence[Turn], encode: Encode) -> str:
    last = history[-1]
    return last.standalone or standalone_question(last.question, history[:-1], encode)


def _bare_question(text: str, language: Language) -> str:
    match = (_BARE_ZH if language == "zh" else _BARE_EN).match(text.strip())
    return match.group(1) if match else ""


def _ask_anew(question_word: str, previous: str, last: Turn, language: Language) -> str:
    """A bare question word in front of what the previous question was about, with what was answered."""
    answer = short_answer(last)
    if detect_language(previous) == "zh":
        named = answer if answer and not re.search(r"\d", answer) else ""
        statement = _ASKED_ZH.sub(named, previous, count=1)
        statement = _ASKED_ZH.sub("", statement).strip()
        return f"{question_word}{statement}？" if language == "zh" else f"{question_word.capitalize()} {statement}?"
    auxiliary = _AUXILIARY.search(previous)
    if auxiliary:
        statement = previous[auxiliary.start() :].rstrip(" ?")
        statement = statement[:1].lower() + statement[1:]
        asked = f"{question_word}{statement}？" if language == "zh" else f"{question_word.capitalize()} {statement}?"
        told = answer if _OPEN.match(previous) and not re.search(r"\d", answer) else ""
        return bracketed(asked, "" if told.lower() in statement.lower() else told)
    end = "？" if language == "zh" else "?"
    told = " ".join([*content_words(unbracketed(previous)), *proper_names(answer)])
    return bracketed(f"{question_word.capitalize()}{end}", told)


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


def _asks_by_itself(fragment: str, previous: str, language: Language) -> bool:
    """Whether a fragment ends with a noun that asks for a value, which the last question does not have: a target."""
    noun = _VALUE_NOUN.search(fragment)
    return noun is not None and len(content_words(fragment)) > 1 and noun[0].lower() not in previous.lower()


def _other_currency(core: str) -> str:
    """The currency in which a question wants the last sum, where it asks nothing else; else empty."""
    found = CURRENCY.search(core)
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
