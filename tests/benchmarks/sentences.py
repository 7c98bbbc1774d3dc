"""How well the rules reader reads the made-up sentences of `tests/ingest/reading/sentences.toml`.

Run from the repository: `PYTHONPATH=. python tests/benchmarks/sentences.py [--quiet] [--gaps]`. For the part "tests" it
prints every case that goes wrong; for the part "held" nothing but numbers, so that nobody tunes the reader to it.
`--quiet` leaves the cases out; `--gaps` takes what is read right by now out of `gaps.toml`. It never adds to the list:
a case of "tests" that fails and is not in the list is a regression, and the exit status is 1.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ingest.reading.proposal import Proposal
from kg.records import json_value
from tests.ingest.reading.sentence_cases import HERE, Case, Row, Score, cases, known_gaps, proposals_of, score

Scored = tuple[Case, list[Proposal], Score]


def main(arguments: Sequence[str]) -> int:
    """Prints the figures of both parts; exit status 1 where a case of "tests" fails that is no known gap."""
    regressions: list[int] = []
    for part in ("tests", "held"):
        scored = [(c, p, score(c, p)) for c in cases() if c.part == part for p in [proposals_of(c)]]
        wrong = [(case, proposals) for case, proposals, s in scored if not s.perfect]
        print(f"== {part}: {len(scored)} sentences ==")
        _print_table(scored)
        if part == "tests":
            for case, proposals in () if "--quiet" in arguments else wrong:
                _print_case(case, proposals)
            gaps = known_gaps()
            regressions = [case.index for case, _ in wrong if case.index not in gaps]
            if "--gaps" in arguments:
                _write_gaps([case for case, _ in wrong if case.index in gaps])
    if regressions:
        print(f"failing without being a known gap: {', '.join(map(str, regressions))}")
    return 1 if regressions else 0


def _print_table(scored: list[Scored]) -> None:
    print(f"{'kind':32} {'right':>9} {'recall':>15} {'precision':>15} {'conditions':>11}")
    for kind in dict.fromkeys(case.kind for case, _, _ in scored):
        _print_row(kind, [s for case, _, s in scored if case.kind == kind])
    _print_row("all that state cuts", [s for case, _, s in scored if case.readings[0]])
    _print_row("all that state none", [s for case, _, s in scored if not case.readings[0]])
    _print_row("all", [s for _, _, s in scored])
    print()


def _print_row(name: str, scores: list[Score]) -> None:
    perfect = sum(1 for s in scores if s.perfect)
    wanted, found = sum(s.wanted for s in scores), sum(s.found for s in scores)
    read, right = sum(s.read for s in scores), sum(s.right for s in scores)
    conditions, carried = sum(s.conditions for s in scores), sum(s.conditions_right for s in scores)
    print(
        f"{name:32} {f'{perfect}/{len(scores)}':>9} {_share(found, wanted):>15} {_share(right, read):>15} "
        f"{f'{carried}/{conditions}' if conditions else '':>11}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.3f}" if whole else "-"


def _print_case(case: Case, proposals: list[Proposal]) -> None:
    print(f"[{case.index}] {case.kind} | {case.section}" + (f" | after: {case.previous}" if case.previous else ""))
    print(f"    {case.text}")
    print("    expected: " + ("; ".join(map(_expected, case.readings[0])) or "nothing"))
    print("    read:     " + ("; ".join(map(_read, proposals)) or "nothing"))


def _expected(row: Row) -> str:
    marks = "".join(f"{name} " for name in ("veto", "optional", "bare") if row.get(name))
    when = f" [{row['applies_when']}]" if "applies_when" in row else ""
    cut = f"{row['object']} {row['variable']} {row['op']} {row['value']} {row.get('unit', '')}".rstrip()
    return f"{marks}{cut}{when}" + "".join(f" or {_expected(other)}" for other in row.get("or", ()))


def _read(proposal: Proposal) -> str:
    when = f" [{proposal.applies_when}]" if proposal.applies_when else ""
    doubt = " (in doubt)" if proposal.reason else ""
    cut = f"{proposal.object} {proposal.variable} {proposal.op} {json_value(proposal.value)} {proposal.unit}".rstrip()
    return f"{'veto ' if proposal.veto else ''}{cut}{when}{doubt}"


def _write_gaps(wrong: list[Case]) -> None:
    head = (
        "# Cases of sentences.toml, by their position from 0, that the rules reader gets wrong today. The test fails\n"
        "# when one of them is read right, so that the list only shrinks; it leaves the list with\n"
        "# `python tests/benchmarks/sentences.py --gaps`.\n"
    )
    rows = "".join(f"  {case.index}, # {case.kind}: {case.text[:60].rstrip()}\n" for case in wrong)
    (HERE / "gaps.toml").write_text(f"{head}known_gaps = [\n{rows}]\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
