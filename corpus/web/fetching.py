"""Fetching what stands at an address: http and https only, redirects, size, time and robots.txt checked."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore
import httpx
from protego import Protego

from corpus.errors import UserError
from corpus.settings import FetchingSettings
from corpus.web.connecting import CheckedTransport, Deadline

_ROBOTS_BYTES = 500_000
"""More of a robots.txt is not read (RFC 9309, section 2.5)."""
_REDIRECTS = (301, 302, 303, 307, 308)
_FAULTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.ConnectError, OSError)
_SLOW = (httpx.TimeoutException, httpcore.TimeoutException)
_BROKEN = (*_FAULTS, httpcore.ProtocolError, httpcore.NetworkError)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave."""

    url: str
    """After redirects."""
    content_type: str
    """In lower case, without parameters; empty where the site tells none."""
    charset: str
    data: bytes


class Fetcher:
    """Fetches addresses one after the other and remembers what sites allow. For one thread; a context manager."""

    def __init__(self, settings: FetchingSettings) -> None:
        self._settings = settings
        self._rules: dict[str, str] = {}

    def fetch(self, address: str) -> Fetched:
        """What stands at an address.

        Raises:
            UserError: The address is no public page of the web, the site refuses it or forbids it to programs, or it
                takes too long or is too large.
        """
        with self._client() as client:
            return self._followed(client, address, self._settings.max_bytes, robots=self._settings.robots)

    def _client(self) -> httpx.Client:
        transport = CheckedTransport(Deadline(self._settings.max_seconds), allow_private=self._settings.allow_private)
        headers = {"User-Agent": self._settings.user_agent, "Accept": "*/*", "Accept-Encoding": "gzip"}
        return httpx.Client(transport=transport, headers=headers, trust_env=False, timeout=self._settings.max_seconds)

    def _followed(self, client: httpx.Client, address: str, largest: int, *, robots: bool) -> Fetched:
        """The page behind all redirects; each address on the way is checked."""
        for _ in range(self._settings.max_redirects + 1):
            url = _checked(address)
            if robots:
                self._check_robots(client, url)
            try:
                with client.stream("GET", url) as response:
                    if response.status_code not in _REDIRECTS:
                        return self._taken(response, largest)
                    address = str(url.join(response.headers.get("Location", "")))
            except _SLOW:
                raise UserError(
                    f"The site takes longer than {self._settings.max_seconds:g} seconds.",
                    "Try again later, or raise fetching.max_seconds.",
                ) from None
            except _BROKEN as error:
                raise UserError(f"The site cannot be reached ({type(error).__name__}).", "Try again later.") from None
        raise UserError(
            f"The address leads on more than {self._settings.max_redirects} times.", "Give the address it ends at."
        )

    def _taken(self, response: httpx.Response, largest: int) -> Fetched:
        if response.status_code != 200:
            raise _Answered(response.status_code)
        if response.headers.get("Content-Encoding", "identity").lower() not in ("identity", "gzip", ""):
            raise UserError("The site packs its pages in a way that was not asked for.", "Save the page as a file.")
        data = bytearray()
        for part in response.iter_bytes():
            data += part
            if len(data) > largest:
                raise UserError(
                    f"The page is larger than {largest:,} bytes.", "Raise fetching.max_bytes, or save it as a file."
                )
        kind, _, _ = response.headers.get("Content-Type", "").partition(";")
        return Fetched(str(response.url), kind.strip().lower(), response.charset_encoding or "", bytes(data))

    def _check_robots(self, client: httpx.Client, url: httpx.URL) -> None:
        """Refuse what a site forbids to programs; a site that has no robots.txt allows everything (RFC 9309)."""
        site = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if site not in self._rules:
            self._rules[site] = self._robots(client, site)
        if not Protego.parse(self._rules[site]).can_fetch(str(url), self._settings.user_agent):
            raise UserError(
                f"{url.host} forbids programs to fetch this address (robots.txt).",
                "Save the page as a file; or, with the site's consent: --set fetching.robots=false",
            )

    def _robots(self, client: httpx.Client, site: str) -> str:
        try:
            return self._followed(client, site, _ROBOTS_BYTES, robots=False).data.decode("utf-8", "replace")
        except _Answered as answer:
            if answer.status < 500:
                return ""
            raise UserError("The site's robots.txt cannot be read now.", "Try again later.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._rules.clear()


class _Answered(UserError):
    """The site answered with something else than the page."""

    def __init__(self, status: int) -> None:
        super().__init__(f"The site answers with status {status}.", "Open the address in a browser to see why.")
        self.status = status


def _checked(address: str) -> httpx.URL:
    """An address as a URL.

    Raises:
        UserError: It is none of http or https, or holds a password.
    """
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        raise UserError("This is no address of a page.", "Write it like https://example.org/page") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise UserError(f"Addresses of the kind {url.scheme or '?'}: are not fetched.", "Only http and https are.")
    if url.userinfo:
        raise UserError("The address holds a user's name or password.", "Give it without.")
    return url.copy_with(fragment=None)
