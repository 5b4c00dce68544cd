#include "container/index_edit.h"

#include <utility>

namespace linkname::container {
namespace {

/// Many splices of one name each take more room than the whole index written anew.
bool changes_few(std::span<const IndexChange *const> names) {
  constexpr std::size_t few = 4096;
  std::size_t count = 0;
  for (const IndexChange *const change : names)
    if (change != nullptr)
      count += change->renamed.size() + change->removed.size() + change->added.size();
  return count <= few;
}

} // namespace

Result<IndexEdit> IndexEdit::plan(const IndexPlace &place, std::span<const IndexChange *const> names) {
  IndexEdit edit;
  edit.place_ = place;
  const bool gnu_form = place.form == Role::gnu_index || place.form == Role::gnu_index_64;
  if (gnu_form && !place.names_once && changes_few(names)) {
    Result<GnuIndexEdit> gnu = GnuIndexEdit::plan(place, names);
    if (!gnu)
      return std::unexpected(std::move(gnu.error()));
    edit.growth_ = gnu->growth();
    edit.edit_ = std::move(*gnu);
    return edit;
  }
  Result<SymbolIndex> index = read_index(place);
  if (!index)
    return std::unexpected(std::move(index.error()));
  change_names(*index, names);
  edit.growth_ = length_of(*index) - place.contents.size();
  edit.edit_ = std::move(*index);
  return edit;
}

Result<Splices> IndexEdit::write(std::span<const std::uint64_t> new_headers) const {
  if (const auto *const gnu = std::get_if<GnuIndexEdit>(&edit_))
    return gnu->write(new_headers);
  Result<std::string> contents = written(std::get<SymbolIndex>(edit_), new_headers);
  if (!contents)
    return std::unexpected(std::move(contents.error()));
  Splices splices;
  splices.push_back({.offset = 0, .old_length = place_.contents.size(), .bytes = std::move(*contents)});
  return splices;
}

bool IndexEdit::is_in(Bytes contents, std::span<const std::uint64_t> new_headers) const {
  if (const auto *const gnu = std::get_if<GnuIndexEdit>(&edit_))
    return gnu->is_in(contents, new_headers);
  IndexPlace now = place_;
  now.contents = contents;
  now.headers = new_headers;
  const Result<SymbolIndex> found = read_index(now);
  const auto &planned = std::get<SymbolIndex>(edit_);
  return found && found->entries == planned.entries && found->listed == planned.listed;
}

} // namespace linkname::container
