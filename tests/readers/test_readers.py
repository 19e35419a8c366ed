"""From bytes to articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parley.errors import NoArticle, ReadError
from parley.readers import FORMATS, read_bytes, read_path
from parley.readers.metadata import as_date
from parley.readers.rows import BadRow, articles

PARAGRAPH = "The delegation of {} said on Monday that it would study the text of the other side before the next round. "
PAGE = """<!doctype html><html lang="en"><head><title>Two sides meet again | The Fjord Courier</title>
<link rel="canonical" href="https://fjord-courier.example/talks/1">
<meta property="og:site_name" content="The Fjord Courier"><meta name="author" content="Ingrid Holm">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Two sides meet again",
"datePublished":"2024-03-05T10:00:00Z","author":{{"@type":"Person","name":"Ingrid Holm"}}}}</script></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Two sides meet again</h1>{}</article>
<footer>All rights reserved</footer></body></html>"""


def test_plain_text_stays_as_it_is() -> None:
    data = "\ufeffTalks resume in Geneva\r\n\r\nThe envoy\u200b said no.\r\n".encode()
    article = read_bytes(data, name="a.txt")
    assert article.text.encode() == data
    assert article.meta.title == "Talks resume in Geneva"
    assert article.meta.source_format == "text"


def test_the_id_is_made_from_the_content() -> None:
    one, two = (read_bytes(text, name="x") for text in (b"The envoy said no.", b"The envoy said yes."))
    assert one.id == read_bytes(b"The envoy said no.", name="y").id != two.id


def test_a_page_gives_its_article_and_metadata() -> None:
    body = "".join(f"<p>{PARAGRAPH.format(name)}</p>" for name in ("Norway", "Kenya", "Peru", "Nepal"))
    article = read_bytes(PAGE.format(body).encode(), name="a.html")
    meta = article.meta
    assert (meta.title, meta.author, meta.published) == ("Two sides meet again", "Ingrid Holm", "2024-03-05")
    assert (meta.outlet, meta.url) == ("The Fjord Courier", "https://fjord-courier.example/talks/1")
    assert article.text.startswith("Two sides meet again\n\n")
    assert article.text.count("Two sides meet again") == 1
    assert "Peru" in article.text
    assert "Home" not in article.text


def test_markdown_loses_its_markup_and_keeps_its_words() -> None:
    text = (
        "---\ntitle: Talks\ndate: 2024-03-05\n---\n# Two sides meet\n\n"
        "The **envoy** [said](https://x.example) no.\n\n- one\n- two\n"
    )
    article = read_bytes(text.encode(), name="a.md", source_format="markdown")
    assert article.text == "Two sides meet\n\nThe envoy said no.\n\none\n\ntwo"
    assert (article.meta.title, article.meta.published) == ("Talks", "2024-03-05")


def test_json_metadata_goes_by_many_names() -> None:
    row = {
        "text": "The envoy said no.",
        "headline": "Talks",
        "publisher": {"name": "The Courier"},
        "datePublished": "5 March 2024",
        "link": "https://c.example/1",
    }
    meta = read_bytes(json.dumps(row).encode(), name="a.json", source_format="json").meta
    assert (meta.title, meta.outlet, meta.published, meta.url) == (
        "Talks",
        "The Courier",
        "2024-03-05",
        "https://c.example/1",
    )


def test_rows_come_in_order_and_bad_ones_say_why() -> None:
    lines = [b'{"id": 7, "text": "One."}', b"", b"nonsense", b'{"id": "x"}']
    found = list(articles(lines))
    assert [item.id for item in found] == ["7", "line-3", "x"]
    assert [type(item) is BadRow for item in found] == [False, True, True]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T23:59:00+02:00", "2024-03-05"),
        ("2024-3-5", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:00:00 GMT", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("2024-13-05", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_dates(value: str | None, day: str | None) -> None:
    assert as_date(value) == day


def test_content_tells_the_format_where_the_name_does_not() -> None:
    body = "".join(f"<p>{PARAGRAPH.format(name)}</p>" for name in ("Norway", "Kenya", "Peru", "Nepal"))
    assert read_bytes(PAGE.format(body).encode(), name="standard input").meta.source_format == "html"
    assert read_bytes(b'{"text": "The envoy said no."}', name="standard input").meta.source_format == "json"


def test_errors_name_the_source(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"absent\.txt"):
        read_path(tmp_path / "absent.txt")
    with pytest.raises(ReadError, match="folder"):
        read_path(tmp_path)
    with pytest.raises(NoArticle, match=r"a\.html"):
        read_bytes(b"<html><body></body></html>", name="a.html", source_format="html")


def test_every_format_has_a_reader() -> None:
    assert set(FORMATS) == {"text", "markdown", "html", "json"}
