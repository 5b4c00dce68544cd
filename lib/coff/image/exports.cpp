#include "coff/image/exports.h"

namespace linkname::coff {
namespace {

using llvm::support::ulittle16_t;
using llvm::support::ulittle32_t;

Result<void> read_slots(const Image &image, Exports &exports) {
  const std::uint32_t count = exports.directory->AddressTableEntries;
  const auto found = image.array<ulittle32_t>(exports.directory->ExportAddressTableRVA, count);
  if (!found && count != 0)
    return malformed("exports", "the address table is not in the file");
  const std::span<const ulittle32_t> addresses = found.value_or(std::span<const ulittle32_t>{});
  exports.slots.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    ExportSlot slot{.rva = addresses[i], .forwarder = {}};
    if (exports.in_range(slot.rva)) {
      const std::optional<Bytes> forwarder = image.string(slot.rva);
      if (!forwarder)
        return malformed(export_place(i), "its forwarder does not end in the file");
      slot.forwarder = *forwarder;
      slot.forwards = true;
    }
    exports.slots.push_back(slot);
  }
  return {};
}

Result<void> read_names(const Image &image, Exports &exports) {
  const std::uint32_t count = exports.directory->NumberOfNamePointers;
  if (count == 0)
    return {};
  const auto names = image.array<ulittle32_t>(exports.directory->NamePointerRVA, count);
  const auto slots = image.array<ulittle16_t>(exports.directory->OrdinalTableRVA, count);
  if (!names || !slots)
    return malformed("exports", "the name table or its ordinals are not in the file");
  exports.names.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::optional<Bytes> name = image.string((*names)[i]);
    if (!name)
      return malformed(export_place(i), "its name does not end in the file");
    exports.names.push_back({.name = *name, .slot = (*slots)[i]});
  }
  return {};
}

} // namespace

Result<Exports> Exports::of(const Image &image) {
  Exports exports;
  exports.range = image.directory(llvm::COFF::EXPORT_TABLE);
  if (exports.range.RelativeVirtualAddress == 0)
    return exports;
  exports.directory = image.at<ExportDirectory>(exports.range.RelativeVirtualAddress);
  if (exports.directory == nullptr)
    return malformed("exports", "the directory is not in the file");
  exports.library = image.string(exports.directory->NameRVA).value_or(Bytes{});
  Result<void> read = read_slots(image, exports);
  if (read)
    read = read_names(image, exports);
  if (!read)
    return std::unexpected(std::move(read.error()));
  return exports;
}

} // namespace linkname::coff
