"""Pages by their address, from a real server on this machine; everything private is refused where not allowed."""

import gzip
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import make_files as make
import pytest

from corpus.reading import read_paths
from corpus.records import Document, Refusal
from corpus.settings import FetchingSettings
from corpus.web import connecting


class Site(BaseHTTPRequestHandler):
    """Answers from `server.pages`: path to (status, headers, body) or to a function that writes by itself."""

    def do_GET(self):
        self.server.seen.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
        page = self.server.pages.get(self.path.partition("?")[0], (404, {}, b""))
        if callable(page):
            page(self)
            return
        status, headers, body = page
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.pages, server.seen = {}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def page(body, kind="text/html; charset=utf-8", status=200, **headers):
    return status, {"Content-Type": kind, **headers}, body


def read(address, **settings):
    return list(read_paths([address], fetching=FetchingSettings(**({"allow_private": True} | settings))))


def refused(address, **settings):
    (item,) = read(address, **settings)
    assert isinstance(item, Refusal), item
    assert item.source == address
    assert "\n" not in item.reason + item.help
    return item.reason


def test_a_page_becomes_an_article(site):
    site.pages["/hall"] = page(make.html_page())
    (document,) = read(f"{site.url}/hall#top")
    assert document.article.title == "The new hall"
    assert document.article.source == f"{site.url}/hall#top"
    assert document.article.url == "https://example.org/hall"  # as the page itself says
    assert [path for path, _, _ in site.seen] == ["/robots.txt", "/hall"]
    assert site.seen[1][1:] == (site.url.removeprefix("http://"), "yiju")


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [("/report", "application/pdf", "hall.pdf"), ("/a.txt", "text/plain", "hall.txt"), ("/x", "application/zip", "hall.zip"),
     ("/download", "application/octet-stream", "hall.epub"), ("/data", "text/csv; charset=utf-8", "hall.csv")],
)  # fmt: skip
def test_files_by_their_address(site, path, kind, name):
    site.pages[path] = page(make.every_file()[name], kind)
    items = read(site.url + path)
    assert items
    assert all(isinstance(item, Document) and item.article.source.startswith(site.url + path) for item in items)
    assert all(item.article.url for item in items)


def test_the_encoding_that_the_site_tells_counts(site):
    site.pages["/zh"] = page("".join(make.CHINESE).encode("gb18030"), "text/plain; charset=gb2312")
    (document,) = read(f"{site.url}/zh")
    assert document.text == "".join(make.CHINESE)


def test_redirects_are_followed_and_counted(site):
    site.pages["/old"] = (302, {"Location": "/new"}, b"")
    site.pages["/new"] = page(make.html_page())
    site.pages["/loop"] = (301, {"Location": "/loop"}, b"")
    assert isinstance(read(f"{site.url}/old")[0], Document)
    assert "more than 5 times" in refused(f"{site.url}/loop")
    assert "more than 0 times" in refused(f"{site.url}/old", max_redirects=0)


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://user:secret@127.0.0.1/", "gopher://127.0.0.1", "http://"],
)
def test_redirects_to_other_things_are_refused(site, location):
    site.pages["/out"] = (302, {"Location": location}, b"")
    reason = refused(f"{site.url}/out")
    assert "secret" not in reason


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
     "239.1.1.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1"],
)  # fmt: skip
def test_what_is_not_public(address):
    try:
        assert not connecting.is_public(address)
    except ValueError:
        assert address == "127.1"  # no address, but a name that systems resolve to one


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_what_is_public(address):
    assert connecting.is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::1]", "0.0.0.0"])
def test_this_machine_is_refused_unless_allowed(site, host):
    site.pages["/"] = page(make.html_page())
    reason = refused(f"http://{host}:{site.server_port}/", allow_private=False)
    assert "private" in reason or "no site" in reason
    assert site.seen == []


def test_a_redirect_to_this_machine_is_refused(site, monkeypatch):
    site.pages["/out"] = (302, {"Location": f"http://127.0.0.1:{site.server_port}/secret"}, b"")
    public = connecting.is_public
    asked = []

    def first_is_public(address):
        asked.append(address)
        return len(asked) <= 1 or public(address)

    monkeypatch.setattr(connecting, "is_public", first_is_public)
    assert "private" in refused(f"http://localhost:{site.server_port}/out", allow_private=False, robots=False)
    assert [path for path, _, _ in site.seen] == ["/out"]


