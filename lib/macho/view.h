// An object or a linked image as typed, checked ranges over its bytes: the load commands, the sections of all segments
// and the symbol table with its strings.
#pragma once

#include "base/bytes.h"
#include "base/diagnostic.h"
#include "base/text.h"
#include "macho/types.h"

#include <linkname/error.h>

#include <llvm/BinaryFormat/MachO.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::macho {

/// The names of sections and segments fill their field, or end before with a NUL byte.
inline Bytes fixed_name(const char (&field)[16]) {
  const Bytes whole(field, sizeof(field));
  return whole.substr(0, whole.find('\0'));
}

struct LoadCommand {
  std::uint32_t cmd = 0;
  Bytes body; ///< all cmdsize bytes
};

/// What a View is wanted of. The two have the same structures, and what they mean differs.
enum class Content : std::uint8_t { object, image };

/// The linked images that linkname edits: libraries, bundles and programs.
inline bool is_image(std::uint32_t filetype) {
  using namespace llvm::MachO;
  return filetype == MH_EXECUTE || filetype == MH_DYLIB || filetype == MH_BUNDLE;
}

template <class T> class View {
public:
  using Header = typename T::Header;
  using Section = typename T::Section;
  using Symbol = typename T::Symbol;
  using SymbolTable = typename T::SymbolTable;
  using DynamicSymbolTable = typename T::DynamicSymbolTable;
  using Relocation = typename T::Relocation;

  /// Checks the header, the load commands, the section headers and the symbol table.
  static Result<View> create(Bytes bytes, Content content = Content::object);

  [[nodiscard]] Bytes bytes() const { return bytes_; }
  [[nodiscard]] const Header &header() const { return *header_; }
  [[nodiscard]] std::span<const Symbol> symbols() const { return symbols_; }
  [[nodiscard]] Bytes strings() const { return strings_; }

  /// Where all load commands end.
  [[nodiscard]] std::uint64_t commands_end() const { return sizeof(Header) + std::uint64_t{header_->sizeofcmds}; }
  [[nodiscard]] const std::vector<LoadCommand> &commands() const { return commands_; }
  /// LC_SYMTAB; there is one where there are symbols.
  [[nodiscard]] const SymbolTable *symbol_table() const { return symbol_table_; }
  /// LC_DYSYMTAB, or null.
  [[nodiscard]] const DynamicSymbolTable *dynamic_symbol_table() const { return dynamic_symbol_table_; }

  /// Where a structure of the file lies in it.
  [[nodiscard]] std::uint64_t position(const void *field) const {
    return static_cast<std::uint64_t>(static_cast<const char *>(field) - bytes_.data());
  }

  /// Those of all segments; a section's number is one more than its place here.
  [[nodiscard]] const std::vector<const Section *> &sections() const { return sections_; }

  [[nodiscard]] std::string section_place(std::uint32_t number) const {
    return join({"section [", std::to_string(number), "] ", fixed_name(sections_[number - 1]->segname), ",",
                 fixed_name(sections_[number - 1]->sectname)});
  }

  static std::string symbol_place(std::uint32_t symbol) { return join({"LC_SYMTAB[", std::to_string(symbol), "]"}); }

  /// An n_strx of 0 is the empty name.
  [[nodiscard]] Result<Bytes> symbol_name(std::uint32_t symbol) const {
    if (symbols_[symbol].n_strx == 0)
      return Bytes{};
    const std::optional<Bytes> name = c_string(strings_, symbols_[symbol].n_strx);
    if (!name)
      return malformed(symbol_place(symbol), "the name reaches past the string table");
    return *name;
  }

  /// Whether a symbol is a function in Thumb code, which pointers to it mark with bit 0.
  [[nodiscard]] bool is_thumb(std::uint32_t symbol) const {
    return header_->cputype == static_cast<std::uint32_t>(llvm::MachO::CPU_TYPE_ARM) &&
           (symbols_[symbol].n_desc & llvm::MachO::N_ARM_THUMB_DEF) != 0;
  }

  /// The file's bytes of a section; none where it is filled with zeros.
  [[nodiscard]] Result<Bytes> contents(std::uint32_t number) const {
    const Section &section = *sections_[number - 1];
    if (llvm::MachO::isVirtualSection(static_cast<std::uint8_t>(section.flags & llvm::MachO::SECTION_TYPE)))
      return Bytes{};
    const std::optional<Bytes> range = slice(bytes_, section.offset, section.size);
    if (!range)
      return malformed(section_place(number), "reaches past the end of the file");
    return *range;
  }

  [[nodiscard]] Result<std::span<const Relocation>> relocations(std::uint32_t number) const {
    const Section &section = *sections_[number - 1];
    if (section.nreloc == 0)
      return std::span<const Relocation>{};
    const auto all = array_at<Relocation>(bytes_, section.reloff, section.nreloc);
    if (!all)
      return malformed(section_place(number), "its relocations reach past the end of the file");
    return *all;
  }

private:
  Result<void> read_commands();
  Result<void> read_sections(Bytes command);
  Result<void> read_symbols(Bytes command);
  Result<void> read_groups(Bytes command);

  Bytes bytes_;
  const Header *header_ = nullptr;
  std::vector<LoadCommand> commands_;
  std::vector<const Section *> sections_;
  std::span<const Symbol> symbols_;
  Bytes strings_;
  const SymbolTable *symbol_table_ = nullptr;
  const DynamicSymbolTable *dynamic_symbol_table_ = nullptr;
};

