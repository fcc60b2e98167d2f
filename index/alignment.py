"""Learns from parallel sentences which English lemma renders which Chinese word: IBM model 1 in both directions.

`python -m index.alignment --data FOLDER --out index/data/translations.tsv.gz` reads `parallel_*.jsonl` and
`lexicon.jsonl` (fields `en`, `zh`) and writes one line for each pair of words: Chinese, English,
p(English | Chinese), p(Chinese | English). About a minute on one core, the same table on every run.

Source: Brown et al., The mathematics of statistical machine translation, Computational Linguistics 19(2), 1993.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UserError
from index.function_words import is_function_word
from index.tokenizing import lemma, tokens

ROUNDS = 6
LONGEST_SENTENCE = 60
NULL_PROBABILITY = 2e-5
"""Chance that a word was made by no word of the other side; keeps rare words from adopting strangers."""
LEAST_EXPECTED = 0.25
LEAST_PROBABILITY = 0.05
"""Pairs below this geometric mean of the two probabilities are left out: they cost space and add nothing."""

FILE_WEIGHTS = {"parallel_law_tw": 0.4, "parallel_tech": 0.2}
"""What a sentence pair of a special field counts; any other counts 1."""
DICTIONARY_SOURCE = "cedict"
"""Entries of the dictionary help to align; what only they know is left out: the dictionary has its own package."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The content words of a sentence and of its translation, each once."""

    chinese: list[str]
    english: list[str]
    weight: float
    kept: bool
    """Whether the words that meet here may stand in the table."""


def chinese_words(text: str) -> list[str]:
    """Each content word of a Chinese sentence once, in order."""
    found = (token.text for token in tokens(text) if token.script == "han" and not is_function_word(token.text))
    return list(dict.fromkeys(found))


def english_words(text: str) -> list[str]:
    """The lemma of each content word of an English sentence once, in order."""
    words = (token.text for token in tokens(text) if token.script == "latin")
    return list(dict.fromkeys(lemma(word) for word in words if not is_function_word(word.lower())))


def read_pairs(folder: Path) -> Iterator[Pair]:
    """The word lists of each distinct sentence pair.

    Raises:
        UserError: The folder holds no parallel files.
    """
    files = [*sorted(folder.glob("parallel_*.jsonl")), *sorted(folder.glob("lexicon.jsonl"))]
    if not files:
        raise UserError(f"{folder} holds no parallel_*.jsonl.", "Give the training folder: --data FOLDER")
    seen: set[tuple[str, str]] = set()
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if (row["en"], row["zh"]) in seen:
                continue
            seen.add((row["en"], row["zh"]))
            chinese, english = chinese_words(row["zh"]), english_words(row["en"])
            if 0 < len(chinese) < LONGEST_SENTENCE and 0 < len(english) < LONGEST_SENTENCE:
                weight = FILE_WEIGHTS.get(file.stem, 1.0)
                yield Pair(chinese, english, weight, DICTIONARY_SOURCE not in row.get("source", ""))


class Links:
    """Every pair of words that meet in some sentence pair, as flat arrays.

    Args:
        pairs: Sentence pairs, in any order.
    """

    def __init__(self, pairs: list[Pair]) -> None:
        self.chinese = {word: i for i, word in enumerate(dict.fromkeys(w for pair in pairs for w in pair.chinese))}
        self.english = {word: i for i, word in enumerate(dict.fromkeys(w for pair in pairs for w in pair.english))}
        left, right, sentence = [], [], []
        for number, pair in enumerate(pairs):
            left.append(np.repeat([self.chinese[word] for word in pair.chinese], len(pair.english)))
            right.append(np.tile([self.english[word] for word in pair.english], len(pair.chinese)))
            sentence.append(np.full(len(pair.chinese) * len(pair.english), number))
        lefts, rights = np.concatenate(left), np.concatenate(right)
        codes, self._kind = np.unique(lefts * len(self.english) + rights, return_inverse=True)
        self.chinese_of: NDArray[np.int64] = codes // len(self.english)
        """Chinese word of each kind of link, shape (kinds,)."""
        self.english_of: NDArray[np.int64] = codes % len(self.english)
        sentences = np.concatenate(sentence)
        self._weights = np.array([pair.weight for pair in pairs])[sentences]
        kept = np.array([pair.kept for pair in pairs])[sentences]
        self.kept: NDArray[np.bool_] = np.bincount(self._kind, kept, minlength=len(codes)) > 0
        """Whether the two words of a kind of link meet in a pair that is kept."""
        self._by_english = np.unique(sentences * len(self.english) + rights, return_inverse=True)[1]
        self._by_chinese = np.unique(sentences * len(self.chinese) + lefts, return_inverse=True)[1]

    def english_given_chinese(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """p(English | Chinese) and expected count of each kind of link, shapes (kinds,)."""
        return self._train(self.chinese_of, self._by_english)

    def chinese_given_english(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """p(Chinese | English) and expected count of each kind of link, shapes (kinds,)."""
        return self._train(self.english_of, self._by_chinese)

    def _train(
        self, source: NDArray[np.int64], target: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        probability: NDArray[np.float64] = 1.0 / np.bincount(source)[source]
        counts: NDArray[np.float64] = np.zeros(len(source), dtype=np.float64)
        for _ in range(ROUNDS):
            links = probability[self._kind]
            explained = np.bincount(target, links) + NULL_PROBABILITY
            counts[:] = np.bincount(self._kind, self._weights * links / explained[target], minlength=len(source))
            probability = counts / np.maximum(np.bincount(source, counts)[source], 1e-9)
        return probability, counts


def learn(pairs: list[Pair]) -> list[tuple[str, str, float, float]]:
    """The kept pairs of words: Chinese, English, p(English | Chinese), p(Chinese | English), in alphabetical order."""
    links = Links(pairs)
    forward, forward_count = links.english_given_chinese()
    backward, backward_count = links.chinese_given_english()
    enough = np.minimum(forward_count, backward_count) > LEAST_EXPECTED
    kept = np.flatnonzero(links.kept & enough & (np.sqrt(forward * backward) > LEAST_PROBABILITY))
    chinese, english = list(links.chinese), list(links.english)
    return sorted(
        (chinese[links.chinese_of[i]], english[links.english_of[i]], float(forward[i]), float(backward[i]))
        for i in kept
    )


def write(rows: list[tuple[str, str, float, float]], path: Path) -> None:
    """Writes the table: gzip, UTF-8, tabs, probabilities in thousandths; the same bytes for the same rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{zh}\t{en}\t{1000 * forward:.0f}\t{1000 * back:.0f}\n" for zh, en, forward, back in rows)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), compresslevel=9, mtime=0))


def main() -> None:
    """Command line: reads the folder, learns, writes."""
    parser = argparse.ArgumentParser(description="Learn a word translation table from parallel sentences.")
    parser.add_argument("--data", type=Path, required=True, help="folder with parallel_*.jsonl and lexicon.jsonl")
    parser.add_argument("--out", type=Path, required=True, help="the table, .tsv.gz")
    arguments = parser.parse_args()
    write(learn(list(read_pairs(arguments.data))), arguments.out)


if __name__ == "__main__":
    main()
