"""The library as its user calls it."""

import threading

import pytest

from assistant import Answer, Assistant, Scope, Status, Turn, UserError


def _quotes_are_verbatim(assistant, answer):
    for quote in answer.quotes:
        assert assistant.document(quote.document_id).text[quote.span.start : quote.span.end] == quote.text
    return True


@pytest.mark.parametrize("question", ["What share of Yiwu trade is exports?", "义乌的出口占贸易总额的多大比例？"])
def test_the_users_own_example(assistant, question):
    answer = assistant.ask(question)
    assert answer.status is Status.ANSWERED
    assert "88" in answer.short
    assert answer.quotes
    assert "[1]" in answer.text
    assert _quotes_are_verbatim(assistant, answer)


def test_not_found_is_said_in_the_language_of_the_question(assistant):
    english = assistant.ask("Which film won the prize for best picture at Cannes in 1974?")
    chinese = assistant.ask("1974年戛纳电影节最佳影片是哪部？")
    assert english.status is chinese.status is Status.NOT_FOUND
    assert english.text.isascii() or "articles" in english.text
    assert "文章" in chinese.text


def test_a_stream_ends_with_the_answer_that_ask_gives(assistant):
    events = list(assistant.stream("Who is the spokesperson of the Ministry of Commerce?"))
    answer = events[-1].answer
    assert events[0].kind == "step"
    assert "".join(event.text for event in events if event.kind == "text") == answer.text
    asked = assistant.ask("Who is the spokesperson of the Ministry of Commerce?")
    assert (asked.text, asked.quotes) == (answer.text, answer.quotes)


def test_answers_survive_json_and_become_markdown(assistant):
    answer = assistant.ask("How large was Yiwu's foreign trade in 2024?")
    assert Answer.from_dict(answer.to_dict()) == answer
    markdown = answer.to_markdown()
    assert "668.9" in markdown
    assert answer.quotes[0].document_id in markdown


def test_history_makes_a_follow_up_standalone(assistant):
    first = assistant.ask("What were Yiwu's exports in 2023?")
    second = assistant.ask("And in 2010?", [Turn("What were Yiwu's exports in 2023?", first.text)])
    assert "2010" in next(entry["standalone"] for entry in second.trace if "standalone" in entry)
    assert "20 billion" in second.text


def test_a_question_can_be_kept_to_some_articles(assistant):
    entries = assistant.articles()
    chinese = {entry.document_id for entry in entries if entry.article.language == "zh"}
    passages = assistant.search("exports", scope=Scope(languages=["zh"]))
    assert passages
    assert {passage.document_id for passage in passages} <= chinese
    only = entries[0].document_id
    assert {p.document_id for p in assistant.search("Yiwu", scope=Scope(documents=[only]))} <= {only}


def test_many_threads_may_ask(assistant):
    question = "How many booths does the Yiwu market have?"
    expected = assistant.ask(question).text
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(assistant.ask(question).text)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


def test_a_new_home_may_start_empty(tmp_path):
    with Assistant.open(tmp_path, bundled=False) as empty:
        assert empty.articles() == []
        assert empty.ask("What share of Yiwu trade is exports?").status is Status.NOT_FOUND
        report = empty.add_text("The bridge of Testford was opened on 3 May 2021 by Jane Roe.", title="Bridge opened")
        assert len(report.added) == 1
        assert "Jane Roe" in empty.ask("Who opened the bridge of Testford?").text
        empty.remove(report.added)
    with Assistant.open(tmp_path) as again:
        assert again.articles() == [], "what its owner removed does not come back"


def test_langchain_parts(assistant):
    documents = assistant.as_retriever(limit=3).invoke("义乌的出口占比")
    assert len(documents) == 3
    first = documents[0].metadata
    assert assistant.document(first["document_id"]).text[first["start"] : first["end"]] == documents[0].page_content
    assert assistant.as_runnable().invoke("Who is Wang Hao?").quotes


def test_unknown_ids_and_paths_are_told(assistant):
    with pytest.raises(UserError):
        assistant.document("0" * 16)
    with pytest.raises(UserError):
        assistant.remove(["0" * 16])
    with pytest.raises(UserError):
        assistant.add(["no/such/folder"])


@pytest.mark.parametrize(
    "question",
    ["?", "a", "的", "the of and", "🙂🙂", "\x00\x07 what", "exports 出口 2024 ?? 88%", "why " * 2400, "义乌" * 4000],
    ids=lambda question: f"{question[:6]!r}-{len(question)}",
)
def test_odd_questions_get_a_sane_answer(assistant, question):
    answer = assistant.ask(question)
    assert answer.status in Status
    assert _quotes_are_verbatim(assistant, answer)


def test_nothing_left_this_machine(assistant, network_attempts):
    assistant.ask("What share of Yiwu trade is exports?")
    assert network_attempts == []
