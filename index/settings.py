"""Settings of the search floor: names and numbers only."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, Tag

from corpus.settings import ChunkingSettings
from index.model_settings import (
    BilingualEmbedderSettings,
    EmbedderSettings,
    NoRerankerSettings,
    RerankerSettings,
    kind_of,
)

_FROZEN = ConfigDict(frozen=True, extra="forbid")


class FusionSettings(BaseModel):
    """How the channels are put together."""

    model_config = _FROZEN

    dense: float = Field(default=1.0, ge=0, le=10, description="Weight of nearness in meaning (vectors).")
    lexical: float = Field(default=1.0, ge=0, le=10, description="Weight of shared and translated words.")
    title: float = Field(default=1.0, ge=0, le=10, description="Weight of what an article's title tells.")
    closeness: float = Field(default=1.0, ge=0, le=10, description="Weight of asked words that stand close together.")
    interaction: float = Field(
        default=1.0, ge=0, le=10, description="Weight of words that match in their context, among close passages."
    )
    candidates: int = Field(
        default=100, ge=10, le=5_000, description="Passages that each channel proposes for each language."
    )


class LocalStoreSettings(BaseModel):
    """Chroma (dense) and tantivy (lexical) in the collection's folder."""

    model_config = _FROZEN

    kind: Literal["local"] = "local"
    exact_below: int = Field(
        default=50_000,
        ge=0,
        description="Languages with fewer chunks than this are searched exactly in memory, which is faster to start; "
        "above, Chroma's HNSW graph proposes the nearest.",
    )


class ServerStoreSettings(BaseModel):
    """A Chroma server (dense), shared by several processes; tantivy (lexical) stays in the collection's folder."""

    model_config = _FROZEN

    kind: Literal["server"] = "server"
    url: str = Field(pattern=r"^https?://[^/?#@\s]+/?$", description="Of the server, such as http://127.0.0.1:8000.")
    exact_below: int = Field(default=50_000, ge=0, description="As for the local store.")


StoreSettings = Annotated[
    Annotated[LocalStoreSettings, Tag("local")] | Annotated[ServerStoreSettings, Tag("server")], kind_of("local")
]


class IndexSettings(BaseModel):
    """All settings of the search floor."""

    model_config = _FROZEN

    chunking: ChunkingSettings = Field(default_factory=ChunkingSettings, description="How articles are cut.")
    embedder: EmbedderSettings = Field(default_factory=BilingualEmbedderSettings, description="Makes the vectors.")
    fusion: FusionSettings = Field(default_factory=FusionSettings, description="How channels are put together.")
    reranker: RerankerSettings = Field(default_factory=NoRerankerSettings, description="Reads the best again.")
    store: StoreSettings = Field(default_factory=LocalStoreSettings, description="Searches vectors and terms.")
    glossary: str = Field(default="", description="File with the owner's own English-Chinese terms; empty for none.")
