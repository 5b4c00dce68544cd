// Where the tables of __LINKEDIT go once some of them have other contents. They stay in their order, one behind the
// other, as Apple's tools demand; what stands before the first that changes does not move.
#pragma once

#include "base/splice.h"
#include "macho/image/tables.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace linkname::macho::image {

/// What a table holds from now on.
struct Contents {
  std::string bytes;
  bool behind = false; ///< they come behind the old ones

  [[nodiscard]] std::uint64_t size(const Table &table) const { return bytes.size() + (behind ? table.size : 0); }
};

struct Placed {
  Table table; ///< as it was; where there was none, with the place in front of which it came
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct Placement {
  std::vector<Placed> tables; ///< but for the signature, which comes behind them all
  Splices splices;
  std::uint64_t end = 0;     ///< of the last one
  std::uint64_t old_end = 0; ///< up to where the splices reach
};

/// `changed` has the new contents by kind. `begin` is where __LINKEDIT begins in `file`, with whose end it ends. Fails
/// where tables overlap or are not in it.
Result<Placement> place_tables(Bytes file, std::uint64_t begin, const std::vector<Table> &tables,
                               const std::map<TableKind, Contents> &changed);

} // namespace linkname::macho::image
