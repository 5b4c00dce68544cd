// A relocatable object as typed, checked ranges over its bytes: what gABI 4.1 calls the ELF header, the section header
// table and the symbol table. Everything else in this room reads the file through a View, and only a View that was
// created exists: its ranges are inside the file and its indices in range.
#pragma once

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/large_pages.h"
#include "base/text.h"

#include <linkname/error.h>

#include <llvm/BinaryFormat/ELF.h>
#include <llvm/Object/ELFTypes.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::elf {

/// What an earlier look at the same bytes has shown. A large object has a hundred thousand section headers, and one
/// look at all of them is enough to know that there is one symbol table.
enum class SymbolTables : std::uint8_t { not_counted, one };

template <class ELFT> class View {
public:
  using Ehdr = typename ELFT::Ehdr;
  using Shdr = typename ELFT::Shdr;
  using Sym = typename ELFT::Sym;
  using Word = typename ELFT::Word;

  /// Checks the header, the section header table and the symbol table with its strings.
  static Result<View> create(Bytes bytes, SymbolTables tables = SymbolTables::not_counted);
  /// The same for a linked image, of which image/view.h reads the rest.
  static Result<View> create_for_image(Bytes bytes);

  [[nodiscard]] Bytes bytes() const { return bytes_; }
  [[nodiscard]] const Ehdr &header() const { return *header_; }
  [[nodiscard]] std::span<const Shdr> sections() const { return sections_; }
  [[nodiscard]] std::span<const Sym> symbols() const { return symbols_; }
  [[nodiscard]] Bytes strings() const { return strings_; }

  /// Section indices; 0 where the object has none.
  [[nodiscard]] std::uint32_t symbol_table() const { return symbol_table_; }
  [[nodiscard]] std::uint32_t string_table() const { return string_table_; }
  [[nodiscard]] std::uint32_t extended_table() const { return extended_table_; }
  /// A symbol's entry there.
  [[nodiscard]] const Word &extended_entry(std::uint32_t symbol) const { return extended_[symbol]; }

  /// The file's bytes of a section; none for SHT_NOBITS and SHT_NULL.
  [[nodiscard]] Result<Bytes> contents(std::uint32_t section) const;

  /// Empty where the name is not readable: section names are for people here.
  [[nodiscard]] Bytes section_name(std::uint32_t section) const {
    return c_string(section_names_, sections_[section].sh_name).value_or(Bytes{});
  }
  /// The table of them, up to its last NUL.
  [[nodiscard]] Bytes section_names() const { return section_names_; }
  /// One name with all that follows its NUL.
  [[nodiscard]] Bytes section_name_field(std::uint32_t section) const {
    const std::uint32_t name = sections_[section].sh_name;
    return name < section_names_.size() ? section_names_.substr(name) : Bytes{};
  }

  [[nodiscard]] std::string section_place(std::uint32_t section) const {
    const Bytes name = section_name(section);
    return join({"section [", std::to_string(section), "]", name.empty() ? "" : " ", name});
  }

  [[nodiscard]] Result<Bytes> symbol_name(std::uint32_t symbol) const {
    const std::optional<Bytes> name = c_string(strings_, symbols_[symbol].st_name);
    if (!name)
      return malformed(join({".symtab[", std::to_string(symbol), "]"}), "the name reaches past the string table");
    return *name;
  }

  [[nodiscard]] bool is_called(std::uint32_t symbol, std::string_view name) const {
    const std::optional<Bytes> found = slice(strings_, symbols_[symbol].st_name, name.size() + 1);
    return found && found->starts_with(name) && found->find('\0') == name.size();
  }

  /// The section that a symbol is defined in, SHN_XINDEX resolved (gABI, "Symbol Table Section"); SHN_ABS, SHN_COMMON
  /// and other reserved values are given back as they are, with `reserved` set.
  struct SectionOf {
    std::uint32_t index = 0;
    bool reserved = false;
  };
  [[nodiscard]] SectionOf section_of(std::uint32_t symbol) const {
    const std::uint32_t index = symbols_[symbol].st_shndx;
    if (index == llvm::ELF::SHN_XINDEX && symbol < extended_.size())
      return {.index = extended_[symbol], .reserved = false};
    return {.index = index, .reserved = index >= llvm::ELF::SHN_LORESERVE};
  }

  /// Maps symbols and strings at once. To be called before their first walk, in the file's bytes or in what was
  /// written.
  void populate_tables() const {
    populate(symbols_);
    populate(strings_);
  }

  /// Names lie scattered over the string tables, and a walk in table order waits for memory at each of them. Asking for
  /// the names a few entries ahead halves the time of the walk.
  void prefetch_symbol_name(std::size_t symbol) const {
    if (symbol < symbols_.size() && symbols_[symbol].st_name < strings_.size())
      __builtin_prefetch(strings_.data() + symbols_[symbol].st_name);
  }

  /// Where in the file an entry of the symbol table stands.
  [[nodiscard]] std::uint64_t symbol_offset(std::uint64_t symbol) const {
    return sections_[symbol_table_].sh_offset + symbol * sizeof(Sym);
  }

private:
  static Result<View> with_header(Bytes bytes);
  static Result<View> read_tables(View view, SymbolTables tables);
  Result<void> read_sections();
  Result<void> read_symbols(SymbolTables tables);
  Result<void> read_extended_indices(std::span<const std::uint32_t> candidates);

  Bytes bytes_;
  const Ehdr *header_ = nullptr;
  std::span<const Shdr> sections_;
  std::span<const Sym> symbols_;
  std::span<const Word> extended_;
  Bytes strings_;
  Bytes section_names_;
  std::uint32_t symbol_table_ = 0;
  std::uint32_t string_table_ = 0;
  std::uint32_t extended_table_ = 0;
};

