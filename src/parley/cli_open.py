"""``parley open`` serves the reading room; ``parley demo`` makes a record of the demonstration corpus and asks it."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import threading
import time
import webbrowser
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from parley.cli_options import DEFAULT_MODEL
from parley.errors import ParleyError

if TYPE_CHECKING:
    import uvicorn

    from parley.corpus.task import Manner
    from parley.store import Store
    from parley.web.settings import Settings

WILDCARDS = ("0.0.0.0", "::")
"""Hosts that stand for all addresses of this machine."""
PARTIES, DIFFERENCES, ISSUES = 3, 5, 3
"""What ``demo`` prints at most."""


@click.command("open")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Folder of the record.")
@click.option("--demo", is_flag=True, help="The shipped demonstration corpus; read on the first call, then kept.")
@click.option("--port", type=click.IntRange(0, 65535), default=8042, show_default=True, help="0: any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0: all.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A further name by which browsers may ask for it.")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
def open_room(record: Path | None, demo: bool, port: int, host: str, names: tuple[str, ...], no_browser: bool) -> None:
    """Open the reading room on a record, as a local web page.

    The address that is printed holds a key: the browser that opens it may correct the record. By default the room can
    be reached from this machine alone. If you let others reach it (--host), they need the key to read, too; the way
    between is not encrypted, so do that in a network that you trust. Ctrl-C closes the room. See docs/reading-room.md.
    """
    from parley.web.app import create_app
    from parley.web.settings import Settings
    from parley.web.warm import keep_warm

    if bool(record) == demo:
        raise ParleyError("say which record: --record DIR, or --demo for the demonstration corpus")
    with ExitStack() as stack:
        listener = stack.enter_context(_listening(host, port))
        folder = record or _kept_demo()
        names = tuple(name.lower() for name in names) or (_own_names() if host in WILDCARDS else ())
        settings = Settings(folder, host=host, port=listener.getsockname()[1], names=names)
        app = create_app(settings)
        keep_warm(app)
        _told(settings)
        _serve(_server(app), listener, "" if no_browser else _address(settings))


@click.command("demo")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Keep the record in this folder.")
@click.option("--rules-only", is_flag=True, help="Find attributions without the trained tagger: faster, worse.")
def demo_room(record: Path | None, rules_only: bool) -> None:
    """Read the shipped demonstration corpus, and show what many articles say together.

    Fifty-six short articles of nine fictional outlets on real talks, written for Parley. They are read into a record
    in DIR, or in a temporary folder that is removed at the end; then the ledger, the accounts that differ, and the
    movement on three issues are printed.
    """
    from parley.store import Store

    manner = _manner(rules_only=rules_only)
    with ExitStack() as stack:
        folder = record or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-demo-"))) / "record"
        _make(folder, manner)
        with Store.open(folder) as store:
            click.echo(_summary(store))
    click.echo(_next(record))


# ------------------------------------------------------------ the demonstration record
def _manner(*, rules_only: bool = False) -> Manner:
    from parley.corpus.task import Manner

    return Manner(DEFAULT_MODEL, rules_only=rules_only)


def _kept_demo() -> Path:
    """The record in the user's cache; made on the first call."""
    from parley.corpus import demo

    folder, whole = demo.kept()
    if not whole:
        _make(folder, _manner())
        demo.carry(folder)
    return folder


def _make(folder: Path, manner: Manner) -> None:
    """Read the corpus, with a bar on the screen.

    Raises:
        ParleyError: it cannot be done.
    """
    from parley.corpus import demo
    from parley.corpus.progress import Bar, Silent
    from parley.corpus.stop import Stop

    number = sum(1 for _ in demo.articles().iterdir())
    click.echo(f"parley: reading the demonstration corpus, {number} articles; it takes a minute or less", err=True)
    stop = Stop(lambda words: click.echo(f"\nparley: {words}", err=True))
    with ExitStack() as stack:
        watch = stack.enter_context(Bar(demo.request(folder, manner)) if sys.stderr.isatty() else Silent())
        whole = demo.make(folder, manner, watch=watch, stop=stack.enter_context(stop))
    if not whole:
        click.echo("parley: stopped; the next call goes on", err=True)
        raise click.exceptions.Exit(128 + signal.SIGINT)


def _summary(store: Store) -> str:
    """The ledger, the accounts that differ, and the movement on some issues."""
    from parley.analysis.differences import differences
    from parley.analysis.ledger import ledger
    from parley.analysis.movement import Movement, movement
    from parley.exports.tables import FORMS, rows

    moves = movement(store).moves
    issues = tuple(dict.fromkeys(move.issue for move in moves if move.verdict != "cannot tell"))[:ISSUES]
    shown = Movement(tuple(move for move in moves if move.issue in issues))
    tables = (
        rows.matrix(ledger(store), most=PARTIES), rows.differences(differences(store, most=DIFFERENCES)),
        rows.movement(shown),
    )  # fmt: skip
    return FORMS["text"](tables)


def _next(record: Path | None) -> str:
    """What to do next."""
    lines = ["What next", "========="]
    if record is None:
        lines += ["  parley open --demo                       look at it in the browser, with every word in its place"]
        lines += ["  parley demo --record DIR                 keep the record, to ask it more"]
    else:
        lines += [f"  parley open --record {record}            look at it in the browser"]
        lines += [f"  parley ledger --record {record} --periods month"]
        lines += [f'  parley search "prisoner swap" --record {record}']
    lines += ["  parley ingest SOURCE... --record DIR     the same with articles of your own"]
    return "\n".join(lines)


# ------------------------------------------------------------ the server
def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, so that nothing is read or opened for an address that cannot be had.

    Raises:
        ParleyError: the port is taken, or the host is none of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, UnicodeError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        hint = "is another reading room open? --port 0 takes any that is free" if port else "see --host"
        raise ParleyError(f"cannot listen on {host}, port {port} ({reason}): {hint}") from error
    return listener


def _own_names() -> tuple[str, ...]:
    """Names and addresses by which this machine is known to others."""
    name = socket.gethostname().lower()
    found = [name]
    with suppress(OSError):
        found += socket.gethostbyname_ex(name)[2]
    return tuple(dict.fromkeys(found))


def _address(settings: Settings) -> str:
    """Where to open it: a host that stands for all is no address."""
    if settings.host not in WILDCARDS:
        return settings.address
    return replace(settings, host=next(iter(settings.names), "localhost")).address


def _told(settings: Settings) -> None:
    click.echo(f"The reading room of {settings.record} is open at\n\n  {_address(settings)}\n")
    if not settings.loopback:
        click.echo("Others can reach it with this address, and correct the record; the way is not encrypted.", err=True)
    click.echo("Ctrl-C closes it.")
    sys.stdout.flush()


def _server(app: object) -> uvicorn.Server:
    """A server that says nothing unless something breaks."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,  # type: ignore[arg-type]
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )


def _serve(server: uvicorn.Server, listener: socket.socket, address: str) -> None:
    """Serve until Ctrl-C."""
    if address and _has_browser():
        threading.Thread(target=_show, args=(server, address), daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listener])
    click.echo("\nThe reading room is closed.")


def _has_browser() -> bool:
    """Whether a browser would come up in a window; one in the terminal would stand in the way."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _show(server: uvicorn.Server, address: str) -> None:
    """Open the browser when the room is open."""
    while not server.started and not server.should_exit:
        time.sleep(0.05)
    if server.started:
        with suppress(webbrowser.Error, OSError):
            webbrowser.open(address)
