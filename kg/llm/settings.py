"""Which model is asked, and how: declared once, with the environment's names for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import platformdirs

from kg.llm.errors import NoModel

Number = TypeVar("Number", int, float)


def default_cache() -> Path:
    """Where replies are kept: "replies" in `KG_CACHE`, or in the user's cache folder for CutGraph."""
    return Path(os.environ.get("KG_CACHE") or platformdirs.user_cache_dir("cutgraph")) / "replies"


@dataclass(frozen=True)
class ModelSettings:
    """A model and how it is asked. Times are seconds, prices those of a million tokens in any one currency.

    `url` is the base URL of an OpenAI-compatible server, with its "/v1"; "" where `model` is a GGUF file that is
    run in this process. `window` counts tokens of request and reply together, for a model in this process.
    `budget` is the most tokens that may be used in all, None for no limit; `cache` None keeps no replies.
    """

    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    concurrency: int = 8
    temperature: float = 0.0
    seed: int | None = None
    attempts: int = 4
    longest_wait: float = 120.0
    budget: int | None = None
    price_in: float | None = None
    price_out: float | None = None
    window: int = 8192
    cache: Path | None = field(default_factory=default_cache)

    @property
    def in_process(self) -> bool:
        """Whether the model is a file that is run in this process."""
        return not self.url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ModelSettings:
        """The model of `KG_LLM_URL` and `KG_LLM_MODEL`, or the GGUF file that `KG_LLM_MODEL` alone names.

        Further: `KG_LLM_KEY`, `KG_LLM_TIMEOUT`, `KG_LLM_CONCURRENCY`, `KG_LLM_TEMPERATURE`, `KG_LLM_SEED`,
        `KG_LLM_BUDGET`, `KG_LLM_PRICE_IN`, `KG_LLM_PRICE_OUT`, `KG_LLM_WINDOW`. Raises `NoModel` for what is missing
        or no number.
        """
        url, model = environment.get("KG_LLM_URL", "").strip().rstrip("/"), environment.get("KG_LLM_MODEL", "").strip()
        if not model or not (url or model.endswith(".gguf")):
            missing = "KG_LLM_MODEL" if not model else "KG_LLM_URL"
            why = (
                f"{missing} is not set; for a local server KG_LLM_URL=http://localhost:8000/v1 and KG_LLM_MODEL the "
                "model's name, or KG_LLM_MODEL alone the path of a .gguf file"
            )
            raise NoModel("no model is set up", why=why)
        if url and urlsplit(url).scheme not in ("http", "https"):
            raise NoModel("no model is set up", why=f"KG_LLM_URL is {url!r}, which is no http address")

        def number(name: str, kind: Callable[[str], Number], least: Number) -> Number | None:
            text = environment.get(f"KG_LLM_{name}", "").strip()
            if not text:
                return None
            try:
                value = kind(text)
            except ValueError:
                value = None
            if value is None or not least <= value < float("inf"):
                raise NoModel("no model is set up", why=f"KG_LLM_{name} is {text!r}; expected a number from {least}")
            return value

        chosen: dict[str, float | int | None] = {
            "timeout": number("TIMEOUT", float, 0.01),
            "concurrency": number("CONCURRENCY", int, 1),
            "temperature": number("TEMPERATURE", float, 0.0),
            "seed": number("SEED", int, 0),
            "budget": number("BUDGET", int, 1),
            "price_in": number("PRICE_IN", float, 0.0),
            "price_out": number("PRICE_OUT", float, 0.0),
            "window": number("WINDOW", int, 512),
        }
        cache = Path(environment["KG_CACHE"]) / "replies" if environment.get("KG_CACHE") else default_cache()
        given = {name: value for name, value in chosen.items() if value is not None}
        return cls(model, url, environment.get("KG_LLM_KEY", ""), cache=cache, **given)  # type: ignore[arg-type]


__all__ = ["ModelSettings", "default_cache"]