template <class ELFT> Result<View<ELFT>> View<ELFT>::create(Bytes bytes, SymbolTables tables) {
  Result<View> view = with_header(bytes);
  if (!view)
    return view;
  switch (view->header_->e_type) {
  case llvm::ELF::ET_REL:
    return read_tables(std::move(*view), tables);
  case llvm::ELF::ET_EXEC:
  case llvm::ELF::ET_DYN:
    return malformed("ELF header", "this is a linked image where only an object can be");
  default:
    return malformed("ELF header", "this is neither an object nor a linked image");
  }
}

template <class ELFT> Result<View<ELFT>> View<ELFT>::create_for_image(Bytes bytes) {
  Result<View> view = with_header(bytes);
  return view ? read_tables(std::move(*view), SymbolTables::not_counted) : std::move(view);
}

template <class ELFT> Result<View<ELFT>> View<ELFT>::with_header(Bytes bytes) {
  View view;
  view.bytes_ = bytes;
  const auto header = array_at<Ehdr>(bytes, 0, 1);
  if (!header)
    return malformed("ELF header", "the file ends before the header does");
  view.header_ = header->data();
  return view;
}

template <class ELFT> Result<View<ELFT>> View<ELFT>::read_tables(View view, SymbolTables tables) {
  if (Result<void> read = view.read_sections(); !read)
    return std::unexpected(std::move(read.error()));
  if (Result<void> read = view.read_symbols(tables); !read)
    return std::unexpected(std::move(read.error()));
  return view;
}

template <class ELFT> Result<void> View<ELFT>::read_sections() {
  if (header_->e_shoff == 0)
    return {};
  if (header_->e_shentsize != sizeof(Shdr))
    return malformed("ELF header", "e_shentsize is not the size of a section header");
  const auto first = array_at<Shdr>(bytes_, header_->e_shoff, 1);
  if (!first)
    return malformed("ELF header", "the section header table lies outside the file");
  // Counts that do not fit stand in section 0 (gABI, "ELF Header": e_shnum and e_shstrndx).
  const std::uint64_t count =
      header_->e_shnum != 0 ? std::uint64_t{header_->e_shnum} : std::uint64_t{first->front().sh_size};
  const auto all = array_at<Shdr>(bytes_, header_->e_shoff, count);
  if (!all || count > UINT32_MAX)
    return malformed("ELF header", "the section header table reaches past the end of the file");
  sections_ = *all;
  if (sections_.empty())
    return {};
  // What would be in it could overlap anything, since index 0 stands for "no section" everywhere.
  if (sections_.front().sh_type != llvm::ELF::SHT_NULL)
    return malformed("section [0]", "is not the empty one that every section header table begins with");
  const std::uint32_t names = header_->e_shstrndx == llvm::ELF::SHN_XINDEX ? std::uint32_t{first->front().sh_link}
                                                                           : std::uint32_t{header_->e_shstrndx};
  if (names >= sections_.size())
    return malformed("ELF header", "e_shstrndx names no section");
  if (names != 0)
    section_names_ = slice(bytes_, sections_[names].sh_offset, sections_[names].sh_size).value_or(Bytes{});
  section_names_ = section_names_.substr(0, section_names_.rfind('\0') + 1); // every name has an end
  return {};
}

