"""The parts of every generated program that do not depend on the selection."""
