"""The record as plain text."""

from __future__ import annotations

from parley.model import Record


def write(record: Record) -> str:
    """Plain text."""
    lines = [record.article.title or record.id, ""]
    for p in record.positions:
        lines.append(f"{record.actor(p.party).name} | {p.act} | {p.issue} | {p.layer} | {record.quote(p.evidence)}")
    return "\n".join(lines) + "\n"
