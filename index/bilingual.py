"""The embedded default: one space for both languages, made by an English encoder and a bridge for Chinese.

tokenizers is named only here; the graph is written in `onnx_export`.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from corpus.errors import UserError
from corpus.languages import count_han
from corpus.records import Span
from index.model_settings import BilingualEmbedderSettings
from index.onnx_export import exported_model, model_folder
from index.onnx_graph import DIMENSION, Precision
from index.onnx_running import of_each, open_session
from index.remembering import Remembered
from index.vectors import Vectors, readable, unit_rows

if TYPE_CHECKING:
    from index.dictionary import Dictionary
    from index.glossing import Glosser
    from index.student import Student

_TOKENS = 256
"""The encoder was trained on at most so many word pieces; what follows them is not read."""
_Item = TypeVar("_Item")


class WordPiece(NamedTuple):
    """A piece of a word, as the encoder reads it."""

    number: int
    """In the encoder's vocabulary."""
    text: str
    place: Span
    """In the text it was cut from."""


class EnglishEncoder:
    """all-MiniLM-L6-v2 run by onnxruntime without torch; loads on first use; threads may share it.

    The threads that compute texts (`onnx_running`) also make what is read of them, so that one is glossed while another
    is computed.

    Args:
        precision: See `onnx_export`.
        cache: Folder of the exported file; by default the user's cache folder.
    """

    def __init__(self, precision: Precision = "int8", cache: Path | None = None) -> None:
        self._precision = precision
        self._cache = cache
        self._loading = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    @property
    def fingerprint(self) -> str:
        """Names weights, graph and precision."""
        return exported_model(self._precision, self._cache).stem

    def encode(self, texts: Sequence[str], reading: Callable[[str], str] = str) -> Vectors:
        """Vectors of texts in any order and number, float32 (n, 384), unit rows.

        Args:
            texts: Any.
            reading: What is read of each; called by several threads.
        """
        rows = self._all(lambda text: self._encoded(reading(text)), texts)
        return np.stack(rows) if rows else np.zeros((0, DIMENSION), dtype=np.float32)

    def _encoded(self, text: str) -> Vectors:
        tokenizer, _ = self._load()
        return self._run("vectors", tokenizer.encode(*readable([text])).ids)

    def states(self, pieces: Sequence[list[int]]) -> list[Vectors]:
        """The last layer's states of word pieces, float32 (pieces, 384) for each of the given lists of numbers."""
        return self._all(lambda numbers: self._run("states", numbers), pieces)

    def pieces(self, text: str) -> list[WordPiece]:
        """The word pieces of a text, without the marks of its beginning and end."""
        tokenizer, _ = self._load()
        found = tokenizer.encode(*readable([text]), add_special_tokens=False)
        places = itertools.starmap(Span, found.offsets)
        return [WordPiece(*each) for each in zip(found.ids, found.tokens, places, strict=True)]

    @property
    def marks(self) -> tuple[int, int]:
        """The numbers of the marks of beginning and end."""
        tokenizer, _ = self._load()
        return tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def _all(self, work: Callable[[_Item], Vectors], items: Sequence[_Item]) -> list[Vectors]:
        self._load()
        return of_each(work, items)

    def _run(self, output: str, numbers: list[int]) -> Vectors:
        _, session = self._load()
        (found,) = session.run([output], {"input_ids": np.array([numbers], dtype=np.int64)})
        return np.asarray(found[0], dtype=np.float32)

    def _load(self) -> tuple[Any, Any]:
        with self._loading:
            if self._loaded is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
                tokenizer.no_padding()
                tokenizer.enable_truncation(_TOKENS)
                session = open_session(exported_model(self._precision, self._cache))
                self._loaded = (tokenizer, session)
        return self._loaded


class BilingualEmbedder:
    """English as the encoder reads it; Chinese as an English gloss and by a trained table of word vectors.

    Args:
        settings: Weights of the two bridges, and the encoder's precision.
        dictionary: For glosses; by default one in the user's cache folder.
        encoder: The English encoder; made by default.
    """

    def __init__(
        self,
        settings: BilingualEmbedderSettings | None = None,
        dictionary: Dictionary | None = None,
        encoder: EnglishEncoder | None = None,
    ) -> None:
        self._settings = settings or BilingualEmbedderSettings()
        self._dictionary = dictionary
        self._encoder = encoder or EnglishEncoder(self._settings.precision)
        self._making = threading.Lock()
        self._made: tuple[Glosser, Student | None] | None = None
        self._cache = Remembered()

    @property
    def encoder(self) -> EnglishEncoder:
        """The English encoder."""
        return self._encoder

    @property
    def dimension(self) -> int:
        """384."""
        return DIMENSION

    @property
    def fingerprint(self) -> str:
        """Covers encoder, glosser, student and weights."""
        glosser, student = self._bridges()
        parts = [self._encoder.fingerprint, f"gloss {self._settings.gloss_weight:g} {glosser.fingerprint}"]
        if student is not None:
            parts.append(f"student {self._settings.student_weight:g} {student.fingerprint}")
        return hashlib.sha256(" | ".join(parts).encode()).hexdigest()[:16]

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions in either language, float32 (n, 384), unit rows."""
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages or sentences in either language, float32 (n, 384), unit rows."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return self._cache.fill(texts, self._compute)

    def _compute(self, texts: Sequence[str]) -> Vectors:
        chinese = [row for row, text in enumerate(texts) if count_han(text)]
        if not chinese:
            return unit_rows(self._encoder.encode(texts))
        glosser, student = self._bridges()
        vectors = self._encoder.encode(texts, lambda text: glosser.gloss(text) if count_han(text) else text)
        if student is not None:
            taught = student.encode([texts[row] for row in chinese])
            vectors[chinese] = self._settings.gloss_weight * vectors[chinese] + self._settings.student_weight * taught
        return unit_rows(vectors)

    def _bridges(self) -> tuple[Glosser, Student | None]:
        with self._making:
            if self._made is None:
                from index.glossing import Glosser

                glosser = Glosser(dictionary=self._dictionary)
                self._made = (glosser, _student() if self._settings.student_weight else None)
        return self._made


def _student() -> Student | None:
    """The trained table, or None where this installation has none."""
    from index.student import Student

    try:
        return Student.load()
    except UserError:
        return None
