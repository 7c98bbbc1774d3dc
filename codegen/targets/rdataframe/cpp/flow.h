// The cutflow.

// How many events pass each cut alone, how many pass it and all before it, and which are selected.
struct Total {
  std::vector<long> passed = std::vector<long>(row::number), cumulative = passed;
  long n_events = 0;
  std::vector<unsigned long long> index, event_number;
  std::vector<double> values;  // those of each selected event, one after the other
};

Total total;

// The number of a cut that is left out, to count what it alone removes; -1 for none.
int cut_left_out = -1;

// Begins with a file.
void begin(int left_out) {
  total = Total();
  cut_left_out = left_out;
}

// Notes a selected event.
void keep(unsigned long long index, unsigned long long event_number, const std::array<double, N_OUTPUTS> &values) {
  total.index.push_back(index);
  total.event_number.push_back(event_number);
  total.values.insert(total.values.end(), values.begin(), values.end());
}

// A cut: its row in the cutflow, and the function that applies it.
template <class Passes>
struct Cut {
  int row;
  Passes passes;
  Cut(int row, Passes passes) : row(row), passes(passes) {}
};

// At least so many objects of these kinds together.
struct Need {
  std::vector<int> kinds;
  int number;
};

// One event on its way through the cuts.
class Flow {
 public:
  bool left = true;

  // The objects of a kind before any cut.
  void start(int kind, int number) { found[kind] = number; }

  // A cut on the event as a whole.
  void event(int row, bool passes) {
    passes = passes || CUT_OF_ROW[row] == cut_left_out;
    note(row, passes, passes);
  }

  // The objects that pass all cuts. An event passes a row if it has the objects that the selection needs.
  template <class... Cuts>
  Objects objects(int kind, const Objects &all, const std::vector<Need> &needs, const Cuts &...cuts) {
    std::vector<char> keep(all.size(), 1);
    (apply(kind, all, needs, keep, cuts), ...);
    Objects kept;
    for (std::size_t i = 0; i < all.size(); i++)
      if (keep[i]) kept.push_back(all[i]);
    return kept;
  }

  // The candidates that pass all cuts; an event passes a row as long as one of its candidates does.
  template <class Candidate, class... Cuts>
  std::vector<Candidate> candidates(const std::vector<Candidate> &all, const Cuts &...cuts) {
    std::vector<char> keep(all.size(), 1);
    (apply(all, keep, cuts), ...);
    std::vector<Candidate> kept;
    for (std::size_t i = 0; i < all.size(); i++)
      if (keep[i]) kept.push_back(all[i]);
    return kept;
  }

  // Adds the event to the cutflow.
  void count() const {
    total.n_events++;
    for (int i = 0; i < row::number; i++) {
      total.passed[i] += alone[i];
      total.cumulative[i] += cumulative[i];
    }
  }

 private:
  std::array<int, N_KINDS> found{};

  std::array<char, row::number> alone{}, cumulative{};

  void note(int row, bool passes, bool still) {
    left = left && still;
    alone[row] = passes;
    cumulative[row] = left;
  }

  template <class OneCut>
  void apply(int kind, const Objects &all, const std::vector<Need> &needs, std::vector<char> &keep,
             const OneCut &cut) {
    const bool left_out = CUT_OF_ROW[cut.row] == cut_left_out;
    int n_alone = 0, n_kept = 0;
    for (std::size_t i = 0; i < all.size(); i++) {
      const bool passes = left_out || cut.passes(*all[i]);
      n_alone += passes;
      keep[i] = keep[i] && passes;
      n_kept += keep[i];
    }
    if (needs.empty()) {  // objects that no event needs to have remove no event by themselves
      note(cut.row, true, true);
      return;
    }
    const int before = found[kind];
    found[kind] = n_alone;
    const bool enough_alone = enough(needs);
    found[kind] = std::min(before, n_kept);
    note(cut.row, enough_alone, enough(needs));
  }

  template <class Candidate, class OneCut>
  void apply(const std::vector<Candidate> &all, std::vector<char> &keep, const OneCut &cut) {
    const bool left_out = CUT_OF_ROW[cut.row] == cut_left_out;
    bool any_alone = false, any_kept = false;
    for (std::size_t i = 0; i < all.size(); i++) {
      const bool passes = left_out || cut.passes(all[i]);
      keep[i] = keep[i] && passes;
      any_alone = any_alone || passes;
      any_kept = any_kept || keep[i];
    }
    note(cut.row, any_alone, any_kept);
  }

  bool enough(const std::vector<Need> &needs) const {
    for (const Need &need : needs) {
      int number = 0;
      for (int kind : need.kinds) number += found[kind];
      if (number < need.number) return false;
    }
    return true;
  }
};
