"""Training of Parley's models: needs torch, which reading does not (``pip install parley-news[train]``).

corpus -> labelled words -> windows, names replaced at random -> batches -> train -> export to ONNX in int8
"""
