"""A question's names and years must stand where its answer comes from."""

import pytest

from assistant import Assistant, Status
from assistant.analysis import analyse
from assistant.evidence import gather_evidence
from assistant.implied import absent_nearby, tells_implied, tells_of_former
from assistant.premises import absent_names, absent_years, hold_premises
from assistant.records import Claim, Draft, Evidence
from corpus.languages import count_han
from corpus.records import Article, Document
from corpus.sentences import read_document
from index.terms import Analyzer

ARTICLE = """# Cranes for Testhaven

The port of Testhaven in Ruritania bought 14 cranes in March 2024. Handling rose by 9 percent in 2024.
Chairwoman Jane Roe said that last year had been hard.
"""
ARTICLE_CHINA = """# Cranes from China

China sold 90 cranes to Ruritania in May 2021.
"""
ARTICLE_ZH = """# 特斯港添置起重机

2023年，义乌的仓库新增了27台起重机。仓库负责人说，去年的业务量增长了一倍。
"""


TEXTS = (ARTICLE, ARTICLE_CHINA, ARTICLE_ZH)


@pytest.mark.parametrize(
    "question",
    ["How many cranes did the port of Testhaven buy in March 2024?", "How many cranes did the port of Testhaven buy?",
     "2023年义乌的仓库新增了多少台起重机？", "2023年义乌的仓库比2019年新增了多少台起重机？", "2021年5月中国卖出了多少台起重机？", "2021年5月中國賣出了多少台起重機？"],
)  # fmt: skip
def test_shared_premises_are_answered(small, question):
    assert small.ask(question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("How many cranes did the port of Shanghai buy in March 2024?", "Shanghai"),
        ("How many cranes did the port of Testhaven buy in 2019?", "2019"),
        ("2018年义乌的仓库新增了多少台起重机？", "2018"),
        ("2023年佛山的仓库新增了多少台起重机？", "佛山"),
        ("2023年江苏省委的仓库新增了多少台起重机？", "江苏省委"),
        ("Why did the port of Testhaven sell off and close its cranes?", "close"),
        ("义乌的仓库为什么拒绝新增起重机？", "拒绝"),
    ],
)
def test_an_absent_premise_is_named(small, question, absent):
    answer = small.ask(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.confidence < 0.5
    assert absent in answer.text or len(answer.text.splitlines()) == 1


@pytest.mark.parametrize(
    "question", ["Who won the Ruritania Cup in 2023?", "How many crews sailed at the 2023 Ruritania Cup?"]
)
def test_an_article_that_tells_no_time_is_held_to_none(tmp_path, question):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(
            "# The Ruritania Cup\n\nThe Ruritania Cup was won by Jane Roe of Testhaven. Forty crews sailed."
        )
        assert "speak of" not in opened.ask(question).text


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Who won the Ruritania Cup Final?", ()),
        ("Who won the Ruritania Chess Final?", ("Ruritania Chess",)),
        ("Who won the Ruritania Cup Championships?", ()),
        ("Who is Testhaven's CEO?", ()),
        ("Who is Testhaven’s CEO?", ()),
        ("Who is Shanghai's CEO?", ("Shanghai",)),
        ("Who is Testhaven's Wool Fair for?", ("Testhaven's Wool Fair",)),
    ],
)
def test_a_name_is_held_by_most_of_its_words_and_what_it_has_may_be_told_in_other_words(question, absent):
    text = "The Ruritania Cup was won by Jane Roe, chief executive of Testhaven."
    document = Document.create(text, Article(title="", language="en"))
    assert absent_names(analyse(question), document, Analyzer()) == absent


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("How many stalls does the Yiwu International Trade City have?", ()),
        ("How many stalls does the Ningbo International Airport Hotel have?", ("Ningbo International Airport Hotel",)),
    ],
)
def test_a_name_told_otherwise_in_the_other_language_is_held_by_most_of_its_words(question, absent):
    document = Document.create("义乌国际商贸城有七万五千个商户，做各种贸易。", Article(title="", language="zh"))
    assert absent_names(analyse(question), document, Analyzer()) == absent


@pytest.mark.parametrize(
    ("question", "text", "absent"),
    [
        ("金华的外贸总额是多少美元？", "In 2024 the trade of Yiwu, Zhejiang, came to $91.8 billion.", ("金华",)),
        ("金华的外贸总额是多少美元？", "In 2025 the trade of Jinhua came to $150.5 billion.", ()),
        ("自贡的灯会有多少人看？", "四川的灯会有很多人看。", ("自贡",)),
        ("太极拳是什么？", "一种武术。", ()),
        ("与东方相比，西方怎么样？", "The Orient was described by the West.", ()),
    ],
)
def test_a_place_is_known_by_its_english_which_is_how_it_sounds(question, text, absent):
    document = Document.create(text, Article(title="", language="zh" if count_han(text) else "en"))
    assert absent_names(analyse(question), document, Analyzer()) == absent


