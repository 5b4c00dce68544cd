// What is known of one object or linked image, in words that all formats share. The format rooms fill these values in;
// the planner and the tool read nothing else, so nothing behind them needs to know ELF from COFF.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkname {

enum class Format : std::uint8_t { elf, macho, coff };

/// Who can refer to a symbol.
enum class Binding : std::uint8_t {
  local,  ///< this object only
  global, ///< the whole link
  weak,   ///< the whole link, gives way to a global definition
  unique, ///< STB_GNU_UNIQUE: global, and one for the whole process
};

/// How far a global symbol reaches once it is linked (ELF gABI, "Symbol Visibility"; Mach-O's private extern is
/// hidden).
enum class Visibility : std::uint8_t { exported, protected_, hidden, internal };

/// What a symbol stands for.
enum class Kind : std::uint8_t { untyped, function, object, thread_local_, indirect_function, section, file };

/// Where a symbol's definition is.
enum class Home : std::uint8_t { undefined, section, absolute, common };

/// One entry of the symbol table.
struct Symbol {
  std::string_view name;     ///< as `nm` prints it; points into the file's bytes, or to Facts::words
  std::uint64_t value = 0;   ///< an offset into the section in an object, the virtual address in an image
  std::uint64_t size = 0;    ///< in bytes; 0 when the format does not say
  std::uint32_t index = 0;   ///< position in the file's symbol table, aux entries counted; Facts::tables
  std::uint32_t section = 0; ///< index into Facts::sections when `home` is Home::section
  std::uint32_t source = 0;  ///< index into Facts::sources; 0 is "not known"
  Binding binding = Binding::local;
  Visibility visibility = Visibility::exported;
  Kind kind = Kind::untyped;
  Home home = Home::undefined;
  bool in_group = false;    ///< the definition is in a COMDAT group: the linker may keep another object's copy
  bool names_group = false; ///< a COMDAT group bears its name (ELF); it may be local, and stand for nothing else

  [[nodiscard]] bool defined() const { return home != Home::undefined; }
  [[nodiscard]] bool named() const { return !name.empty() && kind != Kind::section && kind != Kind::file; }
  /// A compiler's own label, such as `.L1`, is named but nothing that a person would bind.
  [[nodiscard]] bool is_label() const { return binding == Binding::local && name.starts_with(".L"); }
};

struct Section {
  std::string_view name_field; ///< where the name stands in the file
  std::uint64_t address = 0;   ///< where the object counts it from; 0 where offsets count from the section

  /// Ends at the first NUL or with the field. Looked for on demand: there are more sections than anybody asks for.
  [[nodiscard]] std::string_view name() const { return name_field.substr(0, name_field.find('\0')); }
};

/// A pointer field of a record, resolved as far as the relocation says: a symbol and what is to be added to it.
struct RecordPointer {
  std::uint64_t offset = 0; ///< of the pointer field, from the start of the record section
  std::uint32_t symbol = 0; ///< index into the symbol table; may be a section symbol
  std::int64_t addend = 0;
  bool by_section = false; ///< means a section and an offset, for which the symbol is only where to count from
};

/// Where one of a file's symbol tables begins in the count of all. Objects have one; images have what the loader reads
/// and, unless stripped, what debuggers read. A symbol that stands in several of them is listed once, under the first.
struct SymbolTable {
  std::string_view name; ///< what messages call it, e.g. ".symtab"
  std::uint32_t from = 0;
};

/// What an image says of a symbol that it shares with others, beside its name.
struct Sharing {
  std::uint32_t symbol = 0;     ///< its index
  bool default_version = false; ///< `name@@version` rather than `name@version`
  std::string_view version;     ///< the ELF version that it is bound to or defined under; may be empty
  std::string_view library; ///< where it comes from (imports) or is forwarded to, as far as the file says; may be empty
};

/// One section of records as the compiler left it (docs/record.md). Decoding it is the records room's work.
struct RecordSection {
  std::string_view bytes;
  std::string_view name;
  std::uint8_t pointer_size = 8;
  bool big_endian = false;
  std::vector<RecordPointer> pointers; ///< ordered by offset
};

