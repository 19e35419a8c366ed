"""Positions: who wants what of whom, who answers what, on which condition and on whose word."""

from parley.components.positions.factory import NAME, Positions, make_positions

__all__ = ["NAME", "Positions", "make_positions"]
