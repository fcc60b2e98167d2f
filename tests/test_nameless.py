"""Who somebody is, or where something was held, is not told by a sentence in Chinese that names nobody, or no place."""

import pytest

from assistant import Status
from assistant.analysis import analyse
from assistant.nameless import unless_nameless
from assistant.records import Evidence
from corpus.records import Article, Document
from corpus.sentences import read_document

TEXTS = (
    "# 海港奇谈\n\n《海港奇谈》的导演功底很深，观众都很喜欢。影片讲述渔民的故事。《海港奇谈》由李雪执导，去年上映。",
    "# 山路\n\n《山路》的导演拍得很细致，观众都很喜欢。影片讲述司机的故事。",
)


def _item(text):
    document = Document.create(text, Article(title="", language="zh"))
    sentence = read_document(document)[0].sentence
    return Evidence("S1", document.id, sentence, sentence.span.cut(text), document.article, 0.9, {})


@pytest.mark.parametrize(
    ("question", "told", "is_named"),
    [
        ("电影的导演是谁？", "导演功底很深。", False),
        ("电影的导演是谁？", "导演李雪功底很深。", True),
        ("电影的导演是谁？", "导演史蒂文·斯皮尔伯格功底很深。", True),
        ("电影的导演是谁？", "导演Ada Lund功底很深。", True),
        ("电影的导演是谁？", "他执导过《李雪》。", True),
        ("电影的导演是谁？", "导演拍过《李雪》。", False),
        ("Who directed the film?", "导演功底很深。", False),
        ("海港杯冠军是谁？", "这支队伍赢了。", True),
        ("海港队打败了谁？", "海港队击败了钢人。", True),
        ("大会在哪里举行？", "大会讨论了渔业。", False),
        ("大会在哪里举行？", "大会在杭州讨论了渔业。", True),
        ("Where was the congress held?", "大会讨论了渔业。", False),
        ("鱼在哪里？", "鱼已经卖光了。", True),
        ("大会什么时候举行？", "大会讨论了渔业。", True),
    ],
)
def test_a_sentence_without_a_name_is_less_likely(question, told, is_named):
    chance = unless_nameless(analyse(question), _item(told), 0.9)
    assert (chance == 0.9) == is_named
    assert 0 < chance <= 0.9


def test_the_sentence_that_names_somebody_answers(small):
    answer = small.ask("《海港奇谈》的导演是谁？")
    assert "李雪" in answer.text
    assert small.ask("《山路》的导演是谁？").status is Status.NOT_FOUND
