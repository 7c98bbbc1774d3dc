// Objects of one event: choosing, ordering, joining them. Blocks are parted by blank lines: a program holds those that
// it uses. Momenta, energies and masses are MeV, lengths mm, angles rad. `Object` stands in each program by itself.

// Some objects of an event.
using Objects = std::vector<const Object *>;

// What stands for an object that an event does not have: its numbers fail every comparison, its decisions are false.
const Object nobody = [] {
  Object object;
  object.there = false;
  return object;
}();

// All objects of a container.
Objects all_of(const std::vector<Object> &objects) {
  Objects found;
  found.reserve(objects.size());
  for (const Object &object : objects) found.push_back(&object);
  return found;
}

// The objects with the highest transverse momentum first: the lists of a file are not sorted.
Objects by_pt(Objects objects) {
  std::stable_sort(objects.begin(), objects.end(), [](const Object *a, const Object *b) {
    return a->pt > b->pt || (std::isnan(b->pt) && !std::isnan(a->pt));
  });
  return objects;
}

// The n-th object, counted from 0.
const Object &nth(const Objects &objects, std::size_t n) { return n < objects.size() ? *objects[n] : nobody; }

// The first n objects.
Objects leading(const Objects &objects, std::size_t n) {
  return Objects(objects.begin(), objects.begin() + std::min(n, objects.size()));
}

// The objects of some collections as one.
template <class... Others>
Objects together(Objects objects, const Others &...others) {
  (objects.insert(objects.end(), others.begin(), others.end()), ...);
  return objects;
}

// The objects without the given ones.
Objects without(const Objects &objects, const Object &a, const Object &b) {
  Objects found;
  for (const Object *object : objects)
    if (object->index != a.index && object->index != b.index) found.push_back(object);
  return found;
}

// The objects that are not among the others.
Objects not_among(const Objects &objects, const Objects &others) {
  Objects found;
  for (const Object *object : objects) {
    const auto same = [&](const Object *other) { return other->index == object->index; };
    if (std::none_of(others.begin(), others.end(), same)) found.push_back(object);
  }
  return found;
}
