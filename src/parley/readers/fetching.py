"""Fetching pages: robots.txt is kept to, hosts are asked slowly, redirects are checked, and nothing too large comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.errors import ReadError
from parley.readers.addresses import resolve
from parley.readers.options import FetchRules
from parley.readers.streams import in_utf8

if TYPE_CHECKING:
    import httpx
    from protego import Protego

TYPES = ("text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml")
"""Content types that are read; those that end in ``+xml`` (feeds) too."""
REDIRECTS = 5
ROBOTS_BYTES = 500_000
"""Bytes of a robots.txt that are looked at, as in RFC 9309."""
MAX_DELAY = 60.0
"""Seconds between requests that a robots.txt can ask for."""
MOST_HOSTS = 1_000
"""Hosts whose rules are kept in mind."""


@dataclass(frozen=True)
class Page:
    """What a server gave."""

    url: str
    """Where it was at last."""
    data: bytes
    """In UTF-8 with a byte order mark where the server named an encoding."""
    content_type: str


@dataclass
class _Host:
    """What is known of one host."""

    robots: Protego | None = None
    """None: it has none, everything is allowed."""
    why_not: str | None = None
    """Why nothing there may be asked for, if so."""
    free_at: float = 0.0
    """Monotonic second from which it may be asked again."""


@dataclass
class Fetcher:
    """Fetches pages one after another by some rules."""

    rules: FetchRules
    sleep: Callable[[float], None] = time.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _client: httpx.Client | None = None

    def get(self, url: str) -> Page:
        """The page at an address.

        Raises:
            ReadError: it may not or cannot be fetched, or is no page.
        """
        import httpx

        try:
            target = httpx.URL(url)
            return self._follow(target, self._ask_robots, self.rules.max_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError) as error:
            raise ReadError(f"cannot be fetched ({_words(error)})") from error

    def _follow(self, url: httpx.URL, check: Callable[[httpx.URL], None], limit: int) -> Page:
        """Follow redirects to a page, each step checked."""
        for _ in range(REDIRECTS + 1):
            check(url)
            answer = self._once(url, limit)
            if isinstance(answer, Page):
                return answer
            url = url.join(answer)
        raise ReadError(f"more than {REDIRECTS} redirects")

    def _once(self, url: httpx.URL, limit: int) -> Page | str:
        """One request: a page, or the address that it redirects to."""
        if url.scheme not in ("http", "https") or not url.host:
            raise ReadError(f"not an address of the web: {url}")
        host = self._hosts.setdefault(_origin(url), _Host())
        self._wait(host)
        deadline = time.monotonic() + self.rules.timeout  # from here on: waiting is not the page's fault
        port = url.port or (443 if url.scheme == "https" else 80)
        name = url.raw_host.decode("ascii")
        address = resolve(name.strip("[]"), port, private=self.rules.private)
        request = self._http().build_request(
            "GET",
            url.copy_with(host=address, fragment=None),
            headers={"Host": url.netloc.decode("ascii").rpartition("@")[2]},
            extensions={"sni_hostname": name},
        )
        response = self._http().send(request, stream=True)
        try:
            if response.is_redirect:
                return response.headers["location"]
            return _page(response, url, limit, deadline)
        finally:
            response.close()

    def _http(self) -> httpx.Client:
        if self._client is None:
            import httpx

            agent = {"User-Agent": self.rules.user_agent, "Accept": ", ".join((*TYPES, "*/*;q=0.1"))}
            # No proxies from the environment: the address that was checked must be the one that is asked.
            self._client = httpx.Client(timeout=self.rules.timeout, headers=agent, trust_env=False)
        return self._client

    def _wait(self, host: _Host) -> None:
        """Wait for a host's turn."""
        asked = host.robots.crawl_delay(self.rules.user_agent) if host.robots else None
        pause = max(1 / self.rules.rate, min(float(asked or 0), MAX_DELAY))
        if (left := host.free_at - time.monotonic()) > 0:
            self.sleep(left)
        host.free_at = time.monotonic() + pause

    def _ask_robots(self, url: httpx.URL) -> None:
        """See whether a site lets its page be fetched.

        Raises:
            ReadError: it does not.
        """
        origin = _origin(url)
        if origin not in self._hosts:
            while len(self._hosts) >= MOST_HOSTS:
                del self._hosts[next(iter(self._hosts))]
            self._hosts[origin] = _Host()
            self._read_robots(url.copy_with(path="/robots.txt", query=None, fragment=None), self._hosts[origin])
        host = self._hosts[origin]
        if host.why_not:
            raise ReadError(host.why_not)
        if host.robots and not host.robots.can_fetch(str(url), self.rules.user_agent):
            raise ReadError("the site's robots.txt does not allow it")

    def _read_robots(self, url: httpx.URL, host: _Host) -> None:
        """Take in a site's rules: none where it has no such file, and nothing allowed where that cannot be had."""
        import httpx
        from protego import Protego

        try:
            page = self._follow(url, lambda at: None, ROBOTS_BYTES)
            host.robots = Protego.parse(page.data.decode("utf-8-sig", "replace"))
        except _Absent:
            host.robots = None
        except (ReadError, httpx.HTTPError, httpx.InvalidURL) as error:
            host.why_not = f"the site's robots.txt cannot be had, so nothing there is fetched ({_words(error)})"


class _Absent(ReadError):
    """There is no such page."""


def _page(response: httpx.Response, url: httpx.URL, limit: int, deadline: float) -> Page:
    """The page in an answer.

    Raises:
        ReadError: it is no page, too large or too slow.
    """
    if 400 <= response.status_code < 500 and response.status_code != 429:
        raise _Absent(f"the server says {response.status_code}")
    if response.status_code != 200:
        raise ReadError(f"the server says {response.status_code}")
    content_type, _, rest = response.headers.get("content-type", "text/html").lower().partition(";")
    if content_type.strip() not in TYPES and not content_type.strip().endswith("+xml"):
        raise ReadError(f"not a page but {content_type.strip()}")
    parts, size = [], 0
    for part in response.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > limit:
            raise ReadError(f"larger than {limit / 1e6:g} MB")
        if time.monotonic() > deadline:
            raise ReadError("takes too long")
    charset = rest.partition("charset=")[2].strip(" \"';").partition(";")[0] or None
    return Page(str(url), in_utf8(b"".join(parts), charset), content_type.strip())


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode('ascii').rpartition('@')[2]}"


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
