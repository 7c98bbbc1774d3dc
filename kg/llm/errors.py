"""What can go wrong between us and a language model."""

from __future__ import annotations

from kg.errors import KgError


class ModelError(KgError):
    """A language model gave no reply that can be used."""


class NoModel(ModelError):
    """No model is set up, or what it takes to ask one is not installed."""


class ModelUnavailable(ModelError):
    """The model does not answer: nobody listens, it takes too long, it refuses, or it stays overloaded."""


class UnusableReply(ModelError):
    """The model answered every time, and never with the JSON asked for."""


class BudgetSpent(ModelError):
    """The tokens that the user allowed are used up."""


__all__ = ["BudgetSpent", "ModelError", "ModelUnavailable", "NoModel", "UnusableReply"]
