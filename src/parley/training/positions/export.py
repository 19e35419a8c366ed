"""Exports a trained reader of positions to one ONNX graph with int8 weights, its marks and its labels.

positions.onnx  states [1, s, width], marked, first [t] -> acts [t, acts + 1], layers [t, layers], issues, values
                [t, issues], asking, asked [t, d], seeking, sought [t, 2, d], none [t, 1]
marks.npz       what marks of a word add to its state, scores of distances, and weights (plain arrays, no pickle)
labels.json     acts, issues and layers in the order of the outputs
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from parley.training.export import export_graph, quantise
from parley.training.model import Config
from parley.training.positions.model import SEEK, Reader
from parley.training.positions.texts import Names

OUTPUTS = ["acts", "layers", "issues", "values", "asking", "asked", "seeking", "sought", "none"]


class ReaderGraph(nn.Module):
    """What is run once for every window."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, states: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """One passage without padding."""
        model = self.model
        top, bottom = (words[0] for words in model(states, None, first[None]))
        return (
            model.act(top),
            model.layer(top),
            model.issue(top),
            model.value(torch.cat([top, bottom], -1)),
            model.asking(top),
            model.asked(top),
            model.seeking(top).unflatten(-1, (2, SEEK)),
            model.sought(top).unflatten(-1, (2, SEEK)),
            model.none(top),
        )


def export(model: Reader, names: Names, folder: Path) -> None:
    """Write the weights into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs = (torch.randn(1, 32, Config().width), torch.arange(20))
    with tempfile.TemporaryDirectory() as held:
        graph = Path(held) / "positions.onnx"
        export_graph(ReaderGraph(model), inputs, graph, {"states": {1: "s"}, "first": {0: "t"}}, OUTPUTS)
        quantise(graph, folder / graph.name)
    marks = {**model.marks, "places": model.places, "near": model.near, "weight": model.weight, "claim": model.claim}
    np.savez(folder / "marks.npz", **{name: value.detach().numpy().astype(np.float32) for name, value in marks.items()})
    (folder / "labels.json").write_text(json.dumps(asdict(names)), encoding="utf-8")
