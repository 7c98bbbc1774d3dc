"""Reference lists as LaTeX has them: thebibliography, biblatex, BibTeX."""

from pathlib import Path

from ingest.documents.bibliography.bbl import biblatex_references, is_biblatex, printed_references
from ingest.documents.bibliography.bibtex import cited_references
from ingest.documents.tex.tokens import tokens_of

BIBITEMS = r"""
\bibitem{higgs} ATLAS Collaboration, \emph{Observation of a new particle},
\href{https://doi.org/10.1016/j.physletb.2012.08.020}{Phys.\ Lett.\ B \textbf{716} (2012) 1},
\href{http://arxiv.org/abs/1207.7214}{{\tt arXiv:1207.7214}}.
\bibitem[Agostinelli(2003)]{geant} S.~Agostinelli {\em et~al.}, Nucl.\ Instrum.\ Meth.\ A {\bf 506} (2003) 250.
\bibitem{two} G.~Aad, \eprint{1705.00001}; G.~Aad, \eprint{hep-ex/0601001}.
"""


def test_printed_entries_are_numbered_and_keep_their_links() -> None:
    references, numbers = printed_references(tokens_of(BIBITEMS))
    assert numbers == {"higgs": 1, "geant": 2, "two": 3}
    assert (references[0].arxiv_id, references[0].doi) == ("1207.7214", "10.1016/j.physletb.2012.08.020")
    assert (
        references[0].text
        == "ATLAS Collaboration, Observation of a new particle, Phys. Lett. B 716 (2012) 1, arXiv:1207.7214."
    )
    assert references[1].text == "S. Agostinelli et al., Nucl. Instrum. Meth. A 506 (2003) 250."
    assert [(r.label, r.arxiv_id) for r in references[2:]] == [("3", "1705.00001"), ("3", "hep-ex/0601001")]


def test_keys_that_mciteplus_joins_share_a_number() -> None:
    _, numbers = printed_references(tokens_of(r"\bibitem{a} A.\EndOfBibitem \bibitem{*b} B. \bibitem{c} C."))
    assert numbers == {"a": 1, "b": 1, "c": 2}
    _, numbers = printed_references(tokens_of(r"\bibitem{a} A. \bibitem{b} B. \bibitem{c} C."), frozenset("b"))
    assert numbers == {"a": 1, "b": 1, "c": 2}


BIBLATEX = r"""
\entry{TRIG-2018}{article}{}
  \name{author}{1}{}{{{hash=1}{family={{ATLAS Collaboration}},familyi={A\bibinitperiod}}}}
  \field{eprintclass}{hep-ex}
  \field{eprinttype}{arxiv}
  \field{journaltitle}{Eur. Phys. J. C}
  \field{title}{Performance of electron and photon triggers in {ATLAS} during {LHC} {Run~2}}
  \field{volume}{80}
  \field{year}{2020}
  \verb{doi}
  \verb 10.1140/epjc/s10052-019-7500-2
  \endverb
  \verb{eprint}
  \verb 1909.00761
  \endverb
\endentry
\entry{book}{book}{}
  \field{title}{A book}
\endentry
\enddatalist
"""


def test_biblatex_entries() -> None:
    assert is_biblatex(BIBLATEX)
    references, numbers = biblatex_references(BIBLATEX)
    assert numbers == {"TRIG-2018": 1, "book": 2}
    assert references[0].arxiv_id == "1909.00761"
    assert references[0].doi == "10.1140/epjc/s10052-019-7500-2"
    assert references[0].title == "Performance of electron and photon triggers in ATLAS during LHC Run 2"


BIBTEX = r"""
@string{plb = "Phys. Lett. B"}
@Article{HIGG-2012, Author = "{ATLAS Collaboration}", title = {{Observation of a new particle at $\sqrt{s}=7$ TeV}},
  journal = plb, eprint = "1207.7214", archivePrefix = "arXiv", doi="10.1016/j.physletb.2012.08.020", year = {2012},
  reportNumber = {CERN-PH-EP-2012-218}}
@booklet{conf, title = "b-tagging", howpublished = {ATLAS-CONF-2016-012}, url = {https://cds.cern.ch/record/1}}
@article{broken, title = {no end
@article{never cited, title={x}}
"""


def test_bibtex_entries_are_numbered_as_cited() -> None:
    warnings: list[str] = []
    references, numbers = cited_references([BIBTEX], ["conf", "HIGG-2012", "conf", "gone"], warnings, str)
    assert numbers == {"conf": 1, "HIGG-2012": 2, "gone": 3}
    assert references[0].report_number == "ATLAS-CONF-2016-012"
    assert (references[1].arxiv_id, references[1].doi) == ("1207.7214", "10.1016/j.physletb.2012.08.020")
    assert references[1].report_number == "CERN-PH-EP-2012-218"
    assert warnings == ["1 cited keys stand in no bibliography: gone"]


def test_every_published_atlas_paper_with_an_eprint_keeps_it(shared: Path) -> None:
    source = (shared / "references" / sorted(p.name for p in (shared / "references").glob("ATLAS*.bib"))[0]).read_text()
    keys = [line.partition("{")[2].strip(" ,") for line in source.splitlines() if line.lower().startswith("@article")][
        :300
    ]
    warnings: list[str] = []
    references, _ = cited_references([source], keys, warnings, str)
    assert len(references) == len(keys)
    assert sum(bool(r.arxiv_id) for r in references) > 0.95 * len(keys)
