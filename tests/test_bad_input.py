"""Hostile and broken input ends in a record, a note or a one-line error: never a traceback, never a hang."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from parley.cli import main
from parley.record import from_json, why_unread

SECONDS = 10.0
"""Of this process: a busy machine must not fail the test."""
SENTENCE = "The ministry said on Monday that the two delegations had agreed to exchange all prisoners by the spring. "
PAGE = "<html><head><title>Talks</title></head><body><article>{}</article></body></html>"
PARAGRAPHS = "".join(f"<p>{SENTENCE} Paragraph {k} follows the one before it.</p>" for k in range(6))


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../evil.txt", SENTENCE)
    return buffer.getvalue()


def noise() -> bytes:
    return random.Random(1).randbytes(20_000)


# Name of the file -> its bytes, and whether something can be read in it (True), nothing (False), or either (None).
FILES: dict[str, tuple[str, bytes, bool | None]] = {
    "empty": ("a.txt", b"", False),
    "spaces only": ("a.txt", b" \n\t \r\n ", False),
    "byte order mark only": ("a.txt", b"\xef\xbb\xbf", False),
    "byte order mark": ("a.txt", b"\xef\xbb\xbf" + SENTENCE.encode(), True),
    "utf-16 with mark": ("a.txt", SENTENCE.encode("utf-16"), True),
    "utf-16 big endian with mark": ("a.txt", b"\xfe\xff" + SENTENCE.encode("utf-16-be"), True),
    "utf-32 with mark": ("a.txt", SENTENCE.encode("utf-32"), True),
    "utf-16 without mark": ("a.txt", SENTENCE.encode("utf-16-le"), None),
    "latin-1": ("a.txt", (SENTENCE + "Le café du président à Genève, déjà vu. ").encode("latin-1"), True),
    "windows-1252 quotes": ("a.txt", ("“" + SENTENCE + "” – it said…").encode("cp1252"), True),
    "mac roman": ("a.txt", (SENTENCE + "café résumé naïve ").encode("mac-roman"), None),
    "shift-jis": ("a.txt", ("日本政府は月曜日に声明を発表した。" * 20).encode("shift-jis"), None),
    "koi8-r": ("a.txt", ("Министерство сообщило о переговорах в понедельник. " * 20).encode("koi8-r"), None),
    "broken utf-8": ("a.txt", SENTENCE.encode() + b"\xff\xfe\xfa" + SENTENCE.encode(), None),
    "utf-8 cut in a character": ("a.txt", (SENTENCE * 3 + "é").encode()[:-1], True),
    "overlong utf-8": ("a.txt", b"\xc0\xaf" * 50 + SENTENCE.encode(), None),
    "NUL bytes": ("a.txt", SENTENCE.encode() + b"\x00\x00" + SENTENCE.encode(), True),
    "mostly NUL": ("a.txt", b"\x00" * 5000, False),
    "noise": ("a.txt", noise(), False),
    "pdf": ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", False),
    "png": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, False),
    "jpeg named txt": ("a.txt", b"\xff\xd8\xff\xe0" + b"\x00" * 50, False),
    "zip with a path that climbs": ("a.zip", zipped(), False),
    "gzip": ("a.gz", gzip.compress(SENTENCE.encode(), mtime=0), False),
    "program": ("a", b"\x7fELF\x02\x01\x01" + b"\x00" * 50, False),
    "rtf": ("a.rtf", b"{\\rtf1\\ansi " + SENTENCE.encode() + b"}", False),
    "one letter": ("a.txt", b"x", True),
    "one mark": ("a.txt", "”".encode(), None),
    "digits": ("a.txt", b"1234567890 " * 50, None),
    "punctuation": ("a.txt", b"!?.,;:-()[]{} " * 500, None),
    "emoji": ("a.txt", ("🕊️🤝🏽👩‍👩‍👧‍👦 " * 500).encode(), None),
    "combining marks": ("a.txt", ("Z̸̢̛̗̹͈a̷̡̛l̵̢͝g̶̨̈́o̵͎̾ " * 300).encode(), None),
    "five megabytes on one line": ("a.txt", (SENTENCE * 48_000).encode(), True),
    "five megabytes without a space": ("a.txt", b"a" * 5_000_000, None),
    "five megabytes of quotation marks": ("a.txt", ("“" * 1_700_000).encode(), None),
    "two megabytes of line breaks": ("a.txt", b"\n" * 2_000_000 + SENTENCE.encode(), True),
    "fifty thousand short lines": ("a.txt", b"He said no.\n" * 50_000, True),
    "fifty thousand repeated paragraphs": ("a.txt", (SENTENCE + "\n\n").encode() * 10_000, True),
    "one sentence of a hundred thousand words": ("a.txt", ("and the envoy " * 30_000).encode(), True),
    "a thousand nested quotations": ("a.txt", ("“‘" * 1000 + SENTENCE + "’”" * 1000).encode(), None),
    "unclosed quotation": ("a.txt", ("“" + SENTENCE * 20).encode(), True),
    "closing marks only": ("a.txt", ("” " + SENTENCE).encode() * 20, True),
    "brackets by the thousand": ("a.txt", ("(" * 5000 + SENTENCE + ")" * 5000).encode(), None),
    "carriage returns": ("a.txt", (SENTENCE + "\r\n\r\n").encode() * 3, True),
    "old Mac line ends": ("a.txt", (SENTENCE + "\r\r").encode() * 3, True),
    "form feeds and vertical tabs": ("a.txt", (SENTENCE + "\x0c\x0b").encode() * 3, True),
    "unicode line separators": ("a.txt", (SENTENCE + "\u2028\u2029\x85").encode() * 3, True),
    "right-to-left marks": ("a.txt", ("\u202e\u200f" + SENTENCE + "\u2066x\u2069").encode(), True),
    "zero-width characters inside words": ("a.txt", "\u200b".join(SENTENCE).encode(), True),
    "soft hyphens": ("a.txt", "\u00ad".join(SENTENCE).encode(), True),
    "full-width letters": ("a.txt", "Ｔｈｅ　ｍｉｎｉｓｔｒｙ　ｓａｉｄ　ｎｏ．".encode(), None),
    "private use characters": ("a.txt", "\ue000\ue001 \U000f0000 the envoy said no".encode(), True),
    "French": (
        "a.txt",
        ("Le ministre a déclaré lundi que les deux délégations étaient d'accord. " * 5).encode(),
        False,
    ),
    "Russian": ("a.txt", ("Министр заявил в понедельник, что стороны договорились об обмене. " * 5).encode(), False),
    "Chinese": ("a.txt", ("外交部周一表示，双方代表团同意在春季之前交换所有战俘。" * 10).encode(), False),
    "Arabic": (
        "a.txt",
        ("قال المتحدث باسم الوزارة يوم الاثنين إن الوفدين اتفقا على تبادل الأسرى. " * 5).encode(),
        False,
    ),
    "page without an article": ("a.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>", False),
    "empty page": ("a.html", b"<html></html>", False),
    "not a page": ("a.html", SENTENCE.encode() * 3, None),
    "page with an article": ("a.html", PAGE.format(PARAGRAPHS).encode(), True),
    "page cut in a tag": ("a.html", PAGE.format(PARAGRAPHS).encode()[:-30] + b"<p class='", None),
    "a hundred thousand nested elements": ("a.html", ("<div>" * 100_000 + PARAGRAPHS).encode(), None),
    "unclosed elements": ("a.html", PAGE.format("<p><b><i>" * 2000 + SENTENCE * 5).encode(), None),
    "scripts": ("a.html", PAGE.format("<script>" + "var x=1;" * 100_000 + "</script>" + PARAGRAPHS).encode(), True),
    "entities by the thousand": (
        "a.html",
        PAGE.format("<p>" + "&lt;&#x202e;&nbsp;" * 20_000 + "</p>" + PARAGRAPHS).encode(),
        None,
    ),
    "entity bomb": (
        "a.html",
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + k, b"&%c;" % (97 + k) * 10) for k in range(9))
        + b"]><html><body>&j;</body></html>",
        None,
    ),
    "external entity": (
        "a.html",
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
        None,
    ),
    "page in a wrong declared encoding": (
        "a.html",
        PAGE.format(PARAGRAPHS + "<p>“déjà”</p>").replace("<head>", "<head><meta charset=utf-16>").encode(),
        None,
    ),
    "page in an unknown declared encoding": (
        "a.html",
        PAGE.format(PARAGRAPHS).replace("<head>", "<head><meta charset=klingon>").encode(),
        True,
    ),
    "attribute of a megabyte": (
        "a.html",
        PAGE.format(f"<p title='{'x' * 1_000_000}'>{SENTENCE * 3}</p>").encode(),
        None,
    ),
    "broken metadata": (
        "a.html",
        PAGE.format("<script type='application/ld+json'>{{{</script>" + PARAGRAPHS).encode(),
        True,
    ),
    "metadata of the wrong types": (
        "a.html",
        PAGE.format(
            '<script type="application/ld+json">{"@type":["NewsArticle"],"author":5,"datePublished":[1]}</script>'
            + PARAGRAPHS
        ).encode(),
        True,
    ),
    "markdown of nested quotes": ("a.md", b"> " * 5000 + SENTENCE.encode(), None),
    "markdown of nested lists": ("a.md", b"".join(b"  " * k + b"- x\n" for k in range(500)), None),
    "markdown with brackets": ("a.md", b"[" * 20_000 + SENTENCE.encode(), None),
    "markdown with broken front matter": ("a.md", b"---\n: : :\n- [\n---\n" + SENTENCE.encode(), True),
    "markdown without words": ("a.md", b"![](x.png)\n\n---\n", False),
    "json that is broken": ("a.json", b'{"text": "abc', False),
    "json without text": ("a.json", b'{"title": "Talks"}', False),
    "json that is a number": ("a.json", b"42", False),
    "json that is null": ("a.json", b"null", False),
    "json list": ("a.json", json.dumps([{"text": SENTENCE}] * 2).encode(), False),
    "json with a text of a wrong type": ("a.json", b'{"text": ["a", "b"]}', False),
    "json with lone surrogates": ("a.json", b'{"text": "The envoy \\ud83d said no. \\udc00"}', True),
    "json nested by the hundred thousand": ("a.json", b"[" * 100_000, False),
    "json with NUL": ("a.json", b'{"text": "The envoy\\u0000 said no."}', True),
    "json with odd metadata": (
        "a.json",
        json.dumps({"text": SENTENCE, "title": {"a": 1}, "date": "soon", "url": 5}).encode(),
        True,
    ),
    "json with a number of a million digits": ("a.json", b'{"text": ' + b"9" * 1_000_000 + b"}", False),
    "json named txt": ("a.txt", json.dumps({"text": SENTENCE}).encode(), True),
}


@pytest.fixture(scope="module")
def run() -> Callable[..., Result]:
    runner = CliRunner()

    def invoke(*arguments: str, stdin: bytes | None = None) -> Result:
        start = time.process_time()
        result = runner.invoke(main, list(arguments), input=stdin)
        assert time.process_time() - start < SECONDS
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    runner.invoke(main, ["read", "-"], input=SENTENCE * 5)  # the model is loaded before the clock runs
    return invoke


def test_there_are_at_least_sixty_kinds() -> None:
    assert len(FILES) + len(ROWS) >= 60


@pytest.mark.parametrize("kind", FILES)
def test_read(kind: str, run: Callable[..., Result], tmp_path: Path) -> None:
    name, data, readable = FILES[kind]
    path = tmp_path / name
    path.write_bytes(data)
    result = run("read", str(path), "--format", "json")
    if result.exit_code == 0:
        assert readable is not False
        from_json(result.stdout)
    else:
        assert readable is not True
        assert result.exit_code == 2
        assert result.stderr.startswith("parley: ")
        assert result.stderr.count("\n") == 1


ROWS: dict[str, bytes] = {
    "no text": b'{"id": "a"}',
    "no id": b'{"text": "The envoy said no."}',
    "id of a wrong type": b'{"id": [1], "text": "The envoy said no."}',
    "empty text": b'{"id": "a", "text": ""}',
    "text is null": b'{"id": "a", "text": null}',
    "not an object": b"[1, 2]",
    "not json": b"The envoy said no.",
    "cut": b'{"id": "a", "text": "The en',
    "lone surrogate": b'{"id": "a", "text": "\\ud800"}',
    "not utf-8": b'{"id": "a", "text": "\xff\xfe"}',
    "huge": json.dumps({"id": "a", "text": SENTENCE * 20_000}).encode(),
    "another language": json.dumps({"id": "a", "text": "Le ministre a déclaré que la paix viendrait. " * 5}).encode(),
}


@pytest.mark.parametrize("kind", ROWS)
def test_annotate_goes_on_past_a_bad_row(kind: str, run: Callable[..., Result]) -> None:
    good = json.dumps({"id": "good", "text": "Kenya rejected the demand, a spokesman said."}).encode()
    result = run("annotate", "-", "-", "--quiet", stdin=ROWS[kind] + b"\n\n" + good + b"\n")
    lines = result.stdout.strip().split("\n")
    assert len(lines) == 2
    first, last = map(from_json, lines)
    assert last.id == "good"
    assert last.attributions
    assert result.exit_code == (1 if why_unread(first) else 0)


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "absent.txt"),
        ("read", "."),
        ("read", "-", "--published", "yesterday"),
        ("read", "-", "--model", "no_such_model"),
        ("read", "-", "--model", "json"),
        ("read", "-", "--actors", "absent.toml"),
        ("read", "-", "--codebook", "absent.toml"),
        ("read", "-", "--format", "pdf"),
        ("annotate", "absent.jsonl", "-"),
        ("annotate", "-", "no/such/folder/out.jsonl"),
    ],
)
def test_bad_arguments(arguments: tuple[str, ...], run: Callable[..., Result]) -> None:
    result = run(*arguments, stdin=SENTENCE.encode())
    assert result.exit_code == 2
    assert "Traceback" not in result.output
