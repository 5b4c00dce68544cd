// What a linked image takes from others, at once or when it is first called (PE format specification, "The .idata
// Section" and "Delay-Load Import Tables").
#pragma once

#include "coff/image/image.h"

#include <cstdint>
#include <string>
#include <vector>

namespace linkname::coff {

using ImportDirectory = llvm::object::coff_import_directory_table_entry;
using DelayDirectory = llvm::object::delay_import_directory_table_entry;

inline std::string import_place(std::uint64_t number) { return join({"imports[", std::to_string(number), "]"}); }

/// One other image that this one takes from.
struct ImportLibrary {
  Bytes name;
  std::uint32_t lookup = 0;    ///< the address of the table of names, which may be the address table itself
  std::uint32_t addresses = 0; ///< of the table that the loader fills; 0 for delayed ones, which holds code addresses
  std::uint32_t first = 0;     ///< of Imports::all
  std::uint32_t count = 0;
  std::uint64_t names_from = 0; ///< what is taken from an entry so that it is the address of a name
  const llvm::support::ulittle32_t *time_stamp = nullptr; ///< in the file; not 0 where the library is bound
  bool delayed = false;

  [[nodiscard]] bool bound() const { return *time_stamp != 0; }
};

struct Import {
  Bytes name;                ///< empty for one by ordinal
  std::uint16_t number = 0;  ///< the ordinal, or the hint where the name may stand
  std::uint32_t library = 0; ///< of Imports::libraries
  std::uint32_t entry = 0;   ///< the address of its entry in the table of names
};

struct Imports {
  std::vector<ImportLibrary> libraries;
  std::vector<Import> all;

  static Result<Imports> of(const Image &image);

  [[nodiscard]] const ImportLibrary &library_of(const Import &import) const { return libraries[import.library]; }
  /// The address of its entry in the table that the loader fills.
  [[nodiscard]] std::uint32_t address_entry(const Import &import) const {
    const ImportLibrary &library = library_of(import);
    return library.addresses + (import.entry - library.lookup);
  }
};

} // namespace linkname::coff
