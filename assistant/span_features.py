"""What is measured of a span to tell whether it answers a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.boosting import Floats
from assistant.question_words import ASKING_EN, ASKING_ZH
from assistant.reading import (
    CLASS_NUMBER,
    CLASSES,
    GAP_NUMBER,
    Words,
    fitting_kinds,
    focus_span,
    key,
    read_values,
    read_words,
)
from assistant.records import AnswerType, Evidence, Question
from assistant.spans import SpanTable, Whole
from corpus.languages import detect_language
from corpus.records import Span
from index.scripts import fold

GROUPS = ("numeric", "date", "person", "place", "name", "reason", "long", "other")
"""Kinds of answers that share learned tables."""
_GROUP = {
    AnswerType.NUMBER: 0, AnswerType.SHARE: 0, AnswerType.MONEY: 0, AnswerType.COUNT: 0, AnswerType.RATIO: 0,
    AnswerType.CHANGE: 0, AnswerType.DATE: 1, AnswerType.PERIOD: 1, AnswerType.PERSON: 2, AnswerType.PLACE: 3,
    AnswerType.ORGANISATION: 4, AnswerType.NAME: 4, AnswerType.REASON: 5, AnswerType.MEANS: 5,
    AnswerType.DEFINITION: 6, AnswerType.LIST: 6, AnswerType.YES_NO: 7, AnswerType.OTHER: 7,
}  # fmt: skip
_TYPES = tuple(AnswerType)


def answer_group(question: Question) -> int:
    """Position in `GROUPS` of what a question asks for."""
    return _GROUP[question.answer_type]


POSITIONS = ("before", "first", "inside", "last", "after")
"""Where a word stands to a span: the places that the learned tables tell apart."""

FEATURES = (
    *(f"word_{p}" for p in POSITIONS), *(f"class_{p}" for p in POSITIONS), "naive",
    "words", "characters", "matched_inside", "matched_share", "near_left", "near_right", "distance_left",
    "distance_right", "clause_match", "sentence_match", "gap_before", "gap_after", "commas", "enumerations", "brackets",
    "quotes", "wrapped", "whole_clause", "capitals", "digits", "numbers", "names_zh", "nouns", "verbs", "functions",
    "grows_left", "grows_right", "asked", "follows_asked", "leads_asked", "follows_near", "leads_near",
    "focus_inside", "focus_end",
    "focus_after", "focus_before", "focus_near", "place", "place_end", "sentence_score", "sentence_rank", "score_lead",
    "type", "group",
    "zh", "crossing", "class_of_first", "class_of_last", "class_of_before", "class_of_after", "values", "value_exact",
    "value_cut", "value_wanted",
)  # fmt: skip
"""What is measured of a span, in the order of the learned model's columns."""


class Asked:
    """What spans are measured against: the words of one question.

    Args:
        question: As analysed.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.language = detect_language(question.standalone)
        self.group = _GROUP[question.answer_type]
        self.type = _TYPES.index(question.answer_type)
        self.folded = fold(question.standalone).lower()
        pattern = ASKING_ZH if self.language == "zh" else ASKING_EN
        asking = pattern.search(fold(question.standalone))
        words = read_words(question.standalone).tokens
        left = [key(w) for w in words if asking and w.span.end <= asking.start()]
        right = [key(w) for w in words if asking and w.span.start >= asking.end()]
        focus = [key(w) for w in read_words(question.focus).tokens]
        rest = right[len(focus) :] if focus and right[: len(focus)] == focus else right
        self.left, self.right = set(left[-1:]), set(rest[:1])
        """The words around the asking word, between which the answer would stand in a statement."""
        self.far_left, self.far_right = set(left[-3:]), set(rest[:3])
        before = [w.span for w in words if asking and w.span.end <= asking.start()]
        after = [w.span for w in words if asking and w.span.start >= asking.end()][len(right) - len(rest) :]
        self.spans_left, self.spans_right = before[-3:], after[:3]
        """The same words' places in the question, by which words of the other language are told to meet them."""
        self.focus = set(focus)
        self.focus_span = focus_span(question)
        self.focus_end = question.focus[-1:] if self.language == "zh" else (focus[-1] if focus else "")