template <class ELFT> Result<void> View<ELFT>::read_symbols(SymbolTables tables) {
  std::vector<std::uint32_t> extended;
  const auto extends = [&](std::uint32_t i) { return sections_[i].sh_link == symbol_table_; };
  for (auto i = static_cast<std::uint32_t>(sections_.size()); i-- > 1;) { // mostly they are among the last ones
    const std::uint32_t type = sections_[i].sh_type;
    if (type == llvm::ELF::SHT_SYMTAB_SHNDX)
      extended.push_back(i);
    else if (type != llvm::ELF::SHT_SYMTAB)
      continue;
    else if (symbol_table_ != 0)
      return malformed(section_place(symbol_table_), "a second symbol table; an object has one at most");
    else
      symbol_table_ = i;
    if (tables == SymbolTables::one && symbol_table_ != 0 && std::ranges::any_of(extended, extends))
      break;
  }
  if (symbol_table_ == 0)
    return {};
  const Shdr &table = sections_[symbol_table_];
  const auto place = [&] { return section_place(symbol_table_); };
  if (table.sh_entsize != sizeof(Sym) || table.sh_size % sizeof(Sym) != 0)
    return malformed(place(), "sh_entsize or sh_size does not fit the size of a symbol");
  const auto symbols = array_at<Sym>(bytes_, table.sh_offset, table.sh_size / sizeof(Sym));
  if (!symbols || symbols->size() > UINT32_MAX)
    return malformed(place(), "reaches past the end of the file");
  symbols_ = *symbols;
  if (table.sh_info > symbols_.size())
    return malformed(place(), "sh_info, the index of the first global symbol, is past the end of the table");
  if (table.sh_link == 0 || table.sh_link >= sections_.size() ||
      sections_[table.sh_link].sh_type != llvm::ELF::SHT_STRTAB)
    return malformed(place(), "sh_link names no string table");
  string_table_ = table.sh_link;
  const Result<Bytes> strings = contents(string_table_);
  if (!strings)
    return std::unexpected(strings.error());
  strings_ = *strings;
  if (!symbols_.empty() && (strings_.empty() || strings_.back() != '\0'))
    return malformed(section_place(string_table_), "does not end with a NUL byte");
  return read_extended_indices(extended);
}

template <class ELFT> Result<void> View<ELFT>::read_extended_indices(std::span<const std::uint32_t> candidates) {
  for (const std::uint32_t i : candidates) {
    if (sections_[i].sh_link != symbol_table_)
      continue;
    const auto indices = array_at<Word>(bytes_, sections_[i].sh_offset, symbols_.size());
    if (extended_table_ != 0 || !indices || sections_[i].sh_size != symbols_.size() * sizeof(Word))
      return malformed(section_place(i), "is not the one parallel array of the symbol table");
    extended_table_ = i;
    extended_ = *indices;
  }
  return {};
}

template <class ELFT> Result<Bytes> View<ELFT>::contents(std::uint32_t section) const {
  const Shdr &header = sections_[section];
  if (header.sh_type == llvm::ELF::SHT_NOBITS || header.sh_type == llvm::ELF::SHT_NULL)
    return Bytes{};
  const std::optional<Bytes> range = slice(bytes_, header.sh_offset, header.sh_size);
  if (!range)
    return malformed(section_place(section), "reaches past the end of the file");
  return *range;
}

} // namespace linkname::elf
