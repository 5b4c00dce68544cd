// Which place each symbol takes in the table. LC_DYSYMTAB divides it into locals, defined externals and undefined
// symbols (Apple's <mach-o/loader.h>, dysymtab_command), so a new external pushes undefined symbols aside.
#pragma once

#include "base/symbol_order.h"

#include <linkname/plan.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace linkname::macho {

/// How many symbols each part of the table has.
struct Groups {
  std::uint32_t locals = 0;
  std::uint32_t defined = 0;
  std::uint32_t undefined = 0;

  bool operator==(const Groups &) const = default;
};

/// The order with the least moves: localized symbols trade places with the externals behind the last local, and the
/// undefined symbols in whose place new externals come go to the end. Without groups nothing moves.
class GroupOrder : public linkname::SymbolOrder {
public:
  /// `count` symbols in the input; every localized one is among the defined externals of `groups`.
  GroupOrder(const Plan &plan, std::uint32_t count, std::optional<Groups> groups)
      : SymbolOrder(groups ? plan : Plan{}, groups ? groups->locals : 0), added_at_(count), groups_(groups) {
    std::uint32_t localized = 0;
    for (const Edit &edit : plan.edits) {
      added_ += edit.change == Change::add ? 1U : 0U;
      localized += edit.change == Change::localize ? 1U : 0U;
    }
    count_ = count + added_;
    if (!groups_)
      return;
    const std::uint32_t first_undefined = groups_->locals + groups_->defined;
    const std::uint32_t displaced = std::min(added_, groups_->undefined);
    const std::uint32_t behind = std::max(count, first_undefined + added_);
    for (std::uint32_t i = 0; i < displaced; ++i)
      move(first_undefined + i, behind + i);
    added_at_ = first_undefined;
    groups_ = {.locals = groups_->locals + localized,
               .defined = groups_->defined - localized + added_,
               .undefined = groups_->undefined};
  }

  /// How many symbols the new table has.
  [[nodiscard]] std::uint32_t count() const { return count_; }
  /// Where the added entries begin, in the order of the plan.
  [[nodiscard]] std::uint32_t added_at() const { return added_at_; }
  [[nodiscard]] std::uint32_t added() const { return added_; }
  /// Those of the new table.
  [[nodiscard]] const std::optional<Groups> &groups() const { return groups_; }

private:
  std::uint32_t added_ = 0;
  std::uint32_t added_at_;
  std::uint32_t count_ = 0;
  std::optional<Groups> groups_;
};

} // namespace linkname::macho
