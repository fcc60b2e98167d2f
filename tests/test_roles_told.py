"""Who has a role: told also in other words than the question's, and of nobody who has that role elsewhere."""

import pytest

from assistant import Status

TEXTS = (
    "# Rivers\n\nMarta Quill (马塔·奎尔), who speaks for the Ministry of Commerce, called the river a common duty. "
    "The other towns agree.",
    "# A factory\n\nThe factory in Testhaven makes ropes. Its owner left and its workers moved to another hall. "
    "Ropes from Testhaven are now of higher quality.",
)


@pytest.mark.parametrize(
    "question", ["商务部发言人是谁？", "谁是商务部的发言人？", "Who is the spokesperson of the Ministry of Commerce?"]
)
def test_a_role_is_told_in_other_words(small, question):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert "Marta Quill" in answer.text


@pytest.mark.parametrize(
    "question", ["外交部发言人是谁？", "教育部发言人是谁？", "Who is the spokesperson of the Ministry of Education?"]
)
def test_the_role_elsewhere_is_not_told(small, question):
    assert small.ask(question).status is Status.NOT_FOUND


@pytest.mark.parametrize("question", ["Why did the factory in Testhaven move abroad?", "Testhaven的工厂为什么搬走？"])
def test_why_something_moved_away_is_not_told_where_it_did_not(small, question):
    assert small.ask(question).status is Status.NOT_FOUND
