"""``parley search`` and ``parley copies``: finding words in a record, and the stories that several outlets print."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

if TYPE_CHECKING:
    from parley.store import Store
    from parley.store.search import Hit

KINDS = ("article", "position", "quote", "event")
"""Names of ``parley.store.search.KINDS``, held equal by a test: importing them would slow ``--help`` down."""
RECORD = click.option(
    "--record", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder of the record."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, one line each.")


@click.command()
@click.argument("query", default="")
@RECORD
@click.option("--kind", type=click.Choice(KINDS), help="Only articles, or only one kind of what was read in them.")
@click.option("--party", metavar="NAME|CODE", help="Said or done by: a name, or a country's code (RUS).")
@click.option("--act", help="Positions with this act (demand), events of this type (REQUEST).")
@click.option("--issue", help="Positions on this issue (ceasefire).")
@click.option("--outlet", help="In articles of this outlet.")
@click.option("--since", metavar="DATE", help="Published on this day or later (2025-06-02, 2025-06, 2025).")
@click.option("--until", metavar="DATE", help="Published on this day or earlier.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Hits at most.")
@JSON
def search(query: str, record: Path, limit: int, as_json: bool, **filters: Any) -> None:
    """Find words in the articles of a record, and in what was read in them.

    All words of QUERY must occur, in any of their forms (demand, demanded). "In quotation marks" they stand together;
    OR between two takes either; -word leaves out; word* is the beginning of a word. Without QUERY the latest articles
    and records that the options let through are listed. Reprints of a story are told with it.
    """
    from parley.store import search as index
    from parley.store import snapshots

    snapshots.read_head(record)
    hits = index.query(record, query, index.Filters(**filters), limit)
    at, newest = index.commit_of(record), snapshots.newest(record).number
    if at != newest:
        click.echo(f"parley: the search index is at commit {at}, the record at {newest}; parley repair", err=True)
    for hit in hits:
        click.echo(msgspec.json.encode(asdict(hit)).decode() if as_json else _told(hit))


@click.command()
@RECORD
@click.option("--limit", type=click.IntRange(1), help="Clusters at most, the largest first.")
@JSON
def copies(record: Path, limit: int | None, as_json: bool) -> None:
    """List the stories that several articles tell, the most printed first: the earliest article, then its reprints.

    The figure is the share of pairs of neighbouring words that an article and the earliest one have in common.
    """
    from parley.store import Store

    with Store.open(record) as store:
        for cluster in _clusters(store)[:limit]:
            click.echo(msgspec.json.encode(cluster).decode() if as_json else _listed(cluster))


def _told(hit: Hit) -> str:
    """A hit on a few lines, what matches in bold where the screen can show it."""
    name = hit.article_id if hit.local_id is None else f"{hit.article_id} {hit.local_id}"
    what = " ".join(part for part in (hit.kind, ", ".join(hit.parties), hit.act, hit.issue) if part)
    where = " · ".join(part for part in (hit.title, hit.outlet, hit.published) if part)
    again = f" (and {hit.reprints} reprint{'s' if hit.reprints > 1 else ''})" if hit.reprints else ""
    line, at = "", 0
    for start, end in hit.marks:
        line += hit.snippet[at:start] + click.style(hit.snippet[start:end], bold=True)
        at = end
    return f"{name} [{what}] {where}{again}\n    {line}{hit.snippet[at:]}"


def _clusters(store: Store) -> list[dict[str, Any]]:
    """The clusters of copies, the largest first, then by head."""
    found: dict[str, dict[str, Any]] = {}
    for row in store.query(
        "SELECT head, article_id, similarity, outlet, published, title FROM copies JOIN articles USING (article_id) "
        "ORDER BY head, article_id <> head, published IS NULL, published, article_id"
    ):
        head = row.pop("head")
        found.setdefault(head, {"head": head, "articles": []})["articles"].append(row)
    return sorted(found.values(), key=lambda cluster: -len(cluster["articles"]))


def _listed(cluster: dict[str, Any]) -> str:
    """A cluster, one line an article."""
    lines = []
    for n, one in enumerate(cluster["articles"]):
        where = "  ".join(one[name] for name in ("published", "outlet", "title") if one[name])
        lines.append(f"{'    ' if n else ''}{one['article_id']}  {one['similarity']:.2f}  {where}".rstrip())
    return "\n".join(lines)
