// The entries of import tables that lead to new names. Where the loader's table was filled in ahead ("bound"), with
// addresses that others had when the image was made, it is filled with names again, as it was before that.
#pragma once

#include "base/splice.h"
#include "coff/image/tables.h"

#include <cstdint>
#include <map>
#include <set>

namespace linkname::coff {

class ImportEntries {
public:
  explicit ImportEntries(const Tables &tables) : tables_(tables) {}

  /// The import's name is now what stands at `rva`.
  void rename(std::uint32_t number, std::uint32_t rva);

  /// Whether tables are filled in anew. A loader that finds one library bound goes by what it knows of all.
  [[nodiscard]] bool unbinds() const;

  /// Fails where a table cannot be filled in anew.
  [[nodiscard]] Result<Splices> splices();

private:
  Result<void> unbind();

  const Tables &tables_;
  std::map<std::uint32_t, std::uint64_t> words_; ///< by address
  std::set<std::uint32_t> no_longer_bound_;      ///< libraries
  bool loaded_at_once_ = false;                  ///< one of those that are renamed
};

} // namespace linkname::coff
