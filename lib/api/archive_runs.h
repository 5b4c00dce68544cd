// What of a large archive will probably be copied as it is, told to the copy while the members are still being looked
// through: everything but the indices and the members that hold a requested name. By how much it moves follows from the
// requests, since in a large archive indices and members grow in large steps.
#pragma once

#include "api/load.h"
#include "base/replace_file.h"
#include "container/archive.h"

#include <linkname/request.h>

#include <span>

namespace linkname {

class ArchiveRuns {
public:
  /// All must outlive it.
  ArchiveRuns(FileReplacement &copy, const container::Archive &archive, std::span<const Request> requests)
      : copy_(copy), archive_(archive), requests_(requests) {}

  /// What is likely before anything but the indices has been looked at: that no member is touched.
  static Run guess(Bytes archive, std::span<const Request> requests);

  /// The member has been looked at: `known` is null where it holds nothing that was asked for. Members come in their
  /// order; those that are no objects are left out.
  void pass(std::uint32_t member, const Known *known);

  /// So have all.
  void end();

private:
  void step_to(std::uint32_t member);
  void leave_out(const container::Member &member, std::uint64_t growth);
  void tell(std::uint64_t until);
  [[nodiscard]] std::optional<std::uint64_t> growth_of(const Known &known) const;

  FileReplacement &copy_;
  const container::Archive &archive_;
  std::span<const Request> requests_;
  std::uint32_t next_ = 0;     ///< the first member that was not passed
  std::uint64_t from_ = 0;     ///< of the run that is not told yet
  std::uint64_t distance_ = 0; ///< of that run
};

} // namespace linkname
