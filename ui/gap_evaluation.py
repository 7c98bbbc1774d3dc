"""`kg eval codegen --model`: cuts handed to a language model one at a time, and the events that come of its masks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import KgError
from ui.codegen_evaluation import outcome_of
from ui.guard import say
from ui.opened import opened_store, read_paper_in
from ui.plain import plain
from ui.screen import show, show_json, table, words

STATES = ("exactly matched", "not matched", "failed")


def show_gaps_measured(
    paper: str,
    events: Path,
    wanted: Mapping[int, float | None],
    choices: Mapping[str, str],
    without: Sequence[str],
    name: str,
    cuts: Sequence[str],
    temperature: float,
    runs: int,
    form: str,
) -> None:
    """Every cut on objects (or those of `cuts`) filled in every run, and a table of what came of it.

    Raises what `generate` raises, `NoModel`, `ModelUnavailable`, and `InvalidChoice` where no such cut is compiled.
    """
    from codegen.errors import InvalidChoice
    from codegen.filling.fill import fill
    from codegen.filling.gap import as_gaps
    from codegen.filling.trying import Grounds
    from codegen.generate import RELEASE, generate
    from kg.llm.opened import opened_model
    from kg.llm.settings import ModelSettings
    from ui.gap_filling import branches_for

    settings = replace(ModelSettings.from_environment({**os.environ, "KG_LLM_MODEL": name}), temperature=temperature)
    grounds = Grounds.of_release(RELEASE)
    rows: list[tuple[str, int, str, str]] = []
    with opened_store() as store:
        paper_id = read_paper_in(store, paper).id
        report = generate(store, paper_id, choices=choices, without=without).report
        found = as_gaps(report, cuts)
        if not found:
            raise InvalidChoice("no compiled cut on objects to be handed to the model", where=paper_id)
        for seed in range(1, runs + 1):
            model = opened_model(replace(settings, seed=seed))
            for gaps in found:
                done = fill(gaps, model, lambda gap: branches_for(gap, RELEASE), grounds, RELEASE)
                label = gaps[0].stated.label
                if done.refused:
                    state, detail = "failed", next(iter(done.refused.values()))
                else:
                    written = done.masks
                    try:
                        text = generate(store, paper_id, choices=choices, without=without, written=written).text
                        state, detail, _ = outcome_of(text, events, dict(wanted))
                    except KgError as error:
                        state, detail = "failed", str(error)
                rows.append((label, seed, state, detail))
                say(plain(f"seed {seed}: {label}: {state}"))
    counts = Counter(state for _, _, state, _ in rows)
    if form == "json":
        outcomes = [{"cut": c, "seed": s, "state": state, "detail": d} for c, s, state, d in rows]
        numbers = {state.replace(" ", "_"): counts[state] for state in STATES}
        show_json({"model": name, "temperature": temperature, "runs": runs, "cuts": len(found), **numbers,
                   "outcomes": outcomes})  # fmt: skip
        return
    by_cut = {label: Counter(state for cut, _, state, _ in rows if cut == label) for label, *_ in rows}
    show(
        table(
            ("cut", *STATES),
            [(label, *(str(count[state]) for state in STATES)) for label, count in by_cut.items()],
            right=STATES,
        )
    )
    show("", words(f"{name}: " + ", ".join(f"{counts[state]} {state}" for state in STATES), "bold"))


__all__ = ["show_gaps_measured"]
