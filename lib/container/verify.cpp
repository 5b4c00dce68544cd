#include "container/verify.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "container/indices.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace linkname::container {
namespace {

class Verification {
public:
  Verification(const Tree &before, std::span<const LeafChange> changes, Indices &indices, const Splices &splices,
               Bytes after, const VerifyLeaf &leaf, const SettleUntil &settle)
      : before_(before), indices_(indices), moved_(splices), leaf_(leaf), settle_(settle),
        touched_(before.nodes().size()), now_(before.nodes().size()) {
    now_[0] = after;
    for (const LeafChange &change : changes) {
      if (change.splices.empty() && change.names.empty())
        continue;
      for (std::uint32_t node = change.node; !touched_[node]; node = before.nodes()[node].parent)
        touched_[node] = true;
    }
  }

  Result<void> run() {
    for (std::uint32_t node = 0; node < touched_.size(); ++node) {
      if (!touched_[node])
        continue;
      // Members come one by one, so that what was read of one can be given back before the next.
      const std::uint32_t parent = before_.nodes()[node].parent;
      if (node != 0 && before_.nodes()[parent].kind == Kind::archive) {
        Result<Bytes> now = member(parent, before_.nodes()[node].position);
        if (!now)
          return in_file(before_.place(parent), Result<void>(std::unexpected(std::move(now.error()))));
        now_[node] = *now;
      }
      Result<void> good;
      switch (before_.nodes()[node].kind) {
      case Kind::leaf:
        good = leaf_(node, now_[node]);
        break;
      case Kind::archive:
        good = in_file(before_.place(node), archive(node));
        break;
      case Kind::universal:
        good = in_file(before_.place(node), universal(node));
        break;
      }
      if (!good)
        return good;
    }
    return {};
  }

private:
  /// Where what stood at `offset` of the node's old bytes stands in its new ones.
  [[nodiscard]] std::uint64_t place_now(const Node &node, std::uint64_t offset) const {
    return moved_(node.offset + offset) - moved_(node.offset);
  }

  Result<void> universal(std::uint32_t index) {
    const Node &node = before_.nodes()[index];
    if (Result<void> settled = settle(now_[index]); !settled)
      return settled;
    const Result<Universal> now = Universal::read(now_[index]);
    if (!now)
      return std::unexpected(now.error());
    const Universal &old = before_.universal(node);
    if (now->slices.size() != old.slices.size())
      return not_as_planned("universal header", "the number of architectures");
    for (const std::uint32_t child : before_.children(index)) {
      const std::uint32_t i = before_.nodes()[child].position;
      const Slice &slice = now->slices[i];
      const bool same = slice.size == old.slices[i].size || touched_[child];
      const bool aligned = slice.offset % slice.alignment == 0 || slice.offset == old.slices[i].offset;
      if (slice.offset != place_now(node, old.slices[i].offset) || !aligned || !same)
        return not_as_planned("universal header", "the place of an architecture");
      now_[child] = now_[index].substr(static_cast<std::size_t>(slice.offset), static_cast<std::size_t>(slice.size));
    }
    return {};
  }

  Result<void> archive(std::uint32_t index) {
    const Node &node = before_.nodes()[index];
    const Archive &old = before_.archive(node);
    // Its own row of nodes does not hold the indices.
    const auto is_special = [](const Member &member) { return member.role != Role::ordinary; };
    if (std::ranges::none_of(old.members(), is_special))
      return {};
    ArchiveIndices &indices = indices_.of(index);
    const std::span<const std::uint64_t> old_headers = indices.headers();
    std::vector<std::uint64_t> new_headers;
    new_headers.reserve(old_headers.size());
    for (const std::uint64_t header : old_headers)
      new_headers.push_back(place_now(node, header));
    // Then no index was looked at, and one that is damaged is what it was.
    if (std::ranges::equal(new_headers, old_headers) && !indices.renamed())
      return {};
    for (std::uint32_t i = 0; i < old.members().size(); ++i) {
      const Member &table = old.members()[i];
      if (!is_index(table.role))
        continue;
      const Result<Bytes> contents = member(index, i);
      if (!contents)
        return std::unexpected(contents.error());
      const Result<IndexEdit> &planned = indices.edit(i);
      if (!planned || !planned->is_in(*contents, new_headers))
        return not_as_planned("symbol index", "an entry");
    }
    return {};
  }

  /// The new contents of a member, its new header looked at, and the one behind it.
  Result<Bytes> member(std::uint32_t archive, std::uint32_t position) const {
    const Node &node = before_.nodes()[archive];
    const std::vector<Member> &members = before_.archive(node).members();
    const Member &old = members[position];
    const Bytes all = now_[archive];
    const auto place = [&] { return join({"member ", quoted(old.name)}); };
    const std::uint64_t at = place_now(node, old.header);
    if (Result<void> settled = settle(all.substr(0, at + sizeof(MemberHeader))); !settled)
      return std::unexpected(std::move(settled.error()));
    const auto header = array_at<MemberHeader>(all, at, 1);
    const auto old_header = array_at<MemberHeader>(before_.bytes(node), old.header, 1);
    if (!header || !old_header || Bytes(header->front().end, 2) != "`\n" ||
        Bytes(header->front().name, sizeof(MemberHeader::name)) !=
            Bytes(old_header->front().name, sizeof(MemberHeader::name)))
      return not_as_planned(place(), "its header");
    std::uint64_t stored = 0;
    const char *const text = header->front().size;
    if (std::from_chars(text, text + sizeof(MemberHeader::size), stored).ec != std::errc{})
      return not_as_planned(place(), "its size");
    const std::uint64_t start = at + sizeof(MemberHeader) + (old.stored - old.size);
    const std::optional<Bytes> contents = slice(all, start, stored - (old.stored - old.size));
    if (!contents)
      return not_as_planned(place(), "its size");
    const std::uint64_t next = next_header(start + contents->size());
    const bool is_last = position + 1 == members.size();
    if (is_last ? next < all.size() : next != place_now(node, members[position + 1].header))
      return not_as_planned(place(), "where it ends");
    if (Result<void> settled = settle(*contents); !settled)
      return std::unexpected(std::move(settled.error()));
    return *contents;
  }

  /// Waits until a part of the new file is written.
  [[nodiscard]] Result<void> settle(Bytes part) const {
    return settle_(static_cast<std::uint64_t>(part.data() + part.size() - now_[0].data()));
  }

  const Tree &before_;
  Indices &indices_;
  OffsetMap moved_;
  const VerifyLeaf &leaf_;
  const SettleUntil &settle_;
  std::vector<bool> touched_;
  std::vector<Bytes> now_; ///< by node, of those that are touched
};

} // namespace

Result<void> verify(const Tree &before, std::span<const LeafChange> changes, Indices &indices, const Splices &splices,
                    Bytes after, const VerifyLeaf &leaf, const SettleUntil &settle) {
  return Verification(before, changes, indices, splices, after, leaf, settle).run();
}

} // namespace linkname::container
