"""Questions about something else: one word of a question is put in place of another one of the same class.

What a sentence answers of one name, year or thing it does not answer of another. In SQuAD 2.0 people wrote such
questions (Rajpurkar et al., 2018), and swapped words are how Jia and Liang (2017) mislead readers.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Final

from assistant.reading import CLASSES, read_words
from index.function_words import is_function_word
from index.late_interaction import Window
from index.tokenizing import Token

_SWAPPED: Final = frozenset("digits capital acronym month lower person place organisation name noun time".split())
"""Classes of words that a question is about."""
_TRIES: Final = 20


class Swaps:
    """Swaps words of questions for words of other questions.

    Args:
        questions: What words are drawn from.
    """

    def __init__(self, questions: Iterable[str]) -> None:
        self._dice = random.Random(0)
        self._words: dict[tuple[str, str], list[str]] = {}
        for question in questions:
            for kind, token in _content(question):
                self._words.setdefault(kind, []).append(token.text)

    def swapped(self, question: str, window: Window) -> str | None:
        """The question with one word swapped that stands in a sentence or its title; None where there is none.

        Args:
            question: Answered by the sentence.
            window: The sentence, in whose texts the new word is not found.
        """
        told = f"{window.title} {window.before} {window.sentence}".lower()
        near = f"{window.title} {window.sentence}".lower()
        shared = [(k, token) for k, token in _content(question) if k in self._words and token.text.lower() in near]
        if not shared:
            return None
        kind, old = self._dice.choice(shared)
        for _ in range(_TRIES):
            new = self._dice.choice(self._words[kind])
            if new.lower() not in told and new.lower() not in question.lower():
                return question[: old.span.start] + new + question[old.span.end :]
        return None


def _content(question: str) -> list[tuple[tuple[str, str], Token]]:
    """The words of a question that may be swapped, each with its class and script."""
    words = read_words(question)
    return [
        ((CLASSES[number], token.script), token)
        for number, token in zip(words.classes, words.tokens, strict=True)
        if CLASSES[number] in _SWAPPED and not is_function_word(token.text.lower())
    ]
