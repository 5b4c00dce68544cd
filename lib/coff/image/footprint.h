// Which bytes of the file the tables of an image are made of. A table is written over only where nothing else lies
// across it, and padding is only what no table counts as its own.
#pragma once

#include "coff/image/tables.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace linkname::coff {

class Footprint {
public:
  explicit Footprint(const Tables &tables);

  /// The file offset of a byte that two tables share, or a table and a string. Strings may share theirs.
  [[nodiscard]] std::optional<std::uint64_t> shared_byte() const;
  /// Whether something of an image stands in a range of the file; without the exports, when `but_exports`.
  [[nodiscard]] bool touches(std::uint64_t begin, std::uint64_t length, bool but_exports = false) const;
  /// Whether bytes that are put in at `offset` would cut something in two.
  [[nodiscard]] bool lies_across(std::uint64_t offset) const;

private:
  enum class Kind : std::uint8_t { table, string };
  struct Range {
    std::uint64_t begin;
    std::uint64_t end;
    Kind kind;
    bool exports;
  };

  void add_exports();
  void add_imports();
  void table(std::uint64_t rva, std::uint64_t length, bool exports = false);
  void string(Bytes text, bool exports = false);
  void range(Bytes bytes, Kind kind, bool exports);

  const Tables &tables_;
  std::vector<Range> ranges_; ///< by where they begin
};

} // namespace linkname::coff
