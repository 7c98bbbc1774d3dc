"""The part of the generate view that runs the program on a file and shows what came of it."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from codegen.running import NothingToRun, ProgramFailed
from codegen.running.errors import in_lines
from kg.errors import KgError
from kg.store.base import Store
from ui.explorer import session
from ui.explorer.drawing import result as draw
from ui.explorer.drawing.parts import notice
from ui.explorer.drawn import Act, drawn
from ui.explorer.exporting import buttons
from ui.explorer.views.exports import run_exports
from ui.explorer.views.generate import RUNS, Compiled, compiled
from ui.explorer.views.running import LEVELS, SAMPLES, Ran, kept_upload, pairs, ran, removed_by, sample
from ui.plain import plain
from ui.reproduction.page.markup import Markup, element

_SOURCES = ("bundled sample", "file on this machine", "upload")


def run_panel(store: Store, found: Compiled, paper: str | None) -> None:
    """Choose a file, run, and show the result; the last result stays while the program stays the same."""
    if found.program.target not in RUNS:
        drawn(element("p", f"Programs of the target {found.program.target} are not run here; kg run runs them where "
                      "what they need is installed.", class_="quiet"), "run-not")  # fmt: skip
        return
    with st.expander("Run it", expanded=True):
        try:
            file, shown = _file()
        except KgError as error:
            file, shown = None, ""
            drawn(_failed(error), "run-no-file")
        level = st.selectbox(
            "Confined", LEVELS, key="run-level",
            help="confined: no network and no other files; limits: only memory and time; none: as any program.",
        )  # fmt: skip
        if st.button("Run", key="run", type="primary", disabled=file is None) and file is not None:
            _run(found.program.text, file, shown, level)
    last: tuple[str, Ran | Markup] | None = st.session_state.get("ran")
    if last is None or last[0] != found.program.text:
        return
    if isinstance(last[1], Ran):
        _show(store, found, paper, last[1], level)
    else:
        drawn(last[1], "run-trouble")


def _file() -> tuple[str | None, str]:
    """The file to run on and what it is called; None while none is chosen."""
    left, right = st.columns([1, 2])
    source = left.selectbox("Events", _SOURCES, key="run-source")
    if source == "bundled sample":
        name = right.selectbox("Sample", list(SAMPLES), key="run-sample", format_func=lambda n: SAMPLES[n])
        return str(sample(name)), name
    if source == "upload":
        given = right.file_uploader("A DAOD_PHYSLITE file (ROOT)", key="run-upload")
        if given is None:
            return None, ""
        return _uploaded(given), given.name
    path = right.text_input("Path, or https:// or root:// name", key="run-path", placeholder="/data/DAOD_PHYSLITE.root")
    return (path.strip() or None), path.strip()


def _uploaded(given: UploadedFile) -> str:
    """The upload as a file, kept as long as the visit lasts or until another one is run; raises `NoRoom`."""
    folder = st.session_state.setdefault("uploads", tempfile.TemporaryDirectory(prefix="kg-upload-"))
    file = Path(folder.name) / f"{hashlib.sha256(given.file_id.encode()).hexdigest()}.root"  # the browser made the id
    if not file.exists():
        kept_upload(given.getbuffer(), file, given.name)
        last = st.session_state.get("ran", ("", None))[1]
        for old in Path(folder.name).iterdir():
            if old != file and not (isinstance(last, Ran) and last.path == str(old)):
                old.unlink(missing_ok=True)
    return str(file)


def _run(program: str, file: str, shown: str, level: str) -> None:
    st.session_state.update({"ran": None, "without": {}})
    session.set_address(removes=None)
    with st.spinner("Running the program"):
        try:
            came: Ran | Markup = ran(program, file, shown, level)
        except KgError as error:
            came = _failed(error)
        # before anything is drawn: a click in the meantime ends this drawing there
        st.session_state["ran"] = (program, came)


def _failed(error: KgError) -> Markup:
    """The error as `kg run` shows it: each input with its reason, and the program's last words."""
    lines = [str(error)]
    if isinstance(error, NothingToRun | ProgramFailed) and len(error.failures) > 1:
        lines = in_lines(error.failures)
    said = [element("span", line, class_="bidi") for line in lines]
    words = getattr(error, "stderr", "")
    tail = element("pre", "\n".join(plain(line) for line in words.splitlines()[-30:])) if words else None
    return notice(*said, tail, kind="wrong") if tail is not None else notice(*said, kind="wrong")


def _show(store: Store, found: Compiled, paper: str | None, result: Ran, level: str) -> None:
    chosen = session.asked_for("removes")
    known = {str(one.row["id"]) for one in found.applied}

    def acted(act: Act) -> None:
        if "removes" in act:
            session.set_address(removes=str(act["removes"]))
        elif act.get("compare") in known:
            st.session_state["to-compare"] = act["compare"]

    if (cut := st.session_state.pop("to-compare", None)) is not None:
        _without(store, found, paper, result, level, cut)
    one = removed_by(result, chosen) if chosen in known else None
    other: Ran | None = st.session_state.get("without", {}).get(chosen)
    drawn(draw.cutflow(result, known, one, other is not None), "run-cutflow", acted)
    over = "the same without the chosen cut" if other is not None else "the same without the requirements on it (N−1)"
    plots = draw.histograms(pairs(result, other), over)
    if plots is not None:
        drawn(plots, "run-plots")
    buttons("run", run_exports(result))


def _without(store: Store, found: Compiled, paper: str | None, result: Ran, level: str, cut: str) -> None:
    """The program without one cut, run on the same file."""
    names = [str(one.row["id"]) for one in found.applied]
    taken = {choice.name: choice.taken for choice in found.choices if choice.taken != choice.default}
    try:
        with st.spinner("Running the program without this cut"):
            left = [*session.listed("without"), cut]
            made = compiled(store, paper, names, found.program.target, taken, left)
            if not isinstance(made, Compiled):
                return
            st.session_state["without"] = {cut: ran(made.program.text, result.path, result.file, level, nminus1=False)}
    except KgError as error:
        drawn(_failed(error), "run-without-trouble")


__all__ = ["run_panel"]