class Tables:
    """How much likelier a word, or a class of words, is at a place of an answer than at that place of any other span.

    Args:
        content: For each position, `words` (key to log-odds, one a group) and `classes` (class to the same).
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._words: list[dict[str, list[float]]] = [content[p]["words"] for p in POSITIONS]
        self._classes = np.zeros((len(POSITIONS), len(CLASSES), len(GROUPS)))
        for row, position in enumerate(POSITIONS):
            for name, values in content[position]["classes"].items():
                self._classes[row, CLASS_NUMBER[name]] = values

    def words(self, keys: Sequence[str], group: int) -> Floats:
        """float64 (positions, keys)."""
        return np.array([[table[k][group] if k in table else 0.0 for k in keys] for table in self._words])

    def classes(self, numbers: Whole, group: int) -> Floats:
        """float64 (positions, words)."""
        found: Floats = self._classes[:, numbers, group]
        return found


EDGE = CLASS_NUMBER["edge"]


def outer_keys(text: str, words: Words) -> tuple[list[str], list[str]]:
    """For each gap (one more than words), what a span sees before it and after it: a mark, else the next word's key."""
    keys = [key(token) for token in words.tokens]
    before, after = [], []
    for position, gap in enumerate(words.gaps):
        mark = ""
        if gap >= GAP_NUMBER["joint"]:
            start = words.tokens[position - 1].span.end if position else 0
            end = words.tokens[position].span.start if position < len(keys) else len(text)
            mark = words.folded[start:end].strip()
        before.append(mark[-1:] or (keys[position - 1] if position else "^"))
        after.append(mark[:1] or (keys[position] if position < len(keys) else "$"))
    return before, after


def measure(table: SpanTable, asked: Asked, tables: Tables, evidence: Evidence, rank: int, lead: float) -> Floats:
    """The features of every span of a sentence, float64 (n, len(FEATURES)).

    Args:
        table: The spans.
        asked: What they are measured against.
        tables: Learned log-odds of words.
        evidence: The sentence.
        rank: Of the sentence among the evidence, from 1.
        lead: Score of the sentence less that of the best one.
    """
    words, first, last = table.words, table.first, table.last
    if not len(first):
        return np.zeros((0, len(FEATURES)))
    classes = np.array(words.classes)
    met = {word.span.start: word for word in evidence.matched}
    asked_by = [met.get(token.span.start) for token in words.tokens]
    match = np.array([word.share if word else 0.0 for word in asked_by])
    language = evidence.sentence.language
    columns: list[Any] = []
    columns += _learned_columns(table, asked, tables, classes)
    columns += _match_columns(table, match)
    columns += _form_columns(table, classes)
    columns += _asked_columns(table, asked, [word.asked if word else None for word in asked_by])
    size = len(words.tokens)
    same = (float(language == "zh"), float(language != asked.language))
    columns += [
        first / size,
        last / size,
        evidence.score,
        float(rank),
        lead,
        float(asked.type),
        float(asked.group),
        *same,
    ]
    padded = np.concatenate([[EDGE], classes, [EDGE]])
    columns += [classes[first], classes[last], padded[first], padded[last + 2]]
    columns += _value_columns(table, asked)
    rows = np.empty((len(first), len(FEATURES)))
    for number, column in enumerate(columns):
        rows[:, number] = column
    return rows


