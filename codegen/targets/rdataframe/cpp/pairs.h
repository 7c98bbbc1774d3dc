// Pairs of objects: their flavours and charges, all of them, the one nearest to a mass.

// Whether two leptons are of the same flavour.
bool same_flavour(const Object &a, const Object &b) { return a.flavour == b.flavour; }

// Whether two leptons are an electron, 11, and a muon, 13.
bool different_flavour(const Object &a, const Object &b) { return a.flavour + b.flavour == 24; }

// Whether two leptons are electrons.
bool both_electrons(const Object &a, const Object &b) { return a.flavour == 11 && b.flavour == 11; }

// Whether two leptons are muons.
bool both_muons(const Object &a, const Object &b) { return a.flavour == 13 && b.flavour == 13; }

// Whether the product of the charges is negative.
bool opposite_sign(const Object &a, const Object &b) { return a.charge * b.charge < 0; }

// Whether the product of the charges is positive.
bool same_sign(const Object &a, const Object &b) { return a.charge * b.charge > 0; }

// The relation that any two objects fulfil.
bool any_two(const Object &, const Object &) { return true; }

// How many pairs of the objects fulfil the relation and pass the test.
template <class Relation, class Test>
int number_of_pairs(const Objects &objects, Relation relation, Test test) {
  int number = 0;
  for (std::size_t i = 0; i < objects.size(); i++)
    for (std::size_t j = i + 1; j < objects.size(); j++)
      number += relation(*objects[i], *objects[j]) && test(*objects[i], *objects[j]);
  return number;
}

// Whether any of the pairs that fulfil the relation passes the test.
template <class Relation, class Test>
bool any_pair(const Objects &objects, Relation relation, Test test) {
  return number_of_pairs(objects, relation, test) > 0;
}

// Whether all of the pairs that fulfil the relation pass the test; they do if there are none.
template <class Relation, class Test>
bool all_pairs(const Objects &objects, Relation relation, Test test) {
  return number_of_pairs(objects, relation, [&](const Object &a, const Object &b) { return !test(a, b); }) == 0;
}

// Two objects of an event.
struct Pair {
  const Object *first = &nobody, *second = &nobody;
  const Object &a() const { return *first; }
  const Object &b() const { return *second; }
};

// The pair that fulfils the relation and has the mass closest to the given one.
template <class Relation>
Pair closest_pair(const Objects &objects, Relation relation, double mass) {
  Pair closest;
  double least = NAN;
  for (std::size_t i = 0; i < objects.size(); i++)
    for (std::size_t j = i + 1; j < objects.size(); j++) {
      if (!relation(*objects[i], *objects[j])) continue;
      const double distance = std::abs(invariant_mass(*objects[i], *objects[j]) - mass);
      if (!closest.first->there || distance < least || (std::isnan(least) && !std::isnan(distance))) {
        closest = {objects[i], objects[j]};
        least = distance;
      }
    }
  return closest;
}
