"""The one table of the forms in which a record can be taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, Literal

if TYPE_CHECKING:
    from parley.exports.whole.selection import Selection

Holds = Literal["statements", "matrix", "articles", "network", "brief"]


@dataclass(frozen=True, slots=True)
class Format:
    """One form."""

    name: str
    title: str
    ending: str
    """Of a file, without the dot."""
    media: str
    holds: Holds
    """statements: one row or mark an account; articles: whole articles with their marks."""
    readers: str
    """What reads it."""
    writer: str
    """``module.function`` in ``parley.exports.whole``; loaded when it is used, as each needs libraries of its own."""
    grows: bool = False
    """Whether it is built in memory, so that a long record needs much; the others are written as they are read."""

    def write(self, selection: Selection, out: BinaryIO) -> None:
        """Write a selection to bytes, which need not be seekable.

        Raises:
            ParleyError: a filter has a value that cannot occur, or the record cannot be read.
        """
        module, function = self.writer.split(".")
        getattr(import_module(f"parley.exports.whole.{module}"), function)(selection, out)


ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ROWS = (
    Format("csv", "Statements, CSV", "csv", "text/csv; charset=utf-8", "statements",
           "spreadsheets, R, pandas, polars, DuckDB", "long.write_csv"),
    Format("xlsx", "Statements and matrix, Excel", "xlsx", XLSX, "statements",
           "Excel, LibreOffice, Numbers", "xlsx.write"),
    Format("parquet", "Statements, Parquet", "parquet", "application/vnd.apache.parquet", "statements",
           "DuckDB, pandas, polars, R (arrow), Spark", "long.write_parquet"),
    Format("matrix", "Matrix of parties and issues, CSV", "csv", "text/csv; charset=utf-8", "matrix",
           "spreadsheets, R, pandas", "matrix.write_csv", True),
    Format("jsonl", "Records, JSON Lines", "jsonl", "application/jsonl", "articles",
           "any program, see record.schema.json; parley evaluate", "records.write"),
    Format("markdown", "Brief, Markdown", "md", "text/markdown; charset=utf-8", "brief",
           "editors, pandoc, GitHub", "brief_markdown.write", True),
    Format("docx", "Brief, Word", "docx", DOCX, "brief", "Word, LibreOffice, Google Docs", "brief_docx.write", True),
    Format("html", "Brief, web page", "html", "text/html; charset=utf-8", "brief", "browsers",
           "brief_html.write", True),
    Format("graphml", "Network, GraphML", "graphml", "application/graphml+xml", "network",
           "Gephi, visone, Cytoscape, yEd, igraph, networkx", "network.write_graphml", True),
    Format("gexf", "Network, GEXF", "gexf", "application/gexf+xml", "network", "Gephi, networkx",
           "network.write_gexf", True),
    Format("dna", "Discourse network, DNA 3", "dna", "application/vnd.sqlite3", "statements",
           "Discourse Network Analyzer 3 and rDNA (password: parley), SQLite", "dna.write"),
    Format("webanno", "Web Annotations, JSON-LD", "jsonld", "application/ld+json", "statements",
           "what knows the W3C Web Annotation model", "webanno.write"),
    Format("brat", "Annotations, brat", "zip", ZIP, "articles", "brat and what reads its standoff form", "brat.write"),
    Format("labelstudio", "Tasks, Label Studio", "json", "application/json", "articles", "Label Studio 1.4 and later",
           "labelstudio.write"),
    Format("bundle", "Evidence bundle", "zip", ZIP, "statements",
           "people; BagIt tools and sha256sum check it", "bundle.write"),
)  # fmt: skip

FORMATS: Mapping[str, Format] = {row.name: row for row in _ROWS}


def file_name(form: Format, record: str) -> str:
    """What a file is called: letters, digits, dots and dashes, whatever the record's folder is called."""
    from parley.exports.whole.archive import safe_name

    kind = form.holds if form.name == form.ending or form.holds in ("brief", "network") else form.name
    return f"{safe_name(record)}-{kind}.{form.ending}"
