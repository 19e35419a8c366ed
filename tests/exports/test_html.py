from __future__ import annotations

import base64
import hashlib
import random
import re
import time
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from parley.exports import html
from parley.exports.marked import stretches
from parley.exports.marks import anchor
from parley.model import Actor, Event, Framing, Metadata, Passage, Position, Record, Span

from .records import bare, talks

VOID = {"meta", "input", "br", "rect"}
HOSTILE = """<script>alert(1)</script> said "><img src=x onerror=alert(2)> to </style><svg onload=alert(3)> & more.

javascript:alert(4) {{ 7*7 }} {% raw %} \u202etxt.exe\u202c ]]> <!-- \x00 &#60;b&#62;"""


class Page(HTMLParser):
    """A page as a list of its elements, and the text of its article."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.paragraphs: list[str] = []
        self.hidden = 0
        self.feed(source)
        self.close()
        self.paragraphs = [paragraph.strip() for paragraph in self.paragraphs]
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if "b" in (dict(attrs).get("class") or "").split() and "article" in self.open:
            self.paragraphs.append("")
        self.hidden += dict(attrs).get("class") == "why"

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag
        if tag == "a":
            self.hidden = 0

    def handle_data(self, data: str) -> None:
        if self.paragraphs and "article" in self.open and not self.hidden:
            self.paragraphs[-1] += data

    def values(self, name: str) -> list[str]:
        return [value for _, attributes in self.elements if (value := attributes.get(name))]

    def first(self, tag: str) -> dict[str, str | None]:
        return next(attributes for name, attributes in self.elements if name == tag)


def test_the_page(golden: Callable[[str, str], None]) -> None:
    page = html.write(talks())
    golden("record.html", re.sub(r"(?s)(?<=<style>).*(?=</style>)|(?<='sha256-)[^']*", "", page))


@pytest.mark.parametrize("record", [talks(), bare(), Record("empty", "")], ids=["talks", "bare", "empty"])
def test_the_article_stands_there_whole_and_in_order(record: Record) -> None:
    page = Page(html.write(record))
    shown = [" ".join(paragraph.split()) for paragraph in page.paragraphs]
    assert shown == [" ".join(record.text[start:end].split()) for start, end in stretches(record)]


@pytest.mark.parametrize("record", [talks(), bare()], ids=["talks", "bare"])
def test_every_jump_and_every_description_has_its_place(record: Record) -> None:
    page = Page(html.write(record))
    places = page.values("id")
    assert len(places) == len(set(places))
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(places)
    described = {name for value in page.values("aria-describedby") for name in value.split()}
    labelled = {name for value in page.values("aria-labelledby") for name in value.split()}
    assert described | labelled <= set(places)


def test_words_lead_to_their_row_and_the_row_leads_back() -> None:
    page = Page(html.write(talks()))
    leading = {a["href"] for tag, a in page.elements if tag == "a" and "s" in (a.get("class") or "").split()}
    assert {"#p1", "#p4", "#f2", "#t3"} <= leading
    assert {f"#{row}w" for row in ("p1", "p6", "t1", "e2", "f4", "a3", "o4")} <= set(page.values("href"))


def test_the_keyboard_stops_at_each_row_and_not_at_each_piece_of_its_words() -> None:
    page = Page(html.write(talks()))
    pieces = [a for tag, a in page.elements if "s" in (a.get("class") or "").split() and a.get("data-tip")]
    stops = [a for a in pieces if a.get("href") and a.get("tabindex") is None]
    assert all(a.get("aria-describedby") for a in stops)
    rows = len(talks().positions) + len(talks().attributions) + len(talks().events) + len(talks().framing)
    assert len(stops) <= rows < len(pieces)
    reached = {row for a in stops for row in (a.get("aria-describedby") or "").split()}
    assert {"p1l", "p6l", "t4l", "e2l", "f4l"} <= reached


def test_overlapping_spans_are_all_named_where_they_overlap() -> None:
    page = Page(html.write(talks()))
    over = next(
        (a.get("class") or "").split()
        for tag, a in page.elements
        if tag == "a" and {"x-p5", "x-t4", "x-f3"} <= set((a.get("class") or "").split())
    )
    assert {"s", "p", "tq", "fq"} <= set(over)


def test_the_policy_lets_in_its_own_style_and_nothing_else() -> None:
    source = html.write(talks())
    style = re.search(r"(?s)<style>(.*)</style>", source)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(a["content"] for _, a in Page(source).elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|<script|<link|<img|<iframe|\son\w+=", source)
    assert not Page(source).values("src")


def hostile() -> Record:
    words: Span = (0, HOSTILE.index(" said"))
    title = "</title><script>alert(5)</script>"
    return Record(
        id='"><script>',
        text=HOSTILE,
        article=Metadata(url="javascript:alert(6)", outlet="<b>x</b>", title=title, language='en" onclick="x'),
        actors=(Actor('a"} body{display:none} x{', "<i>them</i>", (words,)), Actor("a<", "</td>", (words,))),
        positions=(
            Position("p</style>", "a<", "demand", "<script>", (words,), addressees=('a"} body{display:none} x{',)),
        ),
        events=(Event("e]]>", "<X>", (words,), words, ("a<",)),),
        framing=(Framing("loaded", words, 0.5, "quoted", "\"'><script>", "a<"),),
        notes=("<script>note</script>",),
    )


def test_whatever_the_article_holds_is_shown_as_text() -> None:
    source = html.write(hostile())
    page = Page(source)
    assert not {"script", "img", "i"} & {tag for tag, _ in page.elements}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [value for value in page.values("href") if not value.startswith("#")]
    assert "<script>alert(1)</script>" in page.paragraphs[0]
    assert "⟨U+202E⟩txt.exe⟨U+202C⟩" in page.paragraphs[1]
    assert "⟨U+0000⟩" in page.paragraphs[1]
    assert source.count("</style>") == 1
    assert "body{display:none}" not in source[source.index("<style>") : source.index("</style>")]
    assert not set("\u202e\u202c\x00") & set(source)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/x", False),
        ("https://", False),
        ("http://[", False),
        ("https://example.org/\u202e", False),
    ],
)
def test_only_a_web_address_is_linked(url: str, linked: bool) -> None:
    page = Page(html.write(replace(bare(), article=Metadata(url=url))))
    assert (url in page.values("href")) is linked


def test_a_headline_that_opens_the_text_is_printed_once() -> None:
    title = "Rain"
    assert html.write(replace(bare(), article=Metadata(title=title))).count("<h1") == 1
    headed = Record("r", "Rain\n\nIt rained.", Metadata(title=title))
    assert Page(html.write(headed)).paragraphs == ["Rain", "It rained."]
    assert html.write(headed).count("<h1") == 1
    begins_alike = Record("r", "Rain fell.", Metadata(title=title))
    assert html.write(begins_alike).count("<h1") == 1
    assert '<p class="b"' in html.write(begins_alike)


def test_odd_ids_become_safe_and_stay_apart() -> None:
    names = [anchor(name) for name in ("p1", "P1", "p 1", "p1w", "\ud800", "")]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", name) for name in names)


def test_a_long_article_with_thousands_of_spans_is_quick() -> None:
    rng = random.Random(7)
    text = "\n\n".join(" ".join(["words"] * 130) for _ in range(257))
    starts = [match.start() for match in re.finditer("words", text)]

    def spans() -> tuple[Span]:
        k = rng.randrange(len(starts) - 20)
        return ((starts[k], starts[k + rng.randrange(1, 20)] - 1),)

    record = Record(
        "long",
        text,
        actors=tuple(Actor(f"a{k}", f"Actor {k}", (*spans(), *spans())) for k in range(300)),
        positions=tuple(Position(f"p{k}", "a1", "demand", "ceasefire", spans()) for k in range(1500)),
        events=tuple(Event(f"e{k}", "ASSAULT", spans(), spans()[0], ("a1",), ("a2",)) for k in range(1500)),
        framing=tuple(Framing("loaded", spans()[0], 0.9, "outlet", "strong") for _ in range(1500)),
        passages=tuple(Passage(match.span(), "body") for match in re.finditer(r"[^\n]+", text)),
    )
    assert len(text) > 200_000
    start = time.process_time()
    html.write(record)
    assert time.process_time() - start < 2