template <class T> Result<View<T>> View<T>::create(Bytes bytes, Content content) {
  using namespace llvm::MachO;
  View view;
  view.bytes_ = bytes;
  const auto header = array_at<Header>(bytes, 0, 1);
  if (!header)
    return malformed("Mach-O header", "the file ends before the header does");
  view.header_ = header->data();
  const std::uint32_t type = view.header_->filetype;
  if (type == MH_CORE || type == 0 || type > MH_KEXT_BUNDLE + 1) // the last one known is MH_FILESET
    return malformed("Mach-O header", "this is neither an object nor a linked image");
  if (content == Content::image ? !is_image(type) : type != MH_OBJECT)
    return fail(Status::malformed, "Mach-O header", "this is a linked image of a kind that is not supported",
                "linkname edits objects, dynamic libraries, bundles and programs");
  if (Result<void> read = view.read_commands(); !read)
    return std::unexpected(std::move(read.error()));
  return view;
}

template <class T> Result<void> View<T>::read_commands() {
  using CommandHeader = typename T::LoadCommand;
  const std::optional<Bytes> all = slice(bytes_, sizeof(Header), header_->sizeofcmds);
  if (!all)
    return malformed("Mach-O header", "the load commands reach past the end of the file");
  Bytes rest = *all;
  for (std::uint32_t i = 0; i < header_->ncmds; ++i) {
    const std::string place = join({"load command ", std::to_string(i)});
    const auto command = array_at<CommandHeader>(rest, 0, 1);
    if (!command || command->front().cmdsize < sizeof(CommandHeader) || command->front().cmdsize > rest.size())
      return malformed(place, "does not fit into the room for load commands");
    const Bytes body = rest.substr(0, command->front().cmdsize);
    rest.remove_prefix(body.size());
    commands_.push_back({.cmd = command->front().cmd, .body = body});
    Result<void> read;
    if (command->front().cmd == (T::is_64_bit ? llvm::MachO::LC_SEGMENT_64 : llvm::MachO::LC_SEGMENT))
      read = read_sections(body);
    else if (command->front().cmd == llvm::MachO::LC_SYMTAB)
      read = read_symbols(body);
    else if (command->front().cmd == llvm::MachO::LC_DYSYMTAB)
      read = read_groups(body);
    if (!read)
      return read;
  }
  return {};
}

template <class T> Result<void> View<T>::read_sections(Bytes command) {
  using Segment = typename T::Segment;
  const auto segment = array_at<Segment>(command, 0, 1);
  if (!segment)
    return malformed("LC_SEGMENT", "its load command is too short");
  const auto sections = array_at<Section>(command, sizeof(Segment), segment->front().nsects);
  if (!sections)
    return malformed("LC_SEGMENT", "has more sections than its load command holds");
  for (const Section &section : *sections)
    sections_.push_back(&section);
  return {};
}

template <class T> Result<void> View<T>::read_symbols(Bytes command) {
  const auto table = array_at<SymbolTable>(command, 0, 1);
  if (!table)
    return malformed("LC_SYMTAB", "its load command is too short");
  if (symbol_table_ != nullptr)
    return malformed("LC_SYMTAB", "a second symbol table; an object has one at most");
  symbol_table_ = table->data();
  if (symbol_table_->nsyms == 0)
    return {};
  const auto symbols = array_at<Symbol>(bytes_, symbol_table_->symoff, symbol_table_->nsyms);
  if (!symbols)
    return malformed("LC_SYMTAB", "the symbol table reaches past the end of the file");
  const std::optional<Bytes> strings = slice(bytes_, symbol_table_->stroff, symbol_table_->strsize);
  if (!strings)
    return malformed("LC_SYMTAB", "the string table reaches past the end of the file");
  symbols_ = *symbols;
  strings_ = *strings;
  return {};
}

template <class T> Result<void> View<T>::read_groups(Bytes command) {
  const auto table = array_at<DynamicSymbolTable>(command, 0, 1);
  if (!table)
    return malformed("LC_DYSYMTAB", "its load command is too short");
  if (dynamic_symbol_table_ != nullptr)
    return malformed("LC_DYSYMTAB", "a second one; an object has one at most");
  dynamic_symbol_table_ = table->data();
  return {};
}

} // namespace linkname::macho
