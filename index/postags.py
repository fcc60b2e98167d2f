"""Word classes of Chinese words, from jieba's dictionary: what tells a name from a verb inside a sentence."""

from __future__ import annotations

from functools import lru_cache

from index.tokenizing import segmenter, tokens

_NEAR = 8
"""Characters at the end of a text in which its last word is looked for."""


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """Every word of jieba's dictionary with its class."""
    with segmenter().get_dict_file() as file:
        rows = (line.split() for line in file.read().decode("utf-8").splitlines())
        return {row[0]: row[2] for row in rows if len(row) == 3}


def word_class(word: str) -> str:
    """The ICTCLAS class of a Chinese word, the commonest of several; empty where the dictionary lacks the word.

    Args:
        word: In Simplified characters (see `scripts.fold`).

    Returns:
        `nr...` person, `ns` place, `nt` organisation, `nz` other name, `n` noun, `v` verb, `a` adjective, `d` adverb,
        `p` preposition, `u...` particle, `m` number, `q` measure word, `t` time, `r` pronoun, `c` conjunction, ...
    """
    return _classes().get(word, "")


def class_at_end(text: str) -> str:
    """The class of the Chinese word with which a text ends; empty where it ends with none that the dictionary has.

    Args:
        text: In Simplified characters.
    """
    near = text[-_NEAR:]
    last = next(reversed(tokens(near)), None)
    if last is None or last.script != "han" or last.span.end < len(near):
        return ""
    return word_class(last.text)
