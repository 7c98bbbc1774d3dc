"""Files: finding the tree, looking whether all branches are there, compiling what reads them.

The text of programs, which physicists read: without annotations, as analysis scripts are. A program holds what follows
the line "begin".
"""

# mypy: ignore-errors
from __future__ import annotations

import difflib
import functools
import re
import warnings

from codegen.targets.rdataframe.parts.example import BRANCHES, EVENT_LOOP, LINK_LISTS, READERS, SELECTION

# --- begin ---
EVENT_NUMBER = "EventInfoAuxDyn.eventNumber"
OTHER_NAMES = {EVENT_NUMBER: "EventInfoAux.eventNumber"}  # release 21
TREES = ("CollectionTree", "EventData")
NUMBER = (
    r"(?:(?:unsigned |signed )?(?:char|short|int|long long|long)|unsigned|float|double|bool"
    r"|std::u?int(?:8|16|32|64)_t|U?(?:Char|Short|Int|Long|Long64)_t|Float_t|Double_t|Bool_t)"
)
LINKS = "ROOT::VecOps::RVec<vector<ElementLink<DataVector<xAOD::TrackParticle_v1> > >>"
KNOWN_TYPES = re.compile(
    rf"{NUMBER}|ROOT::VecOps::RVec<(?:{NUMBER}|(?:std::vector|vector|ROOT::VecOps::RVec)<{NUMBER} ?>)>"
)

# Links to tracks, as a TTree holds them, for a ROOT that has no dictionaries of ATLAS.
LINK_CLASSES = """
#include <TCollectionProxyInfo.h>

template <class T> class DataVector;
namespace xAOD { class TrackParticle_v1; }
struct ElementLinkBase { unsigned int m_persKey = 0, m_persIndex = 0; };
template <class T> struct ElementLink : ElementLinkBase {};

namespace selection {

template <class Vector>
void make_known(const char *name) {
  using ROOT::Detail::TCollectionProxyInfo;
  using Filled = TCollectionProxyInfo::Pushback<Vector>;
  TClass::GetClass(name)->SetCollectionProxy(*TCollectionProxyInfo::Generate(Filled()));
}

void make_links_known() {
  using Links = std::vector<ElementLink<DataVector<xAOD::TrackParticle_v1>>>;
  make_known<Links>("vector<ElementLink<DataVector<xAOD::TrackParticle_v1> > >");
  make_known<std::vector<Links>>("vector<vector<ElementLink<DataVector<xAOD::TrackParticle_v1> > > >");
}

}  // namespace selection
"""

# A file as a data frame.
FRAME = """
#include <ROOT/RDataFrame.hxx>

namespace selection {

ROOT::RDF::RNode open(const std::string &tree, const std::string &path) { return ROOT::RDataFrame(tree, path); }

std::vector<std::string> column_names(ROOT::RDF::RNode events) { return events.GetColumnNames(); }

std::string column_type(ROOT::RDF::RNode events, const std::string &name) { return events.GetColumnType(name); }

}  // namespace selection
"""

# Compiled only where it is asked for.
LIMIT = """
namespace selection {

ROOT::RDF::RNode first(ROOT::RDF::RNode events, unsigned int number) { return events.Range(number); }

}  // namespace selection
"""

# What ROOT says while it reads: its errors are those of the file, and not printed.
MESSAGES = """
#include <TError.h>

namespace selection {

std::vector<std::string> messages;

void note_message(int level, bool, const char *where, const char *what) {
  if (level >= kError) messages.push_back(std::string(where) + ": " + what);
}

void note_messages() {
  messages.clear();
  SetErrorHandler(note_message);
}

}  // namespace selection
"""


class CannotRun(Exception):
    """A file that this program cannot read; the message says which and why."""


