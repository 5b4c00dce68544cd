// The one list of file offsets that an ELF object holds. Layout moves them, verification holds them against each other.
#pragma once

#include "elf/view.h"

#include <vector>

namespace linkname::elf {

/// A field that holds a file offset.
struct OffsetField {
  std::uint64_t at = 0;    ///< where the field stands in the file
  std::uint64_t value = 0; ///< the offset that it holds
};

template <class ELFT> std::vector<OffsetField> offset_fields(const View<ELFT> &view) {
  std::vector<OffsetField> fields;
  fields.reserve(view.sections().size() + 1);
  const auto position = [&](const void *field) {
    return static_cast<std::uint64_t>(reinterpret_cast<const char *>(field) - view.bytes().data());
  };
  fields.push_back({.at = position(&view.header().e_shoff), .value = view.header().e_shoff});
  for (const auto &section : view.sections())
    fields.push_back({.at = position(&section.sh_offset), .value = section.sh_offset});
  return fields;
}

/// A file offset as the file writes it.
template <class ELFT> std::string encoded_offset(std::uint64_t value) {
  typename ELFT::Off field;
  field = static_cast<typename ELFT::uint>(value);
  return std::string(reinterpret_cast<const char *>(&field), sizeof field);
}

} // namespace linkname::elf
