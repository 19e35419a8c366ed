"""The trained tagger of attributions: a small encoder on a CPU through onnxruntime, without torch.

    words -> windows of whole paragraphs -> cues (CRF) -> for each cue its source and content (CRF) -> the choice

``AttributionTagger(folder).tag(text, paragraphs)`` gives code point spans. Training stands in ``parley.training``.
"""

from parley.tagger.runtime import Attribution, AttributionTagger, Settings

__all__ = ["Attribution", "AttributionTagger", "Settings"]
