"""A record that shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape

from parley.exports import html
from parley.exports.visible import visible
from parley.model import Record


@dataclass(frozen=True, slots=True)
class ShownRecord(Record):
    """A record that shows itself in a notebook: the article with its words marked, in a frame that runs nothing."""

    def _repr_html_(self) -> str:
        page = escape(html.write(self), quote=True)
        title = escape(visible(self.article.title or self.id), quote=True)
        return (
            f'<iframe sandbox srcdoc="{page}" title="{title}" loading="lazy" '
            'style="width:100%;height:40rem;border:1px solid #8888"></iframe>'
        )


def shown(record: Record) -> ShownRecord:
    """The same record, with a look."""
    return ShownRecord(**{field.name: getattr(record, field.name) for field in fields(Record)})
