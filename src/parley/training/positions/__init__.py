"""Trains the reader of positions on labelled texts that were written for Parley.

texts (words and labels) -> fit (on windows half way through the tagger's encoder) -> export
"""
