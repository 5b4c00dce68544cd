// What a linked image exports: slots, each an address or a forwarder, and names that lead to them (PE format
// specification, "The .edata Section").
#pragma once

#include "coff/image/image.h"

#include <cstdint>
#include <string>
#include <vector>

namespace linkname::coff {

using ExportDirectory = llvm::object::export_directory_table_entry;

inline std::string export_place(std::uint64_t number) { return join({"exports[", std::to_string(number), "]"}); }

/// A slot's ordinal is its place in the table and the directory's base.
struct ExportSlot {
  std::uint32_t rva = 0; ///< 0 where the slot is not in use
  Bytes forwarder;       ///< `OTHER.name` or `OTHER.#12`, for an address inside the directory's range; else empty
  bool forwards = false;

  bool operator==(const ExportSlot &) const = default;
};

struct ExportName {
  Bytes name;
  std::uint32_t slot = 0; ///< not more than what the file says: it may be past the end
};

struct Exports {
  DataDirectory range{};                      ///< an address inside it is a forwarder's
  const ExportDirectory *directory = nullptr; ///< null where the image exports nothing
  Bytes library;                              ///< what the image calls itself
  std::vector<ExportSlot> slots;
  std::vector<ExportName> names; ///< in the order of the name table

  static Result<Exports> of(const Image &image);

  [[nodiscard]] std::uint64_t range_end() const { return std::uint64_t{range.RelativeVirtualAddress} + range.Size; }
  [[nodiscard]] bool in_range(std::uint64_t rva) const {
    return rva >= range.RelativeVirtualAddress && rva < range_end();
  }
  /// The slot that a name leads to; null where there is none.
  [[nodiscard]] const ExportSlot *slot_of(const ExportName &name) const {
    return name.slot < slots.size() ? &slots[name.slot] : nullptr;
  }
};

} // namespace linkname::coff
