"""Makes characters visible that would steer a terminal or a browser instead of being read."""

from __future__ import annotations

import re

_KEPT = "\t\n\r"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u200b\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
_CONTROLS = "".join(re.escape(chr(code)) for code in (*range(32), *range(127, 160)) if chr(code) not in _KEPT)
_STEERING = re.compile(f"[{_CONTROLS}{_BIDI}{_INVISIBLE}\ud800-\udfff]")


def visible(text: str) -> str:
    """The text with control and bidirectional characters, tags and lone surrogates written as ``⟨U+202E⟩``.

    Zero-width joiners stay, as several scripts need them to be read.
    """
    return _STEERING.sub(_mark, text)


def _mark(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match.group()):04X}⟩"


def one_line(text: str) -> str:
    """The visible text in one line, every run of spaces as one."""
    return visible(" ".join(text.split()))


def quoted(text: str) -> str:
    """Words in one pair of marks “ ”, the marks inside them made single as in print."""
    inner = text[1:-1] if _in_marks(text) else text
    return "“" + inner.replace("“", "‘").replace("”", "’").replace('"', "'") + "”"


def _in_marks(text: str) -> bool:
    """Whether a text stands as a whole in one pair of marks."""
    if len(text) < 3 or text[0] + text[-1] not in ("“”", '""'):
        return False
    return not any(mark in text[1:-1] for mark in '“”"')


def shortened(text: str, width: int) -> str:
    """A text cut at a space to at most ``width`` code points, the cut shown by an ellipsis."""
    return text if len(text) <= width else text[: width - 2].rsplit(" ", 1)[0] + " …"
