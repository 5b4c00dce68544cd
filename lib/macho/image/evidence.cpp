#include "macho/image/evidence.h"

#include "macho/image/rebases.h"
#include "macho/meaning.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace linkname::macho::image {
namespace {

using namespace llvm::MachO;

template <class T> class Collector {
public:
  Collector(const Image<T> &image, const Names &names, std::span<const std::uint32_t> symbols)
      : image_(image), names_(names), found_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      if (symbols[i] >= names.first_export())
        continue;
      // Linkers keep N_PEXT with what they make local. Optimisers that see the whole program leave nothing of that
      // kind.
      const auto &entry = image.view().symbols()[symbols[i]];
      found_[i].was_global = (entry.n_type & N_PEXT) != 0;
      if (is_in_section(symbols[i]))
        wanted_[entry.n_value].push_back(i);
    }
  }

  Result<std::vector<Evidence>> run() {
    collect_starts();
    const Result<std::uint64_t> walked =
        for_each_own_pointer(image_, names_.tables, [this](std::uint64_t place, std::uint64_t to) { take(place, to); });
    if (!walked)
      return std::unexpected(walked.error());
    for (const Pointer &pointer : pointers_)
      if (!label_tables_.contains(variable_around(pointer.place)))
        mark(pointer.to);
    measure_room();
    return std::move(found_);
  }

private:
  struct Pointer {
    std::uint64_t place;
    std::uint64_t to;
  };

  [[nodiscard]] bool is_in_section(std::uint32_t symbol) const {
    const auto &entry = image_.view().symbols()[symbol];
    return kind_of(entry) == EntryKind::defined && (entry.n_type & N_TYPE) == N_SECT;
  }

  /// Where something begins: what the symbol table tells of, and the functions of stripped images.
  void collect_starts() {
    for (std::uint32_t i = 0; i < names_.first_export(); ++i)
      if (is_in_section(i))
        starts_.push_back(image_.view().symbols()[i].n_value);
    for (const LoadCommand &command : image_.view().commands()) {
      const auto data = entries_of<typename T::LinkeditData>(command.body);
      if (command.cmd != LC_FUNCTION_STARTS || data.empty())
        continue;
      const std::optional<Bytes> deltas = slice(image_.bytes(), data.front().dataoff, data.front().datasize);
      Bytes rest = deltas.value_or(Bytes());
      std::uint64_t address = image_.base();
      while (!rest.empty()) {
        const std::optional<std::uint64_t> delta = take_unsigned_leb128(rest);
        if (!delta || *delta == 0)
          break;
        starts_.push_back(address += *delta);
      }
    }
    std::ranges::sort(starts_);
  }

  [[nodiscard]] const typename T::Section *section_around(std::uint64_t address) const {
    const std::uint32_t number = image_.section_at(address);
    return number == 0 ? nullptr : image_.view().sections()[number - 1];
  }

  static bool is_code(const typename T::Section &section) {
    return (section.flags & (S_ATTR_PURE_INSTRUCTIONS | S_ATTR_SOME_INSTRUCTIONS)) != 0;
  }

  /// A variable reaches from its symbol to the next one; 0 stands for what is in none.
  [[nodiscard]] std::uint64_t variable_around(std::uint64_t place) const {
    const auto after = std::ranges::upper_bound(starts_, place);
    return after == starts_.begin() ? 0 : *std::prev(after);
  }

  void take(std::uint64_t place, std::uint64_t to) {
    const typename T::Section *const section = section_around(place);
    const Meaning meaning = section != nullptr ? meaning_of<T>(*section) : Meaning::nothing;
    if (meaning == Meaning::functions && wanted_.contains(to))
      mark(to);
    if (meaning != Meaning::variables)
      return;
    if (wanted_.contains(to))
      pointers_.push_back({.place = place, .to = to});
    // A variable full of labels (GCC, "Labels as Values") may hold where its function begins, without anybody having
    // taken that address.
    const typename T::Section *const target = section_around(to);
    if (target != nullptr && is_code(*target) && !std::ranges::binary_search(starts_, to))
      label_tables_.insert(variable_around(place));
  }

  void mark(std::uint64_t address) {
    for (const std::size_t i : wanted_[address])
      found_[i].in_data = true;
  }

  void measure_room() {
    for (const auto &[address, symbols] : wanted_) {
      const typename T::Section *const section = section_around(address);
      const auto after = std::ranges::upper_bound(starts_, address);
      std::uint64_t end = section != nullptr ? section->addr + section->size : address;
      if (after != starts_.end())
        end = std::min(end, *after);
      for (const std::size_t i : symbols)
        if (section != nullptr)
          found_[i].room = end - address;
    }
  }

  const Image<T> &image_;
  const Names &names_;
  std::vector<Evidence> found_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> wanted_; ///< by address
  std::vector<std::uint64_t> starts_;
  std::vector<Pointer> pointers_;
  std::set<std::uint64_t> label_tables_;
};

} // namespace

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  if (symbols.empty())
    return std::vector<Evidence>{};
  return with_image(bytes, [&]<class T>(const Image<T> &image) -> Result<std::vector<Evidence>> {
    const Result<Names> names = read_names(image);
    if (!names)
      return std::unexpected(names.error());
    return Collector<T>(image, *names, symbols).run();
  });
}

} // namespace linkname::macho::image
