"""brat's standoff form parses back, and its configuration knows every type."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from parley.exports.whole.brat import pieces

TEXT_LINE = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)")
RELATION = re.compile(r"(R\d+)\t(\w+) Arg1:(T\d+) Arg2:(T\d+)")
ATTRIBUTE = re.compile(r"(A\d+)\t(\w+) (T\d+)(?: ([\w-]+))?")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (T\d+)\t(.*)")


def sections(text: str) -> dict[str, dict[str, str]]:
    """The parts of a configuration: types and what is said of them."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            part = found[match[1]] = {}
        elif line:
            name, _, rest = line.partition("\t")
            part[name] = rest
    return found


@pytest.fixture
def files(written: Callable[..., bytes]) -> dict[str, str]:
    archive = zipfile.ZipFile(io.BytesIO(written("brat")))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_line_parses_and_its_words_stand_in_the_text(files: dict[str, str]) -> None:
    conf = sections(files["parley-brat/annotation.conf"])
    kinds = set()
    for name in [name for name in files if name.endswith(".ann")]:
        text, types = files[name.removesuffix("ann") + "txt"], {}
        lines = files[name].split("\n")[:-1]
        assert len(files[name].splitlines()) == len(lines), "a line end within a line"
        for line in lines:
            if match := TEXT_LINE.fullmatch(line):
                spans = [tuple(map(int, one.split())) for one in match[3].split(";")]
                assert " ".join(text[start:end] for start, end in spans) == match[4]
                assert spans == sorted(spans)
                types[match[1]] = match[2]
                assert match[2] in conf["entities"]
            elif match := RELATION.fullmatch(line):
                wanted = re.fullmatch(r"Arg1:(\w+), Arg2:(\w+)", conf["relations"][match[2]])
                assert wanted
                assert (types[match[3]], types[match[4]]) == wanted.groups()
            elif match := ATTRIBUTE.fullmatch(line):
                arg, _, values = conf["attributes"][match[2]].partition(", Value:")
                assert arg == f"Arg:{types[match[3]]}"
                assert (match[4] or "") in values.split("|")
            else:
                match = NOTE.fullmatch(line)
                assert match, line
                assert match[2] in types
            kinds.add(line[0])
    assert kinds == set("TRA#")


def test_numbers_are_unique_in_a_file(files: dict[str, str]) -> None:
    for name in [name for name in files if name.endswith(".ann")]:
        numbers = [line.split("\t")[0] for line in files[name].split("\n")[:-1]]
        assert len(set(numbers)) == len(numbers)


def test_words_are_cut_at_line_ends() -> None:
    text = "ab\n c\u2028d e"
    assert pieces(text, ((0, len(text)),)) == ((0, 2), (4, 5), (6, 9))
    assert pieces(text, ((0, 2), (1, 5))) == ((0, 2), (4, 5))
    assert pieces("\n", ((0, 1),)) == ()
