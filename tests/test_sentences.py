from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Article, Document, Kind, Span
from corpus.sentences import content_span, context_before, read_document, split_sentences

PIECES = st.sampled_from(
    ["He left. ", "Mr. ", "U.S. ", "1.05 ", "\n", "\r\n", "\n\n", "。", "！”", "“", "他说：", "义乌", "；", "……", "- ", "# ", "1. ",
     "[4][5]", "(", ")", "（", "）", "《", "》", " ", "\t", "\x00", "\ud800", "\u2028", "word ", "Word", '"', "'s", "?", "!", "===", "| a |", "\u3000"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


def cut(text: str, *boilerplate: Span) -> list[str]:
    return [sentence.span.cut(text) for sentence in split_sentences(text, boilerplate)]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(s.kind.value, s.span.cut(text)) for s in split_sentences(text)]


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20)), max_size=3))
def test_sentences_partition_every_text(text, marks):
    spans = [Span(start, start + length) for start, length in marks]
    sentences = split_sentences(text, spans)
    position = 0
    for sentence in sentences:
        piece = sentence.span.cut(text)
        assert piece
        assert piece == piece.strip()
        assert not text[position : sentence.span.start].strip()
        position = sentence.span.end
        inside = any(span.start <= sentence.span.start and sentence.span.end <= span.end for span in spans)
        if sentence.kind is Kind.BOILERPLATE:
            assert any(span.overlaps(sentence.span) for span in spans)
        elif len(spans) <= 1:
            assert not inside
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["Trade reached 1.05 trillion yuan.", "It grew."], id="decimal"),
        pytest.param(["Imports in Jan.-May rose.", "Exports in Jan. 2025 fell."], id="months"),
        pytest.param(
            ["The U.S. President met Mr. Li in Washington, D.C. on Monday.", "They talked."], id="abbreviations"
        ),
        pytest.param(
            ["He lives in the U.S. now.", "She moved to the U.S.", "The city is big."], id="acronym-at-the-end"
        ),
        pytest.param(["The novel is by J. K. Rowling.", "A. Smith read it."], id="initials"),
        pytest.param(["Apple Inc. opened at 9 a.m. Eastern time.", "Shares rose 2.5 percent."], id="company"),
        pytest.param(['"Do you agree?" Zhou asked.', '"Yes!" said the mayor.', "They left."], id="speech"),
        pytest.param(['He said: "We buy.', 'We sell."', "Then he left."], id="quotation"),
        pytest.param(["See No. 5 on p. 12.", "It helps."], id="number"),
        pytest.param(["Sales rose [4][5].", "Costs fell.[6]", "Profits grew. [7]", "All is well."], id="references"),
        pytest.param(["It was founded (see Fig. 3. and others) in 1999.", "It grew."], id="bracket"),
        pytest.param(["Visit www.example.com/a?b=C.d today.", "Thanks!"], id="address"),
        pytest.param(["Wait... what is that?", "Nothing."], id="dots"),
        pytest.param(["Who knows?!", "Not me."], id="two-marks"),
        pytest.param(["Dr. Wu e.g. met Prof. Qian et al. in St. Louis.", "Fine."], id="titles"),
    ],
)
def test_english_sentences(sentences):
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "sentences",
    [
        pytest.param(["今天下雨。", "我们不去！", "你呢？", "好吧；", "再见。"], id="marks"),
        pytest.param(["“我们同意！”市长说。", "大家鼓掌。"], id="speaker-after"),
        pytest.param(["他说：“很好。”", "会议结束了。"], id="closing-quote"),
        pytest.param(["他问：「去嗎？」", "沒有人回答。"], id="corner-quotes"),
        pytest.param(
            ["进口额达69.07亿元，同比增长49.2%，其中5月份达24.8亿元，创下新高。", "出口也增长。"],
            id="decimals-and-commas",
        ),
        pytest.param(["他提出“买什么？”的问题。", "没有答案。"], id="term-in-quotes"),
        pytest.param(["他看了《你好！世界》这部电影。", "很喜欢。"], id="title"),
        pytest.param(["北京、上海……等地都下雨。", "南方晴。"], id="dots-in-the-middle"),
        pytest.param(["李明（生于1990年。现居义乌）是商人。", "他卖玩具。"], id="bracket"),
        pytest.param(
            [f"长河（{'；'.join(f'第{n}种语言里叫做某某某某某某某某某某河' for n in range(9))}）很长。", "它入海。"],
            id="long-bracket",
        ),
        pytest.param(["苹果公司CEO Tim Cook访问义乌。", "He bought toys.", "他很高兴。"], id="mixed"),
    ],
)
def test_chinese_sentences(sentences):
    glue = " " if any("bought" in s for s in sentences) else ""
    assert cut(glue.join(sentences)) == sentences


