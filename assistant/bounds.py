"""Questions for what something is more or less than: answered by a value that is told so ("not even 80 billion")."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from assistant.reading import read_quantities
from corpus.quantities import Quantity

_ASKED: Final = re.compile(
    r"\b(?:what|which|how (?:many|much))\b(?: (?:sum|amount|number|percentage|share))?|多少|几(?!年|天|周|个?月)", re.I
)
"""What stands where the value is asked for ..."""
_VALUE: Final = "77"
"""... and is read, with the bound before it, as this number."""
_SIDES: Final = ({"over", "at_least"}, {"under", "at_most", "nearly"})


def is_bounded(quantity: Quantity, asked: str) -> bool:
    """Whether a value is told with a bound on the side that a question asks for; so is any where it asks for none."""
    side = _side(asked)
    return not side or quantity.bound in side


def asks_bound(asked: str) -> bool:
    """Whether a question asks for what something is more or less than: "less than how much", 不到多少."""
    return bool(_side(asked))


@lru_cache(maxsize=64)
def _side(asked: str) -> frozenset[str]:
    text = _ASKED.sub(_VALUE, asked)
    bounds = {value.bound for value in read_quantities(text) if _VALUE in value.span.cut(text)}
    return next((frozenset(side) for side in _SIDES if side & bounds), frozenset())
