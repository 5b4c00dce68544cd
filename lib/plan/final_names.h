// Who bears which name once everything is renamed: conflicts are judged against what will be, or a and b could not
// trade their names.
#pragma once

#include "plan/name_index.h"
#include "plan/wish.h"

#include <linkname/facts.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// A wish for another name, and whose it is: looking into the wish would wait for memory.
struct Renaming {
  std::uint32_t position; ///< in Facts::symbols
  const Wish *wish;
};

class FinalNames {
public:
  /// What is handed in, here and to prepare(), must outlive it.
  FinalNames(const Facts &facts, const NameIndex &index) : facts_(facts), index_(index) {}

  /// To be called before anything is asked. `renamings` are ordered by their positions, one at most for each. The
  /// bearers of other names than those that `wishes` speak of are not known.
  void prepare(std::span<const Wish> wishes, std::span<const Renaming> renamings);

  [[nodiscard]] std::string_view of(std::uint32_t position) const;

  /// The symbols that keep `name` or have been given it so far; `except` is not considered.
  [[nodiscard]] std::vector<const Symbol *> bearers(std::string_view name, std::optional<std::uint32_t> except) const;

  void give(std::string_view name, std::uint32_t position);

private:
  /// A new name's bearer, and who got that name before.
  struct Given {
    std::uint32_t position;
    std::uint32_t before; ///< in given_
  };
  static constexpr std::uint32_t nobody = UINT32_MAX;

  [[nodiscard]] std::size_t number_of(std::string_view name) const;
  [[nodiscard]] std::span<const std::uint32_t> positions_before(std::size_t number) const;

  const Facts &facts_;
  const NameIndex &index_;
  std::span<const Renaming> renamings_;
  WantedNames late_names_;
  std::optional<NameIndex> late_index_; ///< of late_names_
  std::vector<Given> given_;
  std::vector<std::uint32_t> last_given_; ///< in given_, by the number of the name
};

} // namespace linkname::plan
