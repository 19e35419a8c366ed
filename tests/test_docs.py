"""The docs' examples run, their links lead somewhere, and every command is documented."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from parley import cli

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """Page and content of every block of a language."""
    return [
        (page.name, content)
        for page in PAGES
        for found, content in BLOCK.findall(page.read_text(encoding="utf-8"))
        if found == language
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the samples in it, as a reader of the docs has."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run_in_the_order_of_the_page(page: Path, folder: Path) -> None:
    rows = '{"id": "1", "text": "Chad accepted the terms, its envoy said."}\n'
    run("parley annotate - records.jsonl --quiet", rows, folder)  # what a reader of any page has by then
    for language, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python":
            exec(compile(code, page.name, "exec"), {"__name__": "example"})
        elif language == "console":
            run_console(code, folder)


def run_console(text: str, folder: Path) -> None:
    """Run the lines of a console example that begin with ``$``."""
    for line in text.splitlines():
        stdin: str | None = None
        for part in line[2:].split(" | ") if line.startswith("$ ") else ():
            stdin = run(part, stdin, folder)


def run(command: str, stdin: str | None, folder: Path) -> str:
    """The output of one command of an example: ``parley`` or ``echo``, perhaps into a file."""
    command, _, target = command.partition(" > ")
    words = shlex.split(command)
    if words[0] == "echo":
        output = words[1] + "\n"
    else:
        assert words[0] == "parley"
        result = CliRunner().invoke(cli.main, words[1:], input=stdin)
        assert result.exit_code == 0, result.output
        output = result.stdout
    if target:
        (folder / target.strip()).write_text(output, encoding="utf-8")
    return output


def test_every_command_is_documented() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in cli.main.commands:
        assert f"parley {command}" in text


def test_toml_examples_are_a_valid_codebook(tmp_path: Path) -> None:
    from parley.codebook import codebook

    found = [content for page, content in blocks("toml") if page == "codebook.md"]
    assert found
    for content in found:
        path = tmp_path / "mine.toml"
        path.write_text(content, encoding="utf-8")
        codebook((str(path),))
