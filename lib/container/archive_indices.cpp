#include "container/archive_indices.h"

namespace linkname::container {

ArchiveIndices::ArchiveIndices(const Archive &archive) : archive_(&archive), changes_(archive.members().size()) {
  headers_.reserve(archive.members().size());
  for (const Member &member : archive.members())
    headers_.push_back(member.header);
}

void ArchiveIndices::change(std::uint32_t position, const IndexChange &names) {
  changes_[position] = &names;
  renamed_ = renamed_ || !names.empty();
}

void ArchiveIndices::plan_ahead() {
  const std::vector<Member> &members = archive_->members();
  for (std::uint32_t i = 0; i < members.size() && renamed_; ++i)
    if (is_index(members[i].role))
      edit(i);
}

const Result<IndexEdit> &ArchiveIndices::edit(std::uint32_t position) {
  const auto known = edits_.find(position);
  if (known != edits_.end())
    return known->second;
  const Member &index = archive_->members()[position];
  return edits_.emplace(position, IndexEdit::plan(place_of(*archive_, index, headers_), changes_)).first->second;
}

} // namespace linkname::container
