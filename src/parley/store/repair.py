"""Mends what can be mended of a record. What cannot be trusted is marked to be read again by the next ingest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from parley.errors import NoRecord, NoSuchCommit, StoreError
from parley.store import changes, invariants, snapshots, upkeep
from parley.store.lock import take
from parley.store.reader import Store
from parley.store.shard import now
from parley.store.tables import FORMAT, TABLES
from parley.store.writer import Writer

Further = Callable[[Store], Iterable[str]]
"""Mends something that is derived from the record, such as an index for search; says what it did."""
_ROUNDS = 3
"""Removing a row can leave another without what it points to: a copy's head, an article's source."""


def repair(folder: str | Path, *, further: Iterable[Further] = ()) -> list[str]:
    """Mend a record; one line for everything that was done, none if there was nothing to do.

    Raises:
        Locked: another process writes to it.
        StoreError: the folder is no record, cannot be written, or is damaged beyond this.
    """
    path = Path(folder).absolute()
    done = [*_head(path), *_commits(path)]
    before = snapshots.newest(path).number
    with Writer.open(path, damaged=True) as writer:
        if writer.newest.number != before:
            done.append(f"a commit that was never finished was set aside, or the format brought up to date ({FORMAT})")
        done += (f"{name}: files that are gone were taken out" for name in writer.drop_lost_files())
        writer.mark_interrupted()
        for _ in range(_ROUNDS):
            todo, said = _rows(path)
            if not said:
                break
            writer.apply(todo, "", "repair")
            done += said
        done += (f"{name}: rows were counted anew" for name in writer.recount())
        gone = upkeep.sweep(path)
        if gone:
            done.append(f"{gone} files that nothing needs were removed")
    with Store.open(path) as store:
        for one in further:
            done += one(store)
    return done


def _head(folder: Path) -> Iterator[str]:
    """Write ``parley.json`` anew if the rest is plainly a record's."""
    try:
        snapshots.read_head(folder)
    except StoreError as error:
        damaged = isinstance(error, NoRecord) or "damaged" in str(error)
        if not damaged or not snapshots.numbers(folder) or not (folder / snapshots.TABLES_FOLDER / "articles").is_dir():
            raise
        snapshots.write_head(folder, {"format": FORMAT, "created": now().isoformat()})
        yield f"{snapshots.HEAD} was written anew"


def _commits(folder: Path) -> Iterator[str]:
    """Set aside commits at the end that cannot be read."""
    lock = take(folder)
    try:
        for number in reversed(snapshots.numbers(folder)):
            try:
                snapshots.read(folder, number)
                return
            except StoreError:
                path = snapshots.path_of(folder, number)
                path.rename(path.with_suffix(".damaged"))
                yield f"commit {number} cannot be read; the record is as it was at the commit before"
        raise NoSuchCommit(f"{folder}: no commit can be read")
    finally:
        lock.release()


# ---------------------------------------------------------------- rows
def _rows(folder: Path) -> tuple[list[changes.Change], list[str]]:
    """What to change so that the rows agree with each other, and how to say it."""
    todo: list[changes.Change] = []
    said: list[str] = []
    with Store.open(folder) as store:
        doubtful: set[str] = set()
        for invariant in invariants.all_of_them():
            found = store.query(invariant.sql)
            if not found:
                continue
            if invariant.name == "twice":
                todo += _once(store, invariant.table, said)
            column = _removable(invariant)
            if column:
                gone = sorted({str(row["example"]) for row in found})
                todo.append(changes.removal(invariant.table, column, gone))
                said.append(f"{invariant.table}: {len(gone)} removed ({invariant.says})")
            else:
                doubtful |= {row["article_id"] for row in found if row.get("article_id")}
        again = _to_read_again(store, doubtful)
    if again:
        todo.append(changes.removal("sources", "location", again))
        said.append(f"{len(doubtful)} articles that cannot be trusted will be read again by the next ingest")
    return todo, said


def _removable(invariant: invariants.Invariant) -> str | None:
    """The column by which the rows that break an invariant can go without a loss; None if they cannot."""
    if invariant.name == "orphan":
        return "article_id"
    if invariant.name in ("source", "failure"):
        return "location"
    return "article_id" if invariant.name == "copy" else None


def _once(store: Store, name: str, said: list[str]) -> Iterator[changes.Change]:
    """Keep one of rows that are the same in everything."""
    key = TABLES[name].key[0]
    plain = store.arrow(f"SELECT DISTINCT * FROM {name}")
    total = store.commit.rows.get(name, 0)
    if plain.num_rows < total:
        said.append(f"{name}: {total - plain.num_rows} rows that stood twice were removed")
        order = [(column, "ascending") for column in (key, *(("n",) if "n" in plain.column_names else ()))]
        yield changes.Change(name, {}, plain.sort_by(order).cast(TABLES[name].schema), anew=True)


def _to_read_again(store: Store, articles: set[str]) -> list[str]:
    """The locations whose articles cannot be trusted."""
    rows = store.query("SELECT location FROM sources WHERE article_id IN (SELECT unnest(?))", [sorted(articles)])
    return sorted(row["location"] for row in rows)
