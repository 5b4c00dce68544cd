// GNU symbol versioning: the names behind the indices of `.gnu.version` (LSB, "Symbol Versioning"; Elfxx_Verdef,
// Elfxx_Verneed).
#pragma once

#include "elf/image/view.h"

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
};

inline constexpr std::uint16_t version_index = 0x7fff;  ///< the other bit hides a definition from the linker
inline constexpr std::uint16_t version_is_old = 0x8000; ///< `name@V1`: not what new links are bound to

template <class ELFT> Versions read_versions(const ImageView<ELFT> &view) {
  using namespace llvm::ELF;
  Versions result;
  const auto text = [&](std::uint32_t offset) {
    const std::optional<Bytes> found = c_string(view.strings(), offset);
    result.sound = result.sound && found;
    return found.value_or(Bytes{});
  };
  // Both chains are walked at most as often as they claim to be long, which is at most as often as bytes allow.
  if (const auto address = view.tag(DT_VERDEF)) {
    Bytes rest = view.mapped(*address);
    for (std::uint64_t left = view.tag(DT_VERDEFNUM).value_or(0); left != 0; --left) {
      const auto definition = array_at<typename ELFT::Verdef>(rest, 0, 1);
      const auto name =
          definition ? array_at<typename ELFT::Verdaux>(rest, definition->front().vd_aux, 1) : std::nullopt;
      if (!name) {
        result.sound = false;
        break;
      }
      result.by_index.try_emplace(definition->front().vd_ndx & version_index,
                                  Version{.name = text(name->front().vda_name), .library = {}});
      const std::uint32_t next = definition->front().vd_next;
      if (next == 0 || next > rest.size())
        break;
      rest.remove_prefix(next);
    }
  }
  if (const auto address = view.tag(DT_VERNEED)) {
    Bytes rest = view.mapped(*address);
    std::size_t steps = rest.size() / sizeof(typename ELFT::Vernaux);
    for (std::uint64_t left = view.tag(DT_VERNEEDNUM).value_or(0); left != 0; --left) {
      const auto need = array_at<typename ELFT::Verneed>(rest, 0, 1);
      if (!need) {
        result.sound = false;
        break;
      }
      const Bytes library = text(need->front().vn_file);
      std::uint64_t at = need->front().vn_aux;
      for (std::uint32_t k = need->front().vn_cnt; k != 0 && steps != 0; --k, --steps) {
        const auto wanted = array_at<typename ELFT::Vernaux>(rest, at, 1);
        if (!wanted) {
          result.sound = false;
          break;
        }
        result.by_index.try_emplace(wanted->front().vna_other & version_index,
                                    Version{.name = text(wanted->front().vna_name), .library = library});
        at += wanted->front().vna_next;
        if (wanted->front().vna_next == 0)
          break;
      }
      const std::uint32_t next = need->front().vn_next;
      if (next == 0 || next > rest.size())
        break;
      rest.remove_prefix(next);
    }
  }
  return result;
}

} // namespace linkname::elf
