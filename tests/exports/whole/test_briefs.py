"""The brief is the same in every form, leads back to its sources, and shows what means harm as text."""

from __future__ import annotations

import io
from collections.abc import Callable
from html.parser import HTMLParser

import docx
import pytest
from markdown_it import MarkdownIt

from parley.exports.whole.brief import Brief, brief
from parley.exports.whole.selection import Selection

PAGE_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "bdi"),
    *("dl", "dt", "dd", "a", "blockquote", "span", "ol", "ul", "li", "div"),
}


@pytest.fixture
def found(selection: Selection) -> Brief:
    return brief(selection)


class Page(HTMLParser):
    """Gathers tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_reference_is_listed(found: Brief) -> None:
    cited = {entry.said.reference for section in found.sections for entry in section.entries}
    cited |= {said.reference for one in found.differences for _, side in one.sides for said in side}
    assert cited == {one.number for one in found.references}
    assert [one.number for one in found.references] == list(range(1, len(found.references) + 1))


def test_harm_is_text_in_the_page(written: Callable[..., bytes], found: Brief) -> None:
    page = Page(written("html").decode())
    assert {tag for tag, _ in page.tags} <= PAGE_TAGS
    assert all(not key.startswith("on") and key != "style" for _, attrs in page.tags for key in attrs)
    links = [attrs["href"] or "" for tag, attrs in page.tags if tag == "a"]
    assert all(link.startswith(("#s", "https://example.org")) for link in links)
    assert "\u202e" not in page.text
    assert "<img src=x onerror=alert(2)>" in page.text
    for section in found.sections:
        assert section.title in page.text


def test_markdown_shows_the_same(written: Callable[..., bytes], found: Brief) -> None:
    rendered = MarkdownIt("commonmark").render(written("markdown").decode())
    page = Page(rendered)
    assert {tag for tag, _ in page.tags} <= {"h1", "h2", "h3", "p", "ul", "ol", "li", "strong", "a"}
    assert all((attrs.get("href") or "https").startswith("https") for _, attrs in page.tags)
    for section in found.sections:
        for entry in section.entries:
            assert entry.said.quotation in page.text


def test_word_shows_the_same(written: Callable[..., bytes], found: Brief) -> None:
    document = docx.Document(io.BytesIO(written("docx")))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[: len(found.sections)] == [section.title for section in found.sections]
    for section in found.sections:
        for entry in section.entries:
            assert entry.said.quotation in text
    assert all(f"[{one.number}] {one.words}" in text for one in found.references)


def test_too_many_accounts_are_not_compared_and_it_says_so(
    selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("parley.exports.whole.brief.MOST_COMPARED", 3)
    found = brief(selection)
    assert found.differences == ()
    assert any("More than 3 accounts are not held against each other" in note for note in found.notes)
