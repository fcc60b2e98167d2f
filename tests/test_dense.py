import shutil

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dense import ChromaStore, nearest
from index.partitions import ExactPartition
from index.records import Scope
from index.stores import Entry, StoreError


def unit_rows(count, seed=0, dimension=16):
    rows = np.random.default_rng(seed).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def entries(vectors, language="en"):
    return [Entry(f"{row:016d}:0", f"{row:016d}", language, ["e:x"], vector) for row, vector in enumerate(vectors)]


@given(st.integers(0, 40), st.integers(-1, 50), st.integers(0, 5))
def test_nearest_is_the_head_of_a_full_sort(count, limit, seed):
    matrix = np.round(unit_rows(count, seed, 3), 1)  # rounded, so that ties occur
    vector = unit_rows(1, seed + 1, 3)[0]
    scores = matrix @ vector
    order = sorted(range(count), key=lambda row: (-scores[row], row))[: max(limit, 0)]
    assert [row for row, _ in nearest(matrix, vector, limit)] == order


def test_exact_partition_keeps_to_the_documents_asked_for():
    vectors = unit_rows(30)
    ids = [f"{row:02d}:0" for row in range(30)]
    partition = ExactPartition(ids, [id[:2] for id in ids], vectors, lambda scope: scope.documents)
    hits = partition.nearest(vectors[7], 3, Scope(documents=["07", "20", "03", "unknown"]))
    assert hits[0].id == "07:0"
    assert {hit.id for hit in hits} == {"07:0", "20:0", "03:0"}
    assert partition.nearest(vectors[7], 3, Scope(documents=[])) == []
    assert partition.scores(vectors[7], ["20:0", "none"]).keys() == {"20:0"}


def test_chroma_finds_each_vector_by_itself_and_keeps_languages_apart(tmp_path):
    store = ChromaStore(tmp_path)
    vectors = unit_rows(200)
    store.upsert(entries(vectors))
    assert all(store.query("en", vectors[row], 1)[0].id == f"{row:016d}:0" for row in range(0, 200, 20))
    assert store.query("zh", vectors[0], 5) == []
    assert store.query("en", vectors[0], 0) == []
    store.close()


def test_chroma_survives_closing(tmp_path):
    store = ChromaStore(tmp_path)
    vectors = unit_rows(5)
    store.upsert(entries(vectors))
    store.close()
    store.close()
    assert store.query("en", vectors[3], 1)[0].id == f"{3:016d}:0"
    store.close()


def test_a_second_store_sees_writes_after_it_was_closed(tmp_path):
    writer, reader = ChromaStore(tmp_path), ChromaStore(tmp_path)
    vectors = unit_rows(5)
    assert reader.query("en", vectors[0], 1) == []
    writer.upsert(entries(vectors))
    reader.close()
    assert reader.query("en", vectors[0], 1)[0].id == f"{0:016d}:0"
    writer.delete([f"{0:016d}:0", "unknown"])
    reader.close()
    assert f"{0:016d}:0" not in reader.ids()
    for store in (reader, writer):
        store.close()


def test_damage_is_a_store_error(tmp_path):
    store = ChromaStore(tmp_path)
    store.upsert(entries(unit_rows(5)))
    store.close()
    (tmp_path / "chroma.sqlite3").write_bytes(b"spoiled" * 1_000)
    with pytest.raises(StoreError):
        store.ids()
    store.close()
    shutil.rmtree(tmp_path)
