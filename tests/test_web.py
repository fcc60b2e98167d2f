import json
import stat
import tempfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.feedback import FeedbackBook
from assistant.records import Answer
from assistant.web.application import SCRIPTS, build_application
from assistant.web.guard import Credentials
from assistant.web.reports import find_report, list_reports
from assistant.web.serving import free_port, is_loopback, read_credentials
from assistant.web.talks import Talk
from corpus.errors import UserError

QUESTION = "How many booths fill the Yiwu International Trade Market?"


@pytest.fixture(scope="module")
def application(assistant, tmp_path_factory):
    reports = tmp_path_factory.mktemp("reports")
    (reports / "run").mkdir()
    (reports / "run" / "report.html").write_text("<script>parent.document</script>", encoding="utf-8")
    return build_application(assistant, reports=reports)


@pytest.fixture(scope="module")
def client(application):
    with TestClient(application, base_url="http://localhost") as client:
        yield client


@pytest.fixture(scope="module")
def answer(client):
    response = client.post("/ask", json={"question": QUESTION})
    assert response.status_code == 200
    return response.json()


def test_ask_gives_a_whole_answer_whose_quotes_hold(answer, assistant):
    loaded = Answer.from_dict(answer)
    assert loaded.quotes
    assert all(assistant.verify(quote).value == "ok" for quote in loaded.quotes)


def test_ask_reads_history_and_restrictions(client, assistant):
    body = {"question": QUESTION, "history": [{"question": "a", "answer": "b"}], "languages": ["zh"]}
    quotes = client.post("/ask", json=body).json()["quotes"]
    assert all(quote["article"]["language"] == "zh" for quote in quotes)


@pytest.mark.parametrize("body", [{}, {"question": "x" * 10_001}, {"question": "a", "other": 1}])
def test_ask_refuses_what_it_does_not_know(client, body):
    assert client.post("/ask", json=body).status_code == 422


def test_an_empty_question_is_told_in_one_line(client):
    response = client.post("/ask", json={"question": " "})
    assert response.status_code == 400
    assert "\n" not in response.json()["detail"]


def test_search_and_articles_have_exact_offsets(client):
    found = client.get("/search", params={"query": "义乌 摊位", "limit": 3}).json()["passages"]
    assert 1 <= len(found) <= 3
    article = client.get(f"/articles/{found[0]['document_id']}").json()
    assert article["text"][slice(*found[0]["span"])] == found[0]["text"]
    listed = client.get("/articles").json()["articles"]
    assert article["id"] in [item["id"] for item in listed]
    assert client.get("/articles/0000000000000000").status_code == 404


