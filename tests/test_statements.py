"""What somebody said is told by sentences in which they say it."""

from __future__ import annotations

import pytest

from assistant import Assistant, Status

HARBOUR = """# The harbour of Testhaven

On Friday Ines Moll, head of the harbour board, addressed the Testhaven Sea Forum in the old custom house. Larger ships
will come from spring on, she told her audience. In her view the harbour needs a second crane. Carl Brandt, a fisherman,
was there too. He warned that the nets of small boats would suffer.
"""
HARBOUR_ZH = """# 白石港

周五，港务局局长赵敏在海港论坛上发表讲话。她表示，明年春天起将有更大的船只进港。她还指出，港口需要第二台起重机。渔民王涛也在场。
"""


OFFICE = (
    "# A circular\n\nIn June the State Office approved lower fees for small boats. A circular about Testhaven speaks of a new "
    "bridge with rails for trains."
)
TEXTS = (HARBOUR, HARBOUR_ZH, OFFICE)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("What did Ines Moll say at the Testhaven Sea Forum?", ["Larger ships", "second crane"], ["nets"]),
        ("What did Ines Moll say about the crane?", ["second crane"], ["nets"]),
        ("What did Carl Brandt say?", ["nets of small boats"], ["crane", "Larger"]),
        ("What did the State Office approve?", ["fees"], []),
        ("What does the circular say about the bridge?", ["rails"], []),
        ("赵敏在海港论坛上说了什么？", ["更大的船只", "第二台起重机"], []),
        ("关于起重机，赵敏说了什么？", ["第二台起重机"], ["更大的船只"]),
    ],
)
def test_the_sentences_in_which_somebody_speaks_are_told(small, question, told, not_told):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert all(part in answer.text for part in told)
    assert not any(part in answer.text for part in not_told)


@pytest.mark.parametrize("question", ["What did Jan Adler say?", "王涛说了什么？"])
def test_who_says_nothing_is_told_to_have_said_nothing(small, question):
    assert small.ask(question).status is Status.NOT_FOUND


def test_to_inform_is_to_say(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as opened:
        opened.add_text(
            "# Orders for Orsa\n\nThe plan of Orsa was read out on Monday.\n\nWang Lund, secretary of the party, informed the "
            "clerks of Orsa that the town must now buy wool from abroad."
        )
        answer = opened.ask("What did Wang Lund say about Orsa?")
    assert "must now buy wool" in answer.text
