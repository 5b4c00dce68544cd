// Every name that an image offers or asks for, as its loader finds it: in the exports trie, and in what binds pointers
// to imports. The symbol table is for debuggers, and a strip may have left little of it; what stands in it comes first,
// and the other names are counted on behind it: exports by name, then imports in the order in which they occur.
#pragma once

#include "macho/image/binds.h"
#include "macho/image/chained.h"
#include "macho/image/exports.h"
#include "macho/image/tables.h"
#include "macho/symbol_edit.h"

#include <unordered_set>

namespace linkname::macho::image {

/// A use of an import.
struct Import {
  std::string_view name;
  std::int64_t ordinal = 0;
  bool weak = false; ///< may be missing
};

struct Names {
  std::vector<Table> tables;
  Exports exports;
  std::vector<Import> imports;                  ///< every use
  std::vector<std::string_view> symbols;        ///< of LC_SYMTAB, by index
  std::vector<const Export *> unlisted_exports; ///< of which the symbol table says nothing
  std::vector<const Import *> unlisted_imports; ///< the first use of each

  [[nodiscard]] std::uint32_t first_export() const { return static_cast<std::uint32_t>(symbols.size()); }
  [[nodiscard]] std::uint32_t first_import() const {
    return static_cast<std::uint32_t>(symbols.size() + unlisted_exports.size());
  }
  [[nodiscard]] std::string_view name(std::uint32_t symbol) const {
    if (symbol < first_export())
      return symbols[symbol];
    return symbol < first_import() ? unlisted_exports[symbol - first_export()]->name
                                   : unlisted_imports[symbol - first_import()]->name;
  }
  [[nodiscard]] std::uint32_t count() const {
    return first_import() + static_cast<std::uint32_t>(unlisted_imports.size());
  }
};

/// Whether an entry of the symbol table is one that others see, as far as it says itself.
template <class Symbol> bool is_external_definition(const Symbol &symbol) {
  using namespace llvm::MachO;
  const EntryKind kind = kind_of(symbol);
  return (symbol.n_type & N_EXT) != 0 && (symbol.n_type & N_PEXT) == 0 && kind != EntryKind::debugging &&
         kind != EntryKind::undefined;
}

template <class Symbol> bool is_import(const Symbol &symbol) {
  return kind_of(symbol) == EntryKind::undefined && (symbol.n_type & llvm::MachO::N_EXT) != 0;
}

/// The bytes of the one table of that kind; none where there is none. Fails where there are several.
inline Result<Bytes> bytes_of_table(Bytes file, const std::vector<Table> &tables, TableKind kind) {
  const Table *const table = table_of(tables, kind);
  if (table == nullptr)
    return Bytes();
  if (std::ranges::count(tables, kind, &Table::kind) != 1)
    return malformed(std::string(table->name), "is there twice");
  return contents_of(file, *table);
}

/// All uses of imports that the tables tell of.
inline Result<std::vector<Import>> read_imports(Bytes file, const std::vector<Table> &tables) {
  std::vector<Import> imports;
  const std::pair<TableKind, BindKind> streams[] = {{TableKind::binds, BindKind::ordinary},
                                                    {TableKind::weak_binds, BindKind::weak},
                                                    {TableKind::lazy_binds, BindKind::lazy}};
  for (const auto &[table, kind] : streams) {
    const Result<Bytes> stream = bytes_of_table(file, tables, table);
    const Result<std::vector<BoundName>> names =
        stream ? bound_names(*stream, kind) : Result<std::vector<BoundName>>(std::unexpected(stream.error()));
    if (!names)
      return std::unexpected(names.error());
    for (const BoundName &bound : *names)
      imports.push_back({.name = bound.name,
                         .ordinal = bound.first_ordinal,
                         .weak = (bound.flags & llvm::MachO::BIND_SYMBOL_FLAGS_WEAK_IMPORT) != 0});
  }
  const Result<Bytes> fixups = bytes_of_table(file, tables, TableKind::fixups);
  const Result<std::vector<ChainedImport>> chained =
      fixups ? chained_imports(*fixups) : Result<std::vector<ChainedImport>>(std::unexpected(fixups.error()));
  if (!chained)
    return std::unexpected(chained.error());
  for (const ChainedImport &import : *chained)
    imports.push_back({.name = import.name, .ordinal = import.ordinal, .weak = import.weak});
  return imports;
}

template <class T> Result<Names> read_names(const Image<T> &image) {
  Names names;
  Result<std::vector<Table>> tables = tables_of(image);
  if (!tables)
    return std::unexpected(std::move(tables.error()));
  names.tables = std::move(*tables);
  const Result<Bytes> trie = bytes_of_table(image.bytes(), names.tables, TableKind::exports);
  Result<Exports> exports = trie ? read_exports(*trie) : Result<Exports>(std::unexpected(trie.error()));
  if (!exports)
    return std::unexpected(std::move(exports.error()));
  names.exports = std::move(*exports);
  Result<std::vector<Import>> imports = read_imports(image.bytes(), names.tables);
  if (!imports)
    return std::unexpected(std::move(imports.error()));
  names.imports = std::move(*imports);

  const auto symbols = image.view().symbols();
  std::unordered_set<std::string_view> known;
  names.symbols.reserve(symbols.size());
  for (std::uint32_t i = 0; i < symbols.size(); ++i) {
    const Result<Bytes> name = image.view().symbol_name(i);
    if (!name)
      return std::unexpected(name.error());
    names.symbols.push_back(*name);
    if (is_external_definition(symbols[i]) || is_import(symbols[i]))
      known.insert(*name);
  }
  for (const Export &listed : names.exports.all)
    if (known.insert(listed.name).second)
      names.unlisted_exports.push_back(&listed);
  for (const Import &import : names.imports)
    if (known.insert(import.name).second)
      names.unlisted_imports.push_back(&import);
  return names;
}

} // namespace linkname::macho::image
