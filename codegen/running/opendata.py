"""ATLAS Open Data samples by name: `opendata:[RELEASE/]DATASET[:SKIM]`, looked up through the package atlasopenmagic.

DATASET is a data-set number (410470), a physics name, or what the release calls its data (2016); RELEASE is one of
those that atlasopenmagic knows, by default the research release of PHYSLITE files, 2024r-pp (`ATLAS_RELEASE` sets
another). The address of its server can be set by `ATLAS_API_BASE_URL`.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib
import importlib.util
import io
import re
from typing import Any

SCHEME = "opendata:"
_NAME = re.compile(r"opendata:(?:(?P<release>[\w.-]+)/)?(?P<sample>[^/:\s]+)(?::(?P<skim>[\w.-]+))?")
_SHAPE = "opendata:[RELEASE/]DATASET[:SKIM], such as opendata:410470 or opendata:2024r-pp/410470"
_MOST_NEAR = 5


class NoSample(Exception):
    """A sample that cannot be found; the message says why. Ends as a failure of that input."""


def urls(name: str) -> list[str]:
    """The https addresses of the sample's files, in the catalogue's order; raises `NoSample`."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        raise NoSample(f"not the name of a sample: {_SHAPE}")
    if importlib.util.find_spec("atlasopenmagic") is None:
        raise NoSample("opendata: needs the extra `opendata`: pip install 'cutgraph[opendata]'")
    atlas: Any = importlib.import_module("atlasopenmagic")
    atlas.set_verbosity("error")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it returns
        known = sorted(atlas.available_releases())
    if (release := parts["release"]) and release not in known:
        raise NoSample(f"no release {release!r}; atlasopenmagic knows {', '.join(known)}")
    try:
        if release and release != atlas.get_current_release():
            atlas.set_release(release)
        found = atlas.get_urls(parts["sample"], skim=parts["skim"] or "noskim", protocol="https", cache=False)
    except ValueError as error:
        raise NoSample(_unknown(" ".join(str(error).split()), parts["sample"], atlas)) from error
    except Exception as error:  # the catalogue is asked over the network, by whatever the package uses
        raise NoSample(f"the catalogue of ATLAS Open Data does not answer: {error}") from error
    if not found:
        raise NoSample("the catalogue lists no files of it")
    return [str(url) for url in found]


def _unknown(why: str, sample: str, atlas: Any) -> str:
    """The package's reason, with the nearest names; `available_datasets` asks nothing of the network by now."""
    try:
        near = difflib.get_close_matches(sample, [str(one) for one in atlas.available_datasets()], n=_MOST_NEAR)
    except Exception:
        near = []
    return f"{why} (nearest: {', '.join(near)})" if near else why


__all__ = ["SCHEME", "NoSample", "urls"]
