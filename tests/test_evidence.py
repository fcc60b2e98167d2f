"""Which sentences, spans and values are chosen for an answer."""

from __future__ import annotations

import pytest
from shelves import CRANES, TEXTS, Shelf, answerer, asked, shelf

from assistant.analysis import analyse
from assistant.choosing import choose
from assistant.evidence import gather_evidence
from assistant.extraction import extract
from assistant.reading import told_dates
from assistant.records import Status
from assistant.spans import find_spans
from corpus.records import Article, Document, Span
from corpus.sentences import split_sentences
from index.records import Passage


def value_told(question, language, title, texts):
    """The span chosen from one article; `texts` by language."""
    return choose(*asked(question, language, Shelf({language: (title, texts[language])}))).span.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How much of Orsa's trade consists of exports?", "72 percent"),
        ("By how much did Orsa's trade grow?", "18 percent"),
        ("By how many percent were the tariffs on Orsa's timber raised?", "10 percent"),
        ("By which year should Orsa's trade exceed 300 million yuan?", "2030"),
        ("How much trade does Orsa want to have by 2030?", "exceed 300 million yuan"),
        ("How has Orsa's part in the trade of the coast changed?", "from one-fiftieth to one-tenth"),
        ("How large were the imports of Orsa in 2020?", "6 million yuan"),
    ],
)
def test_the_value_told_is_of_the_kind_that_was_asked_for(question, value):
    text = (
        "The trade of Orsa came to 120 million yuan last year, which was 18 percent more than before. Exports made up "
        "72 percent of the trade of Orsa. In spring the neighbours raised the tariffs on timber from Orsa by 10 percent. "
        "The trade of Orsa is to reach 150 million yuan by 2027 and to exceed 300 million yuan by 2030. "
        "Its part in the trade of the coast grew from one-fiftieth to one-tenth. "
        "In 2020 the foreign trade of Orsa amounted to 30 million yuan. Its imports stayed at 6 million yuan that year."
    )
    choice = choose(*asked(question, among=Shelf({"en": ("Trade of Orsa", text)})))
    assert choice.span.text == value


@pytest.mark.parametrize(
    ("language", "question"),
    [("en", "How many days does the ferry of Orsa take?"), ("zh", "奥萨的渡轮要走几天？")],
)
def test_no_date_tells_how_many_days_something_takes(language, question):
    texts = {
        "en": "From January to May 2025 the ferry of Orsa made 460 trips. It has been running since 2014.",
        "zh": "2025年1月至5月，奥萨的渡轮共开行460班。渡轮自2014年起运行。",
    }
    draft = answerer().answer(*asked(question, language, Shelf({language: ("Orsa", texts[language])})))
    assert draft.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("language", "question", "told", "value"),
    [
        ("en", "How tall is the lighthouse of Orsa?", "has 40,000 visitors a year and 12 lamps", ""),
        ("en", "How tall is the lighthouse of Orsa?", "has 40,000 visitors a year and is 42 metres tall", "42 metres"),
        ("en", "How tall is the lighthouse of Orsa?", "has 40,000 visitors a year and 12 floors", "12"),
        ("zh", "奥萨的灯塔高度是多少？", "每年有4万名游客，有12盏灯", ""),
        ("zh", "奥萨的灯塔高度是多少？", "每年有4万名游客，高42米", "42米"),
        ("en", "How heavy is the bell of Orsa?", "is 3 metres high", ""),
        ("en", "How heavy is the bell of Orsa?", "is 3 metres high and weighs 2 tonnes", "2 tonnes"),
    ],
)
def test_a_size_is_told_in_its_units_or_not_at_all(language, question, told, value):
    thing = ("灯塔" if language == "zh" else "lighthouse") if "bell" not in question else "bell"
    text = f"奥萨的{thing}{told}。" if language == "zh" else f"The {thing} of Orsa {told}."
    draft = answerer().answer(*asked(question, language, Shelf({language: ("Orsa", text)})))
    if value:
        assert value in draft.claims[0].text, draft
    else:
        assert draft.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("language", "question", "value"),
    [
        ("en", "In which year was the ferry line of Orsa opened?", "2014"),
        ("en", "When did the ferry line of Orsa make 460 trips?", "January to May 2025"),
        ("zh", "奥萨的渡轮航线是哪一年开通的？", "2014年"),
        ("zh", "奥萨的渡轮航线何时开通？", "2014年"),
    ],
)
def test_a_few_months_are_neither_a_year_nor_a_beginning(language, question, value):
    texts = {
        "en": "From January to May 2025 the ferry line of Orsa made 460 trips. The line was opened in 2014.",
        "zh": "2025年1月至5月，奥萨的渡轮航线共开行460班。航线于2014年投入使用。",
    }
    assert value_told(question, language, "Orsa", texts) == value


