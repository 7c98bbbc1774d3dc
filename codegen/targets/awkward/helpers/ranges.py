"""Ranges whose ends the text leaves open.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds the source of
the functions that it uses, and no others. Momenta, energies and masses are MeV, lengths mm, angles rad.
"""

# mypy: ignore-errors
from __future__ import annotations


def in_range(values, low, high, ends):
    """Whether the values lie in a range, whose ends are "excluded", "included" or "lower-included"."""
    above = values > low if ends == "excluded" else values >= low
    below = values <= high if ends == "included" else values < high
    return above & below


def outside(values, low, high, ends):
    """Whether the values lie outside of a range, whose ends are "excluded", "included" or "lower-included"."""
    below = values <= low if ends == "excluded" else values < low
    above = values > high if ends == "included" else values >= high
    return below | above
