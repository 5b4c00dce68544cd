// What happens to the names under which an index knows the members of its archive.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkname::container {

/// What happens to the names under which an index knows one member. An archive may change hundreds of thousands, so
/// these are views of what objects and plans hold.
struct IndexChange {
  /// Old and new. In the order of the member's symbols they are found fastest, since most indices have that too.
  std::vector<std::pair<std::string_view, std::string_view>> renamed;
  std::vector<std::string_view> removed; ///< in their order as texts
  std::vector<std::string_view> added;
  /// Names that other members give up and this one goes on defining. Microsoft's indices know each name once, so this
  /// member may have stood behind another one.
  std::vector<std::string_view> kept;

  /// Whether the member's own names stay.
  [[nodiscard]] bool empty() const { return renamed.empty() && removed.empty() && added.empty(); }

  [[nodiscard]] bool removes(std::string_view name) const;

  /// Brings names that were gathered from several objects into an order, and leaves each old one once.
  void put_in_order();
};

/// Looks up the new names of members.
class Renames {
public:
  /// What happens to each member's names, null for those whose names stay. The changes must outlive it and stay as they
  /// are.
  explicit Renames(std::span<const IndexChange *const> changes);

  /// What `name` is called in `member` from now on; nothing where that does not change. Asked in the order of the
  /// changes it is quick.
  std::optional<std::string_view> operator()(std::uint32_t member, std::string_view name);

  /// Those of a member whose old names nobody has asked for, in the order of these.
  [[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> others(std::uint32_t member) const;

private:
  struct Member {
    std::uint32_t first = 0; ///< in asked_for_
    std::uint32_t next = 0;  ///< of its changes: the one that is tried first
  };

  std::optional<std::uint32_t> find(std::uint32_t member, std::string_view name);

  std::span<const IndexChange *const> changes_;
  std::vector<Member> members_;
  std::vector<bool> asked_for_; ///< one behind the other, by member
  /// By member: positions in its changes by name; made when one is asked for out of turn.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> by_name_;
};

} // namespace linkname::container