@pytest.mark.parametrize(
    ("language", "question", "value"),
    [
        ("en", "By which year will the harbour of Orsa ship 300 million euros' worth of timber?", "2030"),
        ("en", "By which year will the harbour of Orsa ship 100 million euros' worth of timber?", "2025"),
        ("zh", "奥萨港的木材出口额到哪一年要达到3亿欧元？", "2030年"),
        ("zh", "奥萨港的木材出口额到哪一年要达到1亿欧元？", "2025年"),
    ],
)
def test_the_date_beside_the_sum_that_the_question_names_is_told(language, question, value):
    texts = {
        "en": "The harbour of Orsa told its plans in December 2024: timber worth 100 million euros is to be shipped in "
        "2025, and worth 300 million euros by 2030.",
        "zh": "奥萨港2024年12月公布了计划：木材出口额2025年达到1亿欧元，到2030年达到3亿欧元。",
    }
    assert value_told(question, language, "Orsa", texts) == value


@pytest.mark.parametrize(
    ("language", "question", "value"),
    [
        ("en", "How much timber did the harbour of Orsa import in May 2021?", "24 million yuan"),
        ("en", "How much timber did the harbour of Orsa import from January to May 2021?", "69 million yuan"),
        ("zh", "2021年5月，奥萨港的木材进口额是多少？", "2400万元"),
        ("zh", "奥萨港5月份的木材进口额是多少？", "2400万元"),
        ("zh", "奥萨港2021年1至5月的木材进口额是多少？", "6900万元"),
    ],
)
def test_a_sentence_that_goes_on_tells_the_value_of_the_very_time(language, question, value):
    texts = {
        "en": (
            "Timber at Orsa",
            "The harbour of Orsa imported timber worth 69 million yuan from January to May 2021. In May 2021 alone it "
            "imported 24 million yuan's worth. The harbour is deep.",
        ),
        "zh": (
            "奥萨港的木材",
            "2021年1至5月，奥萨港的木材进口额为6900万元。仅2021年5月一个月就进口2400万元。港口很深。",
        ),
    }
    choice = choose(*asked(question, among=Shelf({language: texts[language]})))
    assert choice.span.text == value


def test_evidence_is_keyed_in_order_and_stands_in_its_document():
    _, evidence = asked("Who designed the ferry of Port Ellis?")
    assert [item.key for item in evidence] == [f"S{n}" for n in range(1, len(evidence) + 1)]
    assert [item.score for item in evidence] == sorted((item.score for item in evidence), reverse=True)
    for item in evidence:
        assert item.sentence.span.cut(shelf().document(item.document_id).text) == item.text
        assert 0 <= item.score <= 1


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("Who designed the ferry of Port Ellis?", "designed by Anna Holm"),
        ("What share of its pears does Lind sell abroad?", "62 percent"),
        ("Why was the old pier closed?", "because"),
        ("白石镇集市是谁创办的？", "林海涛"),
        ("集市有多少个摊位？", "三百二十"),
    ],
)
def test_best_evidence(text, proof):
    _, evidence = asked(text)
    assert proof in evidence[0].text


def test_who_told_it_is_answered_by_a_sentence_that_names_its_source():
    choice = choose(*asked("Which newspaper reported on the cranes that Testhaven bought?", among=Shelf(CRANES)))
    assert "Harbour Gazette" in choice.span.text


def test_words_that_meet_the_question_are_marked():
    _, evidence = asked("Who designed the ferry of Port Ellis?")
    words = {word.span.cut(evidence[0].text) for word in evidence[0].matched}
    assert {"ferry", "designed", "Port", "Ellis"} <= words
    assert "Anna" not in words


def test_a_sentence_that_asks_is_no_evidence():
    shelf = Shelf(
        {"en": ("The ferry", "Who designed the ferry of Port Ellis? Anna Holm drew it, a plate on the pier says.")}
    )
    _, found = asked("Who designed the ferry of Port Ellis?", among=shelf)
    assert not found[0].text.endswith("?")


