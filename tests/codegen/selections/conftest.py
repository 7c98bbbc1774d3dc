"""The simulated samples, made once per session."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sample name to an RNTuple file of it; skips where uproot is not installed."""
    pytest.importorskip("uproot")
    from tests.codegen.events.samples import SAMPLES, make

    folder = tmp_path_factory.mktemp("samples")
    for name in SAMPLES:
        make(name, folder / f"{name}.root")
    return {name: folder / f"{name}.root" for name in SAMPLES}


collect_ignore_glob = ["*.reference.py", "sensitivity.py"]
