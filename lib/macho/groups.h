// Whether LC_DYSYMTAB says of the symbols what they say of themselves. Only then can one be added or made local.
#pragma once

#include "macho/symbol_edit.h"
#include "macho/symbol_order.h"

#include <optional>

namespace linkname::macho {

/// The parts of the symbol table, as LC_DYSYMTAB has them; none without it.
template <class T> std::optional<Groups> groups_of(const View<T> &view) {
  const auto *const table = view.dynamic_symbol_table();
  if (table == nullptr)
    return std::nullopt;
  return Groups{.locals = table->nlocalsym, .defined = table->nextdefsym, .undefined = table->nundefsym};
}

/// Fails where a part does not begin where the one before ends, or where a symbol is in the wrong part. (N_INDR and
/// common symbols are taken for defined by some tools, for undefined by others.)
template <class T> Result<void> check_groups(const View<T> &view) {
  using namespace llvm::MachO;
  const auto *const table = view.dynamic_symbol_table();
  if (table == nullptr)
    return {};
  const auto damaged = [](std::string place) {
    return fail(Status::refused, std::move(place),
                "LC_DYSYMTAB does not divide the symbols into locals, defined and undefined ones, so none can be added "
                "or made local",
                "rewrite the object as the compiler made it");
  };
  const std::uint64_t defined = table->nlocalsym;
  const std::uint64_t undefined = defined + table->nextdefsym;
  const auto begins = [](std::uint32_t count, std::uint32_t index, std::uint64_t expected) {
    return count == 0 || index == expected;
  };
  if (undefined + table->nundefsym != view.symbols().size() || !begins(table->nlocalsym, table->ilocalsym, 0) ||
      !begins(table->nextdefsym, table->iextdefsym, defined) || !begins(table->nundefsym, table->iundefsym, undefined))
    return damaged("LC_DYSYMTAB");
  for (std::uint32_t i = 0; i < view.symbols().size(); ++i) {
    const typename T::Symbol &symbol = view.symbols()[i];
    const EntryKind kind = kind_of(symbol);
    const bool external = kind != EntryKind::debugging && (symbol.n_type & N_EXT) != 0;
    const bool either = kind == EntryKind::indirect || kind == EntryKind::common;
    const bool fits = i < defined     ? !external
                      : i < undefined ? external && (either || kind == EntryKind::defined)
                                      : external && (either || kind == EntryKind::undefined);
    if (!fits)
      return damaged(view.symbol_place(i));
  }
  return {};
}

} // namespace linkname::macho
