"""What lasts as long as the server is not looked through again after every click."""

from __future__ import annotations

import gc


def keep_for_good() -> None:
    """Tell the garbage collection that what is there now stays: modules, vocabulary, the search index.

    Streamlit collects garbage after every click. Through all that the libraries hold that takes a tenth of a second,
    in which nothing is answered. What was kept before is looked through once more, so that little is kept in error.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


__all__ = ["keep_for_good"]
