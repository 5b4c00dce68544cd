#include "coff/index_holders.h"

#include "base/leb128.h"

#include <algorithm>

namespace linkname::coff {
namespace {

/// `.gfids` is also `.gfids$y`: what follows the dollar sign only orders the pieces (PE format specification, "Grouped
/// Sections").
Bytes group_of(Bytes name) { return name.substr(0, name.find('$')); }

/// Lists of 32-bit indices, and how many of them stand at the start of each entry of how many bytes: control flow guard
/// ("Load Configuration Directory"), safe exception handlers, and LLVM's profile of calls.
struct List {
  Bytes group;
  std::size_t entry;
  std::size_t indices;
};
constexpr List lists[] = {
    {".gfids", 4, 1},   {".giats", 4, 1},  {".gljmp", 4, 1},
    {".gehcont", 4, 1}, {".sxdata", 4, 1}, {".llvm.call-graph-profile", 16, 2},
};

/// ULEB128 symbol indices (LLVM, "Extensions": `.llvm_addrsig`).
Result<std::optional<std::string>> moved_address_table(Bytes contents, const IndexMap &moved) {
  std::string result;
  bool changed = false;
  for (Bytes rest = contents; !rest.empty();) {
    const std::optional<std::uint64_t> symbol = take_unsigned_leb128(rest);
    if (!symbol || *symbol > UINT32_MAX)
      return malformed(".llvm_addrsig", "an entry is damaged");
    const std::uint32_t now = moved(static_cast<std::uint32_t>(*symbol));
    changed = changed || now != *symbol;
    append_unsigned_leb128(result, now);
  }
  return changed ? std::optional(std::move(result)) : std::nullopt;
}

} // namespace

bool describes_definitions(Bytes section_name) {
  const Bytes group = group_of(section_name);
  return group == ".pdata" || group == ".xdata" || group == ".eh_frame" || group.starts_with(".debug");
}

Result<std::optional<std::string>> moved_indices(Bytes section_name, Bytes contents, const IndexMap &moved) {
  if (section_name == ".llvm_addrsig")
    return moved_address_table(contents, moved);
  const auto list = std::ranges::find(lists, group_of(section_name), &List::group);
  if (list == std::end(lists))
    return std::nullopt;
  std::optional<std::string> result;
  for (std::size_t entry = 0; entry + list->entry <= contents.size(); entry += list->entry)
    for (std::size_t i = 0; i < list->indices; ++i) {
      const std::size_t at = entry + i * sizeof(std::uint32_t);
      const std::uint32_t symbol = llvm::support::endian::read32le(contents.data() + at);
      const std::uint32_t now = moved(symbol);
      if (now == symbol)
        continue;
      if (!result)
        result.emplace(contents);
      llvm::support::endian::write32le(result->data() + at, now);
    }
  return result;
}

} // namespace linkname::coff
