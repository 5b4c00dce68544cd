// An image with its tables read, and how its symbols are counted: first the names it exports, then what it imports,
// then the symbols that debuggers read.
#pragma once

#include "coff/image/exports.h"
#include "coff/image/image.h"
#include "coff/image/imports.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace linkname::coff {

struct Tables {
  Image image;
  Exports exports;
  Imports imports;

  static Result<Tables> read(Bytes bytes);

  [[nodiscard]] std::uint32_t imports_from() const { return static_cast<std::uint32_t>(exports.names.size()); }
  [[nodiscard]] std::uint32_t symbols_from() const {
    return imports_from() + static_cast<std::uint32_t>(imports.all.size());
  }
  [[nodiscard]] bool is_export(std::uint32_t symbol) const { return symbol < imports_from(); }
  [[nodiscard]] bool is_import(std::uint32_t symbol) const { return !is_export(symbol) && symbol < symbols_from(); }

  /// The address of a debuggers' symbol, by its place in their table; nothing where it has none in a section.
  [[nodiscard]] std::optional<std::uint32_t> address_of(std::uint32_t place) const;
  /// The name of a debuggers' symbol as an export spells it. On i386 the platform's `_` stays away: whoever exports
  /// `int f()` from C exports `f`, and so do GNU ld and this tool. Fails where it is not readable.
  [[nodiscard]] Result<Bytes> exported_spelling(std::uint32_t place) const;
};

} // namespace linkname::coff
