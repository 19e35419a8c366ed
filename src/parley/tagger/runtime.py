"""Tags attributions in a text: onnxruntime, tokenizers and numpy, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnxruntime as ort

from parley.tagger.decode import Floats, Ints, marginals, place_buckets, softmax, stack, tag_spans, viterbi
from parley.tagger.frames import Choice, Frame, choose, unclaimed
from parley.tagger.pieces import PieceTable
from parley.tagger.transcript import turns
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
    """A window after the encoder: states [t, width], cue scores [t, 3], words for the role tagger [t, 2 d]."""

    window: Window
    states: Floats
    cue_scores: Floats
    projected: Floats


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

    def __init__(self, folder: Path, settings: Settings = Settings()) -> None:
        self._settings = settings
        self._piece_of = PieceTable(folder / "tokenizer.json")
        self._encoder = _session(folder / "encoder.onnx", settings.threads)
        self._roles = _session(folder / "roles.onnx", settings.threads)
        with np.load(folder / "transitions.npz", allow_pickle=False) as arrays:
            self._crf = {name: arrays[name] for name in arrays.files}

    def tag(self, text: str, paragraphs: Sequence[Span]) -> list[Attribution]:
        """The attributions of a text, by the place of their cue.

        Args:
            text: the unchanged text.
            paragraphs: code point spans of its paragraphs, in order.
        """
        words = split_words(text, paragraphs)
        if not words.forms:
            return []
        return [_attribution(words, frame) for frame in self.frames(words)]

    def frames(self, words: Words) -> list[Frame]:
        """The attributions over words."""
        return self.decode(self.read(words), words)

    def read(self, words: Words) -> list[Read]:
        """What the encoder says of each window."""
        feeds = [
            (w, {"ids": w.ids[None], "types": w.types[None], "first": w.first})
            for w in make_windows(words, self._piece_of)
        ]
        return [Read(window, *self._encoder.run(None, feed)) for window, feed in feeds]

    def decode(self, reads: Sequence[Read], words: Words) -> list[Frame]:
        """The attributions out of what the encoder says."""
        scores, lengths = stack([read.cue_scores for read in reads])
        chances = marginals(scores, lengths, self._crf["cue_steps"], self._crf["cue_begin"])[:, :, 1]
        best = self._cue_tags(scores, lengths)
        frames = self._frames(reads, [_cues(tags, chance) for tags, chance in zip(best, chances, strict=False)])
        if self._settings.choice is None:
            return [frame for frame in frames if frame.content]
        weak = self._weak_frames(reads, words, unclaimed(frames, words), scores, chances, best)
        return choose(frames + weak, words, self._settings.choice, fixed=turns(words))

    def _cue_tags(self, scores: Floats, lengths: Ints) -> list[list[int]]:
        tags: list[list[int]] = viterbi(scores, lengths, self._crf["cue_steps"], self._crf["cue_begin"]).tolist()
        return tags

    def _weak_frames(
        self,
        reads: Sequence[Read],
        words: Words,
        loose: Sequence[Span],
        scores: Floats,
        chances: Floats,
        best: Sequence[Sequence[int]],
    ) -> list[Frame]:
        """Frames of weaker cues in the windows that hold a quotation without a speaker."""
        rows = [k for k, r in enumerate(reads) if any(r.window.start <= a and b <= r.window.stop for a, b in loose)]
        if not rows:
            return []
        wide = scores[rows]
        wide[:, :, 1] += self._settings.widen
        found = self._cue_tags(wide, np.array([len(reads[k].cue_scores) for k in rows]))
        cues = [
            [c for c in _cues(tags, chances[k]) if not any(best[k][c.start : c.stop])]
            for k, tags in zip(rows, found, strict=False)
        ]
        return self._frames([reads[k] for k in rows], cues)

    def _frames(self, reads: Sequence[Read], cues: Sequence[Sequence[Cue]]) -> list[Frame]:
        """One frame for each possible cue."""
        rows = [
            row for read, found in zip(reads, cues, strict=False) if found for row in self._role_scores(read, found)
        ]
        if not rows:
            return []
        scores, lengths = stack(rows)
        scores[:, :, 1] += self._settings.source_bias
        tags = viterbi(scores, lengths, self._crf["role_steps"], self._crf["role_begin"]).tolist()
        asked = [(read, cue) for read, found in zip(reads, cues, strict=False) for cue in found]
        return [_frame(read, cue, row, score) for (read, cue), row, score in zip(asked, tags, rows, strict=False)]

    def _role_scores(self, read: Read, cues: Sequence[Cue]) -> Floats:
        """Scores of the role tags, [n, t, 5]."""
        means = np.stack([read.states[cue.start : cue.stop].mean(0) for cue in cues])
        starts, ends = (np.array([getattr(cue, name) for cue in cues], dtype=np.int64) for name in ("start", "stop"))
        feed = {"words": read.projected, "cues": means, "buckets": place_buckets(starts, ends, len(read.projected))}
        scores: Floats = self._roles.run(None, feed)[0]
        return scores


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


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
