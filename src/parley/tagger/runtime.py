"""Tags attributions in a text: onnxruntime, tokenizers and numpy, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from parley.tagger.decode import Floats, in_turn, marginals, place_buckets, softmax, tag_spans, viterbi
from parley.tagger.frames import Choice, Frame, choose, unclaimed
from parley.tagger.pieces import PieceTable
from parley.tagger.positions import Half
from parley.tagger.sessions import session
from parley.tagger.transcript import signed, turns
from parley.tagger.windows import Window, make_windows
from parley.tagger.words import Span, Words, split_words


@dataclass(frozen=True)
class Attribution:
    """Who is reported to have said what: code point spans of source (may be empty), cue and content."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


@dataclass(frozen=True)
class Settings:
    """How to decode.

    Attributes:
        widen: added to the score of a first cue word before the possible cues are listed, in nats.
        source_bias: added to the score of a first source word, in nats.
        choice: thresholds of the choice among them; none takes the tags as they are.
        threads: cores that one window may use.
    """

    widen: float = 4.0
    source_bias: float = 0.0
    choice: Choice | None = field(default_factory=Choice)
    threads: int = 1


@dataclass(frozen=True)
class Read:
    """A window after the encoder.

    Attributes:
        window: the window.
        states: of its words, [t, width].
        cue_scores: of its words, [t, 3].
        projected: its words for the role tagger, [t, 2 d].
        half: its pieces half way through the encoder, [1, s, width].
    """

    window: Window
    states: Floats
    cue_scores: Floats
    projected: Floats
    half: Floats


@dataclass(frozen=True)
class Tagged:
    """What a text holds: its attributions, its words, and its windows half way through the encoder."""

    attributions: list[Attribution]
    words: Words
    halves: list[Half]


@dataclass(frozen=True)
class Cue:
    """A possible cue: words [start, stop) of its window, and the probability that a cue starts there."""

    start: int
    stop: int
    chance: float


