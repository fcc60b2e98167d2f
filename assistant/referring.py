"""What pronouns and questions without a topic of their own refer to in the turn before."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.analysis import analyse, asks
from assistant.reading import SURNAMES
from assistant.records import AnswerType, Turn
from assistant.slots import STRETCH_OF_YEAR, Encode, certain_names, content_words, only_asks, proper_names
from assistant.topics import topic_of
from corpus.languages import detect_language
from corpus.quantities import DateSpan, find_dates, find_quantities
from corpus.records import Language, Span
from index.postags import word_class
from index.tokenizing import tokens

_PRONOUN_EN = re.compile(
    r"\b(?P<possessive>its|their)\b|\b(?P<owner>his|her(?=\s+[a-z]))\b|\b(?P<person>he|him|she|her)\b"
    r"|\b(?P<many>they|them)\b|\b(?P<thing>it)\b|\b(?P<place>there)(?=\s*[?.,]|\s*$|\s+(?:for|in|since|every)\b)"
    r"|\b(?P<noun>(?:the|this|that)\s+(?:city|town|place|country|company|market|plan|man|woman))\b",
    re.I,
)
_PRONOUN_ZH = re.compile(
    r"(?P<many>它们|他们|她们)|(?P<thing>它)|(?P<person>他|她)"
    r"|(?P<noun>该(?:市|县|国|公司|计划)|这座城市|这个城市|当地|那里|这里)|(?P<possessive>(?<![尤极与])其(?!中|他|它|实|次|余))"
)
CURRENCY = re.compile(r"(?:\bus )?\bdollars?\b|us\$|\byuan\b|\brmb\b|\beuros?\b|美元|美金|人民币|欧元|日元", re.I)
_POINTING = re.compile(
    r"\b(?:this|that|these|those)\s+(?!is\b|was\b|are\b|were\b|year|month|day|week|time)[a-z]+"
    r"|(?<![\u4e00-\u9fff]年)[这那该](?:一|几|些)?(?:[个条座家位项种次份款名部届笔批]|些)?(?!时|年|月|天|样|么|里)[\u4e00-\u9fff]",
    re.I,
)
"""A noun with "this" or 这: said of something told before."""
_SUFFERING = re.compile(
    r"\b(?:is|are|was|were|be|been) $|^ (?:\w+ed|built|made|sold|set|grow|grown|rise|risen|fall|fallen|change|drop"
    r"|climb|increase|decrease|start|begin|end|mean|take)\b",
    re.I,
)
"""Before or behind a pronoun that stands for what was asked about ("did it grow"), not for who does something."""
_IS_WHAT = re.compile(
    r"^(?:what|how (?:big|large|high|great|strong|long|important|many|much)) (?:is|are|was|were) (?:the )?"
    rf"(?P<subject>[^()（）]{{3,80}}?)(?:,? in (?:{CURRENCY.pattern}))?\s*\?*$",
    re.I,
)
_HOW_MANY = re.compile(
    r"\bhow many (?P<counted>(?!does|is|was|has)(?:[a-z-]+ ){0,3}?(?:[a-z-]+s|people|men|women|children))\b", re.I
)
_HOW_MANY_ZH = re.compile(r"(?:多少|几)[个位名]?(?P<counted>[\u4e00-\u9fff]{1,4}(?:[商人员客者民家]))(?=$|[？?。 ，])")
_SOMEWHERE = re.compile(r"[市县国里地]")
"""In a Chinese word for a place told before."""
_ABOUT_PERSON = re.compile(r"^[Ww]ho (?:is|was) [A-Z]|^\w{2,4}是谁")
_ASKS_TIME = re.compile(
    r"\bwhen\b|\bwhat (?:year|date|day|month)\b|哪[一个]?[年月天日]|什么时候|何时|[几多少][年月日]", re.I
)
_VALUES = frozenset(
    {
        AnswerType.NUMBER, AnswerType.SHARE, AnswerType.MONEY, AnswerType.COUNT, AnswerType.RATIO, AnswerType.CHANGE,
        AnswerType.REASON,
    }
)  # fmt: skip
"""Types of short questions that are answered of what was asked before, so that a name alone does not tell what."""
_NAMES = frozenset({AnswerType.NAME, AnswerType.ORGANISATION})
_NO_DEEDS = frozenset("是 有 为 达 到 能 会 可以 要 想 说".split())
_ASKED = re.compile(r"(?:多少|几|什么|哪)[^，。？?]{0,1}")
_MOST_WORDS = 6
_FEW_WORDS = 3
"""A question with more content words than this names its own topic."""
_LONGEST_NAME = 60
"""Characters of an answer that is no more than what was asked for."""
_RIVAL = 0.5
"""Cosine of two nouns from which the one asked for now takes the place of the one asked for before."""


def resolve_reference(core: str, previous: str, last: Turn, encode: Encode) -> str:
    """A question with its pronouns replaced by what they stand for, and its topic in brackets where it names none.

    Args:
        core: The question as asked, without "and".
        previous: The question before, standalone.
        last: The turn before.
        encode: Bilingual encoder, texts to unit rows.
    """
    language = detect_language(core)
    match = (_PRONOUN_ZH if language == "zh" else _PRONOUN_EN).search(core)
    if match and proper_names(core[: match.start()]):
        return core
    if match is None and topic_of(core):
        return core
    topic = _topic(previous, last, match)
    if match is None:
        points = _POINTING.search(core) and not certain_names(core)
        return bracketed(core, _setting(previous, topic, core, encode)) if points or _lacks_topic(core) else core
    antecedent = _subject(previous, core, match) or topic
    if not antecedent:
        return bracketed(core, _setting(previous, "", core, encode))
    resolved = core[: match.start()] + _referring(match, antecedent, language) + core[match.end() :]
    is_thing = not (_is_person(match) or match["noun"])
    bare = is_thing and len(content_words(core)) <= _FEW_WORDS and analyse(core).answer_type in _VALUES
    if not bare or antecedent == previous:
        return resolved
    return bracketed(resolved, _setting(previous, topic, resolved, encode))


def bracketed(question: str, what: str) -> str:
    """A question with what it is about in brackets at its end, where `analyse` does not look for what it asks."""
    if not what:
        return question
    if detect_language(question) == "zh":
        return f"{question.rstrip('？?。 ')}（{what}）？"
    return f"{question.rstrip(' ?.')} ({what})?"


def unbracketed(question: str) -> str:
    """A rewritten question with what stands in its brackets as words of its own."""
    return re.sub(r"\s*[（(]([^()（）]*)[)）]", r" \1", question)


def without_marks(answer: str) -> str:
    """An answer without the numbers of its quotes."""
    return re.sub(r"\s*\[\d+\]", "", answer)


def short_answer(turn: Turn) -> str:
    """A turn's answer without marks, where it is no more than what was asked for; else empty."""
    answer = without_marks(turn.answer).strip(" .。")
    return answer if len(answer) <= _LONGEST_NAME // 3 or (answer.isascii() and len(answer) <= _LONGEST_NAME) else ""


