"""Settings of the models that an owner brings: what makes vectors and what reranks. Names and numbers only."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag

_FROZEN = ConfigDict(frozen=True, extra="forbid")

Pooling = Literal["", "mean", "cls", "max", "lasttoken", "weightedmean", "mean_sqrt_len_tokens"]
Dtype = Literal["auto", "float32", "float16", "bfloat16"]


def _without_secret(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address begins with http:// or https:// and names a host")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("an address holds no key, user or query; name an environment variable in key_variable")
    return url.rstrip("/")


Address = Annotated[str, AfterValidator(_without_secret)]
"""Of an endpoint, without anything secret."""
KeyVariable = Annotated[str, Field(pattern=r"^([A-Z][A-Z0-9_]*)?$")]
"""Name of an environment variable, in capitals, so that no pasted key passes for one."""


class BilingualEmbedderSettings(BaseModel):
    """The embedded default: an English encoder, with a bridge for Chinese."""

    model_config = _FROZEN

    kind: Literal["bilingual"] = "bilingual"
    precision: Literal["int8", "float32"] = Field(
        default="int8",
        description='"int8" is faster and smaller; its vectors stay within cosine .99 of "float32".',
    )
    gloss_weight: float = Field(
        default=1.0, ge=0, le=10, description="Weight of the encoded English gloss of a Chinese text."
    )
    student_weight: float = Field(
        default=1.0, ge=0, le=10, description="Weight of the trained table of Chinese word vectors; 0 leaves it out."
    )


class LocalModelSettings(BaseModel):
    """Where a model is read from, and what computes it."""

    model_config = _FROZEN

    model: str = Field(min_length=1, description="Name on the model hub, such as BAAI/bge-m3, or a folder.")
    revision: str = Field(default="", description="Commit or tag on the hub; empty for the newest when downloaded.")
    local_files_only: bool = Field(default=False, description="Never download; the model must be there.")
    trust_remote_code: bool = Field(default=False, description="Run Python code that comes with the model.")
    device: str = Field(default="", description='"cpu", "cuda", "cuda:1", "mps"; empty for the fastest there is.')
    dtype: Dtype = Field(default="auto", description='Numbers computed with; "auto" as the model was saved.')


class SentenceTransformerSettings(LocalModelSettings):
    """Any model of sentence-transformers, from the hub (downloaded once) or from a folder."""

    kind: Literal["sentence_transformer"] = "sentence_transformer"
    query_prompt: str | None = Field(default=None, description="Put before questions; unset: as the model says.")
    document_prompt: str | None = Field(default=None, description="Put before passages; unset: as the model says.")
    pooling: Pooling = Field(default="", description="How token vectors become one; empty: as the model says.")
    batch_size: int = Field(default=32, ge=1, le=4_096, description="Texts computed together.")
    max_tokens: int | None = Field(
        default=None,
        ge=8,
        le=131_072,
        description="Tokens read of a text; unset: as the model says.",
    )
    truncate_dimension: int | None = Field(
        default=None, ge=8, le=65_536, description="Numbers kept of a vector, for models trained so (Matryoshka)."
    )


class OpenAICompatibleSettings(BaseModel):
    """An endpoint that speaks OpenAI's embeddings protocol: OpenAI, vLLM, llama.cpp, Ollama, and others."""

    model_config = _FROZEN

    kind: Literal["openai_compatible"] = "openai_compatible"
    base_url: Address = Field(description="Up to and with the version, such as http://localhost:11434/v1.")
    model: str = Field(min_length=1, description="As the endpoint names it.")
    key_variable: KeyVariable = Field(default="", description="Environment variable with the key; empty for none.")
    dimensions: int | None = Field(default=None, ge=8, le=65_536, description="Numbers asked of a vector.")
    query_prompt: str = Field(default="", description="Put before questions.")
    document_prompt: str = Field(default="", description="Put before passages.")
    batch_size: int = Field(default=64, ge=1, le=2_048, description="Texts sent together.")
    timeout: float = Field(default=60.0, gt=0, le=3_600, description="Seconds to wait for a batch of passages.")
    query_timeout: float = Field(default=5.0, gt=0, le=600, description="Seconds to wait for a question's vector.")
    retries: int = Field(default=5, ge=0, le=20, description="Times that a batch is sent again when refused for now.")


class NoRerankerSettings(BaseModel):
    """The default: passages keep their fused order."""

    model_config = _FROZEN

    kind: Literal["none"] = "none"


class RerankingSettings(BaseModel):
    """How much is reranked, and how long it may take."""

    model_config = _FROZEN

    candidates: int = Field(default=30, ge=2, le=500, description="Passages that the reranker reads for a question.")
    budget: int = Field(
        default=2_000,
        ge=10,
        le=600_000,
        description="Milliseconds it may take; passages that it can't read in time keep their order below the others.",
    )


class CrossEncoderSettings(LocalModelSettings, RerankingSettings):
    """A cross-encoder of sentence-transformers, from the hub (downloaded once) or from a folder."""

    kind: Literal["cross_encoder"] = "cross_encoder"
    batch_size: int = Field(default=16, ge=1, le=1_024, description="Passages computed together.")
    max_tokens: int | None = Field(
        default=None, ge=16, le=131_072, description="Tokens of question and passage read; unset: as the model says."
    )


class EndpointRerankerSettings(RerankingSettings):
    """An endpoint that answers `POST .../rerank` as Cohere, Jina, vLLM and llama.cpp do."""

    kind: Literal["http"] = "http"
    base_url: Address = Field(description="Up to and with the version, such as http://localhost:8080/v1.")
    model: str = Field(min_length=1, description="As the endpoint names it.")
    key_variable: KeyVariable = Field(default="", description="Environment variable with the key; empty for none.")


def kind_of(default: str) -> Discriminator:
    """Tells the variants of a union apart by `kind`, which may be left out for the default."""

    def kind(data: Any) -> str:  # noqa: ANN401 - whatever was given
        found = data.get("kind", default) if isinstance(data, dict) else getattr(data, "kind", default)
        return str(found)

    return Discriminator(kind)


EmbedderSettings = Annotated[
    Annotated[BilingualEmbedderSettings, Tag("bilingual")]
    | Annotated[SentenceTransformerSettings, Tag("sentence_transformer")]
    | Annotated[OpenAICompatibleSettings, Tag("openai_compatible")],
    kind_of("bilingual"),
]

RerankerSettings = Annotated[
    Annotated[NoRerankerSettings, Tag("none")]
    | Annotated[CrossEncoderSettings, Tag("cross_encoder")]
    | Annotated[EndpointRerankerSettings, Tag("http")],
    kind_of("none"),
]
KINDS = frozenset(
    {"bilingual", "sentence_transformer", "openai_compatible", "none", "cross_encoder", "http", "local", "server"}
)
"""Names of all variants."""
