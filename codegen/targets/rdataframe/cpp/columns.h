// Values of branches, and what objects are linked to in other containers.

// The value at a place in double precision, NaN for place -1.
template <class Column>
double at(const Column &values, long place) {
  return place < 0 ? NAN : static_cast<double>(values[place]);
}

// The entry of that number in the list at a place, NaN for place -1 or a list that is too short.
template <class Column>
double at(const Column &lists, long place, std::size_t entry) {
  return place < 0 || lists[place].size() <= entry ? NAN : static_cast<double>(lists[place][entry]);
}

// The value at a place as a whole number.
template <class Column>
long long whole(const Column &values, long place) {
  return static_cast<long long>(values[place]);
}

// Key and index of a link: a TTree holds links as objects of a class, an RNTuple their keys and indices as numbers.
unsigned int key_of(unsigned int key) { return key; }

template <class Link>
unsigned int key_of(const Link &link) {
  return link.m_persKey;
}

unsigned int index_of(unsigned int index) { return index; }

template <class Link>
unsigned int index_of(const Link &link) {
  return link.m_persIndex;
}

// Key or index of the first of the links of an object, 0 where it has none.
template <class Lists>
unsigned int first_key(const Lists &lists, long place) {
  return lists[place].empty() ? 0 : key_of(lists[place][0]);
}

template <class Lists>
unsigned int first_index(const Lists &lists, long place) {
  return lists[place].empty() ? 0 : index_of(lists[place][0]);
}

// Where what a link leads to stands in a container of that size; -1 where the link is unset, leads to another container
// or out of range.
long linked_place(unsigned int key, unsigned int index, unsigned int wanted, std::size_t size) {
  return key == wanted && index < size ? static_cast<long>(index) : -1;
}

// The first place at which the test holds, -1 where there is none.
template <class Test>
long first_where(std::size_t size, Test test) {
  for (std::size_t place = 0; place < size; place++)
    if (test(place)) return place;
  return -1;
}