def _lacks_topic(core: str) -> bool:
    """Whether a question names nothing and says little."""
    names = [name for name in proper_names(core) if not re.search(r"[得了着过]$", name)]
    return not names and len(content_words(core)) <= _FEW_WORDS


def _setting(previous: str, topic: str, core: str, encode: Encode) -> str:
    """What the last question was about, and when, as far as a question does not tell or ask its own time.

    Where its answer is the topic ("In which city does Yongkang lie?" - "Jinhua."), its own names are none of it.
    """
    bare = _without_dates(CURRENCY.sub("", unbracketed(previous)))
    told = core.lower()
    found = [word for word in content_words(bare) if len(word) > 1 and not only_asks(word)]
    if any(word_class(token.text) == "v" and token.text not in _NO_DEEDS for token in tokens(_ASKED.sub("", core))):
        found = [word for word in found if word_class(word) != "v"]
    if topic and topic not in bare:
        others = set(proper_names(bare))
        found = [word for word in found if word not in others]
    kept = _without_rivals(found, core, encode)
    words = [word for word in dict.fromkeys([topic, *kept]) if word and word.lower() not in told][:_MOST_WORDS]
    timeless = find_dates(core) or _ASKS_TIME.search(core)
    stated = [] if timeless else [_time_kept(day, previous, core) for day in find_dates(previous)[-1:]]
    return " ".join((*words, *stated))


def _time_kept(day: DateSpan, previous: str, core: str) -> str:
    """The time of the last question; only its year where the new one names a stretch of that: "the whole year"."""
    if not (day.anchored and STRETCH_OF_YEAR.search(core)):
        return day.span.cut(previous)
    return f"{day.start.year}年" if detect_language(core) == "zh" else str(day.start.year)