@pytest.mark.parametrize(("country", "status"), [("China", Status.ANSWERED), ("Japan", Status.NOT_FOUND)])
def test_china_is_the_whole_country_in_a_chinese_sentence(tmp_path, country, status):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text("# 白石镇的木桶\n\n白石镇的木桶产量占全国的六分之一。镇上的人都很自豪。")
        question = analyse(f"What fraction of {country}'s barrels is made there?")
        evidence = gather_evidence(question, opened.search("木桶"), opened.collection)
        best = next(item for item in evidence if "全国" in item.text)
        draft = Draft(Status.ANSWERED, (Claim("六分之一", (best.key,)),), 0.9)
        assert hold_premises(question, draft, evidence, opened.collection).status is status


def test_a_name_that_no_dictionary_knows_is_not_told_absent_in_the_other_language(small):
    answer = small.ask("How many cranes did the warehouse of Yiwu near Qwertholm add in 2023?")
    assert "Qwertholm" not in answer.text


def test_where_the_best_sentence_lacks_a_name_the_next_one_that_has_it_answers(tmp_path):
    with Assistant.open(tmp_path / "home", bundled=False) as opened:
        opened.add_text(
            "# Trams bought\n\nThe tram works bought 70 trams for the city in 2022, as many as ever before.\n"
        )
        opened.add_text(
            "# News from Testhaven\n\nThe council met. In 2022 the works got 12 trams for the city. It rained.\n"
        )
        answer = opened.ask("How many trams did the tram works of Testhaven buy for the city in 2022?")
    assert answer.status is Status.ANSWERED
    assert [quote.article.title for quote in answer.quotes] == ["News from Testhaven"]


@pytest.mark.parametrize(
    ("told", "is_of_it"),
    [
        ("全年吞吐量为90万吨，比2021年增加5万吨。", True),
        ("自2021年以来，吞吐量第二次达到90万吨。", True),
        ("吞吐量达到90万吨（2021年是85万吨）。", True),
        ("这个港口2021年建成，今年的吞吐量达到90万吨。", True),
        ("2021年吞吐量为85万吨。", False),
        ("The harbour handled 90,000 tonnes, more than in 2021.", True),
        ("The harbour has handled 90,000 tonnes a year since 2021.", True),
        ("The harbour handled 85,000 tonnes in 2021.", False),
    ],
)
def test_a_time_that_is_only_mentioned_is_not_the_one_spoken_of(told, is_of_it):
    is_zh = count_han(told) > 0
    text = f"{'这是2022年的年报。' if is_zh else 'This is the report of 2022. '}{told}"
    document = Document.create(text, Article(title="", language="zh" if is_zh else "en"))
    sentence = read_document(document)[-1].sentence
    item = Evidence("S1", document.id, sentence, told, document.article, 1.0, {})
    question = analyse("2022年港口吞吐量是多少？" if is_zh else "How much did the harbour handle in 2022?")
    assert absent_years(question, item, document) == (() if is_of_it else ("2022年" if is_zh else "2022",))


@pytest.mark.parametrize(
    ("question", "told", "absent"),
    [
        ("Who is the mayor of Testhaven?", "Jane Roe, party secretary of Testhaven, opened the fair.", "mayor"),
        ("Who is the mayor of Testhaven?", "Jane Roe, mayor of Testhaven, opened the fair.", ""),
        ("Who is the founder of the Testhaven fair?", "Jane Roe set up the Testhaven fair.", ""),
        ("Who is the founder of the Testhaven fair?", "Jane Roe visited the Testhaven fair.", "founder"),
        ("Who directed the film?", "导演简·罗拍了这部电影。", ""),
        ("鹿港的市长叫什么名字？", "鹿港市委书记简罗主持了会议。", "市长"),
        ("鹿港的市長叫什麼名字？", "简罗是鹿港市长。", ""),
        ("电影的导演是谁？", "这部电影由简罗执导。", ""),
        ("商务部发言人是谁？", "Jane Roe, who speaks for the Ministry of Commerce, said so.", ""),
        ("What did the mayor of Testhaven say at the fair?", "Jane Roe, vice-premier, spoke at the fair.", "mayor"),
        ("What did the mayor of Testhaven say at the fair?", "Mayor Jane Roe praised the fair.", ""),
        ("鹿港市长在会上说了什么？", "鹿港的书记在会上讲话。", "市长"),
        ("鹿港市场几点开门？", "鹿港允许市场开门。", "几点"),
        ("鹿港市场几点开门？", "鹿港市场早上8点开门。", ""),
        ("When did the mayor of Testhaven resign?", "Jane Roe left in May.", ""),
        ("Who won the race of Testhaven?", "Jane Roe ran at the race of Testhaven.", "won"),
        ("Who won the race of Testhaven?", "Jane Roe beat them all at the race of Testhaven.", ""),
        ("谁赢得了鹿港的比赛？", "简罗参加了鹿港的比赛。", "赢得"),
        ("谁赢得了鹿港的比赛？", "简罗在鹿港的比赛中夺冠。", ""),
    ],
)
def test_whoever_is_asked_for_by_a_role_must_be_told_with_it(question, told, absent):
    assert absent_nearby(analyse(question), told) == ((absent,) if absent else ())


