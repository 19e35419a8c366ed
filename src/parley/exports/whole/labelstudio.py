"""Label Studio: a JSON list of tasks, the machine's reading as predictions that a coder turns into annotations.

Offsets are code points, as Label Studio has counted since version 1.4. ``CONFIGURATION`` is the labelling interface
that the tasks need; it stands in the documents, to be pasted into the project's settings.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, get_args
from xml.sax.saxutils import quoteattr

import parley
from parley import codebook
from parley.exports.labels import issue_title
from parley.exports.whole.selection import Selection
from parley.exports.whole.units import without_returns
from parley.model import Framing, Layer, Polarity, Position, Record, Sourcing, Span

LABELS = {
    "Actor": "#8d897f", "Source": "#a24f85", "Content": "#dd9cc4", "Position": "#0072b2", "Event": "#00805d",
    "Framing": "#c24e00",
}  # fmt: skip
"""Labels and their colours, as the page of an article has them."""
MODEL = f"parley-{parley.__version__}"


def configuration() -> str:
    """The labelling interface."""
    labels = "\n".join(f"    <Label value={quoteattr(name)} background={quoteattr(c)}/>" for name, c in LABELS.items())
    choices = {
        "act": ("Position", list(codebook.load("acts"))),
        "polarity": ("Position", list(get_args(Polarity))),
        "layer": ("Position", list(get_args(Layer))),
        "sourcing": ("Source", list(get_args(Sourcing))),
    }
    asked = "\n".join(_choices(name, of, values) for name, (of, values) in choices.items())
    return f"""<View>
  <Labels name="label" toName="text">
{labels}
  </Labels>
  <Text name="text" value="$text"/>
{asked}
  <TextArea name="issue" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Position"/>
  <TextArea name="party" toName="text" perRegion="true" whenTagName="label" whenLabelValue="Position"/>
</View>
"""


def _choices(name: str, of: str, values: list[str]) -> str:
    lines = "".join(f"    <Choice value={quoteattr(value)}/>\n" for value in values)
    return (
        f'  <Choices name="{name}" toName="text" perRegion="true" whenTagName="label" whenLabelValue="{of}">\n'
        f"{lines}  </Choices>"
    )


def write(selection: Selection, out: BinaryIO) -> None:
    """The list; tasks are written as they come."""
    first = True
    out.write(b"[")
    for record in selection.records():
        out.write((b"\n" if first else b",\n") + json.dumps(task(record), ensure_ascii=False).encode())
        first = False
    out.write(b"\n]\n")


def task(record: Record) -> dict[str, Any]:
    """One article as a task."""
    meta = record.article
    told = {"title": meta.title, "outlet": meta.outlet, "published": meta.published, "url": meta.url}
    data = {"text": without_returns(record.text), "article_id": record.id, **{k: v for k, v in told.items() if v}}
    return {"data": data, "predictions": [{"model_version": MODEL, "result": list(_results(record))}]}


def _results(record: Record) -> Iterator[dict[str, Any]]:
    text = without_returns(record.text)
    for actor in record.actors:
        for number, span in enumerate(actor.mentions):
            yield _region(f"{actor.id}-{number}", "Actor", span, text)
    for one in record.attributions:
        for number, span in enumerate(one.source):
            region = _region(f"{one.id}s-{number}", "Source", span, text)
            yield from (region, _said(region, "sourcing", "choices", one.sourcing))
        for number, span in enumerate(one.content):
            yield _region(f"{one.id}c-{number}", "Content", span, text)
    for position in record.positions:
        yield from _position(position, record, text)
    for event in record.events:
        yield _region(event.id, "Event", event.trigger, text)
    for number, mark in enumerate(record.framing, 1):
        yield _framing(number, mark, text)


def _position(position: Position, record: Record, text: str) -> Iterator[dict[str, Any]]:
    """Each piece of the evidence is a region; the first carries what was read, and leads to the others."""
    regions = [_region(f"{position.id}-{n}", "Position", span, text) for n, span in enumerate(position.evidence)]
    yield from regions
    for name in ("act", "polarity", "layer"):
        yield _said(regions[0], name, "choices", getattr(position, name))
    yield _said(regions[0], "issue", "textarea", issue_title(position.issue))
    yield _said(regions[0], "party", "textarea", record.actor(position.party).name)
    for region in regions[1:]:
        yield {"type": "relation", "from_id": regions[0]["id"], "to_id": region["id"], "direction": "right"}


def _framing(number: int, mark: Framing, text: str) -> dict[str, Any]:
    return {**_region(f"f{number}", "Framing", mark.span, text), "score": mark.score}


def _region(key: str, kind: str, span: Span, text: str) -> dict[str, Any]:
    start, end = span
    value = {"start": start, "end": end, "text": text[start:end], "labels": [kind]}
    return {"id": key, "from_name": "label", "to_name": "text", "type": "labels", "value": value}


def _said(region: dict[str, Any], name: str, kind: str, value: str) -> dict[str, Any]:
    """What is said of a region: it shares the region's id and place."""
    where = {key: region["value"][key] for key in ("start", "end", "text")}
    key = "choices" if kind == "choices" else "text"
    return {**region, "from_name": name, "type": kind, "value": {**where, key: [value]}}
