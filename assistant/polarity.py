"""Yes or no, with the sentence that it stands on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.evidence import fitting_first, weighed
from assistant.held_names import is_spelled_out
from assistant.records import AnswerType, Evidence, MetWord, Question
from assistant.slots import certain_names, name_spans
from assistant.superlatives import asks_whether_most, tells_most
from assistant.whereabouts import tells_whereabouts
from corpus.records import Language, Span
from index.postags import word_class
from index.tokenizing import tokens
from index.values import value_terms, values_asked

LEAST_COVERAGE = 0.5
"""Share of the question that a sentence and its surroundings must meet before it is taken as a yes or a no."""
_COVERAGE_DOUBTED = 0.65
"""The same where the reader takes the sentence for no answer."""
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|neither|nor|without|cannot|\w+n't|denied|denies|refused|failed|lacks?)\b"
    r"|不(?!少|仅|但|断|同|久|只|光|过|错|多|止|论|管|得不)|没有?|未(?!来)|无(?!论)|并非|否认|从不",
    re.I,
)
MORE_EN = "more|less|fewer|larger|bigger|smaller|higher|lower|faster|slower|greater|better|older|younger"
COMPARED = re.compile(
    rf"\b(?:{MORE_EN})\b"
    r"(?: \w+){0,3}? than\b(?! \d)|\b(?:exceed|outnumber|surpass|outweigh)\w*(?! \d)"
    r"|[高低多少大小快慢早晚]于(?!\d)|超过(?!\d)|不如|胜过|比[^，。；,;]{1,12}[多少大小高低快慢早晚好差长短强弱]",
    re.I,
)
"""Sets one thing above another."""
_ONLY = re.compile(r"\b(?:only|solely|exclusively|just|all|every|always|never)\b|只|仅|唯一|都|全部|从来", re.I)
"""Says that something is so without exception."""
_ACHIEVED = re.compile(r"\b(?:meet|met|reach|achieve|hit|fulfil|complete|attain)\w*\b|完成|实现|达[到成]|兑现", re.I)
_DONE = re.compile(r"\b(?:met|reached|achieved|hit|fulfilled|completed|attained)\b|完成|实现|已达|兑现", re.I)
AIM = re.compile(r"\b(?:target|goal|aim|plan|want|expect|hope|intend)\w*\b|目标|计划|预[计期]|希望|力争|拟", re.I)
"""Tells what is aimed at, by which it is not told that it was achieved."""
_FEWER_NAMES = 0.2
"""Factor of the odds of a sentence with fewer of the names that are asked about than another one has ..."""
_NEITHER = 0.2
"""... and of one that tells neither yes nor no, where another one does."""
_CLAUSE = re.compile(r"[,;:，；：。]|\b(?:and|but|although|though|while|whereas)\b|但是?|却|然而|虽然|尽管", re.I)
"""Where one clause of a sentence ends and the next begins."""
_WORDS: dict[Language, tuple[str, str]] = {"en": ("Yes: ", "No: "), "zh": ("是：", "不是：")}
_HAVING = re.compile(r"有没有|(?<![没具拥])有(?!关|助|利|效)(?=[^，。？?]{1,12}[吗么])")
_HAS = ("有：", "没有：")
"""How a Chinese question for whether there is something is answered."""


def yes_or_no(question: Question, evidence: Evidence) -> str:
    """What to put before the sentence that answers, in the question's language: yes, no, or nothing if neither is sure.

    It is sure where the sentence meets most of the question and holds every number that the question names; a negation
    in just one of the two makes a no. In the sentence it counts in clauses that meet a word of the question. Whether
    one thing is more than another is told only by a sentence that compares too, and that it is the most by one with a
    superlative.
    """
    asked, told = question.standalone, evidence.simplified
    if COMPARED.search(asked) and not COMPARED.search(told):
        return ""
    if asks_whether_most(question) and not tells_most(question, told):
        return ""
    if _ONLY.search(asked) and not _ONLY.search(told):
        return ""
    if _ACHIEVED.search(asked) and AIM.search(told) and not _DONE.search(told):
        return ""
    is_doubted = evidence.signals.get("answers", 0.0) < 0 and not asks_whether_most(question)
    least = _COVERAGE_DOUBTED if is_doubted else LEAST_COVERAGE
    is_met = evidence.signals.get("with_context", 0.0) >= least and _meets_more_than_names(question, evidence)
    if not _holds_numbers(question, evidence) or not (is_met or tells_whereabouts(question, evidence)):
        return ""
    denied, denies = bool(_NEGATION.search(_plain(asked))), _denies(evidence)
    yes, no = _HAS if _asks_what_there_is(question) else _WORDS[question.language]
    return no if denied != denies else yes


def _asks_what_there_is(question: Question) -> bool:
    """Whether it is asked in Chinese if there is something: 有港口吗, not 有没有买."""
    having = _HAVING.search(question.standalone) if question.language == "zh" else None
    following = tokens(question.standalone[having.end() :])[:1] if having else []
    return bool(following) and not word_class(following[0].text).startswith("v")


def telling_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where yes or no is asked for, those that tell neither fall behind, then those of fewer names.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    if question.answer_type is not AnswerType.YES_NO:
        return evidence
    named = [_names_met(question, item) for item in evidence]
    most = max(named, default=0)
    evidence = weighed(evidence, (1.0 if count == most else _FEWER_NAMES for count in named))
    return fitting_first(evidence, [bool(yes_or_no(question, item)) for item in evidence], _NEITHER)


def tells_neither(question: Question, evidence: Evidence) -> bool:
    """Whether yes or no is asked for, and a sentence tells neither and is no answer to the reader.

    What the reader takes for the answer counts for nothing where it is asked whether something is the largest.
    """
    if question.answer_type is not AnswerType.YES_NO or yes_or_no(question, evidence):
        return False
    return evidence.signals.get("answers", 0.0) < 0 or asks_whether_most(question)


def _names_met(question: Question, evidence: Evidence) -> int:
    """How many names of the question a sentence has."""
    names = _names(question)
    met = [word for word in evidence.matched if word.is_of_question]
    return len({word.asked for word in met if _is_name(word, names, evidence)})


def _meets_more_than_names(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence has any word of the question but its names; so has any where nothing is known of its words."""
    names = _names(question)
    met = [word for word in evidence.matched if word.is_of_question]
    return not met or any(not _is_name(word, names, evidence) for word in met)


