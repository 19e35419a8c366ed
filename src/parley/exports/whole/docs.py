"""The generated parts of ``docs/exports.md``: ``python -m parley.exports.whole.docs FILE`` writes them anew."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from parley.exports.whole.formats import FORMATS
from parley.exports.whole.labelstudio import configuration
from parley.exports.whole.long import FIELDS

_PART = "<!-- {name} -->\n{content}<!-- end of {name} -->"


def formats() -> str:
    """The table of forms."""
    rows = [
        f"| `{form.name}` | {form.title} | `.{form.ending}` | {form.holds} | {form.readers} |"
        for form in FORMATS.values()
    ]
    return "\n".join(("| format | what | ending | holds | read by |", "|---|---|---|---|---|", *rows)) + "\n"


def columns() -> str:
    """The columns of the long table."""
    rows = [f"| `{field.name}` | {field.type} | {field.holds} |" for field in FIELDS]
    return "\n".join(("| column | type | what it holds |", "|---|---|---|", *rows)) + "\n"


def interface() -> str:
    """The labelling interface of Label Studio."""
    return f"```xml\n{configuration()}```\n"


PARTS = {"formats": formats, "columns": columns, "interface": interface}


def filled(page: str) -> str:
    """The page with its generated parts as they must be."""
    for name, make in PARTS.items():
        part = _PART.format(name=name, content=make()).replace("\\", r"\\")
        page = re.sub(rf"<!-- {name} -->\n.*?<!-- end of {name} -->", part, page, flags=re.DOTALL)
    return page


def main(arguments: list[str]) -> None:
    """Write the generated parts of a page anew."""
    path = Path(arguments[0])
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
