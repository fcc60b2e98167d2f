"""One text is one article: other names, new versions, reprints, and what an edit costs."""

import random
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.agreement import compare_articles
from assistant.extraction import Candidate
from assistant.records import Evidence
from corpus.errors import UserError
from corpus.records import Article, Document, Sentence, Span
from index.bilingual import BilingualEmbedder
from index.collection import Collection
from index.likeness import are_alike, likeness, sign
from index.records import Located, Scope

WORDS = "harbour ferry market price winter council bridge school river farmer valley train island storm licence".split()
CHINESE = "港口渡轮市场价格冬天议会桥梁学校河流农民山谷火车岛屿风暴执照检查员报告增长下降工人城市"


def prose(seed, sentences=24, language="en"):
    draw = random.Random(seed)
    if language == "zh":
        return "\n\n".join("".join(draw.choices(CHINESE, k=24)) + "。" for _ in range(sentences))
    lines = (" ".join(draw.choices(WORDS, k=9)) for _ in range(sentences))
    return "\n\n".join(f"The {line} number {draw.randrange(1000)}." for line in lines)


def document(text, title="Notes", language="en", **facts):
    return Document.create(text, Article(title, language, **facts))


@pytest.fixture(scope="module")
def embedder():
    return BilingualEmbedder()


@pytest.fixture
def collection(tmp_path, embedder):
    with Collection.open(tmp_path / "collection", embedder=embedder) as opened:
        yield opened


class Counting:
    """The real embedder, which remembers what it was asked for."""

    def __init__(self, real):
        self.real, self.texts = real, []
        self.dimension, self.fingerprint, self.encode_query = real.dimension, real.fingerprint, real.encode_query

    def encode_document(self, texts):
        self.texts.extend(texts)
        return self.real.encode_document(texts)


# Likeness


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400))
def test_a_text_is_like_itself_and_bands_meet(text):
    signature = sign(document(text))
    assert likeness(signature, signature) == (1.0 if signature.bands() else 0.0)
    assert signature.bands() == sign(document(text)).bands()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_reprints_are_alike_and_other_texts_are_not(language):
    text = prose(1, language=language)
    paragraphs = text.split("\n\n")
    reprint = "\n\n".join(["By our wire service", *paragraphs[:20], "More follows."])
    shortened = "\n\n".join(paragraphs[:14])
    own, other = (sign(document(each, language=language)) for each in (text, prose(2, language=language)))
    assert are_alike(own, sign(document(reprint, language=language)))
    assert are_alike(own, sign(document(shortened, language=language)))
    assert not are_alike(own, other)


def test_boilerplate_and_script_do_not_tell_texts_apart():
    menu = "Home News Sport Weather About Contact Subscribe " * 8
    body = prose(3)
    bare, framed = document(body), Document.create(menu + body, Article("t", "en"), (Span(0, len(menu)),))
    assert likeness(sign(bare), sign(framed)) == 1.0
    simplified, traditional = "馆长说新馆将于九月开放读者凭身份证即可入馆", "館長說新館將於九月開放讀者憑身份證即可入館"
    assert likeness(sign(document(simplified, language="zh")), sign(document(traditional, language="zh"))) == 1.0


# Names


def test_the_same_text_under_another_name_is_one_article(collection):
    text = prose(4)
    first, copy = document(text, "Storm", source="a.txt"), document(text, "copy of a", source="b.txt")
    assert collection.add([Located(first, "/news/a.txt"), Located(copy, "/news/b.txt")]).added == (first.id,)
    again = [Located(first, "/news/a.txt"), Located(copy, "/news/b.txt")]
    assert collection.add(again).unchanged == (first.id,)
    assert [article.title for _, article, _ in collection.articles()] == ["Storm"]


# Versions


def edited(text, number=12):
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        [*paragraphs[:number], "The paragraph was corrected by the zeppelin desk.", *paragraphs[number + 1 :]]
    )


def test_a_file_that_changed_supersedes_what_it_was(collection):
    old, new = document(prose(5), "Storm", source="a.txt"), document(prose(6), "Calm", source="a.txt")
    collection.add([Located(old, "/news/a.txt")])
    report = collection.add([Located(new, "/news/a.txt")])
    assert (report.added, report.superseded) == ((new.id,), (old.id,))
    assert [id for id, _, _ in collection.articles()] == [new.id]
    (version,) = collection.history()
    assert (version.document_id, version.successor, version.article.title) == (old.id, new.id, "Storm")
    assert collection.document(old.id).text == old.text
    assert {passage.document_id for passage in collection.search("harbour ferry market")} == {new.id}
    assert collection.search("harbour", scope=Scope(documents=[old.id])) == []


@pytest.mark.parametrize("facts", [{"url": "https://example.com/storm"}, {"publisher": "Harbour Post"}])
def test_a_new_version_is_known_by_its_address_or_its_title_and_publisher(collection, facts):
    old, new = document(prose(7), "Storm", **facts), document(edited(prose(7)), "Storm", **facts)
    collection.add([old])
    assert collection.add([new]).superseded == (old.id,)
    assert collection.search("zeppelin desk")[0].document_id == new.id


def test_other_articles_of_one_title_stay(collection):
    template = prose(8)
    monday, tuesday = (document(template + f"\n\nDay {n}.", "Prices", published=day(n)) for n in (1, 2))
    other = document(prose(9), "Prices")
    collection.add([monday])
    assert collection.add([tuesday]).superseded == ()
    assert collection.add([other]).superseded == ()
    assert len(collection.articles()) == 3


def day(number):
    from datetime import date

    return date(2024, 5, number)


