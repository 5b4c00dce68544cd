// One index of an archive on its way to what it will be, whatever its form.
#pragma once

#include "base/splice.h"
#include "container/gnu_index.h"
#include "container/symbol_index.h"

#include <cstdint>
#include <span>
#include <variant>

namespace linkname::container {

class IndexEdit {
public:
  /// As GnuIndexEdit::plan().
  static Result<IndexEdit> plan(const IndexPlace &place, std::span<const IndexChange *const> names);

  /// By how many bytes the contents grow, modulo 2^64.
  [[nodiscard]] std::uint64_t growth() const { return growth_; }

  /// The splices of the contents, `new_headers` being where the members' headers will stand.
  [[nodiscard]] Result<Splices> write(std::span<const std::uint64_t> new_headers) const;

  /// Whether `contents`, the index as it was written, says what was planned.
  [[nodiscard]] bool is_in(Bytes contents, std::span<const std::uint64_t> new_headers) const;

private:
  IndexPlace place_;
  std::variant<GnuIndexEdit, SymbolIndex> edit_;
  std::uint64_t growth_ = 0;
};

} // namespace linkname::container
