"""The MCP server as other programs meet it: the real client over loopback."""

import asyncio
import builtins
import threading
import time

import pytest
from fastapi.testclient import TestClient
from mcp import Client

from assistant.web.application import build_application
from assistant.web.serving import free_port

QUESTION = "What share of Yiwu trade is exports?"


@pytest.fixture(scope="module")
def address(assistant):
    import uvicorn

    port = free_port("127.0.0.1", 8750)
    server = uvicorn.Server(uvicorn.Config(build_application(assistant), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}/mcp"
    server.should_exit = True
    thread.join(20)


def talk(address, *calls):
    """The tools, and what each call (name, arguments) gave."""

    async def go():
        async with Client(address) as client:
            listed = (await client.list_tools()).tools
            return listed, [await client.call_tool(name, given) for name, given in calls]

    return asyncio.run(go())


def test_three_tools_that_change_nothing_each_told_in_words(address):
    tools, _ = talk(address)
    assert [tool.name for tool in tools] == ["ask", "search", "read_article"]
    for tool in tools:
        assert len(tool.description) > 40
        assert tool.annotations.read_only_hint
        assert all(told.get("description") for told in tool.input_schema["properties"].values() if "anyOf" not in told)


def test_ask_then_read_what_its_quote_stands_in(address):
    _, (asked,) = talk(address, ("ask", {"question": QUESTION}))
    answer = asked.structured_content
    assert answer["status"] == "answered"
    assert "trace" not in answer
    quote = answer["quotes"][0]
    assert quote["publisher"]
    start, end = quote["span"]
    _, (whole, part) = talk(
        address,
        ("read_article", {"document_id": quote["document_id"]}),
        ("read_article", {"document_id": quote["document_id"], "start": start}),
    )
    assert whole.structured_content["text"][start:end] == quote["text"]
    assert part.structured_content["text"].startswith(quote["text"])
    assert part.structured_content["span"][0] == start


def test_search_keeps_to_a_language(address):
    _, (found,) = talk(address, ("search", {"query": "booths", "languages": ["zh"], "limit": 3}))
    passages = found.structured_content["passages"]
    assert passages
    assert {passage["language"] for passage in passages} == {"zh"}


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("ask", {"question": " "}, "question"),
        ("ask", {"question": "x" * 10_001}, "10000"),
        ("read_article", {"document_id": "nothing"}, "nothing"),
        ("search", {"query": "a", "limit": 0}, "limit"),
        ("remove", {}, "remove"),
    ],
)
def test_wrong_calls_are_told(address, name, given, told):
    _, (result,) = talk(address, (name, given))
    assert result.is_error
    assert told in result.content[0].text


def test_without_the_extra_it_tells_how_to_install_it(assistant, monkeypatch):
    real = builtins.__import__

    def importing(name, *more, **others):
        if name.startswith("mcp"):
            raise ImportError(name)
        return real(name, *more, **others)

    monkeypatch.setattr(builtins, "__import__", importing)
    response = TestClient(build_application(assistant), base_url="http://localhost").post("/mcp", json={})
    assert response.status_code == 501
    assert "pip install 'yiju[mcp]'" in response.text
