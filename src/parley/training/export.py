"""Exports a trained tagger to two ONNX graphs with int8 weights, and the transition scores.

encoder.onnx     ids, types [1, s], first [t] -> states [t, width], cue scores [t, 3], words [t, 2 d],
                 half [1, s, width]
roles.onnx       words [t, 2 d], cues [n, width], buckets [n, t] -> role scores [n, t, 5]
transitions.npz  start and step scores of both tag sequences (plain arrays, no pickle)
"""

from __future__ import annotations

import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from torch import Tensor, nn

from parley.training.model import Config, Tagger

OPSET = 17
HALF = 3
"""Layers of the encoder after which the reader of positions goes on by itself."""


class EncoderGraph(nn.Module):
    """What is run once for every window."""

    def __init__(self, model: Tagger) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, types: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """One window without padding; the last are its pieces half way up, for the reader of positions."""
        encoder = self.model.encoder
        half = encoder.rise(encoder.embed(ids, types), None, stop=HALF)
        states = encoder.rise(half, None, start=HALF)[0][first]
        return states, self.model.cue_out(states), self.model.role.word(states), half


def load_tagger(folder: Path) -> Tagger:
    """A checkpoint as a model ready to run."""
    model = Tagger(Config(**json.loads((folder / "config.json").read_text())))
    model.load_state_dict(load_file(folder / "tagger.safetensors"))
    return model.eval()


def export_graphs(model: Tagger, folder: Path) -> None:
    """Writes both graphs in float32."""
    width, d = model.config.width, 2 * model.config.role_width
    ids = torch.arange(1000, 1032)[None]
    export_graph(
        EncoderGraph(model),
        (ids, torch.zeros_like(ids), torch.arange(20)),
        folder / "encoder.onnx",
        {"ids": {1: "s"}, "types": {1: "s"}, "first": {0: "t"}},
        ["states", "cue_scores", "words", "half"],
    )
    export_graph(
        model.role,
        (torch.randn(20, d), torch.randn(3, width), torch.zeros(3, 20, dtype=torch.long)),
        folder / "roles.onnx",
        {"words": {0: "t"}, "cues": {0: "n"}, "buckets": {0: "n", 1: "t"}},
        ["role_scores"],
    )


def export_graph(
    module: nn.Module,
    inputs: tuple[Tensor, ...],
    path: Path,
    inputs_axes: dict[str, dict[int, str]],
    outputs: list[str],
) -> None:
    """Writes one graph in float32, traced on some inputs."""
    special = {"role_scores": {0: "n", 1: "t"}, "half": {1: "s"}}
    axes = inputs_axes | {name: special.get(name, {0: "t"}) for name in outputs}
    torch.onnx.register_custom_op_symbolic("aten::gelu", _fast_gelu, OPSET)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter is the one that yields graphs the quantiser fuses
        torch.onnx.export(
            module.eval(),
            inputs,
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=list(inputs_axes),
            output_names=outputs,
            dynamic_axes=axes,
        )


def _fast_gelu(graph: Any, x: Any, approximate: Any) -> Any:
    """The tanh form of GELU as one operator of onnxruntime; written out it takes a tenth of the time."""
    return graph.op("com.microsoft::FastGelu", x).setType(x.type())


def export_transitions(model: Tagger, path: Path) -> None:
    """Writes the transition scores."""
    arrays: dict[str, Any] = {}
    for name, crf in (("cue", model.cue_crf), ("role", model.role_crf)):
        steps, begin = crf.transitions()
        arrays |= {
            f"{name}_steps": steps.detach().numpy().astype(np.float32),
            f"{name}_begin": begin.detach().numpy().astype(np.float32),
        }
    np.savez(path, **arrays)


def quantise(source: Path, target: Path) -> None:
    """Weights to int8, one scale a channel; the scales of what flows through are found as it runs."""
    quantize_dynamic(
        str(source),
        str(target),
        per_channel=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )


def export(model: Tagger, folder: Path, *, quantised: bool = True) -> None:
    """Write the two graphs and the transition scores into a folder; with int8 weights unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    export_transitions(model, folder / "transitions.npz")
    with tempfile.TemporaryDirectory() as held:
        graphs = Path(held) if quantised else folder
        export_graphs(model, graphs)
        for name in ("encoder.onnx", "roles.onnx") if quantised else ():
            quantise(graphs / name, folder / name)
