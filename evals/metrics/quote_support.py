"""Whether the quotes prove the accepted answer: they hold it and come from an article that is known to hold it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePath

from evals.metrics.answers import all_matched, match_groups
from evals.records import CitedQuote


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

    Quotes whose article is unknown count as gold: a plain function names none.
    """
    kept = [quote.text for quote in quotes if from_gold(quote, articles) is not False]
    return all_matched(match_groups("\n".join(kept), groups, answer_type))
