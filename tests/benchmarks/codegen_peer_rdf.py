"""The four-lepton selection written by hand with RDataFrame: what the RDataFrame target is measured beside.

    ROOT_PYTHON tests/benchmarks/codegen_peer_rdf.py FILE OUT.json        FILE: RNTuple

Written from the table of `shared/benchmark/h4l-selection.md` alone, as an expert would: compiled C++ functions, called
from definitions and filters of a data frame, each column read only for events that came so far.
"""

import json
import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")
import ROOT  # noqa: E402

CODE = r"""
#include <ROOT/RVec.hxx>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>
using ROOT::RVec;

const double MZ = 91187.6;

struct Lepton {
  double pt, eta, phi, mass;
  int charge, flavour;
  bool combined;
  double px, py, pz, e;
  Lepton(double pt_, double eta_, double phi_, double mass_, int charge_, int flavour_, bool combined_)
      : pt(pt_), eta(eta_), phi(phi_), mass(mass_), charge(charge_), flavour(flavour_), combined(combined_) {
    px = pt * std::cos(phi);
    py = pt * std::sin(phi);
    pz = pt * std::sinh(eta);
    e = std::sqrt(px * px + py * py + pz * pz + mass * mass);
  }
};

template <class Types>
bool has_vertex(const Types &types) { return std::find(types.begin(), types.end(), 1) != types.end(); }

template <class Types>
double vertex_z(const Types &types, const RVec<float> &z) {
  return z[std::find(types.begin(), types.end(), 1) - types.begin()];
}

template <class Flags, class Keys, class Covariances>
std::vector<Lepton> electrons(double vertex, const RVec<float> &pt, const RVec<float> &eta, const RVec<float> &phi,
                              const RVec<float> &charge, const Flags &loose, const RVec<float> &cone,
                              const RVec<float> &calo, const Keys &keys, const Keys &indices, const RVec<float> &d0,
                              const RVec<float> &z0, const RVec<float> &vz, const RVec<float> &theta,
                              const Covariances &covariance) {
  std::vector<Lepton> found;
  for (std::size_t i = 0; i < pt.size(); i++) {
    const double p = pt[i];
    if (!loose[i] || !(p > 7000) || !(std::abs(double(eta[i])) < 2.47)) continue;
    if (!(cone[i] / p < 0.15) || !(calo[i] / p < 0.20)) continue;
    if (keys[i].empty() || keys[i][0] != 776133387 || indices[i][0] >= d0.size()) continue;
    const auto j = indices[i][0];
    if (!(std::abs(double(d0[j])) / std::sqrt(double(covariance[j][0])) < 5)) continue;
    if (!(std::abs((double(z0[j]) + vz[j] - vertex) * std::sin(double(theta[j]))) < 0.5)) continue;
    found.emplace_back(p, eta[i], phi[i], 0.51099895, int(charge[i]), 11, false);
  }
  return found;
}

template <class Sorts, class Keys, class Covariances>
std::vector<Lepton> muons(double vertex, const RVec<float> &pt, const RVec<float> &eta, const RVec<float> &phi,
                          const RVec<float> &charge, const Sorts &sorts, const RVec<float> &cone,
                          const RVec<float> &calo, const Keys &keys, const Keys &indices, const RVec<float> &d0,
                          const RVec<float> &z0, const RVec<float> &vz, const RVec<float> &theta,
                          const Covariances &covariance) {
  std::vector<Lepton> found;
  for (std::size_t i = 0; i < pt.size(); i++) {
    const double p = pt[i], a = std::abs(double(eta[i]));
    const int sort = sorts[i];
    if (!(p > 5000) || !(cone[i] / p < 0.15) || !(calo[i] / p < 0.30) || (sort == 3 && !(p > 15000))) continue;
    const bool tagged = (sort == 2 || sort == 3) && a < 0.1, combined = sort == 0 && a > 0.1 && a < 2.5;
    if (!tagged && !combined && !(sort == 1 && a > 2.4 && a < 2.7)) continue;
    if (sort != 1) {
      if (keys[i] != 490246363 || indices[i] >= d0.size()) continue;
      const auto j = indices[i];
      const double d = std::abs(double(d0[j]));
      if (!(d / std::sqrt(double(covariance[j][0])) < 3) || !(d < 1)) continue;
      if (!(std::abs((double(z0[j]) + vz[j] - vertex) * std::sin(double(theta[j]))) < 0.5)) continue;
    }
    found.emplace_back(p, eta[i], phi[i], 105.6583755, int(charge[i]), 13, sort == 0);
  }
  return found;
}

double mass(const std::vector<const Lepton *> &leptons) {
  double e = 0, x = 0, y = 0, z = 0;
  for (const Lepton *l : leptons) e += l->e, x += l->px, y += l->py, z += l->pz;
  return std::sqrt(std::max(e * e - x * x - y * y - z * z, 0.0));
}

bool is_pair(const Lepton &a, const Lepton &b) { return a.flavour == b.flavour && a.charge * b.charge < 0; }

bool passes(const std::array<const Lepton *, 4> &four) {
  std::array<double, 4> pt;
  int n_muons = 0, n_combined = 0;
  for (int i = 0; i < 4; i++) {
    pt[i] = four[i]->pt;
    n_muons += four[i]->flavour == 13;
    n_combined += four[i]->combined;
  }
  std::sort(pt.begin(), pt.end());
  if (!(pt[3] > 20000 && pt[2] > 15000 && pt[1] > 10000) || (n_muons == 4 && n_combined < 3)) return false;
  for (int i = 0; i < 4; i++)
    for (int j = i + 1; j < 4; j++) {
      const Lepton &a = *four[i], &b = *four[j];
      const double turn = std::fmod(std::abs(a.phi - b.phi), 2 * M_PI), angle = std::min(turn, 2 * M_PI - turn);
      if (!(std::hypot(a.eta - b.eta, angle) > (a.flavour == b.flavour ? 0.1 : 0.2))) return false;
      if (is_pair(a, b) && !(mass({&a, &b}) > 5000)) return false;
    }
  return true;
}

// The mass of the event's quadruplet in GeV, -1 where it has none.
double quadruplet(const std::vector<Lepton> &es, const std::vector<Lepton> &ms) {
  std::vector<Lepton> l(es);
  l.insert(l.end(), ms.begin(), ms.end());
  const std::size_t n = l.size();
  double found = -1;
  std::pair<double, double> least(INFINITY, INFINITY);
  for (std::size_t i = 0; i < n; i++)
    for (std::size_t j = i + 1; j < n; j++) {
      if (n < 4 || !is_pair(l[i], l[j])) continue;
      const double first = mass({&l[i], &l[j]});
      for (std::size_t k = i + 1; k < n; k++)
        for (std::size_t o = k + 1; o < n; o++) {
          if (k == j || o == j || !is_pair(l[k], l[o])) continue;
          double m12 = first, m34 = mass({&l[k], &l[o]});
          if (std::abs(m34 - MZ) < std::abs(m12 - MZ)) std::swap(m12, m34);
          if (!(m12 > 50000 && m12 < 106000 && m34 > 12000 && m34 < 115000)) continue;
          if (!passes({&l[i], &l[j], &l[k], &l[o]})) continue;
          const std::pair<double, double> distance(std::abs(m12 - MZ), std::abs(m34 - MZ));
          if (found > 0 && !(distance < least)) continue;
          least = distance;
          found = mass({&l[i], &l[j], &l[k], &l[o]}) / 1000;
        }
    }
  return found;
}
"""
TRACK = ("d0", "z0", "vz", "theta", "definingParametersCovMatrixDiag")
COLUMNS = {
    "e": ("AnalysisElectronsAuxDyn", ("pt", "eta", "phi", "charge", "DFCommonElectronsLHLoose",
          "ptcone20_Nonprompt_All_MaxWeightTTVALooseCone_pt1000", "topoetcone20", "trackParticleLinks.m_persKey",
          "trackParticleLinks.m_persIndex")),
    "g": ("GSFTrackParticlesAuxDyn", TRACK),
    "m": ("AnalysisMuonsAuxDyn", ("pt", "eta", "phi", "charge", "muonType", "ptcone30", "topoetcone20",
          "inDetTrackParticleLink.m_persKey", "inDetTrackParticleLink.m_persIndex")),
    "i": ("InDetTrackParticlesAuxDyn", TRACK),
    "v": ("PrimaryVerticesAuxDyn", ("vertexType", "z")),
    "n": ("EventInfoAuxDyn", ("eventNumber",)),
}  # fmt: skip


def main():
    path, out = sys.argv[1:3]
    ROOT.gInterpreter.Declare(CODE)
    frame = ROOT.RDataFrame("EventData", path)
    names = {}
    for short, (container, attributes) in COLUMNS.items():
        names[short] = [f"{short}{i}" for i in range(len(attributes))]
        for name, attribute in zip(names[short], attributes, strict=True):
            frame = frame.Alias(name, f"{container}:{attribute}")
    frame = frame.Filter("has_vertex(v0)").Filter("e0.size() + m0.size() >= 4").Define("vertex", "vertex_z(v0, v1)")
    frame = frame.Define("es", f"electrons({', '.join(['vertex', *names['e'], *names['g']])})")
    frame = frame.Define("ms", f"muons({', '.join(['vertex', *names['m'], *names['i']])})")
    frame = frame.Define("m4l", "quadruplet(es, ms)").Filter("m4l > 0")
    taken = {
        "index": frame.Take["ULong64_t"]("rdfentry_"),
        "event_number": frame.Take["std::uint64_t"]("n0"),
        "m4l_GeV": frame.Take["double"]("m4l"),
    }
    found = {name: [float(v) if name == "m4l_GeV" else int(v) for v in values] for name, values in taken.items()}
    Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