@functools.cache
def root():
    """ROOT, with the selection compiled."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its wheel warns that it is young
            import ROOT
    except ImportError as error:
        raise CannotRun(f"this program needs ROOT with PyROOT (https://root.cern): {error}") from None
    ROOT.PyConfig.IgnoreCommandLineOptions = True
    ROOT.gROOT.SetBatch(True)
    ROOT.gSystem.Load("libROOTDataFrame")
    for code in (SELECTION, FRAME, MESSAGES, *([LINK_CLASSES] if LINK_LISTS else [])):
        if not ROOT.gInterpreter.Declare(f"#pragma cling optimize(2)\n{code}"):
            raise CannotRun("ROOT cannot compile the selection")
    if LINK_LISTS:
        ROOT.selection.make_links_known()
    ROOT.selection.note_messages()
    return ROOT


def open_tree(path):
    """The events of a file, what it calls each column that is needed, and the types of these."""
    selection = root().selection
    try:
        file = root().TFile.Open(str(path))
        there = [str(key.GetName()) for key in file.GetListOfKeys()]
    except Exception as error:
        raise CannotRun(f"cannot open {path}: {said() or first_line(error)}") from None
    tree = next((name for name in TREES if name in there), None)
    if tree is None:
        raise CannotRun(f"no events in {path}: it has none of {', '.join(TREES)}, but {', '.join(there) or 'nothing'}")
    try:
        events = selection.open(tree, str(path))
        stored = {}
        for column in map(str, selection.column_names(events)):
            stored.setdefault(column.replace(":", ".", 1).replace(".:_0.", "."), column)
    except Exception as error:
        raise CannotRun(f"cannot open {path}: {said() or first_line(error)}") from None
    missing = [branch for branch in BRANCHES if not set(columns_of(branch, stored).values()) <= set(stored)]
    if missing:
        lines = [f"{path} does not have the branches that this selection needs:"]
        for branch in missing:
            near = difflib.get_close_matches(branch, stored, n=3, cutoff=0.6)
            lines.append(f"  {branch}" + (f" (nearest: {', '.join(near)})" if near else ""))
        raise CannotRun("\n".join(lines))
    names = {name: stored[c] for branch in BRANCHES for name, c in columns_of(branch, stored).items()}
    return events, names, {name: type_of(events, column, path) for name, column in names.items()}


def columns_of(branch, stored):
    """The columns that stand for a branch, by the names that the C++ code has for them."""
    if branch == EVENT_NUMBER:
        return {"event_number_type": branch if branch in stored else OTHER_NAMES[branch]}
    if branch not in LINK_LISTS:
        return {safe(branch): branch}
    members = [f"{branch}.m_persKey", f"{branch}.m_persIndex"]
    if branch in stored:  # a TTree holds links as objects, an RNTuple their keys and indices
        return dict.fromkeys(map(safe, members), branch)
    return {safe(member): member for member in members}


def safe(branch):
    """The name of a branch as the C++ code has it."""
    return re.sub(r"\W", "_", branch)


def type_of(events, column, path):
    """The type of a column. What stands in a file is compiled only if it is the type of a number, a list or a link."""
    found = str(root().selection.column_type(events, column))
    if found == LINKS:
        return "ROOT::RVec<std::vector<ElementLink<DataVector<xAOD::TrackParticle_v1>>>>"
    if not KNOWN_TYPES.fullmatch(found):
        raise CannotRun(f"cannot read {column} of {path}: it is of the type {found[:200]}")
    return re.sub(r"(?<![\w:])vector<", "std::vector<", found)


@functools.cache
def limit():
    """The function that takes only the first events."""
    root().gInterpreter.Declare(LIMIT)
    return root().selection.first


@functools.cache
def reading(types):
    """The function that runs over a file, compiled for these types of its columns."""
    name = f"types_{reading.cache_info().misses}"
    compile_cpp("\n".join(f"using {alias} = {kind};" for alias, kind in types), name)
    compile_cpp(READERS, name)
    compile_cpp(EVENT_LOOP, name, optimize=0)  # most of it is ROOT's, and takes longer to optimize than to run
    return getattr(root().selection, name).run


def compile_cpp(code, namespace, optimize=2):
    """Compiles C++ within a namespace of the selection."""
    text = f"#pragma cling optimize({optimize})\nnamespace selection::{namespace} {{\n{code}\n}}"
    if not root().gInterpreter.Declare(text):
        raise CannotRun("ROOT cannot compile what reads the branches")


def first_line(error):
    """What an error of ROOT says, without the functions that it went through."""
    return str(error).split("=>")[-1].strip().split("\n")[0]


def said():
    """The errors that ROOT has reported since this was last asked, each once."""
    messages = root().selection.messages
    found = list(dict.fromkeys(map(str, messages)))
    messages.clear()
    return "; ".join(found[:3])
