"""Pages in web archives, whole and damaged."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from parley import readers
from parley.readers import Found, Lost, Skipped

WORDS = "The envoy of Peru said the fishing terms were not enough for a treaty, and asked for a second round of talks. "


def record(
    url: str, body: bytes, *, kind: str = "text/html; charset=utf-8", status: str = "200 OK", headers: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def page(number: int) -> bytes:
    return f"<html><head><title>Round {number}</title></head><body><p>{WORDS * 5}</p></body></html>".encode()


RECORDS = [record(f"https://news.example/{number}", page(number)) for number in range(5)]


def find(path: Path) -> list[readers.Item]:
    return list(readers.find([str(path)]))


def found(items: list[readers.Item]) -> list[str]:
    return [item.meta.url or "" for item in items if isinstance(item, Found)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "one.warc.gz"])
def test_pages_come_without_http_headers(tmp_path: Path, name: str) -> None:
    packed = gzip.compress(b"".join(RECORDS)) if name == "one.warc.gz" else b"".join(map(gzip.compress, RECORDS))
    (tmp_path / name).write_bytes(packed if name.endswith(".gz") else b"".join(RECORDS))
    items = find(tmp_path / name)
    assert found(items) == [f"https://news.example/{number}" for number in range(5)]
    assert len(items) == 5
    first = items[0]
    assert isinstance(first, Found)
    assert first.location == f"{tmp_path}/{name}!https://news.example/0@20240102030405"
    article = readers.article(first)
    assert "Content-Type" not in article.text
    assert (article.meta.title, article.meta.outlet) == ("Round 0", "news.example")


def test_what_is_no_page_is_skipped_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        record("https://a.example/gone", b"<html>", status="404 Not Found")
        + record("https://a.example/picture", b"\x89PNG", kind="image/png")
    )
    assert [type(item) for item in find(path)] == [Skipped, Skipped]


def test_the_encoding_of_the_http_header_outranks_that_of_the_page(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    body = f'<html><head><meta charset="utf-8"><title>Çeşme</title></head><body><p>{WORDS * 4}İzmir</p></body></html>'
    path.write_bytes(record("https://a.example/x", body.encode("iso-8859-9"), kind="text/html; charset=ISO-8859-9"))
    (item,) = find(path)
    assert isinstance(item, Found)
    assert "İzmir" in readers.article(item).text


@pytest.mark.parametrize("packing", ["gzip", "deflate", "chunked"])
def test_packed_bodies_are_unpacked(tmp_path: Path, packing: str) -> None:
    import zlib

    body = page(1)
    packed = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "chunked": f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n",
    }[packing]
    name = "Transfer-Encoding" if packing == "chunked" else "Content-Encoding"
    (tmp_path / "a.warc").write_bytes(record("https://a.example/x", packed, headers=f"{name}: {packing}\r\n"))
    (item,) = find(tmp_path / "a.warc")
    assert isinstance(item, Found)
    assert readers.article(item).meta.title == "Round 1"


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("cut", [1, 30, 150, 260])
def test_an_archive_that_is_cut_off_says_so_and_gives_the_rest(tmp_path: Path, is_packed: bool, cut: int) -> None:
    path = tmp_path / ("a.warc.gz" if is_packed else "a.warc")
    data = b"".join(map(gzip.compress, RECORDS)) if is_packed else b"".join(RECORDS)
    if is_packed or cut > 4:
        path.write_bytes(data[:-cut])
        items = find(path)
        assert found(items)[:4] == [f"https://news.example/{number}" for number in range(4)]
        assert [item.why for item in items if isinstance(item, Lost)]


@pytest.mark.parametrize("is_packed", [True, False])
def test_damage_in_the_middle_costs_one_record(tmp_path: Path, is_packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if is_packed else "a.warc")
    parts = list(map(gzip.compress, RECORDS)) if is_packed else list(RECORDS)
    where = 60 if is_packed else 5
    parts[2] = parts[2][:where] + b"\0" * 40 + parts[2][where + 40 :]
    path.write_bytes(b"".join(parts))
    items = find(path)
    assert found(items) == [f"https://news.example/{number}" for number in (0, 1, 3, 4)]
    assert sum(isinstance(item, Lost) for item in items) == 1


@pytest.mark.parametrize("data", [b"", b"no archive at all " * 20, b"\x1f\x8b\x08 and then nothing"])
def test_what_is_no_archive_is_lost_with_a_reason(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(data)
    items = find(tmp_path / "a.warc.gz")
    assert items
    assert all(isinstance(item, Lost) for item in items)
