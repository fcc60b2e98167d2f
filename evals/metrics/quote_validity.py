"""Whether a quote is verbatim: the very characters at its stated offsets of the stored article.

This is the exact form of the check that citation tools make with a similarity threshold; it allows no difference
at all.
"""

from __future__ import annotations

from evals.records import CitedQuote


def quote_valid(quote: CitedQuote, document_text: str | None) -> float | None:
    """1.0 when the quote is its slice of the article; without offsets, when it stands in the article at all.

    None when the article's text is not to be had: such a quote cannot be scored.
    """
    if document_text is None:
        return None
    if not quote.text:
        return 0.0
    if quote.start is None or quote.end is None:
        return float(quote.text in document_text)
    return float(0 <= quote.start < quote.end and document_text[quote.start : quote.end] == quote.text)
