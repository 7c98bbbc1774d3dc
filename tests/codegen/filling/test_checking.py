"""What a mask that a model wrote may be made of."""

from __future__ import annotations

import pytest

from codegen.filling.checking import Refused, branches_of_mask

KNOWN = ["AnalysisMuonsAuxDyn.pt", "AnalysisMuonsAuxDyn.ptcone30", "AnalysisMuonsAuxDyn.eta"]


def body(*lines):
    return "def mask(events):\n" + "".join(f"    {line}\n" for line in lines)


@pytest.mark.parametrize(
    ("lines", "branches"),
    [
        (['return events["AnalysisMuonsAuxDyn.pt"] > 5e3'], KNOWN[:1]),
        (
            [
                'pt = events["AnalysisMuonsAuxDyn.pt"]',
                'cone = events["AnalysisMuonsAuxDyn.ptcone30"]',
                "return (cone / pt < 0.15) & (np.abs(pt) > 0)",
            ],
            KNOWN[:2],
        ),
        (['return ak.any(events["AnalysisMuonsAuxDyn.pt"] > 2.6e4, axis=1)'], KNOWN[:1]),
        (['return ak.num(events["AnalysisMuonsAuxDyn.pt"][events["AnalysisMuonsAuxDyn.eta"] < 2]) >= 2'], None),
    ],
)
def test_arithmetic_on_branches_is_allowed(lines, branches):
    assert branches_of_mask(body(*lines), KNOWN) == tuple(sorted(branches or [KNOWN[0], KNOWN[2]]))


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (body("import os", "return os.getcwd()"), "Import is not allowed"),
        (body("return __import__('os').getcwd()"), "getcwd is not allowed"),
        (body("return open('/etc/passwd')"), "open"),
        (body("return events.__class__"), "__class__"),
        (body("return np.load('x')"), "np.load is not allowed"),
        (body("return np.lib.format.open_memmap('x')"), "open_memmap is not allowed"),
        (body('return events["AnalysisMuonsAuxDyn.pt"].tofile("x")'), "tofile"),
        (body("for x in range(9):", "    pass", "return x"), "For is not allowed"),
        (body("while True:", "    pass"), "While is not allowed"),
        (body("return [x for x in events]"), "ListComp"),
        (body("return (lambda: 1)()"), "Lambda"),
        (body("events = 3", "return events"), "another meaning"),
        (body("np = 3", "return np"), "another meaning"),
        (body("name = 'AnalysisMuonsAuxDyn.pt'", "return events[name]"), "branch by name"),
        (body("return ak.num(events)"), "otherwise than"),
        (body("return np.ones_like(3) > 1"), "no branch"),
        ("mask = lambda events: 1", "one function named mask"),
        (body("return 1") + "print(3)\n", "one function named mask"),
        ("def mask(events, more=open('x')):\n    return 1\n", "one argument"),
        ("def mask(*events):\n    return 1\n", "one argument"),
        ("@print\ndef mask(events):\n    return 1\n", "decorator"),
        ("here is the function", "not a Python function"),
        (body(*["x = 1"] * 900), "characters"),
    ],
)
def test_anything_else_is_refused_with_the_reason(code, told):
    with pytest.raises(Refused, match=told):
        branches_of_mask(code, KNOWN)


def test_an_unknown_branch_is_refused_with_the_nearest():
    with pytest.raises(Refused, match=r"no branch AnalysisMuonsAuxDyn\.ptcone20") as error:
        branches_of_mask(body('return events["AnalysisMuonsAuxDyn.ptcone20"] < 1'), KNOWN)
    assert "nearest: AnalysisMuonsAuxDyn.ptcone30" in str(error.value)
