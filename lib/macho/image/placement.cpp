#include "macho/image/placement.h"

#include "macho/image/aligned.h"

#include <algorithm>

namespace linkname::macho::image {
namespace {

class Placer {
public:
  Placer(Bytes file, std::uint64_t begin, const std::map<TableKind, Contents> &changed)
      : file_(file), changed_(changed), end_(begin), old_end_(begin) {}

  Result<Placement> run(const std::vector<Table> &tables) {
    const Table *signature = nullptr;
    for (const Table &table : tables) {
      if (table.kind == TableKind::signature && table.size != 0)
        signature = &table;
      else if (table.offset != 0 || table.size != 0)
        ordered_.push_back(table);
    }
    for (const Table &table : tables)
      if (table.offset == 0 && table.size == 0 && contents_of(table) != nullptr)
        insert(table);
    std::ranges::stable_sort(ordered_, {}, [](const Table &table) { return std::pair(table.offset, table.end()); });
    for (const Table &table : ordered_)
      if (Result<void> placed = place(table); !placed)
        return std::unexpected(std::move(placed.error()));
    const std::uint64_t code_end = signature != nullptr ? signature->offset : file_.size();
    if (signature != nullptr && signature->end() > file_.size())
      return malformed(std::string(signature->name), "reaches past the end of the file");
    if (signature != nullptr && !is_padding(signature->end(), file_.size()))
      return fail(Status::refused, std::string(signature->name), "has something behind it, where nothing can be",
                  "sign the image as a whole (`codesign -s -`) before it is edited");
    if (Result<void> placed = place_unclaimed(code_end); !placed)
      return std::unexpected(std::move(placed.error()));
    placement_.end = end_;
    placement_.old_end = old_end_;
    return std::move(placement_);
  }

private:
  [[nodiscard]] const Contents *contents_of(const Table &table) const {
    const auto found = changed_.find(table.kind);
    return found == changed_.end() ? nullptr : &found->second;
  }

  /// A table that was not there comes before those that Apple's linker has behind it.
  void insert(Table table) {
    table.offset = file_.size();
    for (const Table &other : ordered_)
      if (other.kind > table.kind)
        table.offset = std::min(table.offset, other.offset);
    const auto before =
        std::ranges::find_if(ordered_, [&](const Table &other) { return other.offset >= table.offset; });
    ordered_.insert(before, table);
  }

  /// Whether what stands between two tables is there for alignment alone.
  [[nodiscard]] bool is_padding(std::uint64_t from, std::uint64_t to) const {
    constexpr std::uint64_t most = 16;
    const std::optional<Bytes> gap = slice(file_, from, to - from);
    return gap && gap->size() < most && gap->find_first_not_of('\0') == Bytes::npos;
  }

  /// What no load command leads to, up to `to`, stays where it is relative to what is in front of it.
  Result<void> place_unclaimed(std::uint64_t to) {
    if (to < old_end_)
      return malformed("__LINKEDIT", "two of its tables overlap");
    if (to > old_end_ && !is_padding(old_end_, to))
      return place({.kind = TableKind::unclaimed,
                    .name = "what no load command leads to",
                    .offset = old_end_,
                    .size = to - old_end_});
    return {};
  }

  Result<void> place(const Table &table) {
    if (table.offset < old_end_)
      return malformed(std::string(table.name), "overlaps another table, or is not in __LINKEDIT");
    if (!slice(file_, table.offset, table.size))
      return malformed(std::string(table.name), "reaches past the end of the file");
    if (table.kind != TableKind::unclaimed)
      if (Result<void> placed = place_unclaimed(table.offset); !placed)
        return placed;
    const Contents *const contents = contents_of(table);
    moves_ = moves_ || contents != nullptr;
    Placed placed{.table = table, .offset = table.offset, .size = table.size};
    if (moves_) {
      // The first one that changes stays where it is, if that is as it should be.
      const bool stays = placement_.splices.empty() && table.offset % alignment_of(table.kind) == 0;
      placed.offset = stays ? table.offset : aligned(end_, alignment_of(table.kind));
      replace(table, placed.offset, contents);
      placed.size = contents != nullptr ? contents->size(table) : table.size;
    }
    end_ = placed.offset + placed.size;
    old_end_ = table.end();
    placement_.tables.push_back(placed);
    return {};
  }

  /// The padding before a table, and where it is another one the table.
  void replace(const Table &table, std::uint64_t offset, const Contents *contents) {
    const std::uint64_t old_padding = table.offset - old_end_;
    Splice splice{.offset = old_end_,
                  .old_length = old_padding,
                  .bytes = std::string(static_cast<std::size_t>(offset - end_), '\0')};
    if (contents != nullptr && !contents->behind) {
      splice.old_length += table.size;
      splice.bytes.append(contents->bytes);
    }
    if (splice.old_length != old_padding || splice.bytes.size() != old_padding)
      placement_.splices.push_back(std::move(splice));
    if (contents != nullptr && contents->behind)
      placement_.splices.push_back({.offset = table.end(), .old_length = 0, .bytes = contents->bytes});
  }

  Bytes file_;
  const std::map<TableKind, Contents> &changed_;
  std::vector<Table> ordered_;
  Placement placement_;
  std::uint64_t end_;     ///< of what is placed
  std::uint64_t old_end_; ///< of the same in the input
  bool moves_ = false;
};

} // namespace

Result<Placement> place_tables(Bytes file, std::uint64_t begin, const std::vector<Table> &tables,
                               const std::map<TableKind, Contents> &changed) {
  return Placer(file, begin, changed).run(tables);
}

} // namespace linkname::macho::image
