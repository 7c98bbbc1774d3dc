"""The run: over which files, how it was confined, with which versions, what was checked, how to do it again."""

from __future__ import annotations

import shlex
from importlib.metadata import PackageNotFoundError, version

from ui.reproduction.page.markup import Child, Markup, element
from ui.reproduction.page.told import Told
from ui.reproduction.page.words import section, table

_LEVELS = {
    "confined": "Confined: no network, no file but the inputs and the result folder; limits on memory and time.",
    "limits": "Limits on memory, time and processes only; the network and other files were within reach.",
    "none": "Not confined at all.",
}


def running(told: Told) -> Markup:
    """The section on the run."""
    return section("run", "Run", _files(told), _failed(told), _facts(told), _checks(told))


def repeating(told: Told) -> Markup:
    """The section with the commands that repeat it, in one and in its steps."""
    request = told.request
    paper, files = shlex.quote(request["paper"]), " ".join(map(shlex.quote, request["files"]))
    reading = ["--depth", str(request["depth"])]
    reading += ["--library", shlex.quote(request["library"])] if request["library"] else []
    reading += ["--offline"] if request["offline"] else []
    settled = [f"--choose {shlex.quote(f'{name}={option}')}" for name, option in request["choices"].items()]
    settled += [f"--without {shlex.quote(name)}" for name in request["without"]]
    ran = [f"--events {request['events']}"] if request["events"] else []
    ran += [f"--confine {request['confine']}"] if request["confine"] != "confined" else []
    stored = shlex.quote(told.cuts["paper"])
    whole = _line("kg reproduce", paper, files, *reading, *settled, *ran, "-o reproduced")
    steps = [
        _line("kg ingest", paper, *reading),
        _line("kg generate", stored, *settled, "-o selection.py"),
        _line("kg run", "selection.py", files, "--nminus1", *ran, "-o run"),
    ]
    alone = _line(
        "python", "selection.py", files, "-o result", f"--events {request['events']}" if request["events"] else ""
    )
    return section(
        "repeat",
        "Do it again",
        element("p", "All in one:"),
        element("pre", element("code", whole), class_="command"),
        element("p", "Step by step:"),
        element("pre", element("code", "\n".join(steps)), class_="command"),
        element("p", "The program alone, without CutGraph (it needs Python with uproot, awkward and numpy):"),
        element("pre", element("code", alone), class_="command"),
        element(
            "p",
            "The program is ",
            element("code", "selection.py"),
            ", SHA-256 ",
            element("code", told.program_sha256, class_="hash"),
            "; its text is at the end of this page.",
        ),
    )


def own_version() -> str:
    """The version of CutGraph, "" where it is not installed."""
    try:
        return version("cutgraph")
    except PackageNotFoundError:
        return ""


def _line(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _files(told: Told) -> Markup:
    known = {file.name: file for file in told.files}
    rows: list[list[Markup | str]] = []
    for row in told.result["provenance"].get("inputs", []):
        file = known.get(row["file"])
        digest: Markup | str = "not taken: the file came over the network"
        if file is not None and file.sha256:
            digest = element("code", file.sha256, class_="hash")
        read = str(row["events_read"])
        read += f" of {row['events']}" if row["events_read"] != row["events"] else ""
        rows.append([element("code", row["file"]), row["kind"], read, f"{row['bytes']:,}", digest])
    headings = [("file", "name path"), ("kind", ""), ("events read", "number"), ("bytes", "number"), ("SHA-256", "")]
    return table("Files that were run over", headings, rows)


def _failed(told: Told) -> Markup | None:
    failed = told.result["provenance"].get("failed", [])
    if not failed:
        return None
    rows = [[element("code", row["file"]), row["why"]] for row in failed]
    return table("Inputs that could not be run", [("input", "name path"), ("why", "")], rows)


def _facts(told: Told) -> Markup:
    provenance = told.result["provenance"]
    confinement = provenance["confinement"]
    versions = {"CutGraph": own_version(), **provenance.get("versions", {})}
    facts: list[tuple[str, Child]] = [
        (
            "How the program was confined",
            [
                _LEVELS.get(confinement["level"], confinement["level"]),
                f" By: {', '.join(confinement['mechanisms'])}." if confinement["mechanisms"] else "",
            ],
        ),
        ("Versions", ", ".join(f"{name} {number}" for name, number in versions.items() if number)),
        ("Form of the files", told.cuts["release"]),
    ]
    if confinement["attempts"]:
        facts.insert(1, ("What it tried all the same", "; ".join(confinement["attempts"])))
    if provenance.get("events_asked_for"):
        facts.append(("Events asked for", str(provenance["events_asked_for"])))
    return element("dl", (element("div", element("dt", n), element("dd", v)) for n, v in facts), class_="facts")


def _checks(told: Told) -> Markup:
    rows = [
        [
            check.statement,
            element("span", "holds" if check.holds else "DOES NOT HOLD", class_="holds" if check.holds else "fails"),
            check.found,
        ]
        for check in told.checks
    ]
    return table("Checks", [("what should hold", "name"), ("does it?", ""), ("found", "")], rows)


__all__ = ["own_version", "repeating", "running"]
