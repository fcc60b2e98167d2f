"""Chinese words put together or taken apart until the dictionary knows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.records import Span
from index.dictionary import Dictionary
from index.function_words import is_function_word
from index.pinyin import looks_like_person
from index.tokenizing import Token

_MOST_JOINED = 4
_LONGEST_PART = 8
_TAILS = frozenset("省市县区镇乡村州路街道山河湖江港站店厂馆寺桥")
"""Last characters of places, which no person's name lost."""


def join_words(found: Sequence[Token], dictionary: Dictionary) -> Iterator[tuple[Token, ...]]:
    """Neighbouring words that the dictionary has as one, longest first: (国家, 统计局); other tokens alone."""
    start = 0
    while start < len(found):
        longest = _run_end(found, start)
        ends = (end for end in range(longest, start + 1, -1) if _is_one(found[start:end], dictionary))
        end = next(ends, start + 1)
        yield tuple(found[start:end])
        start = end


def _run_end(words: Sequence[Token], start: int) -> int:
    """Where the run of Chinese content words that touch each other ends; `start` or later."""
    end = start
    for word in words[start : start + _MOST_JOINED]:
        touching = end == start or words[end - 1].span.end == word.span.start
        if not touching or word.script != "han" or is_function_word(word.text):
            break
        end += 1
    return end


def _is_one(words: Sequence[Token], dictionary: Dictionary) -> bool:
    return joined(words).text in dictionary or _is_person(words, dictionary)


def _is_person(words: Sequence[Token], dictionary: Dictionary) -> bool:
    """A surname and a given name that the dictionary lacks, 丁 薛祥, or a name without its last character: 徐正 新."""
    surname, given = words[0].text, words[-1].text
    if len(words) != 2 or len(given) > 2 or not looks_like_person(surname + given):
        return False
    cut_short = len(surname) == 2 and len(given) == 1 and given not in _TAILS and surname not in dictionary
    return cut_short or given not in dictionary


def joined(words: Sequence[Token]) -> Token:
    """One token for words that touch."""
    text = "".join(word.text for word in words)
    return Token(text, Span(words[0].span.start, words[-1].span.end), words[0].script)


def known_parts(word: str, dictionary: Dictionary) -> list[str]:
    """A word cut into the longest parts that the dictionary has, from the left; what it lacks as single characters."""
    parts: list[str] = []
    while word:
        longest = min(len(word), _LONGEST_PART)
        size = next((n for n in range(longest, 1, -1) if word[:n] in dictionary), 1)
        parts.append(word[:size])
        word = word[size:]
    return parts
