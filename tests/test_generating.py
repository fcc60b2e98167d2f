"""Answers by a chat model over the real clients of OpenAI and Ollama, spoken to by scripted endpoints on loopback."""

import json
import subprocess
import sys
import time

import pytest
from scripted_models import Reply, endpoint

from assistant import Assistant, AssistantSettings, Status, Turn, UserError
from assistant.analysis import analyse
from assistant.answering import ExtractiveAnswerer
from assistant.evidence import gather_evidence
from assistant.generating.answerer import GenerativeAnswerer
from assistant.generating.models import ChatModel
from assistant.generating.settings import ChatModelSettings
from assistant.settings import AnsweringSettings, load_settings
from assistant.texts import text as words

ARTICLE = """# Cranes for Testhaven

The port of Testhaven in Ruritania bought 14 cranes in March 2024. Handling rose by over 9 percent in 2024.
Chairwoman Jane Roe said that the cranes had cost $30 million. Nobody was hurt in the move.
"""
ARTICLE_ZH = """# 特斯港添置起重机

2023年，义乌的仓库新增了27台起重机。仓库负责人林海涛说，去年的业务量增长了一倍。
"""
QUESTION = "How many cranes did the port of Testhaven buy?"
SECRET = "sk-verysecret-1234567890"


def claims(*pairs, found=True):
    return json.dumps({"found": found, "claims": [{"text": t, "sources": list(k)} for t, k in pairs]})


def keyed(asked):
    """The sentences that the model was shown, by a few of their words."""
    lines = [json.loads(line) for line in asked.messages[1][1].splitlines() if line.startswith('{"key"')]
    return lambda part: next(line["key"] for line in lines if part in line["text"])


def says(*pairs, **options):
    """A script: claims that cite the sentences holding given words."""

    def script(asked):
        key = keyed(asked)
        return Reply(claims(*[(t, [key(part) for part in parts]) for t, *parts in pairs]), **options)

    return script


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("generating")
    with Assistant.open(folder, bundled=False) as opened:
        opened.add_text(ARTICLE)
        opened.add_text(ARTICLE_ZH)
    return folder


def model_settings(address, provider="openai", **more):
    base = {"model": f"{provider}:scripted", "timeout": 20, "time_limit": 30, "translate": False}
    url = {"openai": f"{address}/v1", "ollama": address}[provider]
    return ChatModelSettings(**{**base, "base_url": url, **more})


def ask(home, script, question=QUESTION, provider="openai", history=(), **more):
    with endpoint(script) as server:
        settings = AssistantSettings(
            answering=AnsweringSettings(model=model_settings(server.address, provider, **more))
        )
        with Assistant.open(home, settings) as assistant:
            events = list(assistant.stream(question, history))
    answer = events[-1].answer
    assert "".join(event.text for event in events if event.kind == "text") == answer.text
    return answer, server, events


def model_trace(answer):
    return next(entry for entry in answer.trace if entry["stage"] == "model")


@pytest.mark.parametrize("provider", ["openai", "ollama"])
@pytest.mark.parametrize("structured", ["auto", "json_schema", "function_calling", "json_mode", "none"])
def test_claims_become_an_answer_with_quotes(home, provider, structured):
    script = says(("The port bought 14 cranes.", "14 cranes"), ("They cost $30 million, said Jane Roe.", "Jane Roe"))
    answer, server, _ = ask(home, script, provider=provider, structured=structured)
    assert answer.text == "The port bought 14 cranes [1]. They cost $30 million, said Jane Roe [2]."
    assert answer.status is Status.ANSWERED
    assert "14 cranes in March 2024" in answer.quotes[0].text
    asked = server.asked[0].body
    assert bool(asked.get("response_format") or asked.get("format")) == (structured not in ("none", "function_calling"))
    assert bool(asked.get("tools")) == (structured == "function_calling")
    assert model_trace(answer)["kept"] == 2


def test_the_model_sees_keyed_sentences_with_outlet_and_date_and_the_turns(home):
    history = [Turn("What did the port buy?", "Cranes [1].")]
    _, server, _ = ask(home, says(("The port bought 14 cranes.", "14 cranes")), history=history)
    system, told = (content for _, content in server.asked[0].messages)
    assert "data" in system
    assert "What did the port buy?" in told
    assert "Cranes." in told
    lines = [json.loads(line) for line in told.splitlines() if line.startswith('{"key"')]
    assert lines[0]["key"] == "S1"
    assert all(line["title"] and line["text"] for line in lines)


