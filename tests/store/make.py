"""Small records of one's own making."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from parley.model import Actor, Attribution, Date, Event, Framing, Metadata, Passage, Position, Record
from parley.store import Reading, Run, Shard, Writer

TEXT = "Ruritania demands that Graustark open the river. “Never,” said its so-called envoy. — 🌊"
WHEN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def record(article_id: str = "r1", *, outlet: str = "Gazette", text: str = TEXT) -> Record:
    """A record that uses every part of the model."""

    def at(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    day = Date("2026-03", "month", "text")
    return Record(
        id=article_id,
        text=text,
        article=Metadata("https://news.example/a", outlet, "River", None, "2026-03-01", "en", "html", "ab12"),
        actors=(
            Actor("a2", "Graustark", (at("Graustark"), at("its")), "GRK", ("GOV", "MIL"), "state", "Q1"),
            Actor("a1", "Ruritania", (at("Ruritania"),)),
        ),
        attributions=(
            Attribution("t1", "direct", (at("envoy"),), (at("said"),), (at("“Never,”"),), "a2", "office", "t2"),
            Attribution("t2", "indirect", (), (at("demands"),), (at("open"), at("river"))),
        ),
        events=(
            Event(
                "e1",
                "REQUEST",
                (at("demands"),),
                at("demands"),
                ("a1",),
                ("a2",),
                "denied",
                "change",
                ("x",),
                day,
                "t1",
            ),
        ),
        positions=(
            Position("p1", "a1", "DEMAND", "other", (at("demands"),), (at("the river"),), ("a2",), "for", "own", "t1"),
            Position("p2", "a2", "REFUSE", "other", (at("Never"),), condition="p1", date=day, hedged=True),
        ),
        framing=(Framing("loaded", at("so-called"), 0.1 + 0.2, "outlet", "list: x", "a1"),),
        passages=(Passage((0, 9), "body"), Passage((10, 17), "repeat", (0, 8))),
        notes=("a note", "another’s"),
    )


def reading(n: int, *, sha256: str = "", **options: str) -> Reading:
    """The reading of a file of its own."""
    return Reading(f"/news/{n:04d}.html", sha256 or f"h{n}", record(f"{n:08x}", **options), bytes([n % 256]) * 512)


def run(name: str = "run1", **options: object) -> Run:
    """A run."""
    return Run(name, WHEN, versions="v1", **options)  # type: ignore[arg-type]


def shard(*numbers: int, name: str = "run1", **options: str) -> Shard:
    """A shard of readings."""
    return Shard(name, [reading(n, **options) for n in numbers])


def write(folder: Path) -> Path:
    """A record of two shards of two articles each and one ended run, in a new folder."""
    with Writer.open(folder) as writer:
        writer.begin_run(run())
        writer.commit(shard(1, 2))
        writer.commit(shard(3, 4))
        writer.end_run(run(outcome="finished", read=4, new=4, ended=WHEN))
    return folder
