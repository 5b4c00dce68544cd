// An object as typed, checked ranges over its bytes: section table, symbol table and string table (PE format
// specification, "COFF Symbol Table"). The two forms of objects differ in the header and in the width of a symbol's
// section number; only this file and `with_view` know of it.
#pragma once

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/text.h"
#include "coff/section_name.h"

#include <linkname/error.h>

#include <llvm/BinaryFormat/COFF.h>
#include <llvm/Object/COFF.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>

namespace linkname::coff {

using Header = llvm::object::coff_file_header;
using BigHeader = llvm::object::coff_bigobj_file_header;
using Section = llvm::object::coff_section;
using Relocation = llvm::object::coff_relocation;
using Symbol16 = llvm::object::coff_symbol16;
using Symbol32 = llvm::object::coff_symbol32;

inline std::string symbol_place(std::uint64_t symbol) { return join({"symbols[", std::to_string(symbol), "]"}); }

template <class SymbolType> class View {
public:
  static constexpr bool is_big = sizeof(SymbolType) == sizeof(Symbol32);
  using HeaderType = std::conditional_t<is_big, BigHeader, Header>;

  /// Checks the header, the section table with its names, the symbol table and the string table. The file must be of
  /// the shape that SymbolType belongs to (shape.h).
  static Result<View> create(Bytes bytes);

  /// The same for the part of a linked image that an object would have too, whose header stands at `header_at`. In
  /// there, sections of uninitialised data may have bytes in the file, and nobody asks `contents` for them.
  static Result<View> in_image(Bytes bytes, std::uint64_t header_at);

  [[nodiscard]] Bytes bytes() const { return bytes_; }
  [[nodiscard]] std::uint16_t machine() const { return machine_; }

  /// In file order; a section's number is one more than its place here.
  [[nodiscard]] std::span<const Section> sections() const { return sections_; }
  /// Auxiliary records too, as entries that must not be read as symbols.
  [[nodiscard]] std::span<const SymbolType> symbols() const { return symbols_; }
  /// With its first four bytes, which say how long it is; empty where the file has none.
  [[nodiscard]] Bytes strings() const { return strings_; }

  [[nodiscard]] const HeaderType &header() const { return *header_; }
  /// Where in the file the first section header stands, the symbol table ends and the string table ends.
  [[nodiscard]] std::uint64_t section_table() const { return position(sections_.data()); }
  [[nodiscard]] std::uint64_t symbols_end() const { return header_->PointerToSymbolTable + symbols_.size_bytes(); }
  [[nodiscard]] std::uint64_t strings_end() const { return symbols_end() + strings_.size(); }
  /// Where in the file something stands that is a part of it.
  [[nodiscard]] std::uint64_t position(const void *part) const {
    return static_cast<std::uint64_t>(static_cast<const char *>(part) - bytes_.data());
  }

  [[nodiscard]] Result<Bytes> section_name(std::uint32_t number) const;
  [[nodiscard]] Result<Bytes> symbol_name(std::uint32_t symbol) const;
  [[nodiscard]] std::string section_place(std::uint32_t number) const;

  /// A symbol's section number: 0, one of the negative special values, or a section's.
  [[nodiscard]] std::int64_t section_number(std::uint32_t symbol) const {
    const std::uint32_t number = symbols_[symbol].SectionNumber;
    if constexpr (is_big)
      return static_cast<std::int32_t>(number);
    else
      return number <= llvm::COFF::MaxNumberOfSections16 ? std::int64_t{number} : std::int64_t{number} - 0x10000;
  }

  /// The auxiliary records of a symbol; the last one must be inside the table.
  [[nodiscard]] Bytes auxiliary(std::uint32_t symbol) const {
    return Bytes(reinterpret_cast<const char *>(symbols_.data() + symbol + 1),
                 std::size_t{symbols_[symbol].NumberOfAuxSymbols} * sizeof(SymbolType));
  }

  /// A string by its offset in the string table, whose first four bytes are its length.
  [[nodiscard]] std::optional<Bytes> string(std::uint64_t offset) const {
    if (offset < sizeof(std::uint32_t))
      return std::nullopt;
    return c_string(strings_, offset);
  }

  /// The file's bytes of a section; none for uninitialised data.
  [[nodiscard]] Result<Bytes> contents(std::uint32_t number) const;
  [[nodiscard]] Result<std::span<const Relocation>> relocations(std::uint32_t number) const;

private:
  Result<void> read_tables(std::uint64_t section_table, std::uint32_t section_count, std::uint32_t symbol_table,
                           std::uint32_t symbol_count);

  Bytes bytes_;
  const HeaderType *header_ = nullptr;
  std::span<const Section> sections_;
  std::span<const SymbolType> symbols_;
  Bytes strings_;
  std::uint16_t machine_ = 0;
};

template <class SymbolType> Result<View<SymbolType>> View<SymbolType>::create(Bytes bytes) {
  View view;
  view.bytes_ = bytes;
  const auto found = array_at<HeaderType>(bytes, 0, 1);
  if (!found)
    return malformed("COFF header", "the file ends before the header does");
  view.header_ = found->data();
  const HeaderType &header = found->front();
  view.machine_ = header.Machine;
  std::uint64_t section_table = sizeof(HeaderType);
  if constexpr (!is_big) {
    if ((header.Characteristics & llvm::COFF::IMAGE_FILE_EXECUTABLE_IMAGE) != 0)
      return fail(Status::malformed, "COFF header", "this is a linked image, and only objects are supported",
                  "rewrite the object that it was linked from");
    section_table += header.SizeOfOptionalHeader;
  }
  if (Result<void> read =
          view.read_tables(section_table, header.NumberOfSections, header.PointerToSymbolTable, header.NumberOfSymbols);
      !read)
    return std::unexpected(std::move(read.error()));
  return view;
}

template <class SymbolType> Result<View<SymbolType>> View<SymbolType>::in_image(Bytes bytes, std::uint64_t header_at) {
  static_assert(!is_big);
  View view;
  view.bytes_ = bytes;
  const auto found = array_at<HeaderType>(bytes, header_at, 1);
  if (!found)
    return malformed("COFF header", "the file ends before the header does");
  view.header_ = found->data();
  const HeaderType &header = found->front();
  view.machine_ = header.Machine;
  const std::uint64_t section_table = header_at + sizeof(HeaderType) + header.SizeOfOptionalHeader;
  if (Result<void> read =
          view.read_tables(section_table, header.NumberOfSections, header.PointerToSymbolTable, header.NumberOfSymbols);
      !read)
    return std::unexpected(std::move(read.error()));
  return view;
}

template <class SymbolType>
Result<void> View<SymbolType>::read_tables(std::uint64_t section_table, std::uint32_t section_count,
                                           std::uint32_t symbol_table, std::uint32_t symbol_count) {
  const auto sections = array_at<Section>(bytes_, section_table, section_count);
  if (!sections)
    return malformed("COFF header", "the section table reaches past the end of the file");
  sections_ = *sections;
  if (symbol_table == 0)
    return {};
  const auto symbols = array_at<SymbolType>(bytes_, symbol_table, symbol_count);
  if (!symbols)
    return malformed("COFF header", "the symbol table reaches past the end of the file");
  symbols_ = *symbols;
  // The string table follows at once. Where no name is long, some tools leave it out.
  const Bytes rest = bytes_.substr(symbol_table + symbols_.size_bytes());
  if (rest.empty())
    return {};
  const auto length = array_at<llvm::support::ulittle32_t>(rest, 0, 1);
  if (!length || length->front() > rest.size())
    return malformed("string table", "reaches past the end of the file");
  // Some tools write a length of 0 where there are no strings; the four bytes are there all the same.
  strings_ = rest.substr(0, std::max<std::size_t>(length->front(), sizeof(std::uint32_t)));
  return {};
}

template <class SymbolType> Result<Bytes> View<SymbolType>::section_name(std::uint32_t number) const {
  const Bytes field(sections_[number - 1].Name, llvm::COFF::NameSize);
  const Bytes inline_name = field.substr(0, field.find('\0'));
  const std::optional<std::uint64_t> offset = referred_string(inline_name);
  if (!offset)
    return inline_name;
  const std::optional<Bytes> name = string(*offset);
  if (!name)
    return malformed(join({"section [", std::to_string(number), "]"}), "the name reaches past the string table");
  return *name;
}

template <class SymbolType> Result<Bytes> View<SymbolType>::symbol_name(std::uint32_t symbol) const {
  const auto &name = symbols_[symbol].Name;
  if (name.Offset.Zeroes != 0) {
    const Bytes field(name.ShortName, llvm::COFF::NameSize);
    return field.substr(0, field.find('\0'));
  }
  if (name.Offset.Offset == 0)
    return Bytes{};
  const std::optional<Bytes> found = string(name.Offset.Offset);
  if (!found)
    return malformed(symbol_place(symbol), "the name reaches past the string table");
  return *found;
}

template <class SymbolType> std::string View<SymbolType>::section_place(std::uint32_t number) const {
  const Result<Bytes> name = section_name(number);
  return join({"section [", std::to_string(number), "]", !name || name->empty() ? "" : " ", name.value_or(Bytes{})});
}

template <class SymbolType> Result<Bytes> View<SymbolType>::contents(std::uint32_t number) const {
  const Section &section = sections_[number - 1];
  if (section.PointerToRawData == 0 || (section.Characteristics & llvm::COFF::IMAGE_SCN_CNT_UNINITIALIZED_DATA) != 0)
    return Bytes{};
  const std::optional<Bytes> range = slice(bytes_, section.PointerToRawData, section.SizeOfRawData);
  if (!range)
    return malformed(section_place(number), "reaches past the end of the file");
  return *range;
}

template <class SymbolType>
Result<std::span<const Relocation>> View<SymbolType>::relocations(std::uint32_t number) const {
  const Section &section = sections_[number - 1];
  const auto outside = [&] {
    return malformed(section_place(number), "its relocations reach past the end of the file");
  };
  std::uint64_t count = section.NumberOfRelocations;
  std::uint64_t offset = section.PointerToRelocations;
  // More than 65534 of them: the first entry holds the number, itself counted, and no relocation.
  if (section.hasExtendedRelocations()) {
    const auto first = array_at<Relocation>(bytes_, offset, 1);
    if (!first || first->front().VirtualAddress == 0)
      return outside();
    count = std::uint64_t{first->front().VirtualAddress} - 1;
    offset += sizeof(Relocation);
  }
  if (count == 0)
    return std::span<const Relocation>{};
  const auto all = array_at<Relocation>(bytes_, offset, count);
  if (!all)
    return outside();
  return *all;
}

} // namespace linkname::coff
