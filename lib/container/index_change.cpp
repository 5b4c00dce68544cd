#include "container/index_change.h"

#include <algorithm>
#include <numeric>

namespace linkname::container {
namespace {

constexpr auto old_name = &std::pair<std::string_view, std::string_view>::first;

} // namespace

void IndexChange::put_in_order() {
  std::ranges::stable_sort(renamed, {}, old_name);
  const auto repeated = std::ranges::unique(renamed, {}, old_name);
  renamed.erase(repeated.begin(), repeated.end());
  std::ranges::sort(removed);
}

bool IndexChange::removes(std::string_view name) const { return std::ranges::binary_search(removed, name); }

Renames::Renames(std::span<const IndexChange *const> changes) : changes_(changes), members_(changes.size()) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < changes.size(); ++i)
    if (changes[i] != nullptr) {
      members_[i].first = count;
      count += static_cast<std::uint32_t>(changes[i]->renamed.size());
    }
  asked_for_.resize(count);
}

std::optional<std::string_view> Renames::operator()(std::uint32_t member, std::string_view name) {
  if (changes_[member] == nullptr || changes_[member]->renamed.empty())
    return std::nullopt;
  const std::optional<std::uint32_t> position = find(member, name);
  if (!position)
    return std::nullopt;
  asked_for_[members_[member].first + *position] = true;
  members_[member].next = *position + 1;
  return changes_[member]->renamed[*position].second;
}

std::optional<std::uint32_t> Renames::find(std::uint32_t member, std::string_view name) {
  const auto &renamed = changes_[member]->renamed;
  if (const std::uint32_t next = members_[member].next; next < renamed.size() && renamed[next].first == name)
    return next;
  const auto at = [&](std::uint32_t position) { return renamed[position].first; };
  std::vector<std::uint32_t> &by_name = by_name_[member];
  if (by_name.empty()) {
    by_name.resize(renamed.size());
    std::iota(by_name.begin(), by_name.end(), 0U);
    std::ranges::stable_sort(by_name, {}, at);
  }
  const auto found = std::ranges::lower_bound(by_name, name, {}, at);
  return found != by_name.end() && at(*found) == name ? std::optional(*found) : std::nullopt;
}

std::vector<std::pair<std::string_view, std::string_view>> Renames::others(std::uint32_t member) const {
  std::vector<std::pair<std::string_view, std::string_view>> others;
  const auto &renamed = changes_[member]->renamed;
  for (std::size_t i = 0; i < renamed.size(); ++i)
    if (!asked_for_[members_[member].first + i])
      others.push_back(renamed[i]);
  std::ranges::stable_sort(others, {}, old_name);
  return others;
}

} // namespace linkname::container
