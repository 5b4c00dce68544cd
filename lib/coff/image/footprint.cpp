#include "coff/image/footprint.h"

#include "coff/image/offsets.h"

#include <algorithm>

namespace linkname::coff {

Footprint::Footprint(const Tables &tables) : tables_(tables) {
  const View<Symbol16> &coff = tables.image.coff();
  range(tables.image.bytes().substr(0, coff.section_table() + tables.image.sections().size_bytes()), Kind::table,
        false);
  if (const std::uint64_t symbols = coff.header().PointerToSymbolTable; symbols != 0)
    range(tables.image.bytes().substr(symbols, coff.strings_end() - symbols), Kind::table, false);
  table(tables.image.directory(llvm::COFF::DEBUG_DIRECTORY).RelativeVirtualAddress,
        debug_directories(tables.image).size_bytes());
  for (const DebugDirectory &entry : debug_directories(tables.image))
    if (const auto data = slice(tables.image.bytes(), entry.PointerToRawData, entry.SizeOfData))
      range(*data, Kind::string, false);
  if (tables.exports.directory != nullptr)
    add_exports();
  add_imports();
  std::ranges::sort(ranges_, {}, &Range::begin);
}

void Footprint::add_exports() {
  const ExportDirectory &directory = *tables_.exports.directory;
  table(tables_.exports.range.RelativeVirtualAddress, sizeof directory, true);
  table(directory.ExportAddressTableRVA, tables_.exports.slots.size() * sizeof(std::uint32_t), true);
  table(directory.NamePointerRVA, tables_.exports.names.size() * sizeof(std::uint32_t), true);
  table(directory.OrdinalTableRVA, tables_.exports.names.size() * sizeof(std::uint16_t), true);
  string(tables_.exports.library, true);
  for (const ExportSlot &slot : tables_.exports.slots)
    string(slot.forwarder, true);
  for (const ExportName &name : tables_.exports.names)
    string(name.name, true);
}

void Footprint::add_imports() {
  const Image &image = tables_.image;
  std::uint64_t at_once = 0;
  std::uint64_t delayed = 0;
  for (const ImportLibrary &library : tables_.imports.libraries) {
    const std::uint64_t length = (std::uint64_t{library.count} + 1) * image.word_size(); // each ends with a zero
    table(library.lookup, length);
    if (!library.delayed && library.addresses != library.lookup)
      table(library.addresses, length - image.word_size());
    string(library.name);
    ++(library.delayed ? delayed : at_once);
  }
  table(image.directory(llvm::COFF::IMPORT_TABLE).RelativeVirtualAddress, at_once * sizeof(ImportDirectory));
  table(image.directory(llvm::COFF::DELAY_IMPORT_DESCRIPTOR).RelativeVirtualAddress, delayed * sizeof(DelayDirectory));
  for (const Import &import : tables_.imports.all)
    string(import.name);
}

void Footprint::table(std::uint64_t rva, std::uint64_t length, bool exports) {
  range(tables_.image.from(rva).substr(0, length), Kind::table, exports);
}

/// With the NUL that ends it.
void Footprint::string(Bytes text, bool exports) {
  if (text.data() != nullptr)
    range(Bytes(text.data(), text.size() + 1), Kind::string, exports);
}

void Footprint::range(Bytes bytes, Kind kind, bool exports) {
  if (bytes.empty())
    return;
  const std::uint64_t begin = tables_.image.coff().position(bytes.data());
  ranges_.push_back({.begin = begin, .end = begin + bytes.size(), .kind = kind, .exports = exports});
}

std::optional<std::uint64_t> Footprint::shared_byte() const {
  std::uint64_t end_of_tables = 0;
  std::uint64_t end_of_strings = 0;
  for (const Range &range : ranges_) {
    if (range.begin < end_of_tables || (range.kind == Kind::table && range.begin < end_of_strings))
      return range.begin;
    std::uint64_t &end = range.kind == Kind::table ? end_of_tables : end_of_strings;
    end = std::max(end, range.end);
  }
  return std::nullopt;
}

bool Footprint::touches(std::uint64_t begin, std::uint64_t length, bool but_exports) const {
  return std::ranges::any_of(ranges_, [&](const Range &range) {
    return range.begin < begin + length && begin < range.end && !(but_exports && range.exports);
  });
}

bool Footprint::lies_across(std::uint64_t offset) const {
  return std::ranges::any_of(ranges_, [&](const Range &range) { return range.begin < offset && offset < range.end; });
}

} // namespace linkname::coff