def _names(question: Question) -> list[Span]:
    """Where the sure names of a question stand in it."""
    return name_spans(question.standalone, certain_names(question.standalone))


def _is_name(word: MetWord, names: Sequence[Span], evidence: Evidence) -> bool:
    return any(name.overlaps(word.asked) for name in names) or is_spelled_out(word.span.cut(evidence.text))


def _holds_numbers(question: Question, evidence: Evidence) -> bool:
    """Whether a sentence has every figure that a question names, as it is written or by its value: 100 million, 1亿."""
    if not 0.0 <= evidence.signals.get("numbers", -1.0) < 1.0:
        return True
    told = {term for term, _ in value_terms(evidence.text, evidence.sentence.language)}
    return all(told.intersection(terms) for _, terms in values_asked(question.standalone, question.language))


def _denies(evidence: Evidence) -> bool:
    """Whether a clause with words of the question has a negation; of a sentence without such words, any clause."""
    text = evidence.simplified
    ends = [0, *(match.start() for match in _CLAUSE.finditer(text)), len(text)]
    clauses = [Span(start, end) for start, end in pairwise(ends) if start < end]
    met = [clause for clause in clauses if any(word.span.overlaps(clause) for word in evidence.matched)]
    return any(_NEGATION.search(clause.cut(text)) for clause in met or clauses)


def _plain(question: str) -> str:
    """A Chinese question without its "A or not A" form, which negates nothing: 是不是, 有没有, 能否."""
    return re.sub(r"(\w)不\1|有没有|是否|能否|可否|有无|没有[？?]|了没", "", question)