def _learned_columns(table: SpanTable, asked: Asked, tables: Tables, classes: Whole) -> list[Any]:
    words, first, last = table.words, table.first, table.last
    keys = [key(token) for token in words.tokens]
    before, after = outer_keys(table.text, words)
    inner = tables.words(keys, asked.group)
    outer_before = tables.words(before, asked.group)[0]
    outer_after = tables.words(after, asked.group)[4]
    padded = np.concatenate([[EDGE], classes, [EDGE]])
    kind = tables.classes(padded, asked.group)
    size = last - first + 1
    total = np.concatenate([[0.0], np.cumsum(inner[2])])
    total_kind = np.concatenate([[0.0], np.cumsum(kind[2][1:-1])])
    by_word = [
        outer_before[first],
        inner[1][first],
        (total[last + 1] - total[first]) / size,
        inner[3][last],
        outer_after[last + 1],
    ]
    by_class = [
        kind[0][first],
        kind[1][first + 1],
        (total_kind[last + 1] - total_kind[first]) / size,
        kind[3][last + 1],
        kind[4][last + 2],
    ]
    return [*by_word, *by_class, np.sum(by_word, axis=0)]


def _match_columns(table: SpanTable, match: Floats) -> list[Any]:
    first, last = table.first, table.last
    count = len(match)
    total = np.concatenate([[0.0], np.cumsum(match)])
    near_left, near_right = np.zeros(count + 1), np.zeros(count + 1)
    far_left, far_right = np.full(count + 1, 30.0), np.full(count + 1, 30.0)
    for i in range(count):
        near_left[i + 1] = 0.8 * (near_left[i] + match[i])
        far_left[i + 1] = 0.0 if match[i] > 0.04 else min(30.0, far_left[i] + 1)
        j = count - 1 - i
        near_right[j] = 0.8 * (near_right[j + 1] + match[j])
        far_right[j] = 0.0 if match[j] > 0.04 else min(30.0, far_right[j + 1] + 1)
    inside = total[last + 1] - total[first]
    matched = np.concatenate([[0], np.cumsum(match > 0.02)])
    share = (matched[last + 1] - matched[first]) / (last - first + 1)
    gaps = np.array(table.words.gaps)
    clause = np.cumsum(np.isin(gaps[:-1], (GAP_NUMBER["strong"], GAP_NUMBER["comma"])))
    by_clause = np.bincount(clause, weights=match, minlength=clause.max() + 1)
    span = np.array([len(token.text) for token in table.words.tokens])
    characters = np.concatenate([[0], np.cumsum(span)])
    return [
        last - first + 1, characters[last + 1] - characters[first], inside, share, near_left[first],
        near_right[last + 1], far_left[first], far_right[last + 1], by_clause[clause[first]] - inside,
        total[-1] - inside,
    ]  # fmt: skip


def _form_columns(table: SpanTable, classes: Whole) -> list[Any]:
    first, last = table.first, table.last
    gaps = np.array(table.words.gaps)

    def counted(flags: NDArray[np.bool_]) -> Floats:
        total = np.concatenate([[0], np.cumsum(flags)])
        return np.asarray(total[last + 1] - total[first], dtype=np.float64)

    def between(name: str) -> Floats:
        total = np.concatenate([[0], np.cumsum(gaps == GAP_NUMBER[name])])
        return np.asarray(total[last + 1] - total[first + 1], dtype=np.float64)

    def of(*names: str) -> NDArray[np.bool_]:
        return np.isin(classes, [CLASS_NUMBER[name] for name in names])

    size = last - first + 1
    capital = of("capital", "acronym")
    name = of("person", "place", "organisation", "name", "unknown")
    noun = name | of("noun") | capital
    padded = np.concatenate([[False], noun, [False]])
    wrapped = np.isin(gaps[first], (GAP_NUMBER["quote"], GAP_NUMBER["bracket"])) & (gaps[first] == gaps[last + 1])
    edges = np.isin(gaps, (GAP_NUMBER["strong"], GAP_NUMBER["comma"]))
    edges[0] = edges[-1] = True
    function = of(
        "article",
        "preposition",
        "pronoun",
        "auxiliary",
        "conjunction",
        "zh_adverb",
        "zh_preposition",
        "particle",
        "zh_pronoun",
        "zh_conjunction",
    )
    return [
        gaps[first], gaps[last + 1], between("comma"), between("enumeration"), between("bracket"), between("quote"),
        wrapped, edges[first] & edges[last + 1], counted(capital) / size, counted(of("digits")),
        counted(of("digits", "number_word", "zh_number", "month", "time", "measure")) / size, counted(name) / size,
        counted(noun) / size, counted(of("verb", "past", "gerund", "auxiliary")), counted(function) / size,
        padded[first] & noun[first] & (gaps[first] <= 1), padded[last + 2] & noun[last] & (gaps[last + 1] <= 1),
    ]  # fmt: skip