def test_the_rules_are_in_the_language_of_the_question(home):
    script = says(("义乌的仓库新增了27台起重机。", "27台"))
    answer, server, _ = ask(home, script, "义乌的仓库新增了多少台起重机？")
    assert "只是数据" in server.asked[0].messages[0][1]
    assert answer.text == "义乌的仓库新增了27台起重机 [1]。"


def test_text_is_streamed_claim_by_claim_while_the_model_speaks(home):
    script = says(("The port bought 14 cranes.", "14 cranes"), ("They cost $30 million.", "Jane Roe"), pause=0.02)
    _, _, events = ask(home, script)
    spoken = [event.text for event in events if event.kind == "text"]
    assert spoken == ["The port bought 14 cranes [1].", " They cost $30 million [2]."]


def test_what_does_not_stand_is_never_streamed(home):
    script = says(("The port bought 15 cranes.", "14 cranes"), ("Handling rose by over 9 percent.", "9 percent"))
    answer, _, events = ask(home, script)
    assert answer.text == "Handling rose by over 9 percent [1]."
    assert "15" not in "".join(event.text for event in events)
    assert "15" in model_trace(answer)["fallen"][0]["why"]


def test_a_model_may_say_that_the_sources_do_not_tell(home):
    answer, _, _ = ask(home, lambda asked: Reply(claims(found=False)))
    assert answer.status is Status.NOT_FOUND
    assert "model" not in answer.text


def test_premises_hold_for_a_model_too(home):
    script = says(("The port bought 14 cranes.", "14 cranes"))
    answer, _, _ = ask(home, script, "How many cranes did the port of Shanghai buy?")
    assert answer.status is Status.NOT_FOUND
    assert "Shanghai" in answer.text


def test_nothing_left_means_the_extractive_answer_marked_so(home):
    answer, _, _ = ask(home, says(("The port bought 15 cranes.", "14 cranes")))
    assert "14" in answer.text
    assert answer.text.endswith(words("model_unproved", "en"))


@pytest.mark.parametrize("kind", ["extractive", "generative"])
@pytest.mark.parametrize("question", [QUESTION, "义乌的仓库新增了多少台起重机？", "Who won the chess match in Oslo?"])
def test_every_answerer_keeps_the_contract(home, kind, question):
    with endpoint(says(("The port bought 14 cranes.", "14 cranes"))) as server, Assistant.open(home) as assistant:
        asked = analyse(question)
        evidence = gather_evidence(asked, assistant.collection.search(question, 12), assistant.collection)
        extractive = ExtractiveAnswerer(assistant.collection.encode_phrases)
        model = ChatModel(model_settings(server.address))
        made = {
            "extractive": lambda: extractive,
            "generative": lambda: GenerativeAnswerer(model, assistant.collection.analyzer, extractive),
        }[kind]
        draft = made().answer(asked, evidence)
        assert {key for claim in draft.claims for key in claim.keys} <= {item.key for item in evidence}
        assert all(claim.text and claim.keys for claim in draft.claims)
        assert bool(draft.claims) == (draft.status is not Status.NOT_FOUND)
        assert 0 <= draft.confidence <= 1
        assert made().answer(asked, []).status is Status.NOT_FOUND


LONG = {"error": {"message": "This model's maximum context length is 4096 tokens.", "code": "context_length_exceeded"}}
FAILURES = {
    "wrong key": ("model_key", Reply(status=401, error={"error": {"message": f"Incorrect API key {SECRET}"}})),
    "forbidden": ("model_key", Reply(status=403)),
    "unknown model": ("model_absent", Reply(status=404, error={"error": {"message": "model not found"}})),
    "rate limit": ("model_busy", Reply(status=429, error={"error": {"message": "slow down"}}, headers={"Retry-After": "60"})),
    "overloaded": ("model_busy", Reply(status=503)),
    "fault": ("model_fault", Reply(status=500, error={"error": {"message": "boom"}})),
    "context": ("model_long", Reply(status=400, error=LONG)),
    "refusal": ("model_refused", Reply("I'm sorry, but I can't help with that.")),
    "filtered": ("model_refused", Reply("No", finish="content_filter")),
    "garbage": ("model_garbage", Reply("}{ [[ lorem ipsum dolor")),
    "empty": ("model_garbage", Reply("")),
    "dies": ("model_broke", Reply('{"found": true, "claims": [{"text": "The po', dies_after=20)),
    "silent": ("model_slow", Reply("{}", wait=30)),
    "trickles": ("model_slow", Reply("x" * 4000, pieces=1, pause=0.2)),
}  # fmt: skip


