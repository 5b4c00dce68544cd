#include "plan/final_names.h"

#include <algorithm>

namespace linkname::plan {

/// Late are the names that nobody could know before symbols were found: those that a wildcard makes, and those of
/// companions.
void FinalNames::prepare(std::span<const Wish> wishes, std::span<const Renaming> renamings) {
  renamings_ = renamings;
  const auto want = [&](std::string_view name) {
    if (!index_.number(name))
      late_names_.want(name);
  };
  for (const Wish &wish : wishes)
    if (takes_name(wish.verb))
      want(wish.name);
    else if (wish.verb == Verb::export_ || wish.verb == Verb::localize)
      want(facts_.symbols[wish.position].name);
  if (late_names_.size() != 0)
    late_index_.emplace(late_names_, facts_);
  last_given_.resize(index_.names() + late_names_.size() + 1, nobody);
  given_.reserve(renamings.size());
}

std::string_view FinalNames::of(std::uint32_t position) const {
  const auto renaming = std::ranges::lower_bound(renamings_, position, {}, &Renaming::position);
  return renaming == renamings_.end() || renaming->position != position ? facts_.symbols[position].name
                                                                        : renaming->wish->name;
}

std::vector<const Symbol *> FinalNames::bearers(std::string_view name, std::optional<std::uint32_t> except) const {
  const std::size_t number = number_of(name);
  std::vector<const Symbol *> found;
  for (const std::uint32_t position : positions_before(number))
    if (position != except && of(position) == name)
      found.push_back(&facts_.symbols[position]);
  for (std::uint32_t given = last_given_[number]; given != nobody; given = given_[given].before)
    if (given_[given].position != except)
      found.push_back(&facts_.symbols[given_[given].position]);
  return found;
}

void FinalNames::give(std::string_view name, std::uint32_t position) {
  std::uint32_t &last = last_given_[number_of(name)];
  given_.push_back({.position = position, .before = last});
  last = static_cast<std::uint32_t>(given_.size() - 1);
}

/// Those of the index come first, then the late ones, then the number of all others.
std::size_t FinalNames::number_of(std::string_view name) const {
  if (const std::optional<std::uint32_t> number = index_.number(name))
    return *number;
  return index_.names() + late_names_.number(name).value_or(late_names_.size());
}

/// Who bears the name as things are.
std::span<const std::uint32_t> FinalNames::positions_before(std::size_t number) const {
  if (number < index_.names())
    return index_.positions(number);
  number -= index_.names();
  return late_index_ && number < late_index_->names() ? late_index_->positions(number)
                                                      : std::span<const std::uint32_t>();
}

} // namespace linkname::plan
