"""The brief as a Word document with headings, lists and numbered sources."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from parley.exports.visible import visible
from parley.exports.whole.archive import repacked
from parley.exports.whole.brief import Brief, Said, brief
from parley.exports.whole.selection import Selection
from parley.exports.whole.xlsx import EPOCH

if TYPE_CHECKING:
    from docx.document import Document


def write(selection: Selection, out: BinaryIO) -> None:
    """The document; equal briefs give equal files."""
    found, made = brief(selection), io.BytesIO()
    time = selection.about.committed
    document(found, datetime.fromisoformat(time) if time else EPOCH).save(made)
    repacked(made, out)


def document(found: Brief, time: datetime) -> Document:
    """A brief as a document, dated to a time."""
    import docx

    made = docx.Document()
    about = made.core_properties
    about.title, about.author, about.comments = visible(found.title)[:255], "Parley", ""
    about.created = about.modified = time.replace(tzinfo=None)
    made.add_heading(visible(found.title), 0)
    made.add_paragraph(visible(". ".join(found.facts)) + ".")
    made.add_paragraph("Parties: " + visible(", ".join(found.parties)) + ".")
    for section in found.sections:
        made.add_heading(visible(section.title), 1)
        for entry in section.entries:
            _entry(made, entry.party, entry.said, entry.more)
    _differences(made, found)
    made.add_heading("Sources", 1)
    for reference in found.references:
        parts = [f"[{reference.number}] {reference.words}", reference.url, f"article {reference.id}"]
        made.add_paragraph(visible(", ".join(filter(None, parts))))
    for note in found.notes:
        made.add_paragraph().add_run(visible(note)).italic = True
    return made


def _entry(made: Document, party: str, said: Said, more: str) -> None:
    paragraph = made.add_paragraph()
    paragraph.add_run(visible(party)).bold = True
    paragraph.add_run(visible(f" {said.line} [{said.reference}]"))
    made.add_paragraph(visible(said.quotation), "Quote")
    if more:
        made.add_paragraph().add_run(visible(more)).italic = True


def _differences(made: Document, found: Brief) -> None:
    if found.differences:
        made.add_heading("Where accounts differ", 1)
    for one in found.differences:
        made.add_heading(visible(one.title), 2)
        for side, accounts in one.sides:
            made.add_paragraph(f"{side}:")
            for said in accounts:
                made.add_paragraph(visible(f"{said.line}: {said.quotation} [{said.reference}]"), "List Bullet")
