"""Fetching from a server on this machine: rules of the site, limits, redirects, private addresses."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from parley import readers
from parley.errors import ReadError
from parley.readers import FetchRules, Found, Lost
from parley.readers.addresses import _is_public, resolve
from parley.readers.fetching import Fetcher

WORDS = "The envoy of Peru said the fishing terms were not enough for a treaty, and asked for another round. "
PAGE = f"<html><head><title>Round two</title></head><body><p>{WORDS * 6}</p></body></html>".encode()
RULES = FetchRules(rate=1000, timeout=2, private=True, max_bytes=100_000)


@dataclass
class Site:
    """What a server answers, and what it was asked."""

    url: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, data: bytes = PAGE, kind: str = "text/html", status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, {"Content-Type": kind, **headers}, data)
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    answers = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answers.asked.append(self.path)
            status, headers, data = answers.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    answers.url = f"http://localhost:{server.server_port}"
    yield answers
    server.shutdown()
    server.server_close()


def why(url: str, rules: FetchRules = RULES) -> str:
    with pytest.raises(ReadError) as caught:
        Fetcher(rules).get(url)
    return str(caught.value)


def test_a_page_is_fetched_and_read(site: Site) -> None:
    (item,) = readers.find([site.put("/a")], fetch=RULES)
    assert isinstance(item, Found)
    article = readers.article(item)
    assert (article.meta.title, article.meta.url, article.meta.outlet) == ("Round two", f"{site.url}/a", "localhost")


def test_the_site_s_rules_are_kept_and_asked_for_once(site: Site) -> None:
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private\nCrawl-delay: 7", "text/plain")
    waits: list[float] = []
    fetcher = Fetcher(RULES, sleep=waits.append)
    fetcher.get(site.put("/a"))
    fetcher.get(site.put("/b"))
    with pytest.raises(ReadError, match=r"robots\.txt does not allow"):
        fetcher.get(site.put("/private/c"))
    assert site.asked == ["/robots.txt", "/a", "/b"]
    assert max(waits) == pytest.approx(7, abs=0.5)


def test_without_its_rules_nothing_of_a_site_is_fetched(site: Site) -> None:
    site.put("/robots.txt", b"", status=500)
    assert "robots.txt cannot be had" in why(site.put("/a"))


def test_requests_keep_their_distance(site: Site) -> None:
    waits: list[float] = []
    fetcher = Fetcher(FetchRules(rate=0.5, private=True), sleep=waits.append)
    fetcher.get(site.put("/a"))
    assert waits == [pytest.approx(2, abs=0.5)]


def test_what_is_no_page_too_large_too_slow_or_not_there(site: Site) -> None:
    assert "not a page but image/png" in why(site.put("/a", b"x", "image/png"))
    assert "larger than 0.1 MB" in why(site.put("/b", b"x" * 100_001))
    assert "says 404" in why(f"{site.url}/c")
    assert "cannot be had" in why("http://localhost:9/x")
    assert "not an address of the web" in why("file:///etc/passwd")


def test_a_server_that_drips_is_given_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(0, 5)
    fetcher = Fetcher(RULES, sleep=lambda seconds: None)
    fetcher.get(site.put("/a"))
    monkeypatch.setattr("parley.readers.fetching.time.monotonic", lambda: float(next(clock)))
    with pytest.raises(ReadError, match="takes too long"):
        fetcher.get(f"{site.url}/a")


def test_a_packed_bomb_is_cut_short(site: Site) -> None:
    import gzip

    url = site.put("/a", gzip.compress(b"x" * 20_000_000), **{"Content-Encoding": "gzip"})
    assert "larger than" in why(url)


def test_redirects_are_followed_but_not_for_ever_and_not_inwards(site: Site) -> None:
    site.put("/a", status=302, Location="/b")
    site.put("/b")
    assert Fetcher(RULES).get(f"{site.url}/a").url == f"{site.url}/b"
    site.put("/loop", status=302, Location="/loop")
    assert "more than 5 redirects" in why(f"{site.url}/loop")
    site.put("/file", status=302, Location="file:///etc/passwd")
    assert "not an address of the web" in why(f"{site.url}/file")
    site.put("/robots.txt", b"User-agent: *\nDisallow: /closed", "text/plain")
    site.put("/sneak", status=302, Location="/closed")
    assert "does not allow" in why(f"{site.url}/sneak")


def test_the_own_machine_and_network_are_not_asked(site: Site) -> None:
    assert "own machine" in why(site.put("/a"), FetchRules())
    assert site.asked == []
    for host in ("10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "0.0.0.0", "fd00::1", "2002:7f00:1::"):
        assert not _is_public(host)
        with pytest.raises(ReadError):
            resolve(host, 80, private=False)
    assert _is_public("93.184.216.34")
    assert _is_public("2606:2800:220:1::")


def test_the_encoding_that_the_server_names_counts(site: Site) -> None:
    page = PAGE.decode().replace("Round two", "İzmir").encode("iso-8859-9")
    (item,) = readers.find([site.put("/a", page, "text/html; charset=iso-8859-9")], fetch=RULES)
    assert isinstance(item, Found)
    assert readers.article(item).meta.title == "İzmir"


def test_a_feed_s_summaries_are_replaced_by_the_pages(site: Site, tmp_path: Path) -> None:
    item = "<item><title>T</title><link>{}</link><description>Short.</description></item>"
    links = "".join(item.format(f"{site.url}/{name}") for name in "ab")
    (tmp_path / "a.rss").write_text(f"<rss><channel>{links}</channel></rss>")
    site.put("/a")
    one, two = readers.find([str(tmp_path)], fetch=RULES)
    assert isinstance(one, Found)
    assert isinstance(two, Found)
    assert readers.article(one).text.count("envoy") == 6
    assert readers.article(two).text == "T\n\nShort."


def test_a_sitemap_at_an_address_leads_to_its_pages(site: Site) -> None:
    site.put("/a")
    urls = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in ("a", "gone"))
    site.put("/map.xml", f"<urlset>{urls}</urlset>".encode(), "application/xml")
    entry = f"<sitemap><loc>{site.url}/map.xml</loc></sitemap>"
    index = site.put("/index.xml", f"<sitemapindex>{entry * 2}</sitemapindex>".encode(), "text/xml")
    page, lost = readers.find([index], fetch=RULES)
    assert isinstance(page, Found)
    assert page.location == f"{site.url}/a"
    assert lost == Lost(f"{site.url}/gone", "the server says 404")
