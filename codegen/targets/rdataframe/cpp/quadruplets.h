// Quadruplets: two disjoint same-flavour opposite-sign pairs of leptons.

// Two disjoint same-flavour opposite-sign pairs of leptons: `m12` is the mass of the pair nearer to the Z boson's mass,
// `m34` that of the other, `m4l` that of all four leptons.
struct Quadruplet {
  std::array<const Object *, 4> legs;
  double m12, m34;
  double m4l() const { return invariant_mass(*legs[0], *legs[1], *legs[2], *legs[3]); }
};

// All quadruplets of some leptons; the same four leptons paired in two ways are two of them.
std::vector<Quadruplet> quadruplets(const Objects &leptons) {
  struct Found {
    const Object *a, *b;
    double mass;
  };
  std::vector<Found> pairs;
  std::vector<Quadruplet> found;
  if (leptons.size() < 4) return found;
  for (std::size_t i = 0; i < leptons.size(); i++)
    for (std::size_t j = i + 1; j < leptons.size(); j++) {
      const Object &a = *leptons[i], &b = *leptons[j];
      if (a.flavour * a.charge == -(b.flavour * b.charge)) pairs.push_back({&a, &b, invariant_mass(a, b)});
    }
  for (std::size_t p = 0; p < pairs.size(); p++)
    for (std::size_t q = p + 1; q < pairs.size(); q++) {
      const Found &x = pairs[p], &y = pairs[q];
      if (x.a == y.a || x.a == y.b || x.b == y.a || x.b == y.b) continue;
      const bool nearer = std::abs(x.mass - Z_MASS) <= std::abs(y.mass - Z_MASS);
      found.push_back({{x.a, x.b, y.a, y.b}, nearer ? x.mass : y.mass, nearer ? y.mass : x.mass});
    }
  return found;
}

// Whether all six pairs of the leptons of a quadruplet pass.
template <class Test>
bool every_pair(const Quadruplet &found, Test test) {
  for (int i = 0; i < 4; i++)
    for (int j = i + 1; j < 4; j++)
      if (!test(*found.legs[i], *found.legs[j])) return false;
  return true;
}

// How many of the leptons of a quadruplet pass.
template <class Test>
int number_of_legs(const Quadruplet &found, Test test) {
  return std::count_if(found.legs.begin(), found.legs.end(), [&](const Object *leg) { return test(*leg); });
}

// The transverse momentum of the lepton of that rank in a quadruplet, the highest first.
double ordered_pt(const Quadruplet &found, int rank) {
  std::array<double, 4> pt;
  for (int i = 0; i < 4; i++) pt[i] = found.legs[i]->pt;
  std::sort(pt.begin(), pt.end(), std::greater<double>());
  return pt[rank];
}

// Whether the four leptons of a quadruplet are of that flavour.
bool all_of_flavour(const Quadruplet &found, int flavour) {
  return number_of_legs(found, [&](const Object &leg) { return leg.flavour == flavour; }) == 4;
}

// The quadruplet of an event: of several the one with m12, then m34 nearest to the Z mass.
const Quadruplet *chosen(const std::vector<Quadruplet> &candidates) {
  const Quadruplet *best = nullptr;
  for (const Quadruplet &one : candidates) {
    const auto distance = [](const Quadruplet &q) {
      return std::make_pair(std::abs(q.m12 - Z_MASS), std::abs(q.m34 - Z_MASS));
    };
    if (best == nullptr || distance(one) < distance(*best)) best = &one;
  }
  return best;
}

// The quadruplet of an event without those that are not chosen; none of none.
std::vector<Quadruplet> one_of(const std::vector<Quadruplet> &candidates) {
  const Quadruplet *best = chosen(candidates);
  return best == nullptr ? std::vector<Quadruplet>{} : std::vector<Quadruplet>{*best};
}