@pytest.mark.parametrize(
    ("told", "former"),
    [
        ("Jane Roe, former CEO of Orsa Wool and head of a choir, came.", True),
        ("Jane Roe, CEO of Orsa Wool, came.", False),
        ("Jane Roe, a former singer and CEO of Orsa Wool, came.", False),
        ("Jane Roe came.", False),
    ],
)
def test_a_role_is_former_by_its_own_word(told, former):
    assert tells_of_former(analyse("Who is the CEO of Orsa Wool?"), told) is former


@pytest.mark.parametrize(
    ("question", "told", "absent"),
    [
        (
            "What is the yearly rent of a stall in Testhaven?",
            "The stalls of Testhaven sold wool for 9 million.",
            "rent",
        ),
        ("What is the yearly rent of a stall in Testhaven?", "一个摊位一年租9000元。", ""),
        ("鹿港一个摊位的年租金是多少？", "鹿港去年出口9213亿元。", "年租金"),
        ("鹿港一个摊位的年租金是多少？", "A stall leases for 9,000 yuan a year.", ""),
        ("What is the fare of the ferry?", "The crossing costs 12 euros.", ""),
        ("What salary does the captain get?", "The captain earns 4,000 euros.", ""),
        ("What salary does the captain get?", "The captain bought a boat for 4,000 euros.", "salary"),
        ("How much tax did Testhaven collect?", "Trade in Testhaven came to 9 million.", "tax"),
        ("How much tax did Testhaven collect?", "特斯港去年的税收为900万元。", ""),
        ("鹿港去年收了多少税？", "鹿港去年出口9213亿元。", "多少税"),
        ("鹿港保税仓库进口了多少？", "鹿港去年进口9213亿元。", ""),
        ("What profit did the works make?", "The works earned 9 million.", ""),
        ("鹿港的人均收入是多少？", "鹿港去年出口9213亿元。", "收入人均"),
        ("鹿港的人均收入是多少？", "Workers in Lugang earn 9,000 yuan each.", ""),
    ],
)
def test_a_payment_asked_for_must_be_told_as_such(question, told, absent):
    assert "".join(absent_nearby(analyse(question), told)) == absent


@pytest.mark.parametrize(
    ("question", "told", "absent"),
    [
        ("What is the capital of Ruritania?", "Testhaven lies in Ruritania.", "capital"),
        ("What is the capital of Ruritania?", "鲁里坦尼亚的首都是特斯港。", ""),
        ("浙江省的省会是哪里？", "鹿港在浙江省。", "省会"),
        ("简罗是哪里人？", "简罗在鹿港讲话。", "哪里人"),
        ("简罗是哪里人？", "Jane Roe, born in Testhaven, spoke.", ""),
        ("Where is the headquarters of the works?", "The works opened a hall in Testhaven.", "headquarters"),
        ("Where is the headquarters of the works?", "The works are based in Testhaven.", ""),
        ("Where is the fair?", "The fair is in Testhaven.", ""),
    ],
)
def test_what_a_place_is_to_somebody_must_be_told_as_such(question, told, absent):
    assert "".join(absent_nearby(analyse(question), told)) == absent


@pytest.mark.parametrize(
    ("question", "told", "absent"),
    [
        ("What is the population of Testhaven?", "Testhaven has 42,000 permanent residents.", ""),
        ("What is the population of Testhaven?", "In May 42,000 foreigners entered Testhaven.", "population"),
        ("How many people live in Testhaven?", "Testhaven is home to 42,000.", ""),
        ("How many people live in Testhaven?", "In May 42,000 foreigners entered Testhaven.", "people live"),
        ("特斯港有多少人口？", "特斯港常住居民约4.2万。", ""),
        ("特斯港有多少人口？", "5月入境特斯港的外商有4.2万人次。", "人口"),
        ("How many cranes does Testhaven have?", "It has 14.", ""),
    ],
)
def test_who_lives_somewhere_must_be_told_as_such(question, told, absent):
    assert "".join(absent_nearby(analyse(question), told)) == absent
    assert tells_implied(analyse(question), told) == (not absent and "cranes" not in question)


def test_a_count_of_something_else_close_by_is_no_population(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(
            "# Guests of Testhaven\n\nIn 2024 some 514,600 foreign guests came to Testhaven. Its residents were pleased."
        )
        answer = opened.ask("What is the population of Testhaven?")
    assert answer.status is Status.NOT_FOUND
    assert "population" in answer.text


def test_what_the_nearest_quote_names_is_not_called_absent(small):
    question = analyse("How many cranes did the port of Testhaven buy?")
    evidence = gather_evidence(question, small.search(question.standalone), small.collection)
    other = next(item for item in evidence if "China sold" in item.text)
    draft = Draft(Status.ANSWERED, (Claim("90", (other.key,)),), 0.9)
    for order, note in ((evidence, ""), ([other, *evidence], "The nearest article does not speak of Testhaven.")):
        held = hold_premises(question, draft, order, small.collection)
        assert (held.status, held.note) == (Status.NOT_FOUND, note)