def _value_columns(table: SpanTable, asked: Asked) -> list[Any]:
    """Fitting numbers and dates inside, whether one is exactly the span, whether any is cut, whether one is wanted."""
    starts = np.array([token.span.start for token in table.words.tokens])[table.first]
    ends = np.array([token.span.end for token in table.words.tokens])[table.last]
    inside, exact, cut = np.zeros(len(starts)), np.zeros(len(starts)), np.zeros(len(starts))
    wanted = fitting_kinds(asked.question.answer_type)
    for start, end, kind in read_values(table.text):
        if not wanted:
            break
        overlap = (starts < end) & (start < ends)
        within = (starts <= start) & (end <= ends)
        cut += overlap & ~within
        if kind in wanted and table.text[start:end].lower() not in asked.folded:
            inside += within
            exact += overlap & (starts >= start - 1) & (ends <= end + 1)
    return [inside, exact, cut, float(bool(wanted))]


def _asked_columns(table: SpanTable, asked: Asked, parts: Sequence[Span | None]) -> list[Any]:
    """Where the words around the asking word and the asked noun stand; `parts`: what of the question a word meets."""
    first, last, words = table.first, table.last, table.words
    keys = [key(token) for token in words.tokens]
    padded = ["^", *keys, "$"]

    def flags(wanted: set[str]) -> NDArray[np.float64]:
        return np.array([float(k in wanted) for k in padded])

    def bridged(spans: Sequence[Span]) -> NDArray[np.float64]:
        met = [float(part is not None and any(part.overlaps(span) for span in spans)) for part in parts]
        return np.array([0.0, *met, 0.0])

    left = np.maximum(flags(asked.left), bridged(asked.spans_left[-1:]))
    right = np.maximum(flags(asked.right), bridged(asked.spans_right[:1]))
    far_left = np.maximum(flags(asked.far_left), bridged(asked.spans_left))
    far_right = np.maximum(flags(asked.far_right), bridged(asked.spans_right))
    behind = np.maximum.reduce([np.concatenate([np.zeros(k), far_left[: len(far_left) - k]]) for k in range(3)])
    ahead = np.maximum.reduce([np.concatenate([far_right[k:], np.zeros(k)]) for k in range(3)])
    focus = np.maximum(flags(asked.focus), bridged([asked.focus_span] if asked.focus_span else []))
    near = np.maximum.reduce([np.concatenate([focus[k:], np.zeros(k)]) / (k + 1) for k in range(4)])
    ends = np.array([float(bool(asked.focus_end) and _ends(k, asked)) for k in keys])
    total = np.concatenate([[0.0], np.cumsum(focus[1:-1])])
    starts = [token.span.start for token in words.tokens]
    stops = [token.span.end for token in words.tokens]
    lower = words.folded.lower()
    said = np.array([float(lower[starts[a] : stops[b]] in asked.folded) for a, b in zip(first, last, strict=True)])
    return [
        said, left[first], right[last + 2], behind[first], ahead[last + 2], total[last + 1] - total[first], ends[last],
        focus[last + 2], focus[first], near[last + 2],
    ]  # fmt: skip


def _ends(word: str, asked: Asked) -> bool:
    return word.endswith(asked.focus_end) if asked.language == "zh" else word == asked.focus_end
