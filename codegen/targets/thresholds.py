"""Numbers with units, as a program writes them in any language."""

from __future__ import annotations

from decimal import Decimal

FLAVOURS = {"electron": 11, "muon": 13}
"""By the numbers of the Particle Data Group."""

_FACTORS = {
    "GeV": Decimal(1000),
    "MeV": Decimal(1),
    "TeV": Decimal(1000000),
    "keV": Decimal("0.001"),
    "√GeV": Decimal(1),
    "mm": Decimal(1),
    "cm": Decimal(10),
    "um": Decimal("0.001"),
    "rad": Decimal(1),
    "": Decimal(1),
}


def number(value: float, unit: str) -> str:
    """A threshold in the units of the file: `22 * GeV`, or the number itself where the product is not exact.

    >>> number(22.0, "GeV"), number(0.5, "mm"), number(2.0, "cm"), number(2.001, "GeV")
    ('22 * GeV', '0.5', '20', '2.001 * GeV')
    """
    exact = Decimal(repr(float(value))) * _FACTORS[unit]
    if unit == "GeV" and float(value) * 1000.0 == float(exact):
        return f"{_plain(float(value))} * GeV"
    return _plain(float(exact))


def _plain(value: float) -> str:
    return f"{int(value)}" if value == int(value) and abs(value) < 1e15 else repr(value)


def energy(value: float) -> str:
    """An energy in GeV."""
    return number(value, "GeV")


__all__ = ["FLAVOURS", "energy", "number"]
