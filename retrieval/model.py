"""The language model behind `KG_LLM_URL` and `KG_LLM_MODEL`: any OpenAI-compatible server, through llama-index."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from retrieval.answer import NoModelAnswer

_PATIENCE_S = 60.0


class ServedModel:
    """A `retrieval.answer.Model` at `url` (such as http://localhost:8000/v1); the key is optional and never shown.

    Raises `NoModelAnswer` where the extra `llm` is not installed.
    """

    def __init__(self, url: str, model: str, key: str = "", patience: float = _PATIENCE_S) -> None:
        try:
            from llama_index.llms.openai_like import OpenAILike
        except ImportError as error:
            why = f"{error.name} is missing; `pip install 'cutgraph[llm]'` brings it"
            raise NoModelAnswer("no model can be asked", why=why) from error
        self.url = url
        self._model: Any = OpenAILike(
            model=model,
            api_base=url,
            api_key=key or "none",
            is_chat_model=True,
            temperature=0.0,
            timeout=patience,
            max_retries=1,
            max_tokens=400,
        )

    def reply(self, instructions: str, text: str, schema: Mapping[str, Any]) -> str:
        """See `Model.reply`."""
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        messages = [
            ChatMessage(role=MessageRole.SYSTEM, content=instructions),
            ChatMessage(role=MessageRole.USER, content=text),
        ]
        form = {"type": "json_schema", "json_schema": {"name": "answer", "schema": dict(schema), "strict": True}}
        try:
            answer = self._model.chat(messages, response_format=form)
        except Exception as error:  # the client raises errors of several libraries
            why = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"
            raise NoModelAnswer("the model does not answer", where=self.url, why=why) from error
        return str(answer.message.content or "")


def model_of_environment() -> ServedModel:
    """The model of `KG_LLM_URL`, `KG_LLM_MODEL` and `KG_LLM_KEY`; raises `NoModelAnswer` where none is named."""
    url, model = os.environ.get("KG_LLM_URL", ""), os.environ.get("KG_LLM_MODEL", "")
    if not url or not model:
        missing = "KG_LLM_URL" if not url else "KG_LLM_MODEL"
        why = f"{missing} is not set; for a local server KG_LLM_URL=http://localhost:8000/v1 and its model's name"
        raise NoModelAnswer("no model is set up", why=why)
    return ServedModel(url, model, os.environ.get("KG_LLM_KEY", ""))


__all__ = ["ServedModel", "model_of_environment"]
