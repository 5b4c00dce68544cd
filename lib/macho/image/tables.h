// The one list of what stands in __LINKEDIT, each with the fields of the load commands that lead there (Apple's
// <mach-o/loader.h>). Layout moves the tables and sets the fields, verification and lint hold them against each other.
#pragma once

#include "macho/image/image.h"
#include "macho/offsets.h"

#include <algorithm>

namespace linkname::macho::image {

/// In the order in which Apple's linker writes them.
enum class TableKind : std::uint8_t {
  rebases,
  binds,
  weak_binds,
  lazy_binds,
  fixups, ///< chained
  exports,
  others, ///< nobody here needs to know what they say
  symbols,
  indirect_symbols,
  strings,
  signature,
  unclaimed, ///< what no load command leads to, and is more than padding
};

struct Table {
  TableKind kind = TableKind::others;
  std::string_view name; ///< of the load command, for messages
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t offset_field = 0; ///< where in the file the field stands that holds the offset; 0 for none
  std::uint64_t size_field = 0;   ///< ... and the one that holds the size, or the number of entries
  std::uint32_t entry = 1;        ///< bytes for which the size counts one
  bool wide = false;              ///< both fields have 64 bits

  [[nodiscard]] std::uint64_t end() const { return offset + size; }
};

/// What a table of that kind has to begin at a multiple of. Apple's tools want every one aligned like the pointers of
/// 64-bit images, and signatures to 16; dyld of macOS 27 refuses strings that are not.
[[nodiscard]] constexpr std::uint64_t alignment_of(TableKind kind) { return kind == TableKind::signature ? 16 : 8; }

/// Load commands of an image that lead to nothing in __LINKEDIT.
inline bool holds_no_tables(std::uint32_t cmd) {
  using namespace llvm::MachO;
  switch (cmd) {
  case LC_SEGMENT:
  case LC_SEGMENT_64:
  case LC_UNIXTHREAD:
  case LC_THREAD:
  case LC_LOAD_DYLIB:
  case LC_ID_DYLIB:
  case LC_LOAD_WEAK_DYLIB:
  case LC_REEXPORT_DYLIB:
  case LC_LAZY_LOAD_DYLIB:
  case LC_LOAD_UPWARD_DYLIB:
  case LC_LOAD_DYLINKER:
  case LC_ID_DYLINKER:
  case LC_DYLD_ENVIRONMENT:
  case LC_RPATH:
  case LC_SUB_FRAMEWORK:
  case LC_SUB_UMBRELLA:
  case LC_SUB_CLIENT:
  case LC_SUB_LIBRARY:
  case LC_ROUTINES:
  case LC_ROUTINES_64:
  case LC_MAIN:
  case LC_ENCRYPTION_INFO: // its range is one of code
  case LC_ENCRYPTION_INFO_64:
    return true;
  default:
    return holds_no_offsets(cmd);
  }
}

/// Every table that the load commands lead to, in their order; empty ones too. Fails at a load command that may lead to
/// one in a form that is not known here.
template <class T> Result<std::vector<Table>> tables_of(const Image<T> &image) {
  using namespace llvm::MachO;
  constexpr std::uint32_t atom_info = 0x36; // LC_ATOM_INFO: not in LLVM's headers
  const View<T> &view = image.view();
  std::vector<Table> tables;
  const auto add = [&](TableKind kind, std::string_view name, const auto &offset, const auto &count,
                       std::uint32_t entry = 1) {
    tables.push_back({.kind = kind,
                      .name = name,
                      .offset = offset,
                      .size = std::uint64_t{count} * entry,
                      .offset_field = view.position(&offset),
                      .size_field = view.position(&count),
                      .entry = entry,
                      .wide = sizeof offset == sizeof(std::uint64_t)});
  };
  for (const LoadCommand &command : view.commands()) {
    const auto data = [&](TableKind kind, std::string_view name) -> Result<void> {
      const auto fields = entries_of<typename T::LinkeditData>(command.body);
      if (fields.empty())
        return malformed("load commands", join({name, " is too short"}));
      add(kind, name, fields.front().dataoff, fields.front().datasize);
      return {};
    };
    Result<void> known;
    switch (command.cmd) {
    case LC_SYMTAB: {
      const auto &table = *view.symbol_table();
      add(TableKind::symbols, "LC_SYMTAB", table.symoff, table.nsyms, sizeof(typename T::Symbol));
      add(TableKind::strings, "the strings", table.stroff, table.strsize);
      break;
    }
    case LC_DYSYMTAB: {
      constexpr std::uint32_t relocation = sizeof(typename T::Relocation);
      const auto &table = *view.dynamic_symbol_table();
      add(TableKind::others, "the table of contents", table.tocoff, table.ntoc, sizeof(dylib_table_of_contents));
      add(TableKind::others, "the module table", table.modtaboff, table.nmodtab,
          T::is_64_bit ? sizeof(dylib_module_64) : sizeof(dylib_module));
      add(TableKind::others, "the reference table", table.extrefsymoff, table.nextrefsyms, sizeof(dylib_reference));
      add(TableKind::indirect_symbols, "the indirect symbol table", table.indirectsymoff, table.nindirectsyms,
          sizeof(typename T::U32));
      add(TableKind::others, "the external relocations", table.extreloff, table.nextrel, relocation);
      add(TableKind::others, "the local relocations", table.locreloff, table.nlocrel, relocation);
      break;
    }
    case LC_DYLD_INFO:
    case LC_DYLD_INFO_ONLY: {
      const auto fields = entries_of<typename T::DyldInfo>(command.body);
      if (fields.empty())
        return malformed("load commands", "LC_DYLD_INFO is too short");
      const typename T::DyldInfo &info = fields.front();
      add(TableKind::rebases, "the rebase opcodes", info.rebase_off, info.rebase_size);
      add(TableKind::binds, "the bind opcodes", info.bind_off, info.bind_size);
      add(TableKind::weak_binds, "the weak bind opcodes", info.weak_bind_off, info.weak_bind_size);
      add(TableKind::lazy_binds, "the lazy bind opcodes", info.lazy_bind_off, info.lazy_bind_size);
      add(TableKind::exports, "the exports trie", info.export_off, info.export_size);
      break;
    }
    case LC_DYLD_CHAINED_FIXUPS:
      known = data(TableKind::fixups, "LC_DYLD_CHAINED_FIXUPS");
      break;
    case LC_DYLD_EXPORTS_TRIE:
      known = data(TableKind::exports, "the exports trie");
      break;
    case LC_SEGMENT_SPLIT_INFO:
      known = data(TableKind::others, "LC_SEGMENT_SPLIT_INFO");
      break;
    case LC_FUNCTION_STARTS:
      known = data(TableKind::others, "LC_FUNCTION_STARTS");
      break;
    case LC_DATA_IN_CODE:
      known = data(TableKind::others, "LC_DATA_IN_CODE");
      break;
    case LC_DYLIB_CODE_SIGN_DRS:
    case LC_LINKER_OPTIMIZATION_HINT:
    case atom_info:
      known = data(TableKind::others, "a load command's data");
      break;
    case LC_CODE_SIGNATURE:
      known = data(TableKind::signature, "the code signature");
      break;
    case LC_NOTE: {
      const auto note = entries_of<typename T::Note>(command.body);
      if (note.empty())
        return malformed("load commands", "LC_NOTE is too short");
      const auto *const linkedit = image.linkedit();
      if (linkedit != nullptr && note.front().offset >= linkedit->fileoff)
        add(TableKind::others, "LC_NOTE", note.front().offset, note.front().size);
      break;
    }
    default:
      if (!holds_no_tables(command.cmd))
        known = fail(Status::refused, join({"load command ", hex(command.cmd)}),
                     "may lead to a table in a form that linkname does not know, so none can be moved",
                     "report it, with what wrote the file");
    }
    if (!known)
      return std::unexpected(std::move(known.error()));
  }
  return tables;
}

/// The one table of a kind of which images have one at most, or null.
inline const Table *table_of(const std::vector<Table> &tables, TableKind kind) {
  const auto found = std::ranges::find(tables, kind, &Table::kind);
  return found == tables.end() ? nullptr : &*found;
}

/// Its bytes.
inline Result<Bytes> contents_of(Bytes file, const Table &table) {
  const std::optional<Bytes> bytes = slice(file, table.offset, table.size);
  if (!bytes)
    return malformed(std::string(table.name), "reaches past the end of the file");
  return *bytes;
}

} // namespace linkname::macho::image