class AttributionTagger:
    """The trained tagger with its graphs open.

    Args:
        folder: holds encoder.onnx, roles.onnx, transitions.npz and tokenizer.json.
    """

    def __init__(
        self, folder: Path, settings: Settings = Settings(), *, alike: Mapping[str, str] | None = None
    ) -> None:
        self._settings = settings
        self._piece_of = PieceTable(folder / "tokenizer.json", alike)
        self._encoder = session(folder / "encoder.onnx", settings.threads)
        self._roles = session(folder / "roles.onnx", settings.threads)
        with np.load(folder / "transitions.npz", allow_pickle=False) as arrays:
            self._crf = {name: arrays[name] for name in arrays.files}

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[Attribution]:
        """The attributions of a text, by the place of their cue.

        Args:
            text: the unchanged text.
            paragraphs: code point spans of its paragraphs, in order.
        """
        return self.tag_many([(text, paragraphs)])[0].attributions

    def tag_many(self, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[Tagged]:
        """The attributions of several texts, as `tag` gives them: faster where they are short."""
        many = [split_words(text, paragraphs) for text, paragraphs in texts]
        read = [self.read(words) if words.forms else [] for words in many]
        found = self.decode_many(read, many)
        return [
            Tagged([_attribution(words, f) for f in frames], words, [Half(r.window, r.half) for r in reads])
            for words, reads, frames in zip(many, read, found, strict=True)
        ]

    def frames(self, words: Words) -> list[Frame]:
        """The attributions over words."""
        return self.decode(self.read(words), words)

    def read(self, words: Words) -> list[Read]:
        """What the encoder says of each window."""
        return [self.encode(window) for window in make_windows(words, self._piece_of)]

    def encode(self, window: Window) -> Read:
        """What the encoder says of one window."""
        feed = {"ids": window.ids[None], "types": window.types[None], "first": window.first}
        return Read(window, *self._encoder.run(None, feed))

    def decode(self, reads: Sequence[Read], words: Words) -> list[Frame]:
        """The attributions out of what the encoder says."""
        return self.decode_many([reads], [words])[0]

    def decode_many(self, reads: Sequence[Sequence[Read]], texts: Sequence[Words]) -> list[list[Frame]]:
        """The attributions of several texts; the windows of all of them go through the chains together."""
        windows = [read for of_text in reads for read in of_text]
        owner = [k for k, of_text in enumerate(reads) for _ in of_text]
        chances = self._cue_chances(windows)
        best = self._cue_tags([read.cue_scores for read in windows])
        cues = [_cues(tags, chance) for tags, chance in zip(best, chances, strict=True)]
        frames = _by_text(self._frames(windows, cues), owner, len(texts))
        if self._settings.choice is None:
            return [[frame for frame in found if frame.content] for found in frames]
        loose = [unclaimed(found, words) for found, words in zip(frames, texts, strict=True)]
        weak = _by_text(self._frames(windows, self._weak_cues(windows, owner, loose, chances, best)), owner, len(texts))
        return [
            choose(found + more, words, self._settings.choice, fixed=[*turns(words), *signed(words)])
            for found, more, words in zip(frames, weak, texts, strict=True)
        ]

    def _cue_tags(self, scores: Sequence[Floats]) -> list[list[int]]:
        """The cue tags of each window."""
        steps, begin = self._crf["cue_steps"], self._crf["cue_begin"]
        return in_turn(scores, lambda rows, lengths: viterbi(rows, lengths, steps, begin).tolist())

    def _cue_chances(self, windows: Sequence[Read]) -> list[Floats]:
        """For each word of each window, how probable it is that a cue starts there."""
        steps, begin = self._crf["cue_steps"], self._crf["cue_begin"]
        return in_turn(
            [read.cue_scores for read in windows],
            lambda rows, lengths: list(marginals(rows, lengths, steps, begin)[:, :, 1]),
        )

    def _weak_cues(
        self,
        windows: Sequence[Read],
        owner: Sequence[int],
        loose: Sequence[Sequence[Span]],
        chances: Sequence[Floats],
        best: Sequence[Sequence[int]],
    ) -> list[list[Cue]]:
        """Weaker cues in the windows that hold a quotation without a speaker; none in the others."""
        rows = [
            k
            for k, read in enumerate(windows)
            if any(read.window.start <= a and b <= read.window.stop for a, b in loose[owner[k]])
        ]
        wide = [windows[k].cue_scores + np.array([0, self._settings.widen, 0], dtype=np.float32) for k in rows]
        out: list[list[Cue]] = [[] for _ in windows]
        for k, tags in zip(rows, self._cue_tags(wide), strict=True):
            out[k] = [cue for cue in _cues(tags, chances[k]) if not any(best[k][cue.start : cue.stop])]
        return out

    def _frames(self, windows: Sequence[Read], cues: Sequence[Sequence[Cue]]) -> list[list[Frame]]:
        """One frame for each possible cue, by window."""
        asked = [(k, cue) for k, found in enumerate(cues) for cue in found]
        rows = [
            row for read, found in zip(windows, cues, strict=True) if found for row in self._role_scores(read, found)
        ]
        bias = np.array([0, self._settings.source_bias, 0, 0, 0], dtype=np.float32)
        steps, begin = self._crf["role_steps"], self._crf["role_begin"]
        tags = in_turn(
            [row + bias for row in rows], lambda some, lengths: viterbi(some, lengths, steps, begin).tolist()
        )
        out: list[list[Frame]] = [[] for _ in windows]
        for (k, cue), row, score in zip(asked, tags, rows, strict=True):
            out[k].append(_frame(windows[k], cue, row, score))
        return out

    def _role_scores(self, read: Read, cues: Sequence[Cue]) -> Floats:
        """Scores of the role tags, [n, t, 5]."""
        means = np.stack([read.states[cue.start : cue.stop].mean(0) for cue in cues])
        starts, ends = (np.array([getattr(cue, name) for cue in cues], dtype=np.int64) for name in ("start", "stop"))
        feed = {"words": read.projected, "cues": means, "buckets": place_buckets(starts, ends, len(read.projected))}
        scores: Floats = self._roles.run(None, feed)[0]
        return scores


def _by_text(frames: Sequence[Sequence[Frame]], owner: Sequence[int], texts: int) -> list[list[Frame]]:
    """The frames of windows as those of texts."""
    out: list[list[Frame]] = [[] for _ in range(texts)]
    for k, found in zip(owner, frames, strict=True):
        out[k].extend(found)
    return out


def _cues(tags: Sequence[int], chances: Floats) -> list[Cue]:
    return [Cue(a, b, float(chances[a])) for a, b in tag_spans(tags, 1, 2)]


def _frame(read: Read, cue: Cue, tags: Sequence[int], scores: Floats) -> Frame:
    shift = read.window.start
    source = [(a + shift, b + shift) for a, b in tag_spans(tags, 1, 2)]
    content = [(a + shift, b + shift) for a, b in tag_spans(tags, 3, 4)]
    chances = softmax(scores)
    if len(source) > 1:  # one in 2,000 sources is in two parts
        source = [max(source, key=lambda span: float(chances[span[0] - shift : span[1] - shift, 1:3].sum(1).mean()))]
    return Frame((cue.start + shift, cue.stop + shift), source, content, cue.chance, chances[:, 3:].sum(1), shift)


def _attribution(words: Words, frame: Frame) -> Attribution:
    chars = [
        [(int(words.starts[a]), int(words.ends[b - 1])) for a, b in spans]
        for spans in (frame.source, [frame.cue], frame.content)
    ]
    return Attribution(*chars)