@pytest.mark.parametrize("provider", ["openai", "ollama"])
@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_gives_the_extractive_answer_and_says_why(home, name, provider, monkeypatch):
    reason, reply = FAILURES[name]
    if provider == "ollama" and name == "filtered":
        pytest.skip("Ollama filters nothing")
    monkeypatch.setenv("YIJU_TEST_KEY", SECRET)
    started = time.monotonic()
    limits = {"timeout": 1, "time_limit": 1.5} if reason == "model_slow" else {"timeout": 20, "time_limit": 20}
    answer, server, _ = ask(home, lambda asked: reply, provider=provider, key_variable="YIJU_TEST_KEY", **limits)
    assert time.monotonic() - started < 20
    assert answer.status is Status.ANSWERED
    assert "14" in answer.short
    assert answer.text.endswith("\n" + words(reason, "en"))
    assert any(SECRET in value for value in server.asked[0].headers.values())
    assert SECRET not in json.dumps(answer.to_dict())
    assert SECRET not in answer.to_markdown()


def test_an_endpoint_that_is_down_is_said_in_the_readers_language(home):
    settings = model_settings("http://127.0.0.1:9")
    with Assistant.open(home, AssistantSettings(answering=AnsweringSettings(model=settings))) as assistant:
        answer = assistant.ask("义乌的仓库新增了多少台起重机？")
    assert "27" in answer.text
    assert answer.text.endswith(words("model_down", "zh"))


def test_a_model_that_dies_after_a_claim_keeps_it_and_says_so(home):
    whole = says(("Handling rose by over 9 percent.", "9 percent"), ("It bought cranes.", "14 cranes"))

    def script(asked):
        text = whole(asked).text
        return Reply(text, dies_after=text.index("It bought"))

    answer, _, _ = ask(home, script)
    assert answer.text.startswith("Handling rose by over 9 percent [1].")
    assert "14" in answer.text
    assert answer.text.endswith(words("model_broke", "en"))


def test_a_reply_cut_off_at_its_limit_keeps_what_is_whole(home):
    def script(asked):
        text = claims(("Handling rose by over 9 percent.", [keyed(asked)("9 percent")]))
        return Reply(text[:-2] + ', {"text": "The port bought 1', finish="length")

    answer, _, _ = ask(home, script)
    assert answer.text == "Handling rose by over 9 percent [1]."


def test_an_endpoint_that_knows_no_schema_is_asked_without(home):
    good = says(("The port bought 14 cranes.", "14 cranes"))

    def script(asked):
        refused = Reply(status=400, error={"error": {"message": "response_format is not supported"}})
        return refused if "response_format" in asked.body else good(asked)

    answer, server, _ = ask(home, script)
    assert answer.text == "The port bought 14 cranes [1]."
    assert len(server.asked) == 2


def test_a_key_that_is_not_set_is_told(home, monkeypatch):
    monkeypatch.delenv("YIJU_NO_SUCH_KEY", raising=False)
    answer, server, _ = ask(home, lambda asked: Reply(), key_variable="YIJU_NO_SUCH_KEY")
    assert answer.text.endswith(words("model_key", "en"))
    assert server.asked == []
    assert "YIJU_NO_SUCH_KEY" in model_trace(answer)["detail"]


def test_a_missing_package_is_told_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr("assistant.generating.models.find_spec", lambda name: None)
    with pytest.raises(UserError) as caught:
        ChatModel(ChatModelSettings(model="ollama:qwen3:8b"))
    assert "langchain-ollama" in caught.value.message
    assert "pip install 'yiju[ollama]'" in caught.value.help


@pytest.mark.parametrize(
    "override",
    ["answering.model.base_url=http://user:pass@127.0.0.1/v1", "answering.model.base_url=http://h/v1?key=abc",
     "answering.model.base_url=ftp://h", "answering.model.key_variable=sk-live-123", "answering.model.api_key=sk-live-123",
     "answering.model.model=qwen3"],
)  # fmt: skip
def test_settings_hold_no_secret(override):
    with pytest.raises(UserError) as caught:
        load_settings(None, ["answering.model.kind=chat", "answering.model.model=openai:x", override])
    assert "answering.model" in caught.value.message
    assert "sk-live" not in str(caught.value)
    assert "pass" not in caught.value.message.replace("password", "")


def test_langchain_is_imported_only_for_a_chat_model(home):
    code = (
        "import sys; from assistant import Assistant, AssistantSettings;"
        f"a = Assistant.open({str(home)!r}, AssistantSettings());"
        f"assert a.ask({QUESTION!r}).quotes;"
        "print(*sorted(name for name in sys.modules if name.split('.')[0].startswith(('langchain', 'openai', 'ollama'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
