"""Taking another option of an open choice than the one that stands in the program.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

from codegen.targets.awkward.parts.example import CHOICES


# --- begin ---
class InvalidOption(Exception):
    """An option that a choice of this program does not have."""


def take(settings):
    """Take the options that are given as "NAME=OPTION", instead of those that stand at the top."""
    for setting in settings:
        name, _, option = setting.partition("=")
        if name not in CHOICES:
            raise InvalidOption(f"no open choice {name!r}; this program has {', '.join(CHOICES) or 'none'}")
        globals()[name] = option
    for name, option in options_taken().items():
        if option not in CHOICES[name]["options"]:
            why = CHOICES[name]["not_offered"].get(option, "")
            known = ", ".join(CHOICES[name]["options"])
            raise InvalidOption(f"no option {option!r} of {name}; it has {known}" + (f" ({why})" if why else ""))


def options_taken():
    """The option that is taken of each open choice."""
    return {name: globals().get(name, choice["taken"]) for name, choice in CHOICES.items()}


def of_options(key):
    """What CHOICES lists under "branches" (to read) or "leaves_out" (cuts) for the options that are taken."""
    taken = options_taken()
    return [item for name, choice in CHOICES.items() for item in choice.get(key, {}).get(taken[name], ())]
