#include "container/header_edit.h"

#include "base/text.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace linkname::container {
namespace {

/// A number as a header has it: decimal, padded with blanks. Nothing where there is no room.
template <std::size_t N> std::optional<std::string> as_field(std::uint64_t value, const char (&)[N]) {
  std::string text = std::to_string(value);
  if (text.size() > N)
    return std::nullopt;
  text.resize(N, ' ');
  return text;
}

std::string place_in_archive(const Member &member) { return join({"member ", quoted(member.name)}); }

/// The index that stands at `member`; it grows by `growth`, which is at least what its edit says.
Result<void> put_index(const Archive &archive, const Member &member, const IndexEdit &index,
                       std::span<const std::uint64_t> new_headers, std::uint64_t growth, std::uint64_t now,
                       Splices &splices) {
  Result<Splices> contents = index.write(new_headers);
  if (!contents)
    return std::unexpected(std::move(contents.error()));
  for (Splice &splice : *contents) {
    splice.offset += member.data;
    splices.push_back(std::move(splice));
  }
  // Zeros behind the last name: every form says how many names there are.
  if (const std::uint64_t padding = growth - index.growth(); padding != 0)
    splices.push_back(
        {.offset = member.end(), .old_length = 0, .bytes = std::string(static_cast<std::size_t>(padding), '\0')});
  const auto header = array_at<MemberHeader>(archive.bytes(), member.header, 1);
  const bool dated = member.role == Role::bsd_index || member.role == Role::bsd_index_64;
  if (dated && header && Bytes(header->front().date, 2) != "0 ")
    if (std::optional<std::string> date = as_field(now, header->front().date))
      splices.push_back({.offset = member.header + offsetof(MemberHeader, date),
                         .old_length = sizeof(MemberHeader::date),
                         .bytes = std::move(*date)});
  return put_size(member, member.stored + growth, splices);
}

} // namespace

Result<void> put_size(const Member &member, std::uint64_t stored, Splices &splices) {
  std::optional<std::string> size = as_field(stored, MemberHeader{}.size);
  if (!size)
    return fail(Status::refused, place_in_archive(member), "would exceed what an archive can hold");
  if (stored != member.stored)
    splices.push_back({.offset = member.header + offsetof(MemberHeader, size),
                       .old_length = sizeof(MemberHeader::size),
                       .bytes = std::move(*size)});
  return {};
}

Result<std::uint64_t> put_indices(const Archive &archive, ArchiveIndices &indices, std::vector<std::uint64_t> grown,
                                  std::uint64_t unit, std::uint64_t now, Splices &splices) {
  const std::vector<Member> &members = archive.members();
  // How long an index is depends on the names alone; what it says of places, on how long all of them are.
  std::vector<std::pair<std::uint32_t, const IndexEdit *>> edits;
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    if (members[i].role == Role::special)
      return fail(Status::refused, place_in_archive(members[i]),
                  "holds a table of symbols in a form that linkname cannot rewrite",
                  "take the object out of the archive");
    if (!is_index(members[i].role))
      continue;
    const Result<IndexEdit> &index = indices.edit(i);
    if (!index)
      return std::unexpected(index.error());
    grown[i] = align_up_wrapping(index->growth(), unit);
    edits.emplace_back(i, &*index);
  }
  std::vector<std::uint64_t> headers(indices.headers().begin(), indices.headers().end());
  std::uint64_t moved = 0;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    headers[i] += moved;
    moved += grown[i];
  }
  for (const auto &[i, index] : edits)
    if (Result<void> put = put_index(archive, members[i], *index, headers, grown[i], now, splices); !put)
      return std::unexpected(std::move(put.error()));
  return moved;
}

} // namespace linkname::container
