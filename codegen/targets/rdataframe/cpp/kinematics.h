// Angles, distances, masses and sums of momenta.

// The angle between two objects in the transverse plane, in [0, pi].
double delta_phi(const Object &a, const Object &b) {
  const double angle = std::fmod(std::abs(a.phi - b.phi), 2 * M_PI);
  return std::min(angle, 2 * M_PI - angle);
}

// The distance of two objects in pseudorapidity.
double delta_eta(const Object &a, const Object &b) { return std::abs(a.eta - b.eta); }

// The distance of two objects in pseudorapidity and azimuth.
double delta_r(const Object &a, const Object &b) {
  const double eta = a.eta - b.eta, phi = delta_phi(a, b);
  return std::sqrt(eta * eta + phi * phi);
}

// The distance of an object to the nearest of the others, infinite where there are none.
template <class Distance>
double nearest(const Object &object, const Objects &others, Distance distance) {
  double least = INFINITY;
  for (const Object *other : others) {
    const double value = distance(object, *other);
    if (value < least || std::isnan(value)) least = value;
  }
  return least;
}

// Sets energy and momentum from transverse momentum, angles and mass.
void set_momentum(Object &object) {
  object.px = object.pt * std::cos(object.phi);
  object.py = object.pt * std::sin(object.phi);
  object.pz = object.pt * std::sinh(object.eta);
  object.e = std::sqrt(object.px * object.px + object.py * object.py + object.pz * object.pz +
                       object.mass * object.mass);
}

// The mass that goes with an energy and a momentum.
double mass_of(double e, double px, double py, double pz) {
  return std::sqrt(std::max(e * e - px * px - py * py - pz * pz, 0.0));
}

// The invariant mass of some objects together.
template <class... Particles>
double invariant_mass(const Particles &...p) {
  return mass_of((0.0 + ... + p.e), (0.0 + ... + p.px), (0.0 + ... + p.py), (0.0 + ... + p.pz));
}

// Some objects together as one.
template <class... Particles>
Object system_of(const Particles &...p) {
  const double e = (0.0 + ... + p.e), px = (0.0 + ... + p.px), py = (0.0 + ... + p.py), pz = (0.0 + ... + p.pz);
  Object sum;
  sum.pt = std::sqrt(px * px + py * py);
  sum.phi = std::atan2(py, px);
  sum.eta = std::asinh(pz / sum.pt);
  sum.mass = mass_of(e, px, py, pz);
  set_momentum(sum);
  return sum;
}

// The transverse mass of two objects that are taken as massless.
double transverse_mass(const Object &a, const Object &b) {
  return std::sqrt(2 * a.pt * b.pt * (1 - std::cos(delta_phi(a, b))));
}

// The negative vector sum of the transverse momenta of all objects of some collections.
template <class... Collections>
Object missing_momentum(const Collections &...collections) {
  double px = 0, py = 0;
  const auto add = [&](const Objects &objects) {
    double x = 0, y = 0;
    for (const Object *object : objects) {
      x += object->pt * std::cos(object->phi);
      y += object->pt * std::sin(object->phi);
    }
    px += x;
    py += y;
  };
  (add(collections), ...);
  Object missing;
  missing.pt = std::sqrt(px * px + py * py);
  missing.phi = std::atan2(-py, -px);
  return missing;
}

// The sum of the transverse momenta of all objects of some collections.
template <class... Collections>
double scalar_sum(const Collections &...collections) {
  const auto sum = [](const Objects &objects) {
    double of_all = 0;
    for (const Object *object : objects) of_all += object->pt;
    return of_all;
  };
  return (0.0 + ... + sum(collections));
}
