"""A record on disk of two articles by hand: one in which everything occurs, and one that means harm."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from parley.analysis.filters import Filters
from parley.exports.whole.formats import FORMATS
from parley.exports.whole.selection import Selection
from parley.model import Actor, Attribution, Date, Metadata, Position, Record, Spans
from parley.store import Copy, Reading, Run, Shard, Store, Writer
from tests.exports.records import talks

HARM_TEXT = (
    "=HYPERLINK(\"http://evil.example\",\"x\") was said 😀 by <script>alert(1)</script>.\r\n"
    "+1+1 \u202eElbonia\u202c refuses & <img src=x onerror=alert(2)>\u2028the\x0bdam; "
    "@SUM(A1) | ]]> \x07 `x` [a](javascript:b)."
)  # fmt: skip
REFUSES = "refuses & <img src=x onerror=alert(2)>\u2028the\x0bdam"
HARM_ID = "../../=etc/passwd"


def _at(words: str) -> Spans:
    start = HARM_TEXT.index(words)
    return ((start, start + len(words)),)


def harm() -> Record:
    """A record whose every field would do something if it were not taken for text."""
    return Record(
        id=HARM_ID,
        text=HARM_TEXT,
        article=Metadata(
            url="javascript:alert(1)",
            outlet="=cmd|' /C calc'!A0",
            title='</title><script>alert("t")</script>',
            author="@author",
            published="2024-03-06",
            sha256="0" * 64,
        ),
        actors=(
            Actor("a1", "\u202eElbonia\u202c", _at("\u202eElbonia\u202c")),
            Actor("a2", '<b onmouseover="x">Ruritania', _at("<script>alert(1)</script>")),
        ),
        attributions=(
            Attribution("t1", "direct", _at("<script>alert(1)</script>"), _at("said"),
                        _at('=HYPERLINK("http://evil.example","x")'), "a2", "named"),
        ),
        positions=(
            Position("p1", "a1", "reject", "=1+1", (*_at("+1+1"), *_at(REFUSES)),
                     _at("<img"), ("a2",), "against", "ascribed", "t1", "p2"),
            Position("p2", "a2", "demand", "sanctions_trade", _at("@SUM(A1)"), (), ("a1",), "for", "own", None, None,
                     Date("2024-03", "month", "text"), True),
            Position("p3", "a2", "take_note", "other", _at('=HYPERLINK("http://evil.example","x")'), (), (), "neutral",
                     "unnamed", "t1"),
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record; the third article reprints the first."""
    path = tmp_path_factory.mktemp("whole") / "Talks =2024"
    first, second = talks(), harm()
    third = Record(**{**{name: getattr(first, name) for name in first.__dataclass_fields__}, "id": "delta-2"})
    run = Run("run-1", datetime(2026, 1, 2, tzinfo=UTC))
    with Writer.open(path) as writer:
        writer.begin_run(run)
        readings = [Reading(f"in/{one.id}", one.article.sha256, one) for one in (first, second, third)]
        writer.commit(
            Shard(run.run, readings, copies=[Copy("delta-1", "delta-1", 1.0), Copy("delta-2", "delta-1", 1.0)])
        )
        writer.end_run(run)
    return path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder) as opened:
        yield opened


@pytest.fixture
def selection(store: Store) -> Selection:
    return Selection.of(store)


@pytest.fixture
def written(store: Store) -> Callable[..., bytes]:
    """The bytes of a form."""

    def write(name: str, **filters: object) -> bytes:
        out = io.BytesIO()
        FORMATS[name].write(Selection.of(store, Filters(**filters)), out)  # type: ignore[arg-type]
        return out.getvalue()

    return write
