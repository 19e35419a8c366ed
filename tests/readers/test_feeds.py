"""RSS and Atom, and the sitemaps that outlets publish."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from parley import readers
from parley.readers import Found, Item, Lost, Skipped
from parley.readers.feeds import SUMMARY

WORDS = "The envoy of Peru said the fishing terms were not enough for a treaty. "
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Coast Post</title><link>https://coast.example/</link>
<item><title>Terms &amp;amp; treaties</title><link>https://coast.example/1</link><dc:creator>Ana Ruiz</dc:creator>
<pubDate>Tue, 05 Mar 2024 23:30:00 -0500</pubDate><description>In short.</description>
<content:encoded><![CDATA[<p>{WORDS * 3}</p><p>{WORDS}</p><script>var x=1</script>]]></content:encoded></item>
<item><title>Only a teaser</title><link>https://coast.example/2</link><pubDate>Wed, 06 Mar 2024 09:00:00 GMT</pubDate>
<description>&lt;p&gt;The talks went on.&lt;/p&gt;</description></item>
<item><title>Nothing at all</title><link>https://coast.example/3</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Fjord Courier</title>
<entry><id>tag:fjord.example,1</id><title>Round two</title><link href="https://fjord.example/2"/>
<author><name>Ingrid Holm</name></author><updated>2024-03-05T10:00:00Z</updated>
<content type="html">&lt;p&gt;{WORDS * 3}&lt;/p&gt;</content></entry></feed>"""
PAGE = f"<html><head><title>Round two</title></head><body><p>{WORDS * 6}</p></body></html>"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def find(path: Path, since: date | None = None) -> list[Item]:
    return list(readers.find([str(path)], since=since))


def told(items: list[Item], folder: Path) -> list[tuple[str, str]]:
    return [(type(item).__name__, item.location.removeprefix(f"{folder}/")) for item in items]


def test_entries_of_rss_with_their_text_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    full, summary, empty = find(tmp_path)
    assert isinstance(full, Found)
    assert full.location == f"{tmp_path}/a.rss!https://coast.example/1"
    article = readers.article(full)
    assert article.text == f"Terms & treaties\n\n{(WORDS * 3).strip()}\n\n{WORDS.strip()}"
    meta = article.meta
    assert (meta.title, meta.author, meta.outlet) == ("Terms & treaties", "Ana Ruiz", "The Coast Post")
    assert (meta.published, meta.url, meta.source_format) == ("2024-03-05", "https://coast.example/1", "feed")
    assert article.notes == ()
    assert isinstance(summary, Found)
    assert readers.article(summary).notes == (SUMMARY,)
    assert isinstance(empty, Lost)


def test_entries_of_atom(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(ATOM)
    (item,) = find(tmp_path)
    assert isinstance(item, Found)
    meta = readers.article(item).meta
    assert (meta.url, meta.author, meta.published) == ("https://fjord.example/2", "Ingrid Holm", "2024-03-05")


def test_old_entries_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    assert [type(item) for item in find(tmp_path, date(2024, 3, 6))] == [Skipped, Found, Lost]


def test_a_feed_that_is_cut_off_gives_the_entries_before(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS[: RSS.index("The talks") + 5])
    assert [type(item) for item in find(tmp_path)] == [Found, Lost]


def test_a_bomb_of_entities_is_not_lit(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "x">{levels}]>'
    (tmp_path / "a.rss").write_text(f"{bomb}<rss><channel><title>&a11;</title></channel></rss>")
    (tmp_path / "b.xml").write_bytes(f"{bomb}<urlset><url><loc>&a11;</loc></url></urlset>".encode("utf-16"))
    items = find(tmp_path)
    assert all(isinstance(item, Lost) and "entities" in item.why for item in items)


def test_xml_of_another_kind_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<?xml version='1.0'?><!-- x --><project><item/></project>")
    (item,) = find(tmp_path)
    assert isinstance(item, Skipped)


def sitemap(*urls: str, more: str = "") -> str:
    entries = "".join(f"<url><loc>{url}</loc>{more}</url>" for url in urls)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="{NEWS}">{entries}</urlset>'


def test_a_sitemap_tells_of_the_pages_beside_it_and_each_comes_once(tmp_path: Path) -> None:
    (tmp_path / "coast.example" / "world").mkdir(parents=True)
    (tmp_path / "coast.example" / "world" / "talks.html").write_text(PAGE)
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "not-listed.html").write_text(PAGE)
    news = "<news:news><news:publication><news:name>The Coast Post</news:name></news:publication>"
    news += "<news:publication_date>2024-03-05</news:publication_date><news:title>Round two</news:title></news:news>"
    urls = ("https://coast.example/world/talks", "https://coast.example/x/a.html", "https://coast.example/gone")
    (tmp_path / "sitemap.xml").write_text(sitemap(*urls, more=news))
    items = find(tmp_path)
    assert told(items, tmp_path) == [
        ("Found", "coast.example/world/talks.html"),
        ("Found", "a.html"),
        ("Lost", "sitemap.xml"),
        ("Found", "not-listed.html"),
    ]
    first, _, lost, _ = items
    assert isinstance(first, Found)
    meta = readers.article(first).meta
    assert (meta.url, meta.outlet, meta.published) == (urls[0], "The Coast Post", "2024-03-05")
    assert isinstance(lost, Lost)
    assert lost.why == "sitemap lists 1 page that is not beside it; use --fetch"


def test_a_sitemap_does_not_lead_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text(PAGE)
    folder = tmp_path / "maps"
    folder.mkdir()
    (folder / "sitemap.xml").write_text(
        sitemap("https://coast.example/../secret.html", "https://coast.example/%2e%2e/secret.html", "https://../secret")
    )
    (folder / "link.html").symlink_to(tmp_path / "secret.html")
    (item, _) = find(folder)
    assert isinstance(item, Lost)
    assert "3 pages" in item.why


@pytest.mark.parametrize("day", ["2024-02-29", "2024-03-01"])
def test_the_last_change_tells_that_a_page_is_too_old(tmp_path: Path, day: str) -> None:
    (tmp_path / "sitemap.xml").write_text(
        sitemap("https://coast.example/a", more=f"<lastmod>{day}T10:00:00Z</lastmod>")
    )
    (item,) = find(tmp_path, date(2024, 3, 1))
    assert isinstance(item, Skipped if day < "2024-03-01" else Lost)


def test_a_sitemap_that_is_cut_off_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    text = sitemap("https://coast.example/a.html", "https://coast.example/b.html")
    (tmp_path / "sitemap.xml").write_text(text[:-30])
    assert told(find(tmp_path), tmp_path) == [("Found", "a.html"), ("Lost", "sitemap.xml!end")]


def test_an_index_of_sitemaps_that_lists_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    entries = "".join(f"<sitemap><loc>https://coast.example/{name}</loc></sitemap>" for name in ("index.xml", "b.xml"))
    (tmp_path / "index.xml").write_text(f"<sitemapindex>{entries}</sitemapindex>")
    (tmp_path / "b.xml").write_text(sitemap("https://coast.example/a.html"))
    items = find(tmp_path / "index.xml")
    assert told(items, tmp_path)[0] == ("Found", "a.html")