/// Code for link-time optimisation, which holds names that editing the symbol table does not reach.
enum class Lto : std::uint8_t {
  none,
  fat,  ///< native code beside it
  slim, ///< nothing but the intermediate code
};

struct Facts {
  Format format = Format::elf;
  bool image = false; ///< linked: values are virtual addresses, what others see is global, and all else is local
  bool imports_by_library = false; ///< images: an import is known by its library too, so an export may bear its name
  std::string target;              ///< e.g. "elf64-little-x86-64"
  std::vector<SymbolTable> tables; ///< in the order of their first index
  std::vector<Sharing> sharing;    ///< images: by symbol
  std::vector<Symbol> symbols;     ///< in the order of their index, which has gaps where the format has aux entries
  std::vector<Section> sections;   ///< by section index; names may be empty
  std::vector<std::string_view> sources = {
      std::string_view{}}; ///< source files that the table names; [0] is "not known"
  std::vector<RecordSection> record_sections;
  Lto lto = Lto::none;
  bool debug_information = false; ///< DWARF's `.debug_info` or `__debug_info` is there
  std::uint64_t tail_from = 0;    ///< no edit is likely to move what stands before this file offset; between here and
  std::uint64_t tail_until = 0;   ///< this one it moves all bytes by the same distance and changes none; may be empty
  std::shared_ptr<const void> words; ///< keeps alive what names point to beside the file's bytes
  char name_prefix = '\0'; ///< what the platform puts before a C-level name ('_' on Mach-O and i386 COFF), or 0

  /// The C-level name of a symbol name: the same without the platform's prefix.
  [[nodiscard]] std::string_view c_level(std::string_view name) const {
    return name_prefix != '\0' && name.starts_with(name_prefix) ? name.substr(1) : name;
  }

  /// The table that a symbol stands in; its `from` is to be taken from the symbol's index to count within the table.
  [[nodiscard]] SymbolTable table_of(const Symbol &symbol) const {
    const auto next = std::ranges::upper_bound(tables, symbol.index, {}, &SymbolTable::from);
    return next == tables.begin() ? SymbolTable{} : next[-1];
  }

  /// What an image says of it beside its name.
  [[nodiscard]] Sharing sharing_of(const Symbol &symbol) const {
    const auto found = std::ranges::lower_bound(sharing, symbol.index, {}, &Sharing::symbol);
    if (found != sharing.end() && found->symbol == symbol.index)
      return *found;
    Sharing none;
    none.symbol = symbol.index;
    return none;
  }

  /// The symbol of that index in the file's table; none for an aux entry or an index past the end.
  [[nodiscard]] const Symbol *symbol_at(std::uint32_t index) const {
    if (index < symbols.size() && symbols[index].index == index)
      return &symbols[index];
    const auto found = std::ranges::lower_bound(symbols, index, {}, &Symbol::index);
    return found != symbols.end() && found->index == index ? &*found : nullptr;
  }
};

/// What one record says, decoded and tied to a symbol.
struct Record {
  std::optional<std::uint32_t> symbol; ///< its index in the symbol table; empty: by name, `local`
  std::string local;                   ///< the symbol's name in the object (the spelled name where it is by name)
  std::string remote;                  ///< as a symbol name, the platform's prefix added; empty: export
  std::string spelled;                 ///< the source text of `local`
  std::string written_at;              ///< file:line
  std::string reason;                  ///< why the binding exists; may be empty
  std::string place;                   ///< `.linkname+0x40`

  bool operator==(const Record &) const = default;
};

/// How sure it is that a definition keeps its ABI when it is used from outside its file (docs/hazards.md).
enum class Verdict : std::uint8_t { safe, broken, unverifiable };

struct Hazard {
  Verdict verdict = Verdict::unverifiable;
  std::string evidence; ///< what the verdict rests on, to be read by a person
};

} // namespace linkname