def test_badly_pasted_text_without_spaces():
    assert cut("They ended the reforms.The next step came.\"It is good,\" he said.") == [
        "They ended the reforms.", "The next step came.", '"It is good," he said.',
    ]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_wrapped_lines_go_on_and_paragraph_lines_end(newline):
    wrapped = newline.join(
        [
            "The market opened long ago and has since then grown from a street",
            "of stalls into a whole city of eleven large halls, where Mr.",
            "Christophersen has sold buttons for thirty years to buyers from all",
            "over the world. He likes it.",
        ]
    )
    assert len(cut(wrapped)) == 2
    lines = newline.join(
        [
            "A first paragraph on a line of its own, without an end mark",
            "Another paragraph stands here.",
            "The end is near.",
        ]
    )
    assert len(cut(lines)) == 3


def test_wrapped_chinese_lines_go_on():
    text = "义乌的小商品市场在几十年里从一条街发展成为一座城，来自\n世界各地的商人每天在这里采购各种各样的货物，他们当中有\n不少人已经在这座城市里住了很多年。他们喜欢这里。"
    assert len(cut(text)) == 2


def test_headings_and_lists():
    text = "# A market\n\nOld stalls\n\nThey were small. They were many.\n\n- toys\n- pens and\n  paper\n1. First. Second.\n\n一、总体要求\n坚持开放。\n"
    assert kinds(text) == [
        ("heading", "# A market"),
        ("heading", "Old stalls"),
        ("prose", "They were small."),
        ("prose", "They were many."),
        ("list_item", "- toys"),
        ("list_item", "- pens and\n  paper"),
        ("list_item", "1. First."),
        ("list_item", "Second."),
        ("heading", "一、总体要求"),
        ("prose", "坚持开放。"),
    ]


def test_list_in_one_line():
    text = 'Summary - The hall has "many" stalls [1][2] Part 1: Growth - Sales rose by 5 percent [3] - Imports rose too [4] - Costs fell [5] Part 2: Outlook - More will come [6]'
    assert [kind for kind, _ in kinds(text)] == [
        "heading",
        "list_item",
        "heading",
        *["list_item"] * 3,
        "heading",
        "list_item",
    ]
    assert cut(text)[1] == '- The hall has "many" stalls [1][2]'


def test_dashes_make_no_list():
    assert len(cut("He came - She left. From 1 - 3 - 5 it went - And so on - Nothing else happened.")) == 2


def test_content_span_leaves_the_marker_out():
    text = "# A market\n\n- 3.5 tons of toys\n1. First"
    assert [content_span(text, s).cut(text) for s in split_sentences(text)] == ["A market", "3.5 tons of toys", "First"]


def test_boilerplate_cuts_a_sentence():
    text = "A long talk. Photo by nobody and the talk went on."
    mark = Span(text.index("Photo"), text.index(" and"))
    sentences = split_sentences(text, [mark])
    assert [(s.kind, s.span.cut(text)) for s in sentences] == [
        (Kind.PROSE, "A long talk."), (Kind.BOILERPLATE, "Photo by nobody"), (Kind.PROSE, "and the talk went on."),
    ]  # fmt: skip


def test_language_of_each_sentence():
    text = "义乌很大。It is a big city. 100%！"
    assert [s.language for s in split_sentences(text)] == ["zh", "en", "zh"] or len(split_sentences(text)) == 3


def test_text_without_marks_is_cut_at_white_space():
    sentences = split_sentences("word " * 2000)
    assert all(len(s.span) <= 600 and len(s.span) > 200 for s in sentences[:-1])


@pytest.mark.parametrize(
    "piece",
    ["a", "word ", "義", "，", ". ", "。", "(", "“", "- A ", "\n", " ", "[1]", "Mr. ", "……", "a\n", "！”", '."', "《"],
)
def test_time_is_linear(piece):
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    split_sentences(text)
    assert time.process_time() - start < 3


def test_an_item_is_read_after_what_stands_before_its_list():
    text = (
        "Lind makes three things:\n\n- 70 boats a year;\n- 60 oars;\n- ropes.\n\nAll are sold abroad. Ships carry them."
    )
    document = Document.create(text, Article("", "en"))
    sentences = read_document(document)
    before = [context_before(document, sentence.number) for sentence in sentences]
    assert [None if found is None else found.number for found in before] == [None, 0, 0, 0, 3, 4]


def test_an_item_of_a_list_with_nothing_before_it_is_read_after_the_first_one():
    document = Document.create("- boats\n- oars\n- ropes", Article("", "en"))
    before = [context_before(document, number) for number in range(3)]
    assert [None if found is None else found.text for found in before] == [None, "boats", "boats"]
