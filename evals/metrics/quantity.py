"""Whether an answer gives the accepted quantity, by value: 超过88% is "over 88 percent".

What counts as the same value (number, unit, currency, bound) is decided in one place, `corpus.quantities`.
"""

from __future__ import annotations

from corpus.quantities import find_quantities, same_value


def quantities_match(text: str, accepted: str) -> bool | None:
    """Whether every quantity of `accepted` has an equal one in `text`; None when `accepted` holds no quantity."""
    wanted = find_quantities(accepted)
    if not wanted:
        return None
    given = find_quantities(text)
    return all(any(same_value(quantity, other) for other in given) for quantity in wanted)
