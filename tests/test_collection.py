import json
import shutil
from dataclasses import dataclass, replace
from datetime import date

import pytest

from corpus.errors import UserError
from corpus.records import Article, Document, text_digest
from corpus.settings import ChunkingSettings
from index.bilingual import BilingualEmbedder
from index.collection import Collection
from index.records import EVERYTHING, Scope
from index.settings import IndexSettings

FERRY = """The island ferry will cross eleven times a day from April, the port office said.

Each crossing takes forty minutes. A ticket costs 14 euros, and children travel free of charge."""
CHEESE = """A village dairy in the hills has doubled its output of sheep cheese.

Its owner, Marta Oyelaran, sells most of the wheels to restaurants in the valley."""
LIBRARY = """市图书馆宣布，新馆将于九月开放，藏书达到八十万册。

馆长说，夜间阅览室将开放到晚上十一点，读者凭身份证即可入馆。"""
RAILWAY = """山区铁路昨天恢复通车。大雨曾冲毁三座桥梁，抢修持续了两个星期。

铁路局表示，每天将开行六对列车。"""


def document(text, title="Notes", language="en", **facts):
    return Document.create(text, Article(title, language, **facts))


def documents():
    return [
        document(FERRY, "More crossings", publisher="Harbour Post", published=date(2024, 3, 2)),
        document(CHEESE, "Cheese from the hills", publisher="Valley News"),
        document(LIBRARY, "新图书馆九月开放", "zh", publisher="城市晚报", published=date(2024, 6, 30)),
        document(RAILWAY, "山区铁路恢复", "zh", publisher="城市晚报"),
    ]


@pytest.fixture(scope="session")
def embedder():
    return BilingualEmbedder()


@pytest.fixture(scope="session")
def filled(tmp_path_factory, embedder):
    folder = tmp_path_factory.mktemp("filled")
    with Collection.open(folder, embedder=embedder) as collection:
        collection.add(documents())
    return folder


@pytest.fixture
def folder(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "collection")


@pytest.fixture
def collection(folder, embedder):
    with Collection.open(folder, embedder=embedder) as opened:
        yield opened


@dataclass
class CountingEmbedder:
    """The real embedder, which remembers what it was asked for."""

    real: BilingualEmbedder
    texts: list

    @property
    def dimension(self):
        return self.real.dimension

    @property
    def fingerprint(self):
        return self.real.fingerprint

    def encode_query(self, texts):
        return self.real.encode_query(texts)

    def encode_document(self, texts):
        self.texts.extend(texts)
        return self.real.encode_document(texts)


def found(collection, query, scope=EVERYTHING):
    return [passage.article.title for passage in collection.search(query, scope=scope)]


def found_text(collection, query):
    return collection.search(query)[0].text