def test_the_interface_is_documented_and_the_page_s_own_routes_are_not(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert sorted(paths) == ["/articles", "/articles/{document_id}", "/ask", "/search"]
    docs = client.get("/docs").text
    assert "POST &#47;ask" in docs
    assert "http://" not in docs
    assert "https://" not in docs


def test_every_response_forbids_other_hosts(client):
    for path in ("/", "/docs", "/articles"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "http" not in policy


def test_the_page_s_script_comes_first_and_its_style_last(client):
    page = client.get("/").text
    assert page.index("YIJU_WORDS") < page.index('type="module"') < page.rindex("<style>")


def test_foreign_pages_and_foreign_names_are_refused(application, client):
    assert client.post("/ask", json={"question": "a"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    stranger = TestClient(application, base_url="http://rebound.example")
    assert stranger.get("/articles").status_code == 421


def test_huge_and_unmeasured_requests_are_refused(client):
    assert client.post("/page/markdown", content=b"x" * 20_000_001).status_code == 413
    assert client.post("/page/markdown", content=iter([b"{}"])).status_code == 411


def test_login_is_asked_of_every_path(assistant):
    guarded = build_application(assistant, credentials=Credentials("reader", "磨坊"), only_loopback=False)
    client = TestClient(guarded, base_url="http://anything.example")
    for path in ("/", "/articles", "/config", "/page/alive", "/gradio_api/info"):
        assert client.get(path).status_code == 401
        assert client.get(path, auth=("reader", "wrong")).status_code == 401
    assert client.get("/articles", auth=("reader", "磨坊".encode())).status_code == 200
    assert client.get("/articles", headers={"authorization": "Basic %%%"}).status_code == 401


def test_reader_route_marks_the_quote(client, answer):
    quote = answer["quotes"][0]
    start, end = quote["span"]
    shown = client.get(
        f"/page/reader/{quote['document_id']}", params={"quotes": f"1:{start}-{end}", "current": 1, "language": "zh"}
    )
    assert shown.status_code == 200
    assert 'class="current"' in shown.text
    assert client.get("/page/reader/nothing").status_code == 404


def test_feedback_is_kept_with_its_answer(client, assistant, answer):
    file = assistant.home / "feedback.jsonl"
    body = {"rating": "down", "reason": "quote", "comment": " 不对\u2028 ", "answer": answer}
    assert client.post("/page/feedback", json=body).json() == {"kept": True}
    entry = json.loads(file.read_text(encoding="utf-8").split("\n")[-2])
    assert (entry["rating"], entry["reason"], entry["comment"]) == ("down", "quote", "不对")
    assert entry["question"] == QUESTION
    assert Answer.from_dict(entry["answer"]).quotes == Answer.from_dict(answer).quotes
    assert client.post("/page/feedback", json=body | {"answer": {}}).status_code == 400
    assert client.post("/page/feedback", json=body | {"rating": "maybe"}).status_code == 422


def test_a_line_cut_short_does_not_hide_the_others(tmp_path, answer):
    book = FeedbackBook(tmp_path / "feedback.jsonl")
    assert list(book.entries()) == []
    book.add("up", Answer.from_dict(answer))
    with book.file.open("a") as stream:
        stream.write('{"rating": "up"\n')
    book.add("down", Answer.from_dict(answer), "no such reason", "x" * 5_000)
    first, second = book.entries()
    assert (first["rating"], second["reason"], len(second["comment"])) == ("up", "", 4_000)


def test_talks_come_back_as_they_went(answer):
    talk = Talk.begin().add(Answer.from_dict(answer)).add(Answer.from_dict(answer))
    again = Talk.from_dict(json.loads(json.dumps(talk.to_dict())))
    assert again.to_dict() == talk.to_dict()
    assert again.name == QUESTION
    assert len(again.before(2).answers) == 1
    assert [turn.question for turn in again.history()] == [QUESTION, QUESTION]
    assert again.history()[0].standalone


@pytest.mark.parametrize(
    "data",
    [None, 1, "x", [], {}, {"id": "<b>", "name": "", "answers": []}, {"id": "a", "name": "", "answers": [1]},
     {"id": "a", "name": 3, "answers": []}, {"id": "a", "name": "", "answers": [{"schema": "yiju.answer/1"}]}],
)  # fmt: skip
def test_anything_else_is_an_empty_talk(data):
    assert Talk.from_dict(data).answers == ()


def test_reports_are_shown_from_their_folder_only(client, tmp_path):
    shown = client.get("/page/report", params={"name": "run/report.html"})
    assert "sandbox" in shown.headers["content-security-policy"]
    for name in ("../secret.html", "/etc/passwd", "run/../../x.html", "", "run"):
        assert client.get("/page/report", params={"name": name}).status_code == 404
    inside = tmp_path / "reports"
    inside.mkdir()
    (tmp_path / "secret.html").write_text("x")
    assert list_reports(inside) == []
    assert find_report(inside, "../secret.html") is None
    assert list_reports(tmp_path / "missing") == []


@pytest.mark.parametrize("name", ["../../../outside.txt", "..\\\\outside.txt", "/etc/outside.txt", "a\u202etxt.exe"])
def test_uploaded_files_stay_in_their_folder(client, name):
    response = client.post("/gradio_api/upload", files={"files": (name, b"text")})
    if response.status_code == 200:
        (path,) = [Path(path).resolve() for path in response.json()]
        assert Path(tempfile.gettempdir()).resolve() in path.parents
        assert not Path("/etc/outside.txt").exists()
    else:
        assert response.status_code == 400


def test_credentials_are_read_from_a_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("open sesame\nnot this\n", encoding="utf-8")
    file.chmod(stat.S_IRUSR)
    assert read_credentials(f"reader:{file}") == Credentials("reader", "open sesame")


@pytest.mark.parametrize("auth", ["reader", "reader:", ":file", "reader:/no/such/file"])
def test_wrong_credentials_are_told(auth):
    with pytest.raises(UserError):
        read_credentials(auth)


def test_an_empty_password_is_refused(tmp_path):
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(UserError, match="empty"):
        read_credentials(f"reader:{tmp_path / 'empty'}")


@pytest.mark.parametrize(
    ("host", "loopback"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)]
)
def test_loopback(host, loopback):
    assert is_loopback(host) is loopback


def test_a_busy_port_is_stepped_over():
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        if port < 65_500:
            assert free_port("127.0.0.1", port) > port


def test_an_address_of_another_machine_is_told():
    with pytest.raises(UserError, match="no address of this machine"):
        free_port("203.0.113.9", 7860)


def test_the_page_s_folder_ships_its_files():
    folder = Path(build_application.__code__.co_filename).parent
    assert {"style.css", "icon.svg"} <= {file.name for file in folder.iterdir()}
    assert {file.stem for file in (folder / "scripts").iterdir()} == set(SCRIPTS)
