"""Whether the quotes prove the accepted answer: they hold it and come from an article that is known to hold it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from evals.metrics.answers import all_matched, match_groups
from evals.records import CitedQuote

_VERDICTS = frozenset({"yes", "no", "是", "否"})


def from_gold(quote: CitedQuote, articles: Collection[str]) -> bool | None:
    """Whether the quote's file is one of `articles`; None where no gold article or no file name is known."""
    if not articles or not quote.source:
        return None
    return PurePath(quote.source).name in {PurePath(name).name for name in articles}


def quotes_support(
    quotes: Sequence[CitedQuote],
    groups: Sequence[Sequence[str]],
    articles: Collection[str],
    answer_type: str = "other",
) -> float | None:
    """1.0 when the quotes from gold articles together match every group, else 0.0; None without groups.

    Quotes whose article is unknown count as gold: a plain function names none. "Yes" and "no" are the answerer's words
    and stand in no article: of such an answer its ground is looked for, where one is accepted.
    """
    kept = [quote.text for quote in quotes if from_gold(quote, articles) is not False]
    told = [group for group in groups if not _VERDICTS.intersection(group)] if answer_type == "yes_no" else groups
    return all_matched(match_groups("\n".join(kept), told or groups, answer_type))
