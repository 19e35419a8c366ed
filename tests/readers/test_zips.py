"""Zip archives: hostile names, bombs, archives in archives, damage."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from parley import readers
from parley.readers import Found, Item, Lost


def find(path: Path) -> list[Item]:
    return list(readers.find([str(path)]))


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def told(items: list[Item]) -> list[tuple[str, str]]:
    return [(type(item).__name__, item.location.partition("!")[2]) for item in items]


def test_members_come_in_the_order_of_the_archive_and_names_are_only_names(tmp_path: Path) -> None:
    members = {
        "z/page.html": b"<html>",
        "../../outside.txt": b"Oslo said no.",
        "/etc/absolute.md": b"Oslo said no.",
        "rows.jsonl": b'{"text": "Oslo said no."}\n{"text": "Bern said yes."}',
        "__MACOSX/._page.html": b"x",
        "picture.png": b"x",
        "inner.zip": b"PK",
    }
    (tmp_path / "a.zip").write_bytes(packed(members))
    assert told(find(tmp_path / "a.zip")) == [
        ("Found", "z/page.html"), ("Found", "../../outside.txt"), ("Found", "/etc/absolute.md"),
        ("Found", "rows.jsonl#1"), ("Found", "rows.jsonl#2"),
        ("Skipped", "__MACOSX/._page.html"), ("Skipped", "picture.png"), ("Lost", "inner.zip"),
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_two_members_of_one_name_have_two_places(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"a.txt": b"one", "b.txt": b"two"}).replace(b"b.txt", b"a.txt"))
    assert told(find(tmp_path / "a.zip")) == [("Found", "a.txt"), ("Found", "a.txt~2")]


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(packed({"a.txt": b"\0" * 60_000_000, "b.txt": b"Oslo said no."}))
    (tmp_path / "sum.zip").write_bytes(packed({f"{number}.txt": b"\0" * 40_000_000 for number in range(3)}))
    items = find(tmp_path)
    assert told(items) == [("Lost", "a.txt"), ("Found", "b.txt"), ("Lost", "")]


def test_a_member_whose_size_is_a_lie_does_no_harm(tmp_path: Path) -> None:
    data = packed({"a.txt": b"x" * 300_000})
    (tmp_path / "a.zip").write_bytes(data.replace((300_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    (item,) = find(tmp_path)
    assert isinstance(item, Lost)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_lost_and_the_others_come(tmp_path: Path, method: int) -> None:
    texts = {f"{number}.txt": bytes(range(32, 120)) * 30 + bytes([number + 48]) for number in range(3)}
    data = bytearray(packed(texts, method))
    start = data.find(b"1.txt") + 25
    data[start : start + 20] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(data)
    assert told(find(tmp_path)) == [("Found", "0.txt"), ("Lost", "1.txt"), ("Found", "2.txt")]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_of_an_archive_that_is_cut_off_the_whole_members_come(tmp_path: Path, method: int) -> None:
    texts = {f"{number}.txt": bytes(range(32, 120)) * 30 + bytes([number + 48]) for number in range(3)}
    data = packed(texts, method)
    (tmp_path / "a.zip").write_bytes(data[: data.find(b"2.txt") + 40])
    items = find(tmp_path)
    assert told(items) == [("Found", "0.txt"), ("Found", "1.txt"), ("Lost", "2.txt"), ("Lost", "")]
    assert [item.data for item in items if isinstance(item, Found)] == list(texts.values())[:2]


def test_what_is_no_archive_is_lost(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"not a zip")
    (tmp_path / "b.zip").write_bytes(b"")
    assert [type(item) for item in find(tmp_path)] == [Lost, Lost]
