#include "container/assemble.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "container/header_edit.h"

#include <algorithm>
#include <span>
#include <utility>

namespace linkname::container {
namespace {

class Assembly {
public:
  Assembly(const Tree &tree, std::span<LeafChange> changes, Indices &indices, std::uint64_t now)
      : tree_(tree), indices_(indices), now_(now), growth_(tree.nodes().size()), touched_(tree.nodes().size()),
        changes_(changes.size()) {
    std::size_t splices = 0;
    for (const LeafChange &change : changes)
      splices += change.splices.size() + 2; // beside its own ones its size, and padding
    splices_.reserve(splices);
    for (LeafChange &change : changes)
      take(change);
  }

  Result<Splices> run() {
    // Children stand behind their parents, so from the back each node knows what its children become.
    for (auto node = static_cast<std::uint32_t>(tree_.nodes().size()); node-- > 0;) {
      if (!touched_[node])
        continue;
      const Node &here = tree_.nodes()[node];
      Result<void> done;
      if (here.kind == Kind::archive)
        done = change_archive(node);
      else if (here.kind == Kind::universal)
        done = change_universal(node);
      if (!done)
        return std::unexpected(std::move(in_file(tree_.place(node), std::move(done)).error()));
      keep_alignment(node);
      if (node != 0)
        touched_[here.parent] = true;
    }
    return all_splices();
  }

private:
  /// Those of the leaves are in order, as they were taken, and those around them are few beside them.
  Result<Splices> all_splices() {
    const std::uint64_t size = tree_.file().size();
    for (Splices *const part : {&splices_, &around_})
      if (Result<void> ordered = put_in_order(*part, size); !ordered)
        return std::unexpected(std::move(ordered.error()));
    // From the back, so that those of the leaves make room themselves.
    std::size_t left = splices_.size();
    std::size_t end = left + around_.size();
    splices_.resize(end);
    for (; !around_.empty(); around_.pop_back()) {
      for (; left > 0 && comes_before(around_.back(), splices_[left - 1]); --left)
        splices_[--end] = std::move(splices_[left - 1]);
      splices_[--end] = std::move(around_.back());
    }
    if (Result<void> ordered = put_in_order(splices_, size); !ordered)
      return std::unexpected(std::move(ordered.error()));
    return std::move(splices_);
  }

  void take(LeafChange &change) {
    const Node &leaf = tree_.nodes()[change.node];
    touched_[change.node] = !change.splices.empty() || !change.names.empty();
    for (Splice &splice : change.splices) {
      growth_[change.node] += splice.new_length() - splice.old_length;
      splices_.push_back(std::move(splice));
      splices_.back().offset += leaf.offset;
    }
  }

  /// By multiples of which the members of an archive grow. In a large one of which little is touched, what lies behind
  /// is copied in the meantime.
  [[nodiscard]] std::uint64_t unit(std::uint32_t archive) const {
    constexpr std::uint64_t most_padding = 64; // the file's size by this
    const std::uint64_t size = tree_.file().size();
    const bool in_steps = archive == 0 && size >= large_file && changes_ * large_step <= size / most_padding;
    return in_steps ? large_step : unit_in(archive);
  }

  void put(std::uint64_t offset, std::string bytes, std::uint64_t old_length) {
    around_.push_back({.offset = offset, .old_length = old_length, .bytes = std::move(bytes)});
  }

  /// By multiples of which what is in `node` may grow: the largest alignment of the archives that it is or is in.
  [[nodiscard]] std::uint64_t unit_in(std::uint32_t node) const {
    std::uint64_t unit = 1;
    for (;; node = tree_.nodes()[node].parent) {
      if (const Node &here = tree_.nodes()[node]; here.kind == Kind::archive)
        unit = std::max(unit, tree_.archive(here).alignment());
      if (node == 0)
        return unit;
    }
  }

  /// Zeros behind an object belong to nothing in it. An archive inside of another one has grown by units already.
  void keep_alignment(std::uint32_t node) {
    const Node &here = tree_.nodes()[node];
    if (node == 0 || tree_.nodes()[here.parent].kind != Kind::archive)
      return;
    const std::uint64_t padding = align_up_wrapping(growth_[node], unit(here.parent)) - growth_[node];
    if (padding == 0)
      return;
    put(here.offset + here.size, std::string(static_cast<std::size_t>(padding), '\0'), 0);
    growth_[node] += padding;
  }

  Result<void> change_universal(std::uint32_t node) {
    const Node &here = tree_.nodes()[node];
    const Universal &universal = tree_.universal(here);
    std::vector<std::uint64_t> grown(universal.slices.size());
    for (const std::uint32_t child : tree_.children(node))
      grown[tree_.nodes()[child].position] = growth_[child];
    std::vector<std::size_t> order(universal.slices.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return universal.slices[i].offset; });

    std::uint64_t moved = 0;
    std::uint64_t end = 0; // of the slice before
    for (const std::size_t i : order) {
      const Slice &slice = universal.slices[i];
      const std::uint64_t padding = (0 - (slice.offset + moved)) % slice.alignment;
      if (padding != 0 && moved != 0) {
        put(here.offset + end, std::string(static_cast<std::size_t>(padding), '\0'), 0);
        moved += padding;
      }
      if (moved != 0 || grown[i] != 0) {
        std::optional<std::string> row =
            moved_row(tree_.bytes(here), universal, slice, slice.offset + moved, slice.size + grown[i]);
        if (!row)
          return fail(Status::refused, "universal header", "the file would exceed what 32-bit offsets reach");
        const std::size_t length = row->size();
        put(here.offset + slice.row, std::move(*row), length);
      }
      moved += grown[i];
      end = slice.offset + slice.size;
    }
    growth_[node] = moved;
    return {};
  }

  Result<void> change_archive(std::uint32_t node) {
    const Node &here = tree_.nodes()[node];
    const Archive &archive = tree_.archive(here);
    std::vector<std::uint64_t> grown(archive.members().size());
    for (const std::uint32_t child : tree_.children(node))
      grown[tree_.nodes()[child].position] = growth_[child];
    const bool moves = std::ranges::any_of(grown, [](std::uint64_t bytes) { return bytes != 0; });
    ArchiveIndices &indices = indices_.of(node);
    if (!moves && !indices.renamed())
      return {};

    const std::size_t before = around_.size();
    const Result<std::uint64_t> moved = put_indices(archive, indices, std::move(grown), unit(node), now_, around_);
    if (!moved)
      return std::unexpected(moved.error());
    for (const std::uint32_t child : tree_.children(node)) {
      const Member &member = archive.members()[tree_.nodes()[child].position];
      if (growth_[child] == 0)
        continue;
      if (Result<void> put = put_size(member, member.stored + growth_[child], around_); !put)
        return put;
    }
    for (Splice &splice : std::span(around_).subspan(before))
      splice.offset += here.offset;
    growth_[node] = *moved;
    return {};
  }

  const Tree &tree_;
  Indices &indices_;
  std::uint64_t now_;
  std::vector<std::uint64_t> growth_; ///< by node, modulo 2^64
  std::vector<bool> touched_;
  std::size_t changes_; ///< how many
  Splices splices_;     ///< of the leaves
  Splices around_;      ///< the others
};

} // namespace

Result<Splices> assemble(const Tree &tree, std::span<LeafChange> changes, Indices &indices, std::uint64_t now) {
  return Assembly(tree, changes, indices, now).run();
}

} // namespace linkname::container
