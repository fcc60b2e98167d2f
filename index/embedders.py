"""Texts to vectors: what every embedder can do, and the one that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from index.model_settings import BilingualEmbedderSettings, EmbedderSettings, SentenceTransformerSettings
from index.vectors import Vectors

if TYPE_CHECKING:
    from index.dictionary import Dictionary


class Embedder(Protocol):
    """Makes vectors whose inner product is the nearness in meaning of two texts, in [-1, 1]."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors of the same texts would."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, float32 (n, dimension), unit rows."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages or sentences, float32 (n, dimension), unit rows."""


def build_embedder(settings: EmbedderSettings, dictionary: Dictionary | None = None) -> Embedder:
    """The embedder that the settings name; light, for models load on first use.

    Args:
        settings: Of any kind.
        dictionary: For the glosses of the default.
    """
    match settings:
        case BilingualEmbedderSettings():
            from index.bilingual import BilingualEmbedder

            return BilingualEmbedder(settings, dictionary)
        case SentenceTransformerSettings():
            from index.sentence_transformer import SentenceTransformerEmbedder

            return SentenceTransformerEmbedder(settings)
        case _:
            from index.openai_compatible import OpenAICompatibleEmbedder

            return OpenAICompatibleEmbedder(settings)
