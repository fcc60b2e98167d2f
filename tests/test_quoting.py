"""Quotes are cut, numbered, joined and checked; nothing unsupported gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quoting import QuoteState, cut, verify_quote
from assistant.records import AnswerType, Claim, Draft, Evidence, Question, Quote, Status
from corpus.errors import UserError
from corpus.records import Article, Document, Span
from corpus.sentences import split_sentences

TEXT = "The port bought 14 cranes in 2024. It sold 3 old ones. Nobody was hurt. The port bought 14 cranes in 2024."
ARTICLE = Article(title="Cranes", language="en", source="cranes.md")
DOCUMENT = Document.create(TEXT, ARTICLE)


def _question(text="How many cranes?", language="en"):
    return Question(text, text, language, AnswerType.COUNT)


def _evidence(document=DOCUMENT):
    sentences = split_sentences(document.text)
    return [
        Evidence(f"S{n}", document.id, s, s.span.cut(document.text), document.article, 1 / n)
        for n, s in enumerate(sentences, start=1)
    ]


def _cut(*claims, status=Status.ANSWERED, language="en"):
    return cut(_question(language=language), Draft(status, tuple(claims), 0.9), _evidence(), lambda _: DOCUMENT)


def test_a_claim_gets_its_quote_and_mark():
    answer = _cut(Claim("14", ("S1",)))
    assert (answer.status, answer.text, answer.short) == (Status.ANSWERED, "14 [1].", "14")
    assert answer.quotes[0].span == Span(0, 34)


def test_a_sentence_that_only_adds_is_no_part_of_the_bare_answer():
    adds = Claim("The cranes", ("S2",), adds=True)
    answer = _cut(Claim("The port bought 14", ("S1",), "14"), adds)
    assert (answer.text, answer.short) == ("The port bought 14 [1]. The cranes [1].", "14")
    alone = _cut(Claim("15", ("S1",)), adds)
    assert alone.short == "The cranes"


@pytest.mark.parametrize(
    ("language", "text"), [("en", "14 [1]. See also [2].\nA note."), ("zh", "14 [1]。另见 [2]。\nA note.")]
)
def test_a_likely_sentence_that_no_claim_cites_is_a_quote_of_its_own(language, text):
    draft = Draft(Status.ANSWERED, (Claim("14", ("S1",)),), 0.9, "A note.", see_also=("S2",))
    answer = cut(_question(language=language), draft, _evidence(), lambda _: DOCUMENT)
    assert (answer.text, answer.short) == (text, "14")
    assert [quote.text for quote in answer.quotes] == [item.text for item in _evidence()[:2]]


def test_what_a_claim_cites_is_not_pointed_at_again():
    draft = Draft(Status.ANSWERED, (Claim("14", ("S1",)),), 0.9, see_also=("S1", "S99"))
    answer = cut(_question(), draft, _evidence(), lambda _: DOCUMENT)
    assert (answer.text, len(answer.quotes)) == ("14 [1].", 1)


def test_repeated_text_resolves_to_the_occurrence_pointed_at():
    answer = _cut(Claim("14", ("S4",)))
    (quote,) = answer.quotes
    assert quote.span.start == TEXT.rindex("The port")
    assert quote.text == _cut(Claim("14", ("S1",))).quotes[0].text


def test_neighbouring_sentences_become_one_quote():
    answer = _cut(Claim("14", ("S1", "S2")))
    (quote,) = answer.quotes
    assert quote.text == TEXT[: TEXT.index(" Nobody")]
    assert len(_cut(Claim("14", ("S1", "S3"))).quotes) == 2


@pytest.mark.parametrize(
    "claim",
    [Claim("15", ("S1",)), Claim("14", ()), Claim("14", ("S9",)), Claim("14", ("S3",)), Claim("cranes", ("S1",), "15")],
    ids=["wrong number", "no key", "unknown key", "number elsewhere", "wrong short"],
)
def test_what_no_quote_supports_is_dropped(claim):
    answer = _cut(claim)
    assert answer.status is Status.NOT_FOUND
    assert answer.short == ""
    assert _cut(claim, Claim("14", ("S1",))).text == "14 [1]."


def test_not_found_names_the_nearest_thing_in_the_readers_language():
    assert "Not in these articles" in _cut(status=Status.NOT_FOUND).text
    chinese = _cut(status=Status.NOT_FOUND, language="zh")
    assert "这些文章里没有" in chinese.text
    assert chinese.quotes[0].text == TEXT[:34]


def test_a_conflict_of_one_is_no_conflict():
    assert _cut(Claim("14", ("S1",)), Claim("15", ("S2",)), status=Status.CONFLICT).status is Status.ANSWERED
    both = _cut(Claim("14", ("S1",)), Claim("3", ("S2",)), status=Status.CONFLICT)
    assert both.status is Status.CONFLICT
    assert "[1]" in both.text
    assert "Cranes" in both.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_conflict_names_no_source_where_none_is_known(language):
    unknown = Document.create(TEXT, Article(title="", language="en"))
    draft = Draft(Status.CONFLICT, (Claim("14", ("S1",)), Claim("3", ("S2",))), 0.9)
    answer = cut(_question(language=language), draft, _evidence(unknown), lambda _: unknown)
    assert answer.text.splitlines()[1:] == ["- 14 [1]", "- 3 [1]"]


class Shelf:
    def __init__(self, *documents):
        self.documents = {document.id: document for document in documents}

    def document(self, document_id):
        if document_id not in self.documents:
            raise UserError("unknown")
        return self.documents[document_id]

    def articles(self):
        return [(d.id, d.article, len(d.text)) for d in self.documents.values()]


def test_quotes_are_ok_changed_or_gone():
    (quote,) = _cut(Claim("14", ("S1",))).quotes
    assert verify_quote(quote, Shelf(DOCUMENT)) is QuoteState.OK
    assert verify_quote(quote, Shelf()) is QuoteState.GONE
    assert verify_quote(quote, Shelf(Document.create(TEXT + " More.", ARTICLE))) is QuoteState.CHANGED
    forged = Quote(1, "The port bought 15 cranes in 2024.", quote.document_id, quote.span, ARTICLE, "en")
    assert verify_quote(forged, Shelf(DOCUMENT)) is QuoteState.CHANGED


@given(st.text(alphabet="ab 12.。!？\n一二", max_size=120), st.data())
def test_every_quote_equals_its_slice(text, data):
    document = Document.create(text, ARTICLE)
    evidence = _evidence(document)
    if not evidence:
        return
    keys = data.draw(st.lists(st.sampled_from([item.key for item in evidence]), min_size=1, max_size=4, unique=True))
    answer = cut(_question(), Draft(Status.ANSWERED, (Claim("x", tuple(keys)),), 0.5), evidence, lambda _: document)
    for quote in answer.quotes:
        assert quote.text == document.text[quote.span.start : quote.span.end]
    cited = [item for item in evidence if item.key in keys]
    assert all(any(q.span.contains(item.sentence.span) for q in answer.quotes) for item in cited)
