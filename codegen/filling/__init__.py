"""Cuts that no rule compiles, filled by a language model on request: what it writes is checked, tried and marked."""