def test_a_name_is_resolved_once_for_checking_and_connecting(site, monkeypatch):
    site.pages["/a"] = page(make.html_page())
    asked = []
    resolve = connecting.socket.getaddrinfo

    def counted(host, *arguments, **options):
        asked.append(host)
        return resolve(host, *arguments, **options)

    monkeypatch.setattr(connecting.socket, "getaddrinfo", counted)
    assert isinstance(read(f"http://localhost:{site.server_port}/a", robots=False)[0], Document)
    assert [name for name in asked if name == "localhost"] == ["localhost"]
    assert site.seen[0][1] == f"localhost:{site.server_port}"


def test_robots_are_obeyed(site):
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /private\nDisallow: /*.pdf$\n", "text/plain")
    site.pages["/private"] = site.pages["/open"] = page(make.html_page())
    site.pages["/a.pdf"] = page(make.pdf_file(), "application/pdf")
    assert "robots.txt" in refused(f"{site.url}/private")
    assert "robots.txt" in refused(f"{site.url}/a.pdf")
    assert isinstance(read(f"{site.url}/open")[0], Document)
    assert isinstance(read(f"{site.url}/private", robots=False)[0], Document)
    site.pages["/robots.txt"] = (503, {}, b"")
    assert "robots.txt cannot be read" in refused(f"{site.url}/open")


def test_size_is_limited_packed_or_not(site):
    site.pages["/big"] = page(b"word " * 40_000, "text/plain")
    site.pages["/bomb"] = page(gzip.compress(b"word " * 4_000_000), "text/plain", **{"Content-Encoding": "gzip"})
    site.pages["/packed"] = page(gzip.compress(b"Some words."), "text/plain", **{"Content-Encoding": "gzip"})
    site.pages["/br"] = page(b"xx", "text/plain", **{"Content-Encoding": "br"})
    assert "larger than 100,000 bytes" in refused(f"{site.url}/big", max_bytes=100_000)
    assert "larger than 100,000 bytes" in refused(f"{site.url}/bomb", max_bytes=100_000)
    assert read(f"{site.url}/packed")[0].text == "Some words."
    assert "was not asked for" in refused(f"{site.url}/br")


def _dripping(handler):
    """Headers that never end, a byte at a time: no single wait is long."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    try:
        for _ in range(200):
            handler.wfile.write(b"a")
            time.sleep(0.05)
    except OSError:
        pass


def test_time_is_limited_however_slowly_a_site_sends(site):
    site.pages["/slow"] = _dripping
    assert "longer than 0.5 seconds" in refused(f"{site.url}/slow", max_seconds=0.5, robots=False)


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/x-msdownload", "<script>"])
def test_other_kinds_of_content_are_refused(site, kind):
    site.pages["/x"] = page(b"xx", kind)
    assert "no article" in refused(f"{site.url}/x")


def test_faults_of_sites_are_one_line(site):
    assert "status 404" in refused(f"{site.url}/missing")
    assert "cannot be reached" in refused("http://127.0.0.1:1/")
    assert refused("http://[::1/")
    assert refused("https://")
    assert refused(site.url.replace("http", "https"))


def test_an_unknown_name_is_one_line(monkeypatch):
    def unknown(*arguments, **options):
        raise OSError("unknown")

    monkeypatch.setattr(connecting.socket, "getaddrinfo", unknown)
    assert "no site" in refused("http://nowhere.invalid/")


def test_a_feed_gives_its_articles_and_the_pages_that_it_announces(site):
    site.pages["/feed"] = page(make.rss_file(site.url), "application/rss+xml")
    site.pages["/hall"] = page(make.html_page())
    whole, missing = read(f"{site.url}/feed")
    assert whole.article.source == f"{site.url}/hall"
    assert len(whole.text) > 400
    assert isinstance(missing, Refusal)
    assert missing.source == f"{site.url}/empty"
    del site.pages["/hall"]
    announced, _ = read(f"{site.url}/feed")
    assert "thirty countries" in announced.text
    assert announced.article.publisher == "Hall Times"
    assert [type(item) for item in read(f"{site.url}/feed", max_entries=1)] == [Document, Refusal]
