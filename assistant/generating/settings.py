"""Settings of the chat model: names and numbers only; a key is told by the name of its environment variable."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

_FROZEN = ConfigDict(frozen=True, extra="forbid")

Structured = Literal["auto", "json_schema", "function_calling", "json_mode", "none"]


class NoModelSettings(BaseModel):
    """The default: answers are spans of the articles, and no model is asked."""

    model_config = _FROZEN

    kind: Literal["none"] = "none"


class ChatModelSettings(BaseModel):
    """A chat model, loaded by LangChain's `init_chat_model`."""

    model_config = _FROZEN

    kind: Literal["chat"] = "chat"
    model: str = Field(
        pattern=r"^[a-z_]+:\S+$",
        description='Provider and model: "ollama:qwen3:8b", "openai:gpt-5-mini", "anthropic:claude-haiku-4-5".',
    )
    base_url: str = Field(
        default="", description='Address of the endpoint, for OpenAI-compatible servers with "/v1"; empty: its own.'
    )
    key_variable: str = Field(
        default="",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$|^$",
        description="Name of the environment variable that holds the key; empty where none is needed.",
    )
    temperature: float = Field(default=0.0, ge=0, le=2, description="0 gives the likeliest words.")
    timeout: float = Field(
        default=20.0, gt=0, le=600, description="Seconds to wait for a connection and for each next piece of a reply."
    )
    time_limit: float = Field(
        default=60.0, gt=0, le=3600, description="Seconds for all that the model does for one question."
    )
    max_tokens: int = Field(default=1000, ge=50, le=100_000, description="Tokens of one reply, thinking included.")
    structured: Structured = Field(
        default="auto",
        description='How a reply is kept to its form; "auto" asks for "json_schema" and does without where the '
        "endpoint refuses that.",
    )
    sources: int = Field(default=16, ge=1, le=24, description="Sentences that the model is shown.")
    translate: bool = Field(default=True, description="Whether it translates quotes and answers of the other language.")
    rewrite: bool = Field(
        default=False, description="Whether it rewrites follow-ups and adds search words: one more call a question."
    )

    @field_validator("base_url")
    @classmethod
    def _holds_no_secret(cls, value: str) -> str:
        address = urlsplit(value)
        if value and (address.scheme not in ("http", "https") or not address.hostname):
            raise ValueError("must begin with http:// or https://")
        if address.username or address.password or address.query:
            raise ValueError("must hold no name, key or query; name the key's variable in key_variable")
        return value


ModelSettings = Annotated[NoModelSettings | ChatModelSettings, Field(discriminator="kind")]
