"""Generate: the basket or a paper's selection as a program, run on a file, with what each cut removes."""

from __future__ import annotations

import streamlit as st

from codegen.errors import ToSettle
from codegen.generate import TARGETS
from codegen.plan.nodes import OpenChoice
from kg.listing import cut_rows
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing import program as draw
from ui.explorer.drawn import Act, drawn
from ui.explorer.escaping import literal
from ui.explorer.exporting import offer
from ui.explorer.screens.choosing import chosen_paper, read_paper
from ui.explorer.screens.running import run_panel
from ui.explorer.views.exports import program_exports, settle_exports
from ui.explorer.views.generate import Compiled, compiled
from ui.explorer.views.sheets import program_sheet, settle_sheet
from ui.reproduction.page.markup import element


def page(store: Store) -> None:
    """Draw the page."""
    paper = read_paper(store, session.asked_for("paper")).id if session.asked_for("paper") else None
    names = [] if paper else session.listed("cuts") or session.basket()
    if not paper and not names:
        drawn(
            element("p", "The basket is empty: pick cuts in Search, in a paper or in a lineage, or compile a paper."),
            "generate-hint",
        )
        chosen_paper(store, "generate-asked", lambda found: session.set_address(paper=found, cuts=None))
        return
    cuts = [store.cut(name) for name in names]
    if not paper:
        session.set_address(cuts=",".join(cut.id.removeprefix("cut:") for cut in cuts))
        drawn(draw.basket(cut_rows(store, cuts)), "generate-basket", _acted)
    target = session.asked_for("target") if session.asked_for("target") in TARGETS else TARGETS[0]
    st.selectbox(
        "Target",
        TARGETS,
        key=session.held("generate-target", target),
        on_change=lambda: session.set_address(target=st.session_state["generate-target"]),
        help="What kind of program to write. Programs of the target awkward run here.",
    )
    without = session.listed("without")
    found = _compiled(
        store, paper, tuple(cut.id for cut in cuts), target, tuple(sorted(_chosen().items())), tuple(without),
        session.key_of(store),
    )  # fmt: skip
    if not isinstance(found, Compiled):
        there = {name: store.cut(name) for question in found for name in question.cuts}
        offer(
            "generate",
            settle_exports(session.opened, found, cut_rows(store, there.values())),
            settle_sheet(found, there),
        )
        drawn(draw.to_settle(found, there), "generate-settle", _acted)
        return
    _choices(found)
    drawn(draw.summary(found), "generate-summary")
    offer("generate", program_exports(session.opened, found), program_sheet(found))
    drawn(draw.beside(found), "generate-program", _acted)
    run_panel(store, found, paper)


@st.cache_resource(max_entries=16, show_spinner="Writing the program")
def _compiled(
    _store: Store,
    paper: str | None,
    cuts: tuple[str, ...],
    target: str,
    choices: tuple[tuple[str, str], ...],
    without: tuple[str, ...],
    key: str,
) -> Compiled | tuple[ToSettle, ...]:
    """The program, written once for each state of the graph."""
    return compiled(_store, paper, cuts, target, dict(choices), without)


def _chosen() -> dict[str, str]:
    """The options that the address names: `choose=NAME:OPTION,…`."""
    pairs = (part.partition(":") for part in session.listed("choose"))
    return {name: option for name, _, option in pairs if name and option}


def _choose(name: str, option: str | None) -> None:
    chosen = _chosen()
    chosen.pop(name, None)
    if option:
        chosen[name] = option
    session.set_address(choose=",".join(f"{name}:{option}" for name, option in chosen.items()))


def _choices(found: Compiled) -> None:
    """A field for each question that the text leaves open, with the options that the program can take."""
    open_ = [choice for choice in found.choices if len(choice.offered) > 1]
    settled = [name for name in _chosen() if name not in {choice.name for choice in found.choices}]
    if not open_ and not settled:
        return
    with st.expander(f"Open choices ({len(open_)})", expanded=bool(_chosen())):
        for choice in open_:
            _choice(choice)
        for name in settled:
            st.button(literal(f"Withdraw {name} = {_chosen()[name]}"), key=f"withdraw-{name}",
                      on_click=_choose, args=(name, None))  # fmt: skip


def _choice(choice: OpenChoice) -> None:
    texts = {option.name: option.text for option in choice.offered}
    key = session.held(f"choice-{choice.name}", choice.taken)

    def taken() -> None:
        _choose(choice.name, str(st.session_state[key]))

    st.selectbox(literal(choice.question), list(texts), key=key, format_func=texts.__getitem__, on_change=taken)


def _acted(act: Act) -> None:
    without = session.listed("without")
    if "drop" in act:
        session.set_address(without=",".join(dict.fromkeys([*without, str(act["drop"])])))
    elif "take" in act:
        session.set_address(without=",".join(name for name in without if name != act["take"]))
    elif isinstance(act.get("choose"), list) and len(act["choose"]) == 2:
        _choose(str(act["choose"][0]), str(act["choose"][1]))
    elif "removes" in act:
        session.set_address(removes=str(act["removes"]))
    else:
        session.act(act)
        if "pick" in act:
            session.set_address(cuts=",".join(session.basket()))


__all__ = ["page"]