def test_what_is_given_together_stands_together(collection):
    old, new = document(prose(10), "Storm"), document(edited(prose(10)), "Storm")
    assert collection.add([old, new]).superseded == ()
    assert len(collection.articles()) == 2


def test_an_edit_taken_back_makes_the_old_text_current(collection):
    old, new = document(prose(11), "Storm"), document(edited(prose(11)), "Storm")
    for each in (old, new, old):
        report = collection.add([Located(each, "/news/a.txt")])
        assert report.added == (each.id,)
    assert [id for id, _, _ in collection.articles()] == [old.id]
    assert [version.document_id for version in collection.history()] == [new.id]
    assert {passage.document_id for passage in collection.search("harbour ferry")} == {old.id}


def test_history_grows_and_goes_with_its_article(collection, tmp_path):
    versions = [document(prose(12) + "\n\nquokkaberry" + "!" * number, "Storm") for number in range(3)]
    for version in versions:
        collection.add([Located(version, "/news/a.txt")])
    assert {version.successor for version in collection.history()} == {versions[2].id}
    collection.remove([versions[2].id])
    assert (collection.articles(), collection.history()) == ([], [])
    for version in versions:
        with pytest.raises(UserError):
            collection.document(version.id)
    collection.close()
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and b"quokkaberry" in p.read_bytes()]


def test_a_place_with_many_articles_replaces_only_what_is_alike(collection):
    rows = [document(prose(20 + number), f"Row {number}") for number in range(3)]
    collection.add([Located(row, "/news/all.jsonl") for row in rows])
    changed = document(edited(prose(21)), "Row 1")
    report = collection.add([Located(row, "/news/all.jsonl") for row in (rows[0], changed, rows[2])])
    assert (report.added, report.superseded) == ((changed.id,), (rows[1].id,))


def test_a_preview_writes_nothing(collection):
    old, new = document(prose(13), "Storm"), document(edited(prose(13)), "Storm")
    collection.add([Located(old, "/news/a.txt")])
    before = collection.digest()
    assert collection.preview([Located(new, "/news/a.txt")]).superseded == (old.id,)
    assert collection.preview([old]).unchanged == (old.id,)
    assert (collection.digest(), collection.history()) == (before, [])


def test_an_edit_embeds_only_what_it_changed(tmp_path, embedder):
    counting = Counting(embedder)
    text = prose(14, sentences=120)
    with Collection.open(tmp_path, embedder=counting) as collection:
        collection.add([Located(document(text, "Storm"), "/news/a.txt")])
        whole = len(counting.texts)
        counting.texts.clear()
        paragraphs = text.split("\n\n")
        paragraphs[60] = paragraphs[60].replace("The ", "One ")
        collection.add([Located(document("\n\n".join(paragraphs), "Storm"), "/news/a.txt")])
        assert whole > 5
        assert len(counting.texts) == 1
        counting.texts.clear()
        appended = "\n\n".join([*paragraphs, "One more line at the end."])
        collection.add([Located(document(appended, "Storm"), "/news/a.txt")])
        assert len(counting.texts) <= 2


# Reprints


def test_reprints_are_one_family_and_from_the_third_on_come_after_other_articles(collection):
    text = prose(15)
    wire = [document(f"{text}\n\nPrinted by paper {name}.", f"Storm {name}", publisher=name) for name in "ABC"]
    other = document(prose(16), "Other")
    collection.add([*wire, other])
    families = collection.families([each.id for each in (*wire, other)])
    assert len({families[each.id] for each in wire}) == 1
    assert families[other.id] == other.id
    order = list(dict.fromkeys(passage.document_id for passage in collection.search(text[:200], 50)))
    assert order.index(other.id) == 2
    collection.remove([wire[0].id])
    assert wire[0].id not in set(collection.families([each.id for each in wire[1:]]).values())


def test_a_family_is_found_over_several_steps(collection):
    paragraphs = prose(17, sentences=60).split("\n\n")
    chain = [document("\n\n".join(paragraphs[start : start + 30]), f"Part {start}") for start in (0, 8, 16, 24)]
    collection.add(chain)
    assert not are_alike(sign(chain[0]), sign(chain[3]))
    assert len(set(collection.families([chain[0].id, chain[3].id]).values())) == 1


def test_one_family_is_one_witness():
    def said(key, document_id, text, family=""):
        sentence = Sentence(Span(0, len(text)), "en")
        return Evidence(key, document_id, sentence, text, Article("t", "en"), 1.0, family=family)

    evidence = [
        said("S1", "a", "The ferry cost 14 euros.", "a"),
        said("S2", "b", "A ferry ticket, then, cost 14 euros.", "a"),
        said("S3", "c", "Tickets were 14 euros each.", "c"),
        said("S4", "d", "They paid 14 euros at the pier.", "c"),
    ]
    spans = [
        Candidate(item.key, "14 euros", Span(item.text.index("14"), item.text.index("euros") + 5), 1.0)
        for item in evidence
    ]
    encode = BilingualEmbedder().encode_query
    assert compare_articles(spans[0], spans, evidence, encode).agreeing == ("S3",)


def test_collections_from_before_are_signed_with_the_next_change(collection, tmp_path, embedder):
    text = prose(18)
    collection.add([document(text, "Storm")])
    with collection.upkeep.writing():
        for table in ("signatures", "bands"):
            collection._database._sql.rows(f"DELETE FROM {table}")
    collection.close()
    moved = shutil.copytree(tmp_path / "collection", tmp_path / "moved")
    with Collection.open(moved, embedder=embedder) as opened:
        copy = document(text + "\n\nReprinted.", "Copy")
        opened.add([copy])
        assert len(set(opened.families(id for id, _, _ in opened.articles()).values())) == 1