def test_boilerplate_is_no_evidence():
    text = "Home > News\nThe mill of Arn grinds rye.\nMore about the mill of Arn: subscribe now"
    marked = tuple(
        Span(text.index(line), text.index(line) + len(line)) for line in (text.split("\n")[0], text.split("\n")[2])
    )
    document = Document.create(text, Article("Mill", "en"), marked)

    class One:
        analyzer = shelf().analyzer

        def document(self, document_id):
            return document

        def nearness(self, query, texts):
            return shelf().nearness(query, texts)

        def match(self, question, windows):
            return shelf().match(question, windows)

        def read(self, question, windows):
            return shelf().read(question, windows)

    passage = Passage(document.id, f"{document.id}:0", Span(0, len(text)), text, "en", document.article, 1.0, 1)
    evidence = gather_evidence(analyse("What does the mill of Arn grind?"), [passage], One())
    assert [item.text for item in evidence] == ["The mill of Arn grinds rye."]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Who designed the ferry of Port Ellis?", "Anna Holm"),
        ("How much does the crossing cost?", "12"),
        ("白石镇集市是谁创办的？", "林海涛"),
    ],
)
def test_spans_hold_the_answer(text, short):
    question, evidence = asked(text)
    candidates = extract(question, evidence)
    assert short in [c.text.strip("$") for c in candidates[:5]]
    for candidate in candidates:
        item = next(item for item in evidence if item.key == candidate.key)
        assert candidate.span.cut(shelf().document(item.document_id).text) == candidate.text
        assert 0 <= candidate.score <= 1


@pytest.mark.parametrize("text", [text for _, text in TEXTS.values()])
def test_spans_lie_in_order_inside_the_sentence(text):
    for sentence in split_sentences(text):
        piece = sentence.span.cut(text)
        table = find_spans(piece, sentence.language)
        bounds = [table.bounds(n) for n in range(len(table.first))]
        assert len(set(zip(table.first.tolist(), table.last.tolist(), strict=True))) == len(bounds)
        assert all(0 <= start < end <= len(piece) for start, end in bounds)


def test_signs_belong_to_their_number():
    table = find_spans("It costs $12 a day.", "en")
    assert "$12" in ["It costs $12 a day."[slice(*table.bounds(n))] for n in range(len(table.first))]


def test_no_span_ends_with_a_particle():
    text = "2月4日起加征10%的关税，目的在于保护。"
    table = find_spans(text, "zh")
    found = [text[slice(*table.bounds(number))] for number in range(len(table.first))]
    assert "10%" in found
    assert "目的" in found
    assert not any(span.endswith("10%的") for span in found)


@pytest.mark.parametrize(
    ("language", "question", "value"),
    [
        ("zh", "预计2024年全年来白石镇的客商有多少？", "6万人次"),
        ("zh", "2024年前11个月来白石镇的客商有多少？", "5.1万人次"),
        ("zh", "2024年来白石镇的客商增长了百分之几？", "55%"),
        ("en", "How many traders are expected in Whitestone in 2024?", "60,000"),
        ("en", "By how many percent did the number of traders in Whitestone rise in 2024?", "55 percent"),
    ],
)
def test_most_of_a_time_gives_way_only_to_the_whole_told_beside_it(language, question, value):
    texts = {
        "zh": "2024年1月至11月，来白石镇的客商共有5.1万人次，比上年同期增长55%。预计2024年全年将达到6万人次。",
        "en": (
            "From January to November 2024 51,000 traders came to Whitestone, 55 percent more than in the same months of "
            "2023. In 2024 as a whole 60,000 traders are expected in Whitestone."
        ),
    }
    assert value_told(question, language, "Whitestone", texts) == value


@pytest.mark.parametrize(
    ("question", "language", "value"),
    [
        ("奥尔萨出口在全国出口中的比重发生了怎样的变化？", "zh", "从千分之一上升到五十分之一"),
        ("How did Orsa's share in the country's exports change?", "en", "from one-thousandth to one-fiftieth"),
    ],
)
def test_the_change_of_a_share_is_told_in_shares(question, language, value):
    texts = {
        "zh": "奥尔萨的出口从2010年的20亿元变化到2023年的500亿元，增长了24倍。它在全国出口中的比重从千分之一上升到五十分之一。",
        "en": (
            "The exports of Orsa changed from 2 billion yuan in 2010 to 50 billion yuan, an increase of 24-fold. "
            "Its part in the country's exports grew from one-thousandth to one-fiftieth."
        ),
    }
    assert value_told(question, language, "Orsa", texts) == value


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024年，进口额达到60亿元，比2023年增长两成。", ["2024年"]),
        ("In 2024 trade was 18 percent higher than in 2023.", ["2024"]),
        ("Sales rose to 5 million in May 2024, up from April 2024.", ["May 2024"]),
        ("Sales grew from 2010 to 2023.", ["2010 to 2023"]),
    ],
)
def test_what_is_only_compared_with_is_not_told(text, told):
    assert [day.span.cut(text) for day in told_dates(text)] == told
