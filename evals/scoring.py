"""Every score of one answer, with the reasons in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePath

from corpus.languages import detect_language
from evals.examples import Example
from evals.metrics import retrieval
from evals.metrics.answers import SHORT_ANSWER, GroupMatch, all_matched, match_groups
from evals.metrics.citations import citation_score
from evals.metrics.conflict import conflict_recall
from evals.metrics.containment import length, without_marks
from evals.metrics.evidence_overlap import texts_overlap
from evals.metrics.quote_support import from_gold, quotes_support
from evals.metrics.quote_validity import quote_valid
from evals.records import Reason, Record, Response

Scores = dict[str, float | None]
TextOf = Callable[[str], str | None]
"""Text of an article by its id; None where it is not to be had."""


def score(example: Example, response: Response, text_of: TextOf) -> Record:
    """The record of one answered question."""
    matches = match_groups(f"{response.text}\n{response.short}", example.answers, example.answer_type)
    correct = _correct(example, response, matches)
    scores: Scores = {
        "correct": correct,
        **_refusal_scores(example, response, correct),
        **_answer_scores(example, response),
        **_quote_scores(example, response, text_of),
        **_search_scores(example, response),
    }
    scores["proved"] = _proved(example, scores)
    return Record(example, response, direction(example), scores, tuple(_reasons(example, response, matches, scores)))


def direction(example: Example) -> str:
    """Language of the question -> language of the proof (its own where the proof stands in both)."""
    languages = {detect_language(quote) for quote in example.quotes}
    if not languages:
        return f"{example.language}->{'none' if example.kind == 'unanswerable' else 'unknown'}"
    return f"{example.language}->{example.language if example.language in languages else min(languages)}"


def _correct(example: Example, response: Response, matches: Sequence[GroupMatch]) -> float | None:
    if example.kind == "unanswerable":
        return float(response.refused)
    if response.refused:
        return 0.0
    if example.kind == "conflict" and response.status != "conflict":
        return 0.0
    return all_matched(matches)


def _refusal_scores(example: Example, response: Response, correct: float | None) -> Scores:
    answerable = example.kind != "unanswerable"
    return {
        "refused_rightly": None if answerable else float(response.refused),
        "false_refusal": float(response.refused) if answerable else None,
        "wrong_answer": float(not response.refused and correct == 0.0),
    }


def _answer_scores(example: Example, response: Response) -> Scores:
    """Exact match and F1 of the short answer, its length, and what is asked of conflicts and follow-ups."""
    single = example.answers[0] if len(example.answers) == 1 else None
    short = "" if response.refused else without_marks(response.short or response.text)
    exact_match, f1 = SHORT_ANSWER[example.language]
    return {
        "exact_match": exact_match(short, single) if single else None,
        "f1": f1(short, single) if single else None,
        "answer_length": None if response.refused else float(length(response.text)),
        "conflict_recall": conflict_recall(response.text, example.answers) if example.kind == "conflict" else None,
    }


def _quote_scores(example: Example, response: Response, text_of: TextOf) -> Scores:
    quotes = response.quotes
    validity = [quote_valid(quote, text_of(quote.document_id)) for quote in quotes]
    scored = [value for value in validity if value is not None]
    offered = () if response.refused else quotes  # a refusal shows the nearest thing found, which proves nothing
    citations = citation_score(response.text, [quote.text for quote in offered]) if offered else None
    scores: Scores = {
        "quotes_verbatim": sum(scored) / len(scored) if scored else None,
        "citation_recall": citations.recall if citations else None,
        "citation_precision": citations.precision if citations else None,
    }
    if example.kind == "unanswerable":
        return scores
    groups, kind = example.answers, example.answer_type
    first = from_gold(offered[0], example.articles) if offered else None
    return scores | {
        "quotes_support": quotes_support(offered, groups, example.articles, kind),
        "first_quote_supports": quotes_support(offered[:1], groups, example.articles, kind),
        "first_quote_from_gold": None if first is None else float(first),
        "evidence_overlap": max((texts_overlap(quote.text, example.quotes) or 0.0 for quote in offered), default=0.0)
        if example.quotes
        else None,
    }


def _search_scores(example: Example, response: Response) -> Scores:
    """Whether the search found the gold articles; None where either is unknown."""
    gold = frozenset(PurePath(name).name for name in example.articles)
    if not gold or not response.ranking:
        return {"article_hit_at_1": None, "article_recall_at_5": None, "article_mrr": None, "article_ndcg": None}
    return {
        "article_hit_at_1": retrieval.hit_at(response.ranking, gold, 1),
        "article_recall_at_5": retrieval.recall_at(response.ranking, gold, 5),
        "article_mrr": retrieval.reciprocal_rank(response.ranking, gold),
        "article_ndcg": retrieval.ndcg_at(response.ranking, gold),
    }


def _proved(example: Example, scores: Scores) -> float | None:
    """Correct and rightly quoted: the quotes are verbatim and hold the accepted answer."""
    if example.kind == "unanswerable" or scores["correct"] is None:
        return None
    return float(
        scores["correct"] == 1.0 and scores["quotes_support"] == 1.0 and scores["quotes_verbatim"] in (1.0, None)
    )


def _reasons(example: Example, response: Response, matches: Sequence[GroupMatch], scores: Scores) -> list[Reason]:
    reasons = [Reason("status", response.status)]
    if example.kind == "unanswerable":
        return [*reasons, Reason("rightly_refused" if response.refused else "should_refuse")]
    if example.kind == "conflict" and response.status != "conflict":
        reasons.append(Reason("conflict_unsaid"))
    for match in matches:
        missing = Reason("missing", " / ".join(match.accepted))
        reasons.append(Reason(f"found_{match.way}", match.matched) if match.way else missing)
    if scores.get("quotes_support") == 0.0:
        reasons.append(Reason("unsupported"))
    if scores.get("quotes_verbatim") not in (1.0, None):
        reasons.append(Reason("not_verbatim"))
    return reasons
