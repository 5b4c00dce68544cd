// The record decoder over sections and symbol tables that no object file could hold as well: everything is made up from
// the input.
#include "fuzz.h"

#include "records/decode.h"

#include <algorithm>
#include <string>

using namespace linkname;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto [bytes, steering] = fuzz::Input::split(data, size);
  fuzz::Cursor cursor(steering);
  const std::uint8_t flags = cursor.byte();
  static constexpr std::string_view names[] = {"",    "f",  "_f",   "ns::f",    "_ZN2ns1fEv",
                                               ".L1", "$x", "$d.1", "f.isra.0", "ff"};

  Facts facts;
  facts.format = Format::elf;
  facts.tables = {{.name = ".symtab"}};
  facts.sections.resize(4);
  facts.name_prefix = (flags & 1U) != 0 ? '_' : '\0';
  RecordSection section{.bytes = bytes,
                        .name = ".linkname",
                        .pointer_size = static_cast<std::uint8_t>((flags & 2U) != 0 ? 4 : 8),
                        .big_endian = (flags & 4U) != 0,
                        .pointers = {}};
  std::uint32_t index = 0;
  for (unsigned i = (flags >> 4U) + 1U; i > 0; --i) {
    const std::uint8_t shape = cursor.byte();
    Symbol symbol;
    symbol.index = index;
    // Formats with aux entries have gaps between the indices.
    index += 1U + ((flags & 8U) != 0 ? shape & 1U : 0U);
    symbol.name = names[cursor.byte() % std::size(names)];
    symbol.kind = static_cast<Kind>(cursor.byte() % 7);
    symbol.home = static_cast<Home>((shape >> 5U) % 4);
    symbol.binding = static_cast<Binding>((shape >> 6U) % 4);
    symbol.section = symbol.home == Home::section ? 1U + (shape & 1U) : 0;
    symbol.value = cursor.byte();
    if (symbol.value == 255)
      symbol.value = cursor.word();
    facts.symbols.push_back(symbol);
  }
  while (!cursor.empty()) {
    RecordPointer pointer{
        .offset = cursor.half(), .symbol = cursor.byte(), .addend = static_cast<std::int8_t>(cursor.byte())};
    if (pointer.addend == -1)
      pointer.addend = static_cast<std::int64_t>(cursor.word());
    section.pointers.push_back(pointer);
  }
  std::ranges::stable_sort(section.pointers, {}, &RecordPointer::offset);
  facts.record_sections.push_back(section);
  if ((flags & 1U) != 0)
    facts.record_sections.push_back(section);

  const Result<std::vector<Record>> records = records::decode(facts);
  if (!records) {
    fuzz::require(!records.error().diagnostics.empty(), "a failure has a reason");
    return 0;
  }
  for (const Record &record : *records) {
    fuzz::require(!record.symbol || facts.symbol_at(*record.symbol) != nullptr, "a record names a symbol of the table");
    fuzz::require(!record.symbol || facts.symbol_at(*record.symbol)->named(), "a record names a symbol with a name");
  }
  return 0;
}
