"""Spans that can hardly be the answer fall behind those that can."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.analysis import analyse
from assistant.extraction import Candidate
from assistant.naming import news_first
from assistant.records import Evidence, MetWord
from corpus.records import Article, Kind, Sentence, Span


def evidence(text, language, met=()):
    sentence = Sentence(Span(7, 7 + len(text)), Kind.PROSE, language)
    words = tuple(MetWord(Span(text.index(word), text.index(word) + len(word)), 0.3, Span(0, 1)) for word in met)
    return Evidence("S1", "d", sentence, text, Article("", language), 0.5, matched=words)


def candidate(item, words, score):
    start = item.text.index(words) + item.sentence.span.start
    return Candidate(item.key, words, Span(start, start + len(words)), score)


@pytest.mark.parametrize(
    ("question", "text", "language", "met", "spans", "first"),
    [
        ("谁是码头的新主管？", "码头的管理层说，新主管是王海涛。", "zh", ("主管",), ("管理层", "王海涛"), "王海涛"),
        ("Who runs the port?", "The crew says that Mara Quist runs it.", "en", (), ("crew", "Mara Quist"), "Mara Quist"),
        ("Which firm runs the port?", "A small firm, Quist and Sons, runs it.", "en", ("firm",), ("small", "Quist"), "Quist"),
        ("Where is the port?", "The port of Orsa lies at a river.", "en", ("port",), ("river", "Orsa"), "river"),
        ("Which party runs the port?", "工党管理港口，港口在奥尔萨。", "zh", (), ("工党", "奥尔萨"), "工党"),
        ("谁在关心港口？", "大家心中都有港口，王海涛也是。", "zh", ("港口",), ("心中", "王海涛"), "王海涛"),
        ("Who runs it, Mara or Ann?", "Mara runs it, says Bo.", "en", ("Mara",), ("Mara", "Bo"), "Mara"),
        ("谁更高，王海涛还是李明？", "王海涛更高，张伟说。", "zh", ("王海涛",), ("王海涛", "张伟"), "王海涛"),
        ("Who runs the port?", "The crew runs it.", "en", (), ("crew", "it"), "crew"),
        ("What did Mara Quist ask for?", "Mara Quist asked for a pier.", "en", ("Mara", "Quist"), ("Mara Quist", "pier"), "pier"),
        ("Did Mara Quist ask for it?", "Mara Quist asked for a pier.", "en", ("Mara", "Quist"), ("Mara Quist", "pier"), "Mara Quist"),
    ],
)  # fmt: skip
def test_names_and_news_come_first(question, text, language, met, spans, first):
    item = evidence(text, language, met)
    found = news_first(analyse(question), [item], [candidate(item, spans[0], 0.6), candidate(item, spans[1], 0.4)])
    assert found[0].text == first


@given(
    st.lists(st.floats(0.01, 0.99), min_size=1, max_size=6), st.sampled_from(["Who came?", "What came?", "谁来了？"])
)
def test_no_span_is_lost_or_made_likelier(scores, question):
    item = evidence("Mara Quist came with 王海涛 and a crew.", "en", ("came",))
    words = ["Mara", "Quist", "came", "王海涛", "crew", "a crew"]
    given_ = [candidate(item, word, score) for word, score in zip(words, scores, strict=False)]
    found = {(one.text, one.span): one.score for one in news_first(analyse(question), [item], given_)}
    assert found.keys() == {(one.text, one.span) for one in given_}
    assert all(found[one.text, one.span] <= one.score + 1e-9 for one in given_)