def holders(folder, *words):
    """Files under a folder that hold one of the words, in UTF-8 or UTF-16."""
    patterns = [word.encode(code) for word in words for code in ("utf-8", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(pattern in path.read_bytes() for pattern in patterns)]


def test_a_new_collection_is_empty_and_answers(tmp_path, embedder):
    with Collection.open(tmp_path / "deep" / "new", embedder=embedder) as empty:
        assert (empty.articles(), empty.chunk_count, empty.search("anything")) == ([], 0, [])


def test_what_was_added_is_found_in_both_languages(collection):
    assert found(collection, "How long does the crossing take?")[0] == "More crossings"
    assert found(collection, "渡轮每天开几次？", Scope(languages=["en"]))[0] == "More crossings"
    assert found(collection, "新馆有多少藏书")[0] == "新图书馆九月开放"
    assert found(collection, "When did the mountain railway reopen?", Scope(languages=["zh"]))[0] == "山区铁路恢复"


def test_articles_and_documents_come_back_whole(collection):
    assert [(id, length) for id, _, length in collection.articles()] == [
        (each.id, len(each.text)) for each in sorted(documents(), key=lambda each: each.article.title)
    ]
    for each in documents():
        assert collection.document(each.id) == each
    with pytest.raises(UserError, match="no article 'nowhere'"):
        collection.document("nowhere")


def test_adding_again_costs_nothing(folder, embedder):
    counting = CountingEmbedder(embedder, [])
    with Collection.open(folder, embedder=counting) as collection:
        before = collection.digest()
        report = collection.add([*documents(), *documents()])
        assert report.added == ()
        assert report.unchanged == tuple(each.id for each in documents())
        assert counting.texts == []
        assert collection.digest() == before


def test_changing_one_article_embeds_only_it(folder, embedder):
    counting = CountingEmbedder(embedder, [])
    with Collection.open(folder, embedder=counting) as collection:
        report = collection.add([document(CHEESE + " It now has three hundred sheep.", "Cheese"), *documents()])
        assert len(report.added) == 1
        assert counting.texts
        assert all("sheep cheese" in text for text in counting.texts)


def test_metadata_is_refreshed(collection):
    ferry = documents()[0]
    newer = replace(ferry, article=replace(ferry.article, publisher="Island Gazette"))
    assert collection.add([newer]).unchanged == (ferry.id,)
    assert collection.document(ferry.id).article.publisher == "Island Gazette"
    assert found(collection, "ferry", Scope(publishers=["Island Gazette"])) == ["More crossings"]
    assert found(collection, "ferry", Scope(publishers=["Harbour Post"])) == []


def test_a_new_title_can_be_found(collection):
    ferry = documents()[0]
    newer = replace(ferry, article=replace(ferry.article, title="Kittiwake timetable"))
    assert collection.add([newer]).unchanged == (ferry.id,)
    best = collection.search("kittiwake", explain=True)[0]
    assert best.article.title == "Kittiwake timetable"
    assert [match.term for match in best.matches] == ["kittiwake"]


def test_refusals_pass_through_and_progress_ends_with_all(tmp_path, embedder):
    from corpus.reading import Refusal

    seen = []
    refusal = Refusal("scan.pdf", "no text", "give a text file")
    with Collection.open(tmp_path, embedder=embedder) as collection:
        report = collection.add([refusal, *documents()], progress=lambda done, total: seen.append((done, total)))
        assert report.refused == (refusal,)
        assert seen[-1] == (collection.chunk_count, collection.chunk_count)


def test_removing_leaves_no_trace(folder, embedder):
    secret = document("The quokkaberry harvest at Tumbarumba failed.\n\n夸卡莓歉收。", "Quokkaberry")
    with Collection.open(folder, embedder=embedder) as collection:
        collection.add([secret])
        assert found(collection, "quokkaberry")[0] == "Quokkaberry"
        assert collection.remove([secret.id]) == (secret.id,)
        assert "Quokkaberry" not in found(collection, "quokkaberry harvest")
        with pytest.raises(UserError):
            collection.document(secret.id)
    words = ("uokkaberry", "umbarumba", "夸卡莓", secret.id, text_digest(f"Quokkaberry\n{secret.text}"))
    assert holders(folder, *words) == []


def test_removing_the_unknown_removes_nothing(collection):
    known = documents()[0].id
    with pytest.raises(UserError, match="'0000'"):
        collection.remove([known, "0000"])
    assert collection.document(known)
    assert collection.remove([]) == ()


def test_removing_all_leaves_a_working_collection(collection):
    collection.remove([each.id for each in documents()])
    assert (collection.chunk_count, collection.search("ferry")) == (0, [])
    collection.add(documents()[:1])
    assert found(collection, "ferry") == ["More crossings"]


def test_the_digest_names_the_content(collection, tmp_path, embedder):
    with Collection.open(tmp_path / "other", embedder=embedder) as other:
        other.add(reversed(documents()))
        assert other.digest() == collection.digest()
        other.remove([documents()[0].id])
        assert other.digest() != collection.digest()


# Damage


def store_folder(folder):
    (only,) = (folder / "stores").iterdir()
    return only


def spoil(path):
    for file in [path] if path.is_file() else sorted(path.rglob("*")):
        if file.is_file():
            file.write_bytes(b"spoiled" * 100)


DAMAGE = {
    "no stores": lambda folder: shutil.rmtree(folder / "stores"),
    "no chroma": lambda folder: shutil.rmtree(store_folder(folder) / "chroma"),
    "no tantivy": lambda folder: shutil.rmtree(store_folder(folder) / "tantivy"),
    "spoiled tantivy": lambda folder: spoil(store_folder(folder) / "tantivy"),
    "spoiled chroma": lambda folder: spoil(store_folder(folder) / "chroma"),
    "empty tantivy": lambda folder: [file.unlink() for file in (store_folder(folder) / "tantivy").rglob("*.idx")],
    "no manifest": lambda folder: (store_folder(folder) / "manifest.json").unlink(),
    "other fingerprint": lambda folder: (store_folder(folder) / "manifest.json").write_text(
        json.dumps({"fingerprint": "0" * 16, "store": "local"})
    ),
    "interrupted": lambda folder: (store_folder(folder) / "writing").touch(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_indexes_are_made_again(folder, embedder, damage):
    damage(folder)
    with Collection.open(folder, embedder=embedder) as collection:
        assert found(collection, "How long does the crossing take?")[0] == "More crossings"
        assert found(collection, "新馆有多少藏书")[0] == "新图书馆九月开放"
        assert collection.add(documents()).added == ()
        collection.remove([documents()[0].id])


def test_indexes_that_vanish_under_an_open_collection_are_made_again(collection, folder):
    assert found(collection, "ferry")[0] == "More crossings"
    shutil.rmtree(folder / "stores")
    collection.add([document("A lighthouse keeper retires.", "Lighthouse")])
    assert found(collection, "lighthouse keeper")[0] == "Lighthouse"


def reports(first, last):
    return [document(f"Report {number}: {NOUNS[number]} were counted in the harbour.") for number in range(first, last)]


NOUNS = "herons barges lanterns anchors gulls crates buoys kayaks".split()


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_documents_are_written_in_portions_of_any_size(tmp_path, embedder, monkeypatch, size):
    monkeypatch.setattr("index.adding._CHUNKS_TOGETHER", size)
    with Collection.open(tmp_path / "c", embedder=embedder) as collection:
        steps = []
        report = collection.add(reports(0, 8), progress=lambda done, total: steps.append(done))
        assert (len(report.added), steps[-1]) == (8, 8)
        assert steps == sorted(steps)
        assert all(NOUNS[number] in found_text(collection, f"How many {NOUNS[number]}?") for number in range(8))


def test_what_was_computed_before_a_fault_is_kept(tmp_path, embedder, monkeypatch):
    monkeypatch.setattr("index.adding._CHUNKS_TOGETHER", 2)

    def come():
        yield from reports(0, 5)
        raise KeyboardInterrupt

    with Collection.open(tmp_path / "c", embedder=embedder) as collection:
        with pytest.raises(KeyboardInterrupt):
            collection.add(come())
        assert collection.chunk_count == 4
        assert len(collection.add(reports(0, 8)).added) == 4


def test_an_index_that_vanishes_while_it_is_written_is_made_again(tmp_path, embedder, monkeypatch):
    monkeypatch.setattr("index.adding._CHUNKS_TOGETHER", 2)

    def come():
        yield from reports(0, 4)
        shutil.rmtree(tmp_path / "c" / "stores")
        yield from reports(4, 8)

    with Collection.open(tmp_path / "c", embedder=embedder) as collection:
        assert len(collection.add(come()).added) == 8
        assert all(NOUNS[number] in found_text(collection, f"How many {NOUNS[number]}?") for number in range(8))


def test_other_settings_make_the_chunks_anew(folder, embedder):
    small = IndexSettings(chunking=ChunkingSettings(english_characters=60, chinese_characters=20))
    with Collection.open(folder, small, embedder) as collection:
        assert collection.chunk_count > 4
        assert found(collection, "What does a ticket cost?")[0] == "More crossings"


def test_large_collections_go_through_chroma(folder, embedder):
    approximate = IndexSettings.model_validate({"store": {"exact_below": 0}})
    with Collection.open(folder, embedder=embedder) as exact, Collection.open(folder, approximate, embedder) as large:
        for query in ("island boat timetable", "图书馆几点关门"):
            assert [p.chunk_id for p in large.search(query)] == [p.chunk_id for p in exact.search(query)]
        assert found(large, "ferry", Scope(documents=[documents()[1].id])) == ["Cheese from the hills"]
        large.add([document("A lighthouse keeper retires.", "Lighthouse")])
        assert found(large, "lighthouse keeper")[0] == "Lighthouse"
        assert found(exact, "lighthouse keeper")[0] == "Lighthouse"


@pytest.mark.parametrize("few", [0, 10_000], ids=["proposed by the graph", "searched exactly"])
def test_scopes_of_large_collections_are_met(folder, embedder, monkeypatch, few):
    monkeypatch.setattr("index.partitions._FEW", few)
    approximate = IndexSettings.model_validate({"store": {"exact_below": 0}})
    scopes = [
        Scope(publishers=["城市晚报"]),
        Scope(languages=["en"]),
        Scope(publishers=["Harbour Post", "Valley News"]),
        Scope(published=(date(2024, 6, 1), None)),
        Scope(publishers=["nobody"]),
    ]
    with Collection.open(folder, embedder=embedder) as exact, Collection.open(folder, approximate, embedder) as large:
        for scope in scopes:
            for _ in range(2):  # the second time the scope is remembered
                assert found(large, "ferry and library", scope) == found(exact, "ferry and library", scope)


def test_a_folder_that_is_a_file_is_one_clear_line(tmp_path, embedder):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="can't be used"):
        Collection.open(tmp_path / "file", embedder=embedder)


def test_a_closed_collection_says_so(folder, embedder):
    collection = Collection.open(folder, embedder=embedder)
    collection.close()
    collection.close()
    with pytest.raises(UserError, match="closed"):
        collection.search("ferry")