def _without_rivals(words: list[str], core: str, encode: Encode) -> list[str]:
    """Words of the last question but for that which a noun of the new one takes the place of: exports, for imports."""
    names = set(certain_names(core)) | set(proper_names(core) if detect_language(core) == "en" else ())
    own = [word for word in content_words(core) if word not in names]
    rivals = [word for word in words if not certain_names(word) and not word[:1].isupper()]
    if any(_specifies(word, own) for word in rivals):
        return [word for word in words if word not in rivals or _specifies(word, own)]
    own = [word for word in own if not asks(word)]
    if not own or not rivals:
        return words
    vectors = encode([*own, *rivals])
    likeness = vectors[: len(own)] @ vectors[len(own) :].T
    best = np.argmax(likeness, axis=1)
    dropped = {rivals[place] for place, row in zip(best, likeness, strict=True) if row[place] >= _RIVAL}
    return [word for word in words if word not in dropped]


def _specifies(word: str, nouns: Sequence[str]) -> bool:
    """Whether a word names what one of the nouns leaves open: 贸易总额, where 总额 is asked for."""
    return any(word.endswith(noun) and word != noun for noun in nouns)


def _without_dates(text: str) -> str:
    """A text with a comma for each of its dates, so that the words around them are not taken for one."""
    return _cut_out(text, [day.span for day in find_dates(text)])


def _names_told(answer: str) -> list[str]:
    """Names in an answer; what begins a date or a number is none."""
    bare = _without_dates(without_marks(answer))
    return proper_names(_cut_out(bare, [quantity.span for quantity in find_quantities(bare)]))


def _cut_out(text: str, spans: Sequence[Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + "，" + text[span.end :]
    return text


def _referring(match: re.Match[str], topic: str, language: Language) -> str:
    if language == "zh":
        return topic + ("的" if match["possessive"] else "")
    if match["possessive"] or match["owner"]:
        return topic + "'s"
    return f"in {topic}" if match["place"] else topic


def _subject(previous: str, core: str, match: re.Match[str]) -> str:
    """What was asked about, where a pronoun stands for that: "Yiwu's import target for 2025", "the foreigners"."""
    asked = unbracketed(previous)
    if match["many"]:
        english = detect_language(asked) == "en"
        counted = (_HOW_MANY if english else _HOW_MANY_ZH).search(asked)
        if counted:
            return f"the {counted['counted']}" if english else counted["counted"]
    whole = _IS_WHAT.match(asked)
    stands_for_it = match["thing"] or match["many"]
    around = _SUFFERING.search(core[: match.start()]) or _SUFFERING.search(core[match.end() :])
    return whole["subject"] if whole and stands_for_it and around else ""


def _may_not_be_person(name: str) -> int:
    """How little a name looks like a person's: one that begins with a surname most, a council or place least."""
    return 2 if word_class(name)[:2] in ("nt", "ns") else 0 if name[:1] in SURNAMES or " " in name else 1


def _is_person(match: re.Match[str]) -> bool:
    return bool(match["person"] or match.groupdict().get("owner"))


def _topic(previous: str, last: Turn, match: re.Match[str] | None) -> str:
    """The thing most likely talked about: a name of the last question, else one of its answer.

    A question for a name is about what was named ("What was the first market called?" - "Huqingmen"), a request for an
    overview about its topic.
    """
    bare = unbracketed(previous)
    asked, answered = proper_names(_without_dates(bare)), _names_told(last.answer)
    if match is not None and _is_person(match):
        known = asked + answered if _ABOUT_PERSON.match(previous) else answered + asked
        people = [name for name in known if " " in name.strip() or 2 <= len(name) <= 3]
        return min(people, key=_may_not_be_person, default="")
    if analyse(last.question).answer_type is AnswerType.OVERVIEW:
        about = topic_of(bare) or bare
        return next((name for name in asked if 2 * len(name) > len(about)), about)
    wanted = analyse(previous).answer_type
    pointed = match is None or match["noun"]
    if wanted in _NAMES or (pointed and wanted is AnswerType.PLACE):
        named = short_answer(last)
        if match is not None and not match["noun"] and named and not find_quantities(named):
            return named
        return (answered + asked)[0] if answered + asked else ""
    places = [name for name in asked + answered if word_class(name) == "ns"]
    if match is not None and places and _SOMEWHERE.search(match[0]):
        return places[0]
    return (asked + answered)[0] if asked + answered else ""
