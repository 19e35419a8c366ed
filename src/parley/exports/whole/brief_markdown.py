"""The brief in CommonMark. What comes from articles is escaped, so that it shows as it was printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from parley.exports.whole.brief import Brief, Said, brief
from parley.exports.whole.selection import Selection

_MARKS = re.compile(r"([\\`*_\[\]<>#|~&$])")
"""What has a meaning within a line; no line begins with an article's words."""


def write(selection: Selection, out: BinaryIO) -> None:
    """The brief, in UTF-8."""
    out.write(text(brief(selection)).encode("utf-8", "replace"))


def text(found: Brief) -> str:
    """A brief as Markdown."""
    return "\n".join(_lines(found)).rstrip() + "\n"


def escaped(words: str) -> str:
    """Words that Markdown shows as they are."""
    return _MARKS.sub(r"\\\1", words)


def _lines(found: Brief) -> Iterator[str]:
    yield from (f"# {escaped(found.title)}", "", escaped(". ".join(found.facts)) + ".", "")
    if found.parties:
        yield from ("Parties: " + ", ".join(escaped(name) for name in found.parties) + ".", "")
    for section in found.sections:
        yield from (f"## {escaped(section.title)}", "")
        for entry in section.entries:
            yield from (f"- **{escaped(entry.party)}** {_said(entry.said)}",)
            if entry.more:
                yield f"  ({escaped(entry.more)})"
        yield ""
    if found.differences:
        yield from ("## Where accounts differ", "")
        for one in found.differences:
            yield from (f"### {escaped(one.title)}", "")
            for side, accounts in one.sides:
                yield from (f"{side}:", "", *(f"- {_said(said)}" for said in accounts), "")
    yield from ("## Sources", "")
    for reference in found.references:
        link = f" <{quote(reference.url, safe=':/?#[]@!$&()*+,;=%~')}>" if reference.url else ""
        yield f"{reference.number}. {escaped(reference.words)}{link}"
    yield from ("", *(f"{escaped(note)}\n" for note in found.notes))


def _said(said: Said) -> str:
    return f"{escaped(said.line)}: {escaped(said.quotation)} \\[{said.reference}\\]"
