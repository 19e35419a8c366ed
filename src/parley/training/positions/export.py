"""Exports a trained reader of positions to one ONNX graph with int8 weights, its places and its labels.

positions.onnx  states [1, s, width], first [t] -> acts [t, acts + 1], issues [t, issues], layers [t, layers],
                asking [t, d], asked [t, d]
places.npz      scores of the distance between a party and its act (a plain array, no pickle)
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
from parley.training.positions.model import Reader
from parley.training.positions.texts import Names

OUTPUTS = ["acts", "issues", "layers", "asking", "asked"]


class ReaderGraph(nn.Module):
    """What is run once for every window."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, states: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """One window without padding."""
        model = self.model
        for layer in model.layers:
            states = layer(states, None)
        words = states[0][first]
        return model.act(words), model.issue(words), model.layer(words), model.asking(words), model.asked(words)


def export(model: Reader, names: Names, folder: Path) -> None:
    """Write the weights into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs = (torch.randn(1, 32, Config().width), torch.arange(20))
    with tempfile.TemporaryDirectory() as held:
        graph = Path(held) / "positions.onnx"
        export_graph(ReaderGraph(model), inputs, graph, {"states": {1: "s"}, "first": {0: "t"}}, OUTPUTS)
        quantise(graph, folder / graph.name)
    np.savez(folder / "places.npz", places=model.places.detach().numpy().astype(np.float32))
    (folder / "labels.json").write_text(json.dumps(asdict(names)), encoding="utf-8")
