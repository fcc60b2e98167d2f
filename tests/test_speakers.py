"""Who said it, where the sentence says only "he" or 她: whom a sentence before it names."""

import pytest

from assistant import Status
from assistant.nameless import person_names

TEXTS = (
    "# Testhaven and its nets\n\nIn late March the harbour master Carl Brandt spoke to the fishers of Testhaven. The nets of "
    "small boats are too wide, he warned. Rain fell in the evening.",
    "# Der Kran\n\nThe second crane is no luxury, Ines Moll explained. She also pointed to the queue of ships in spring.",
    "# 渡口\n\n三月下旬，县长王建国在渡口会议上讲话。他表示，小船的渔网太宽，应当更换。",
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who warned that the nets of small boats are too wide?", "Carl Brandt"),
        ("Who pointed to the queue of ships in spring?", "Ines Moll"),
        ("谁说小船的渔网太宽？", "王建国"),
    ],
)
def test_whom_the_sentence_before_names_has_said_it(small, question, named):
    answer = small.ask(question)
    assert answer.status is Status.ANSWERED
    assert named in answer.short
    assert (
        len(answer.quotes) > 1
        or "\n" in answer.quotes[0].text
        or ". " in answer.quotes[0].text
        or "。" in answer.quotes[0].text
    )


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("On May 4, 2024 Carl Brandt met Ines Moll.", "en", ["Carl Brandt", "Ines Moll"]),
        ("县长王建国在会上讲话。", "zh", ["王建国"]),
        ("他在会上讲话。", "zh", []),
    ],
)
def test_names_of_persons_stand_whole(text, language, names):
    assert [span.cut(text) for span in person_names(text, language)] == names
