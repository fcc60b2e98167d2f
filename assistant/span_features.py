"""What is measured of a span to tell whether it answers a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.boosting import Floats
from assistant.reading import (
    CLASS_NUMBER,
    GAP_NUMBER,
    fitting_kinds,
    key,
    read_values,
)
from assistant.records import Evidence
from assistant.span_context import EDGE, POSITIONS, Asked, Tables, outer_keys
from assistant.spans import Flags, SpanTable, Whole, flags
from corpus.records import Span

_UNREAD = -9.0
"""Log-odds of what the reader has not read."""
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
    "value_cut", "value_wanted", "read_begins", "read_ends", "read_ends_both", "read_behind_best", "read_inside",
    "read_sum",
)  # fmt: skip
"""What is measured of a span, in the order of the learned model's columns."""

_CAPITAL = flags(CLASS_NUMBER, "capital acronym")
_NAME = flags(CLASS_NUMBER, "person place organisation name unknown")
_NOUN = flags(CLASS_NUMBER, "noun") | _NAME | _CAPITAL
_VERB = flags(CLASS_NUMBER, "verb past gerund auxiliary")
_DIGITS = flags(CLASS_NUMBER, "digits")
_NUMERAL = flags(CLASS_NUMBER, "digits number_word zh_number month time measure")
_FUNCTION = flags(
    CLASS_NUMBER,
    "article preposition pronoun auxiliary conjunction zh_adverb zh_preposition particle zh_pronoun zh_conjunction",
)
"""Classes of words of a kind."""
_ENDS_CLAUSE = flags(GAP_NUMBER, "strong comma")
_WRAPS = flags(GAP_NUMBER, "quote bracket")


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
    columns += _read_columns(table, evidence)
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
    clause = np.cumsum(_ENDS_CLAUSE[gaps[:-1]])
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

    def counted(flagged: Flags) -> Floats:
        total = np.concatenate([[0], np.cumsum(flagged)])
        return np.asarray(total[last + 1] - total[first], dtype=np.float64)

    def between(name: str) -> Floats:
        total = np.concatenate([[0], np.cumsum(gaps == GAP_NUMBER[name])])
        return np.asarray(total[last + 1] - total[first + 1], dtype=np.float64)

    size = last - first + 1
    noun = _NOUN[classes]
    padded = np.concatenate([[False], noun, [False]])
    wrapped = _WRAPS[gaps[first]] & (gaps[first] == gaps[last + 1])
    edges = _ENDS_CLAUSE[gaps]
    edges[0] = edges[-1] = True
    return [
        gaps[first], gaps[last + 1], between("comma"), between("enumeration"), between("bracket"), between("quote"),
        wrapped, edges[first] & edges[last + 1], counted(_CAPITAL[classes]) / size, counted(_DIGITS[classes]),
        counted(_NUMERAL[classes]) / size, counted(_NAME[classes]) / size, counted(noun) / size,
        counted(_VERB[classes]), counted(_FUNCTION[classes]) / size,
        padded[first] & noun[first] & (gaps[first] <= 1), padded[last + 2] & noun[last] & (gaps[last + 1] <= 1),
    ]  # fmt: skip


def _read_columns(table: SpanTable, evidence: Evidence) -> list[Any]:
    """What the reader says: chances in the sentence that its ends are the answer's, and how far inside it is."""
    known = {word.span.start: (word.begins, word.ends, word.inside) for word in evidence.reading}
    if not known:
        return [_UNREAD] * 6
    first, last = table.first, table.last
    logits = np.array([known.get(token.span.start, (_UNREAD, _UNREAD, _UNREAD)) for token in table.words.tokens])
    begins, ends = logits[first, 0], logits[last, 1]
    chances = logits[:, :2] - np.logaddexp.reduce(logits[:, :2], axis=0)
    both = chances[first, 0] + chances[last, 1]
    inside = np.concatenate([[0.0], np.cumsum(logits[:, 2])])
    return [
        chances[first, 0], chances[last, 1], both, both - both.max(),
        (inside[last + 1] - inside[first]) / (last - first + 1), begins + ends,
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

    def among(wanted: set[str]) -> NDArray[np.float64]:
        return np.array([float(k in wanted) for k in padded])

    def bridged(spans: Sequence[Span]) -> NDArray[np.float64]:
        met = [float(part is not None and any(part.overlaps(span) for span in spans)) for part in parts]
        return np.array([0.0, *met, 0.0])

    left = np.maximum(among(asked.left), bridged(asked.spans_left[-1:]))
    right = np.maximum(among(asked.right), bridged(asked.spans_right[:1]))
    far_left = np.maximum(among(asked.far_left), bridged(asked.spans_left))
    far_right = np.maximum(among(asked.far_right), bridged(asked.spans_right))
    behind = np.maximum.reduce([np.concatenate([np.zeros(k), far_left[: len(far_left) - k]]) for k in range(3)])
    ahead = np.maximum.reduce([np.concatenate([far_right[k:], np.zeros(k)]) for k in range(3)])
    focus = np.maximum(among(asked.focus), bridged([asked.focus_span] if asked.focus_span else []))
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
