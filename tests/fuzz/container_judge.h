// What has to hold of an archive's headers and indices after a rewrite. The headers are compared as text; what an index
// should say is taken from the objects themselves.
#pragma once

#include "fuzz.h"

#include "container/archive.h"
#include "container/symbol_index.h"
#include "container/tree.h"

#include <linkname/facts.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::fuzz {

inline void require_same_archive(const container::Archive &before, const container::Archive &after) {
  require(before.bytes().substr(0, 8) == after.bytes().substr(0, 8), "an archive keeps its magic number");
  require(before.members().size() == after.members().size(), "an archive keeps its members");
  for (std::size_t i = 0; i < before.members().size(); ++i) {
    const container::Member &old = before.members()[i];
    const container::Member &now = after.members()[i];
    require(old.role == now.role && old.name == now.name, "a member keeps its name");
    require(old.data % before.alignment() == now.data % after.alignment(), "a member keeps its alignment");
    const Bytes header = before.bytes().substr(old.header, sizeof(container::MemberHeader));
    const Bytes header_now = after.bytes().substr(now.header, sizeof(container::MemberHeader));
    const bool dated = old.role == container::Role::bsd_index || old.role == container::Role::bsd_index_64;
    require(header.substr(0, 16) == header_now.substr(0, 16), "a header keeps its name");
    require(dated || header.substr(16, 12) == header_now.substr(16, 12), "a header keeps its date");
    require(header.substr(28, 20) == header_now.substr(28, 20), "a header keeps its owner and mode");
    if (old.role == container::Role::long_names || old.role == container::Role::special)
      require(before.contents(old) == after.contents(now), "a table that holds no symbols stays as it is");
  }
}

/// An archive of a tree, with what is known of every leaf.
struct Place {
  const container::Tree &tree;
  std::uint32_t node;
  const std::vector<Facts> &facts;

  [[nodiscard]] const container::Archive &archive() const { return tree.archive(tree.nodes()[node]); }

  /// The names that an index should have for each member, by position; for a universal member those of all processors.
  [[nodiscard]] std::vector<std::set<std::string>> defined() const {
    std::vector<std::set<std::string>> names(archive().members().size());
    const auto add = [&](std::uint32_t leaf, std::uint32_t position) {
      for (const Symbol &symbol : facts[leaf].symbols)
        if (symbol.defined() && symbol.binding != Binding::local && symbol.named())
          names[position].emplace(symbol.name);
    };
    for (const std::uint32_t child : tree.children(node)) {
      add(child, tree.nodes()[child].position);
      if (tree.nodes()[child].kind == container::Kind::universal)
        for (const std::uint32_t slice : tree.children(child))
          add(slice, tree.nodes()[child].position);
    }
    return names;
  }

  [[nodiscard]] Result<container::SymbolIndex> index(const container::Member &member) const {
    std::vector<std::uint64_t> headers;
    for (const container::Member &one : archive().members())
      headers.push_back(one.header);
    return container::read_index({.form = member.role,
                                  .name = member.name,
                                  .contents = archive().contents(member),
                                  .headers = headers,
                                  .members = archive().members()});
  }
};

inline std::vector<std::set<std::string>> by_member(const container::SymbolIndex &index, std::size_t members) {
  std::vector<std::set<std::string>> names(members);
  for (const container::IndexEntry &entry : index.entries)
    names[entry.member].emplace(entry.name);
  return names;
}

/// COFF: the default of a weak name is found by number.
inline bool is_default(const std::string &name) { return name.starts_with(".weak."); }

/// A name that was weakened is still the member's, and its index goes on saying so.
inline std::vector<std::set<std::string>> with_weak_names(std::vector<std::set<std::string>> names) {
  constexpr std::size_t front = 6; // `.weak.`
  for (std::set<std::string> &of_member : names) {
    const std::set<std::string> all = of_member;
    for (const std::string &name : all)
      if (const std::size_t end = name.find(".default."); is_default(name) && end != std::string::npos && end > front)
        of_member.insert(name.substr(front, end - front));
  }
  return names;
}

inline void require_true_indices(const Place &before, const Place &after) {
  const auto &members = before.archive().members();
  const std::vector<std::set<std::string>> defined = before.defined();
  const std::vector<std::set<std::string>> defined_now = after.defined();
  const std::vector<std::set<std::string>> may_be_listed = with_weak_names(defined_now);
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (!container::is_index(members[i].role))
      continue;
    const Result<container::SymbolIndex> old = before.index(members[i]);
    const Result<container::SymbolIndex> now = after.index(after.archive().members()[i]);
    if (!old) // then nothing moved and no name changed, or the rewrite would have failed
      continue;
    require_success(now, "an index can be read again");
    require(old->sorted == now->sorted && old->big_endian == now->big_endian && old->form == now->form,
            "an index keeps its form");
    const auto listed = by_member(*old, members.size());
    const auto listed_now = by_member(*now, members.size());
    for (std::size_t member = 0; member < members.size(); ++member) {
      if (std::ranges::includes(defined[member], listed[member]))
        require(std::ranges::includes(may_be_listed[member], listed_now[member]), "an index says nothing wrong");
      if (std::ranges::includes(listed[member], defined[member]))
        for (const std::string &name : defined_now[member])
          require(is_default(name) || listed_now[member].contains(name), "an index knows every name");
    }
  }
}

} // namespace linkname::fuzz
