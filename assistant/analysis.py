"""What a question asks for, found by rules in both languages."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from assistant.question_words import (
    ASKING_EN,
    ASKING_ZH,
    HEADS_ZH,
    NOUNS_EN,
    NOUNS_ZH,
    PAST_EN,
    PATTERNS_EN,
    PATTERNS_ZH,
    PEOPLE_EN,
    WHO_IS_EN,
    WHO_IS_ZH,
)
from assistant.reading import SURNAMES, fitting_kinds
from assistant.records import AnswerType, Question
from assistant.topics import topic_of
from corpus.languages import HAN, detect_language
from corpus.records import Language
from index.postags import word_class
from index.scripts import fold, simplify
from index.tokenizing import lemma, tokens

_QUOTED = re.compile(r"[《〈「『“\"‘]([^》〉」』”\"’]{1,40})[》〉」』”\"’]")
_LATIN_NAME = re.compile(
    r"[A-Z][\w&'’.-]*(?:\s+(?:of|the|de|and|for|van|von|[A-Z0-9][\w&'’.-]*))*(?<!\sof)(?<!\sthe)(?<!\sand)(?<!\sfor)"
)
_POSSESSIVE = re.compile(r"['’]s$")
_LATIN_RUN = re.compile(r"[A-Za-z][A-Za-z0-9'’&.-]+(?:\s+[A-Za-z][A-Za-z0-9'’&.-]+)*")
_SETTING = re.compile(r"\s*\([^()]*\)\W*$")
"""What a rewritten question says in brackets at its end of its topic: it does not tell what is asked."""
_DATE_ZH = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?(?!份|代|度)")
"""Dates, which are never the noun that a Chinese question asks for."""
_WHAT_ZH = re.compile(r"(?:分别)?(?:是|为|叫)(?:什么|啥)$")
_HEADLINE_WORDS = 8
"""An English question of so few words may leave out its asking word."""
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_COMPARISON = re.compile(
    r"\b(?:compared?|versus|vs|than|difference between|more|less|larger|higher|bigger|most|least|largest|highest)\b"
    r"|相比|比较|更[多少大小高低]|最[多少大小高低]|区别|差别|对比",
    re.I,
)
_FOCUS_STOP = frozenset(
    "is are was were do does did can could has have had will would should in on at of for from to by with that who "
    "which there be been being and or the a an it they he she we you i this these those if when after before during "
    "into".split()
)
_ADVERBS = frozenset("later soon also once then still now ever already".split())
_OWNED = re.compile(
    r"\s*(?:is|are|was|were)\s+(?:its|his|her|their|(?:[\w-]+\s+){0,3}?[\w-]+(?:['’]s|s['’]))\s+"
    r"((?:[\w-]+\s+){0,2}?[\w-]+)(?=\s+(?:in|by|at|on|during|before|after|when|now|today)\b|\W*$)",
    re.I,
)
_BEHIND_VERB = frozenset(
    "the a an its his her their this that these those one two three at in on by from to for with as over after before "
    "against it he she they we him them who out up down off no all both more most".split()
)
"""What stands behind a verb, but not behind an adjective: "team won the", not "newly formed team"."""
_NUMBER_OF = re.compile(
    r"(?:^|\bwhat\s+(?:is|are|was|were)\s+)(?:the\s+)?(?:(?:total|estimated|approximate|exact)\s+)?number\s+of\s+"
    r"((?:[\w'’-]+\s+){0,3}?[\w'’-]+)(?=\s+(?:of|for|in|on|that|which|who|to|by|from|at|with)\b|\W*$)",
    re.I,
)
"""Asks how many there are: "the number of [stalls] in the market"."""
_FOCUS_TAIL_ZH = re.compile(r"[的是在了为被由把将对于从用有和与到所能会要可曾]|[，,。？?！!；;：:、\s]")
_MEASURES_ZH = "个位家种次座条名项部所本只张间支辆艘场届层处级颗块类架台批对双篇首集件款份股起片段幅道门"


def analyse(text: str, standalone: str | None = None) -> Question:
    """What a question asks for.

    Args:
        text: The question as asked, in English or Chinese; question marks and capitals may be missing.
        standalone: The question with everything that it leaves to earlier turns put in; by default `text`.
    """
    asked = simplify(" ".join((standalone or text).split()))
    topic = topic_of(asked)
    whole = topic or asked
    language = detect_language(text) if text.strip() else detect_language(whole)
    reading = detect_language(whole)
    key = _SETTING.sub("", fold(whole)).rstrip("？?。.!！ ")
    timeless = _DATE_ZH.sub("", key) if reading == "zh" else key
    focus = _focus_zh(timeless) if reading == "zh" else _focus_en(key)
    kind = _answer_type(timeless, focus, reading)
    if kind is AnswerType.OTHER and reading != language:
        kind = _answer_type(fold(text).rstrip("？?。.!！ "), focus, language)
    if topic and not fitting_kinds(kind):
        kind = AnswerType.OVERVIEW
    return Question(
        text=text,
        standalone=whole,
        language=language,
        answer_type=kind,
        focus=focus,
        entities=_entities(whole, reading),
        years=tuple(int(year) for year in _YEAR.findall(key)),
        comparison=_COMPARISON.search(key) is not None,
    )


def _answer_type(key: str, focus: str, language: Language) -> AnswerType:
    if _asks_about_someone(key, language):
        return AnswerType.DEFINITION
    patterns = PATTERNS_ZH if language == "zh" else PATTERNS_EN
    headed = headed_type(key, language)
    if headed is not None and language == "zh":
        return headed
    decided = next((kind for pattern, kind in patterns if pattern.search(key)), headed)
    asked = _noun_type_zh(focus) if language == "zh" else _noun_type_en(focus)
    if decided is AnswerType.LIST and asked in (AnswerType.PERSON, AnswerType.PLACE, AnswerType.ORGANISATION):
        return AnswerType.LIST
    if decided is not None:
        return decided
    if asked is not None:
        return asked
    if language == "en" and _asks_for_several(focus):
        return AnswerType.LIST
    if language == "en" and re.search(r"\bwhat (?:is|are|was|were) (?:an? |the )?[\w' -]{2,40}$", key, re.I):
        return AnswerType.DEFINITION
    if language == "zh" and re.search(r"是什么$", key) and "的" not in key:
        return AnswerType.DEFINITION
    if ASKING_EN.search(key) or ASKING_ZH.search(key):
        return AnswerType.NAME if focus else AnswerType.OTHER
    named = {_types_en().get(word) for word in re.findall(r"[a-z]+", key.lower())}
    return next(
        (kind for kind in (AnswerType.SHARE, AnswerType.RATIO, AnswerType.NUMBER) if kind in named), AnswerType.OTHER
    )


def _asks_about_someone(key: str, language: Language) -> bool:
    """Whether it is asked who somebody is who is named."""
    if language == "en":
        return WHO_IS_EN.match(key) is not None
    found = WHO_IS_ZH.match(key)
    name = (found[1] or found[2]) if found else ""
    return (
        "·" in name
        or word_class(name).startswith("nr")
        or (1 < len(name) <= 3 and name[:1] in SURNAMES and not word_class(name))
    )


def headed_type(key: str, language: Language) -> AnswerType | None:
    """The type of the noun that ends a question without an asking word ("ferry opening date"), or before 是什么.

    Args:
        key: A question in Simplified characters, without its mark.
        language: Of it.
    """
    if language == "zh":
        said = _WHAT_ZH.sub("", key)
        return None if ASKING_ZH.search(said) else next((kind for head, kind in HEADS_ZH if head.search(said)), None)
    words = re.findall(r"[\w'’-]+", key)
    bare = 1 < len(words) <= _HEADLINE_WORDS and ASKING_EN.search(key) is None and words[-1].islower()
    return _types_en().get(words[-1]) if bare else None


def asks(noun: str) -> bool:
    """Whether a noun tells what kind of answer a question wants ("share", 比例), not what it is about."""
    return _noun_type_zh(noun) is not None if detect_language(noun) == "zh" else noun.lower() in _types_en()


def _asks_for_several(focus: str) -> bool:
    """Whether the asked English noun is a plural."""
    head = focus.rsplit(" ", 1)[-1].lower()
    return (
        len(head) > 3 and head.endswith("s") and not head.endswith(("ss", "us", "is", "news")) and lemma(head) != head
    )


@lru_cache(maxsize=1)
def _types_en() -> dict[str, AnswerType]:
    return {noun: kind for kind, nouns in reversed(NOUNS_EN.items()) for noun in nouns.split()}


@lru_cache(maxsize=1)
def _types_zh() -> tuple[tuple[str, AnswerType], ...]:
    pairs = [(noun, kind) for kind, nouns in NOUNS_ZH.items() for noun in nouns]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _noun_type_en(focus: str) -> AnswerType | None:
    words = focus.lower().split()
    types = _types_en()
    if focus.rsplit(" ", 1)[-1][:1].isupper():
        words = words[-1:]
    for word in reversed(words):
        kind = types.get(word) or types.get(word.removesuffix("s"))
        if kind is not None:
            return kind
        if {word, word.removesuffix("s")} & PEOPLE_EN:
            return AnswerType.PERSON
    return None


def _noun_type_zh(focus: str) -> AnswerType | None:
    return next((kind for noun, kind in _types_zh() if focus.endswith(noun)), None)


def _focus_en(key: str) -> str:
    """The words between the asking word and the verb: "how many [foreign visitors] does"."""
    counted = _NUMBER_OF.search(key)
    if counted:
        return counted[1]
    asking = re.search(r"\b(?:how many|how much|what|which|whose)\b", key, re.I)
    if asking is None:
        return ""
    words: list[str] = []
    rest = key[asking.end() :]
    for word, after in pairwise([*re.findall(r"[\w'’-]+", rest)[:8], ""]):
        ended = bool(words) and words[-1].lower() in _types_en() and re.search(r"(?:s|ed)$", word) is not None
        if word.lower() in _FOCUS_STOP or (ended and word.lower() not in _types_en()):
            break
        if words and _is_verb(word, after):
            break
        words.append(word)
    if words:
        return " ".join(words[:4])
    named = re.match(
        r"\s*(?:is|are|was|were)\s+the\s+((?:[\w'’-]+\s+){0,3}?[\w'’-]+)(?=\s+(?:of|for|in|on|that|which|who|to|by|from|at)\b|$)",
        rest,
        re.I,
    )
    return named.group(1) if named else _possession(rest)


def _possession(after: str) -> str:
    """What is asked for of an owner: "what is its [capital]", "what is Orsa's [old name]"; not what its law is."""
    found = _OWNED.match(after)
    if found is None:
        return ""
    named = found[1].lower().endswith(("name", "title", "motto", "language", "religion", "colour", "color"))
    return found[1] if named or _noun_type_en(found[1]) not in (None, AnswerType.NAME) else ""


def _is_verb(word: str, after: str) -> bool:
    """Whether a word behind a noun is its verb, in the past, or an adverb before it: "team [recently] [won] the"."""
    if word in _ADVERBS or (word.endswith("ly") and len(word) > 4 and word.lower() not in _types_en()):
        return True
    past = word.islower() and (word in PAST_EN or (word.endswith("ed") and len(word) > 4))
    return past and (not after[:1].islower() or after in _BEHIND_VERB)


_NAMED_ZH = frozenset({"名字", "名称", "名"})
"""Behind 叫什么 no noun of its own: the thing that has the name stands before it."""


def _focus_zh(key: str) -> str:
    """The noun after the asking words (多少[名外商]), or before 是什么 (的[名字]是什么)."""
    asking = ASKING_ZH.search(key)
    if asking is None:
        return ""
    noun = _noun_zh(key[asking.end() :])
    if noun and not (noun in _NAMED_ZH and key[: asking.start()].endswith("叫")):
        return noun
    before = re.search(
        rf"([{HAN}]{{1,6}})(?:主要|分别|具体|大约|一共|总共)?(?:是|为|叫做?|有|达到?|占)$", key[: asking.start()]
    )
    return _FOCUS_TAIL_ZH.split(before.group(1))[-1] if before else ""


def _noun_zh(after: str) -> str:
    """The nouns with which the words after the asking word begin, without their measure word: 名客商来 -> 客商."""
    known = any(after.startswith(noun) for noun, _ in _types_zh() if len(noun) > 1)
    if not known and after[:1] in _MEASURES_ZH:
        after = after[1:].removeprefix("的")
    end = 0
    for token in tokens(after[:12]):
        if token.span.start != end or token.script != "han" or _ends_noun(token.text, after[:end], known):
            break
        end = token.span.end
    return after[:end]


def _ends_noun(word: str, before: str, known: bool) -> bool:
    """Whether a word no longer belongs to the noun that those before it make: unknown ones do no more than verbs."""
    kind = word_class(word)
    if kind in ("vn", ""):
        return _noun_type_zh(before) is not None
    return kind[:1] in tuple("vpducfry") and not (not before and known)


def _entities(whole: str, language: Language) -> tuple[str, ...]:
    """Names as they stand in the question: quoted words, capitalised words, Latin words amid Chinese."""
    found = [(match.start(1), match.group(1)) for match in _QUOTED.finditer(whole)]
    pattern = _LATIN_NAME if language == "en" else _LATIN_RUN
    for match in pattern.finditer(whole):
        name = _POSSESSIVE.sub("", match.group().strip(" .'’-"))
        if language == "en" and match.start() == 0:
            name = _without_asking_word(name)
        if len(name) > 1:
            found.append((match.start(), name))
    return tuple(dict.fromkeys(name for _, name in sorted(found)))


def _without_asking_word(name: str) -> str:
    """A sentence's first word is capital anyway: only what follows it is surely a name."""
    first, _, rest = name.partition(" ")
    asks = ASKING_EN.fullmatch(first) or first.lower() in _FOCUS_STOP or not rest
    return rest if asks and (rest[:1].isupper() or not rest) else name
