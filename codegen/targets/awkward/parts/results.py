"""What comes out of a chunk of events, of all of them, and how it is written.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import hashlib
import json
from pathlib import Path

import awkward as ak
import numpy as np

from codegen.targets.awkward.parts.choices import options_taken
from codegen.targets.awkward.parts.example import CUTS, HISTOGRAMS, NOT_APPLIED, OUTPUTS, PROVENANCE, select
from codegen.targets.awkward.parts.files import EVENT_NUMBER, WEIGHTS, CannotRun
from codegen.targets.awkward.parts.flow import Flow
from codegen.targets.awkward.parts.plots import filled, histogram_rows, weights_of


# --- begin ---
def process(events, path, nminus1=False, weighted=False):
    """What comes out of some entries of a file: numbers that can be added up, and the selected events."""
    weights = weights_of(events) if weighted else None
    flow = Flow(events, weights=weights)
    with np.errstate(divide="ignore", invalid="ignore"):  # what is not a number fails every comparison
        kept, quantities = select(events, flow)
        others = selected_without(events, weights) if nminus1 else {}
    entries = flow.rows_left[kept]
    columns = {"index": events.entries[entries].tolist(), "event_number": ak.to_list(events[EVENT_NUMBER][entries])}
    columns |= {name: none_for_nan(quantities[name][kept]) for name in OUTPUTS}
    columns |= {} if weights is None else {"weight": weights[entries].tolist()}
    names, files = ("file", *columns), [str(path)] * len(entries)
    counts = {
        "n_events": len(events),
        "passed": {name: alone for name, (alone, _) in flow.rows.items()},
        "cumulative": {name: left for name, (_, left) in flow.rows.items()},
        "without": {cuts[0]: int(np.sum(found)) for cuts, (found, _, _) in others.items() if len(cuts) == 1},
        "counts": {row["name"]: filled(row, quantities, kept) for row in HISTOGRAMS},
        "selected": [dict(zip(names, row, strict=True)) for row in zip(files, *columns.values(), strict=True)],
    }
    for row in HISTOGRAMS:
        if found := others.get(tuple(row["cuts"])):
            counts["counts"][row["name"] + "_nminus1"] = filled(row, found[1], found[0])
    if weights is not None:
        counts["sum_of_weights"] = float(np.sum(weights))
        counts["weighted_passed"] = {name: alone for name, (alone, _) in flow.weighted.items()}
        counts["weighted_cumulative"] = {name: left for name, (_, left) in flow.weighted.items()}
        counts["weighted_counts"] = {row["name"]: filled(row, quantities, kept, flow.weights) for row in HISTOGRAMS}
        for row in HISTOGRAMS:
            if found := others.get(tuple(row["cuts"])):
                counts["weighted_counts"][row["name"] + "_nminus1"] = filled(row, found[1], found[0], found[2])
    elif weighted:
        counts["without_weights"] = {str(path): len(events)}
    return counts


def selected_without(events, weights):
    """What is selected without each of the cuts, and without all cuts on the quantity of a histogram."""
    found = {}
    for cuts in dict.fromkeys([*((cut.cut,) for cut in CUTS), *(tuple(row["cuts"]) for row in HISTOGRAMS)]):
        if cuts:
            flow = Flow(events, cuts, weights)
            found[cuts] = (*select(events, flow), flow.weights)
    return found


def add(total, part):
    """The sum of what came out of two lots of events."""
    for name, value in part.items():
        if isinstance(value, dict):
            add(total.setdefault(name, {}), value)
        else:
            total[name] = total[name] + value if name in total else value
    return total


def finished(total, paths, failed):
    """All that the program finds out, as `result.json` holds it."""
    if len(failed) == len(paths):
        raise CannotRun("none of the files could be read")
    rows = []
    for cut in CUTS:
        row = {"cut": cut.cut, "name": cut.__name__, "label": cut.label}
        row |= {column: total.get(column, {}).get(cut.__name__, 0) for column in ("passed", "cumulative")}
        for column in ("weighted_passed", "weighted_cumulative"):
            row |= {column: total[column][cut.__name__]} if column in total else {}
        rows.append(row | ({"without": total["without"][cut.cut]} if total.get("without") else {}))
    provenance = PROVENANCE | {"inputs": [str(path) for path in paths], "program_sha256": own_digest()}
    result = {
        "selected": total.get("selected", []),
        "n_events": total.get("n_events", 0),
        "cutflow": rows,
        "histograms": histogram_rows(total),
        "not_applied": NOT_APPLIED,
        "failed": failed,
        "provenance": provenance | {"options": options_taken()},
    }
    if "sum_of_weights" in total or "without_weights" in total:
        result["weights"] = {"branch": WEIGHTS, "sum": total.get("sum_of_weights", 0.0)}
        result["weights"]["files_without"] = list(total.get("without_weights", {}))
    return result


def none_for_nan(values):
    """Numbers as JSON can hold them."""
    missing = np.isnan(values)
    return np.where(missing, None, values).tolist() if missing.any() else values.tolist()


def own_digest():
    """The SHA-256 of this program."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def write(result, folder):
    """`result.json`, and the cutflow for people and for papers."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(as_json(result), encoding="utf-8")
    names = {"passed": "passes alone", "cumulative": "left", "weighted_passed": "passes alone, weighted",
             "weighted_cumulative": "left, weighted", "without": "selected without it"}  # fmt: skip
    names = {key: name for key, name in names.items() if any(key in row for row in result["cutflow"])}
    total = result.get("weights", {}).get("sum", "")
    first = {"passed": result["n_events"], "cumulative": result["n_events"]}
    first |= {"weighted_passed": total, "weighted_cumulative": total}
    table = [["all events", *(first.get(key, "") for key in names)]]
    table += [[row["label"], *(row.get(key, "") for key in names)] for row in result["cutflow"]]
    for item in result["not_applied"]:
        table.append([f"{item['label']} (not applied, {item['class']}: {item['why']})", *[""] * len(names)])
    table = [[f"{cell:.6g}" if isinstance(cell, float) else str(cell) for cell in row] for row in table]
    head = ["cut", *names.values()]
    markdown = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    markdown += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in table]
    (folder / "cutflow.md").write_text("\n".join(markdown) + "\n", encoding="utf-8")
    latex = ["\\begin{tabular}{l" + "r" * (len(head) - 1) + "}", "\\hline", " & ".join(head) + " \\\\", "\\hline"]
    latex += [" & ".join(for_latex(cell) for cell in row) + " \\\\" for row in table]
    latex += ["\\hline", "\\end{tabular}"]
    (folder / "cutflow.tex").write_text("\n".join(latex) + "\n", encoding="utf-8")


def as_json(result):
    """The result as text: some selected events in a line, since they may be many, and the rest indented."""
    rest = json.dumps({name: value for name, value in result.items() if name != "selected"}, indent=1)
    rows = result["selected"]
    selected = ",\n".join(json.dumps(rows[i : i + 10])[1:-1] for i in range(0, len(rows), 10))
    return '{\n"selected": [\n' + selected + "\n]," + rest[1:] + "\n"


def summary(result, folder):
    """What a run says at its end."""
    lines = [f"{len(result['selected'])} of {result['n_events']} events selected; see {folder}/cutflow.md"]
    if result["not_applied"]:
        kinds = [item["class"] for item in result["not_applied"]]
        told = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        lines.append(f"{len(kinds)} requirements of the text are not applied: {told}")
    for path in result.get("weights", {}).get("files_without", []):
        lines.append(f"no simulation weights in {path}: the weighted numbers leave it out")
    return "\n".join(lines)


LATEX = {"\\": r"\textbackslash{}", "<": "$<$", ">": "$>$", "|": "$|$", "η": r"$\eta$", "φ": r"$\phi$", "μ": r"$\mu$",
         "Δ": r"$\Delta$", "ℓ": r"$\ell$", "σ": r"$\sigma$", "θ": r"$\theta$", "≥": r"$\geq$", "≤": r"$\leq$",
         "≠": r"$\neq$", "γ": r"$\gamma$", "τ": r"$\tau$", "–": "--"}  # fmt: skip
LATEX |= {sign: "\\" + sign for sign in "#$%&_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def for_latex(text):
    """Text as LaTeX shows it."""
    return "".join(LATEX.get(sign, sign) for sign in text)
