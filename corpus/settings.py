"""Settings of the ground floor: names and numbers only."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ChunkingSettings(BaseModel):
    """How sentences are packed into chunks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    english_characters: int = Field(
        default=900,
        ge=50,
        le=20_000,
        description="Characters that fill a chunk of English text. About 200 tokens, inside the 256 that the bundled "
        "encoder reads.",
    )
    chinese_characters: int = Field(
        default=300,
        ge=20,
        le=10_000,
        description="Characters that fill a chunk of Chinese text. Tells about as much as 900 English characters.",
    )
    section_share: float = Field(
        default=0.4,
        ge=0.0,
        le=1.0,
        description="A heading starts a new chunk once the chunk before it is at least this full (0 to 1).",
    )


class ReadingSettings(BaseModel):
    """What is read from files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_bytes: int = Field(
        default=20_000_000,
        ge=1,
        le=1_000_000_000,
        description="Files with more bytes than this are refused.",
    )
    max_unpacked_bytes: int = Field(
        default=200_000_000,
        ge=1,
        le=10_000_000_000,
        description="Archives that hold more bytes than this when unpacked are refused, zip, docx and epub alike.",
    )
    max_members: int = Field(
        default=10_000, ge=1, le=1_000_000, description="Archives and tables with more members than this are refused."
    )
    max_depth: int = Field(
        default=3,
        ge=0,
        le=10,
        description="How deep archives and mails may lie in each other.",
    )
    max_seconds: float = Field(
        default=60.0,
        gt=0,
        le=3_600,
        description="Time for one article of a PDF, web page, archive or the like; what takes longer is refused.",
    )
    columns: dict[str, str] = Field(
        default={},
        description='Columns of tables that hold what, such as text = "body"; usual names are known by themselves.',
    )
    max_lines: int = Field(
        default=1_000_000,
        ge=1,
        le=100_000_000,
        description="Texts with more lines than this are refused; no article has so many.",
    )


class FetchingSettings(BaseModel):
    """What is fetched from addresses that are added."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    allow_private: bool = Field(
        default=False,
        description="Whether addresses of this machine and of private networks may be fetched.",
    )
    max_bytes: int = Field(
        default=20_000_000, ge=1, le=1_000_000_000, description="What is larger than this is refused."
    )
    max_seconds: float = Field(default=30.0, gt=0, le=3_600, description="Time for one address, redirects included.")
    max_redirects: int = Field(default=5, ge=0, le=20, description="Redirects that are followed, each one checked.")
    max_entries: int = Field(
        default=50, ge=1, le=10_000, description="Entries of a feed whose pages are fetched, the first ones first."
    )
    robots: bool = Field(default=True, description="Whether robots.txt of a site is obeyed.")
    user_agent: str = Field(
        default="yiju",
        min_length=1,
        max_length=200,
        pattern=r"^[\x20-\x7e]+$",
        description="Name under which pages are fetched; robots.txt is read for it.",
    )
