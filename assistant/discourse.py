"""What a sentence leaves to its neighbours: one that only repeats the question is followed by what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.boosting import scaled_odds
from assistant.evidence import weighed
from assistant.reading import focus_head, read_quantities
from assistant.records import AnswerType, Evidence, Question
from index.function_words import is_function_word
from index.tokenizing import tokens

_OWN_WORDS, _OWN_SHARE = 2, 0.4
"""A sentence with at most so many content words, and such a share of them, that the question does not hold says no more
than the question. On the bundled set the next sentence was then added 16 times and answered 7 of these questions."""
_LEADS = 0.1
"""Factor of the odds of a sentence that only leads to a list."""
_SO_MANY = 10.0
"""Factor of the odds of a list of as many things as are asked for."""
_ITEM = re.compile(r"^[-*•] |^\d+[.、] ?", re.M)
_PERSON = re.compile(r"(?:she|her|hers|he|his|they|their)\b|[她他]们?", re.I)
_RESULT = re.compile(
    r"(?:as a (?:result|consequence)|consequently|therefore|thus|hence|so|th(?:at|is) is why|for this reason)\b"
    r"|因此|因而|所以|于是|为此|这样一来|结果",
    re.I,
)


def completing(question: Question, item: Evidence, evidence: Iterable[Evidence]) -> Evidence | None:
    """The sentence beside the chosen one without which that one does not answer; None where there is no need of one.

    Args:
        question: As analysed.
        item: The sentence chosen.
        evidence: Where the other one is looked for.
    """
    if question.answer_type is AnswerType.YES_NO:
        return None
    if of_someone(question, item) or (question.answer_type is AnswerType.REASON and _RESULT.match(item.simplified)):
        return before(item, evidence)
    return behind(item, evidence) if says_no_more(item) else None


def of_someone(question: Question, item: Evidence) -> bool:
    """Whether a person is asked for and a sentence begins with "she", "his" or 他."""
    return question.answer_type is AnswerType.PERSON and _PERSON.match(item.simplified) is not None


def listed_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where the best one stands right before a list of the asked things, the list goes before it.

    Args:
        question: As analysed.
        evidence: Best first.
    """
    head = focus_head(question)
    if question.answer_type is not AnswerType.LIST or head is None or not evidence:
        return evidence
    best, listed = evidence[0], behind(evidence[0], evidence)
    if listed is None or "\n" not in listed.text or not any(word.asked.overlaps(head) for word in listed.matched):
        return evidence
    others = [item for item in evidence if item.key not in (best.key, listed.key)]
    leads = replace(best, score=min(listed.score, scaled_odds(best.score, _LEADS)))
    return sorted([replace(listed, score=best.score), leads, *others], key=lambda item: -item.score)


def counted_list_first(question: Question, evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences anew: where so many things are asked for ("the four fields"), a list of that many is likelier."""
    if question.answer_type is not AnswerType.LIST:
        return evidence
    asked = {value.low for value in read_quantities(question.standalone) if value.kind == "number"}
    items = [len(_ITEM.findall(item.text)) for item in evidence]
    return weighed(evidence, (_SO_MANY if count > 1 and count in asked else 1.0 for count in items))


def says_no_more(item: Evidence) -> bool:
    """Whether a sentence holds hardly a content word that the question does not."""
    words = [t for t in tokens(item.text) if t.script != "digits" and not is_function_word(t.text.lower())]
    own = [word for word in words if not any(met.span.overlaps(word.span) for met in item.matched)]
    return len(own) <= min(_OWN_WORDS, _OWN_SHARE * len(words))


def adjacent(one: Evidence, two: Evidence) -> bool:
    """Whether two sentences stand side by side in one article."""
    return follows(one, two) or follows(two, one)


def follows(one: Evidence, two: Evidence) -> bool:
    """Whether the second sentence stands right behind the first one in its article."""
    return one.document_id == two.document_id and 0 <= two.sentence.span.start - one.sentence.span.end <= 2


def before(item: Evidence, evidence: Iterable[Evidence]) -> Evidence | None:
    """The sentence right before one, where it is among the evidence."""
    return next((other for other in evidence if follows(other, item)), None)


def behind(item: Evidence, evidence: Iterable[Evidence]) -> Evidence | None:
    """The sentence right behind one, where it is among the evidence."""
    return next((other for other in evidence if follows(item, other)), None)
