// GNU symbol versioning: the names behind the indices of `.gnu.version` (LSB, "Symbol Versioning"; Elfxx_Verdef,
// Elfxx_Verneed).
#pragma once

#include "elf/image/view.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace linkname::elf {

struct Version {
  std::string_view name;
  std::string_view library; ///< that it is needed from; empty for the image's own
};

/// By index. A damaged chain ends where it leaves the mapped bytes; `sound` says whether that happened.
struct Versions {
  std::unordered_map<std::uint16_t, Version> by_index;
  bool sound = true;
  std::size_t definitions_size = 0; ///< in bytes, from where the dynamic section leads to
  std::size_t needs_size = 0;
};

inline constexpr std::uint16_t version_index = 0x7fff;  ///< the other bit hides a definition from the linker
inline constexpr std::uint16_t version_is_old = 0x8000; ///< `name@V1`: not what new links are bound to

/// From one link of a chain to that which stands `next` bytes behind: to nothing where it leads outside. False at the
/// last one.
inline bool go_on(Bytes &rest, std::uint32_t next) {
  rest.remove_prefix(std::min<std::size_t>(next, rest.size()));
  return next != 0;
}

template <class ELFT> class VersionReader {
public:
  explicit VersionReader(const ImageView<ELFT> &view) : view_(view) {}

  Versions run() {
    using namespace llvm::ELF;
    if (const auto address = view_.tag(DT_VERDEF)) {
      read_definitions(begin(view_.mapped(*address)), view_.tag(DT_VERDEFNUM).value_or(0));
      result_.definitions_size = size_;
    }
    if (const auto address = view_.tag(DT_VERNEED)) {
      read_needs(begin(view_.mapped(*address)), view_.tag(DT_VERNEEDNUM).value_or(0));
      result_.needs_size = size_;
    }
    return std::move(result_);
  }

private:
  Bytes text(std::uint32_t offset) {
    const std::optional<Bytes> found = c_string(view_.strings(), offset);
    result_.sound = result_.sound && found;
    return found.value_or(Bytes{});
  }

  void add(std::uint16_t index, std::uint32_t name, Bytes library) {
    result_.by_index.try_emplace(index & version_index, Version{.name = text(name), .library = library});
  }

  Bytes begin(Bytes table) {
    table_ = table;
    size_ = 0;
    return table;
  }

  /// The first entry of what is left of the table.
  template <class Entry> std::optional<std::span<const Entry>> entry(Bytes rest, std::uint64_t offset = 0) {
    const auto entry = array_at<Entry>(rest, offset, 1);
    if (entry)
      size_ = std::max(size_, table_.size() - rest.size() + static_cast<std::size_t>(offset) + sizeof(Entry));
    return entry;
  }

  // Links only lead forward, so no chain is longer than its bytes.
  void read_definitions(Bytes rest, std::uint64_t left) {
    for (; left != 0; --left) {
      const auto definition = entry<typename ELFT::Verdef>(rest);
      const auto name = definition ? entry<typename ELFT::Verdaux>(rest, definition->front().vd_aux) : std::nullopt;
      result_.sound = result_.sound && name;
      if (!name)
        return;
      add(definition->front().vd_ndx, name->front().vda_name, {});
      if (!go_on(rest, definition->front().vd_next))
        return;
    }
  }

  void read_needs(Bytes rest, std::uint64_t left) {
    steps_ = rest.size() / sizeof(typename ELFT::Vernaux);
    for (; left != 0; --left) {
      const auto need = entry<typename ELFT::Verneed>(rest);
      result_.sound = result_.sound && need;
      if (!need)
        return;
      Bytes wanted = rest;
      go_on(wanted, need->front().vn_aux);
      read_wanted(wanted, need->front().vn_cnt, text(need->front().vn_file));
      if (!go_on(rest, need->front().vn_next))
        return;
    }
  }

  void read_wanted(Bytes rest, std::uint32_t left, Bytes library) {
    for (; left != 0 && steps_ != 0; --left, --steps_) {
      const auto wanted = entry<typename ELFT::Vernaux>(rest);
      result_.sound = result_.sound && wanted;
      if (!wanted)
        return;
      add(wanted->front().vna_other, wanted->front().vna_name, library);
      if (!go_on(rest, wanted->front().vna_next))
        return;
    }
  }

  const ImageView<ELFT> &view_;
  Bytes table_;           ///< that is being read, to the end of what is mapped
  std::size_t size_ = 0;  ///< of what was read of it
  std::size_t steps_ = 0; ///< the lists of several libraries may share bytes, and then claim to be longer than these
  Versions result_;
};

template <class ELFT> Versions read_versions(const ImageView<ELFT> &view) { return VersionReader<ELFT>(view).run(); }

} // namespace linkname::elf
