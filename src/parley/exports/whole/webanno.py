"""W3C Web Annotations in JSON-LD: one collection with one page, an annotation for each position.

Its bodies say in words and in tags what was read; its targets quote the words, with what stands around them, and give
their place in the record's text, in code points as the model wants it. On a web page the quotation finds the place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote, urlsplit

import parley
from parley.exports.labels import issue_title, label
from parley.exports.names import Names
from parley.exports.whole.selection import Selection
from parley.model import Position, Record, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after the words, by which a reader tells two equal quotations apart."""
GENERATOR = {"id": "urn:parley:software", "type": "Software", "name": f"Parley {parley.__version__}"}


def write(selection: Selection, out: BinaryIO) -> None:
    """The collection; annotations are written as they come."""
    about = selection.about
    where = f"urn:parley:{quote(about.record, safe='')}:{about.commit}"
    head = {"@context": CONTEXT, "id": where, "type": "AnnotationCollection", "label": f"Positions in {about.record}"}
    if about.committed:
        head["created"] = about.committed
    page = {"id": f"{where}:page", "type": "AnnotationPage", "startIndex": 0}
    out.write(_open({**head, "generator": GENERATOR}) + b', "first": ' + _open(page) + b', "items": [')
    total = 0
    for record in selection.records():
        for annotation in annotated(record, where):
            out.write((b",\n" if total else b"\n") + json.dumps(annotation, ensure_ascii=False).encode())
            total += 1
    out.write(b']}, "total": %d}\n' % total)


def _open(start: dict[str, Any]) -> bytes:
    """A JSON object without its closing brace."""
    return json.dumps(start, ensure_ascii=False).encode()[:-1]


def annotated(record: Record, where: str) -> Iterator[dict[str, Any]]:
    """The annotations of one record."""
    names, source = Names(record), address(record)
    for position in record.positions:
        targets = [
            {"type": "SpecificResource", "source": source, "selector": selectors(record.text, span)}
            for span in position.evidence
        ]
        yield {
            "id": f"{where}:{quote(record.id, safe='')}:{position.id}",
            "type": "Annotation",
            "motivation": "describing",
            "generator": GENERATOR,
            "body": _bodies(position, names),
            "target": targets[0] if len(targets) == 1 else targets,
        }


def address(record: Record) -> str:
    """The article's own address if it has one, else a name for it."""
    url = record.article.url or ""
    try:
        known = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        known = False
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~") if known else f"urn:parley:article:{quote(record.id, safe='')}"


def selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """Where words stand: by quotation and by place."""
    start, end = span
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _bodies(position: Position, names: Names) -> list[dict[str, Any]]:
    """What was read: one line for people, a tag a field for machines."""
    party = names.actor(position.party)
    line = f"{party} {label('acts', position.act)}: {issue_title(position.issue)}; {names.chain(position.attribution)}"
    tags = [("party", party), *((name, getattr(position, name)) for name in ("act", "issue", "polarity", "layer"))]
    if position.date.value:
        tags.append(("date", position.date.value))
    body = {"type": "TextualBody", "purpose": "describing", "format": "text/plain", "language": "en", "value": line}
    return [body, *({"type": "TextualBody", "purpose": "tagging", "value": f"{k}:{v}"} for k, v in tags)]
