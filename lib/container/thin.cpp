#include "container/thin.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "container/header_edit.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <unordered_map>
#include <utility>

namespace linkname::container {
namespace {

bool is_named_so(const Member &member, const ThinMember &wanted) {
  return !member.outside || (member.name == wanted.name && member.origin == wanted.origin);
}

/// The one table of names, in front of all that it names; null where the archive has another form.
const Member *table_of_names(const Archive &archive) {
  const std::vector<Member> &members = archive.members();
  const auto table = std::ranges::find(members, Role::long_names, &Member::role);
  if (table == members.end() || std::any_of(members.begin(), table, [](const Member &m) { return m.outside; }) ||
      std::ranges::count(members, Role::long_names, &Member::role) != 1)
    return nullptr;
  return &*table;
}

/// All names anew, each once, and their places in the headers. By how much the table grows.
Result<std::uint64_t> put_names(const Archive &archive, std::span<const ThinMember> wanted, Splices &splices) {
  const Member *const table = table_of_names(archive);
  if (table == nullptr)
    return fail(Status::refused, {}, "has no table of names in front of its members, into which new ones could go",
                "make it anew with `ar --thin`");
  // As in the old table: Microsoft's tools want a zero behind each name, all others a slash and a new line.
  const Bytes end = archive.contents(*table).contains('\0') ? Bytes("\0", 1) : Bytes("/\n");
  std::string names;
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Member &member = archive.members()[i];
    if (!member.outside)
      continue;
    if (wanted[i].name.find_first_of(Bytes("\n\0", 2)) != Bytes::npos)
      return fail(Status::refused, join({"member ", quoted(member.name)}),
                  join({"would be ", quoted(wanted[i].name), ", which an archive cannot spell"}));
    const auto [place, is_new] = places.emplace(wanted[i].name, names.size());
    if (is_new)
      names.append(wanted[i].name).append(end);
    std::string field = join({"/", std::to_string(place->second)});
    if (wanted[i].origin != 0)
      field += join({":", std::to_string(wanted[i].origin)});
    if (field.size() > sizeof(MemberHeader::name))
      return fail(Status::refused, join({"member ", quoted(member.name)}), "would exceed what an archive can hold");
    field.resize(sizeof(MemberHeader::name), ' ');
    splices.push_back({.offset = member.header + offsetof(MemberHeader, name),
                       .old_length = sizeof(MemberHeader::name),
                       .bytes = std::move(field)});
  }
  if (names.size() % 2 != 0)
    names += '\n';
  // What pads an old table of odd length goes, too.
  const std::uint64_t old_length = std::min(next_header(table->end()), archive.bytes().size()) - table->data;
  const std::uint64_t growth = names.size() - old_length;
  if (Result<void> put = put_size(*table, names.size(), splices); !put)
    return std::unexpected(std::move(put.error()));
  splices.push_back({.offset = table->data, .old_length = old_length, .bytes = std::move(names)});
  return growth;
}

ArchiveIndices indices_of(const Archive &archive, std::span<const ThinMember> members) {
  ArchiveIndices indices(archive);
  for (std::uint32_t i = 0; i < members.size(); ++i)
    if (members[i].names != nullptr)
      indices.change(i, *members[i].names);
  return indices;
}

/// Date, owner and mode.
Bytes kept_fields(const Archive &archive, const Member &member) {
  constexpr std::size_t from = offsetof(MemberHeader, date);
  return slice(archive.bytes(), member.header + from, offsetof(MemberHeader, size) - from).value_or(Bytes());
}

} // namespace

std::vector<ThinMember> thin_members(const Archive &archive) {
  std::vector<ThinMember> members(archive.members().size());
  for (std::size_t i = 0; i < members.size(); ++i)
    if (const Member &member = archive.members()[i]; member.outside)
      members[i] = {.name = member.name, .origin = member.origin, .size = member.size};
  return members;
}

Result<Splices> assemble_thin(const Archive &archive, std::span<const ThinMember> members, std::uint64_t now) {
  Splices splices;
  std::vector<std::uint64_t> grown(members.size());
  if (!std::ranges::equal(archive.members(), members, is_named_so)) {
    const Result<std::uint64_t> growth = put_names(archive, members, splices);
    if (!growth)
      return std::unexpected(growth.error());
    grown[static_cast<std::size_t>(table_of_names(archive) - archive.members().data())] = *growth;
  }
  ArchiveIndices indices = indices_of(archive, members);
  const bool moves = std::ranges::any_of(grown, [](std::uint64_t bytes) { return bytes != 0; });
  if (moves || indices.renamed()) {
    const Result<std::uint64_t> moved =
        put_indices(archive, indices, std::move(grown), archive.alignment(), now, splices);
    if (!moved)
      return std::unexpected(moved.error());
  }
  for (std::size_t i = 0; i < members.size(); ++i)
    if (const Member &member = archive.members()[i]; member.outside)
      if (Result<void> put = put_size(member, member.stored - member.size + members[i].size, splices); !put)
        return std::unexpected(std::move(put.error()));
  if (Result<void> ordered = put_in_order(splices, archive.bytes().size()); !ordered)
    return std::unexpected(std::move(ordered.error()));
  return splices;
}

Result<void> verify_thin(const Archive &before, std::span<const ThinMember> members, Bytes after) {
  const Result<Archive> now = Archive::read(after);
  if (!now)
    return std::unexpected(now.error());
  if (!now->is_thin() || now->members().size() != members.size())
    return not_as_planned("archive", "the number of members");
  ArchiveIndices indices = indices_of(before, members);
  std::vector<std::uint64_t> new_headers;
  new_headers.reserve(members.size());
  for (const Member &member : now->members())
    new_headers.push_back(member.header);
  const bool indices_stay = std::ranges::equal(new_headers, indices.headers()) && !indices.renamed();
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const Member &old = before.members()[i];
    const Member &member = now->members()[i];
    const bool same_kind = member.role == old.role && member.outside == old.outside;
    if (!same_kind || !is_named_so(member, members[i]) || (member.outside && member.size != members[i].size))
      return not_as_planned(join({"member ", quoted(old.name)}), "its header");
    if (!is_index(old.role) && kept_fields(before, old) != kept_fields(*now, member))
      return not_as_planned(join({"member ", quoted(old.name)}), "its header");
    if (!is_index(old.role))
      continue;
    bool good = false;
    if (indices_stay) {
      good = before.contents(old) == now->contents(member);
    } else {
      const Result<IndexEdit> &planned = indices.edit(i);
      good = planned && planned->is_in(now->contents(member), new_headers);
    }
    if (!good)
      return not_as_planned("symbol index", "an entry");
  }
  return {};
}

} // namespace linkname::container
