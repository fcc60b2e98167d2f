"""Numbers and dates of a text as values, in English and Chinese.

`find_quantities` and `find_dates` read a text; `same_value`, `compatible`, `same_date` and `value_key` compare what
they found; `render` and `render_date` write it in the other language; `covers_numbers` checks a claim against quotes.
"""

from corpus.quantities.comparing import comparable, compatible, dates_overlap, same_date, same_value, value_key
from corpus.quantities.covering import covers_numbers
from corpus.quantities.dates import find_dates
from corpus.quantities.finding import find_quantities
from corpus.quantities.records import Basis, Bound, Change, DateSpan, Precision, Quantity, QuantityKind
from corpus.quantities.rendering import render, render_date

__all__ = [
    "Basis",
    "Bound",
    "Change",
    "DateSpan",
    "Precision",
    "Quantity",
    "QuantityKind",
    "comparable",
    "compatible",
    "covers_numbers",
    "dates_overlap",
    "find_dates",
    "find_quantities",
    "render",
    "render_date",
    "same_date",
    "same_value",
    "value_key",
]
