// From requests and records to wishes: every request finds its symbols, or says why it does not.
#pragma once

#include "plan/companions.h"
#include "plan/name_index.h"
#include "plan/subject.h"
#include "plan/wish.h"

#include <linkname/error.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

namespace linkname::plan {

/// Wishes by subject, and what there was to say.
struct Wishes {
  std::vector<std::vector<Wish>> of; ///< beside the subjects
  std::deque<std::string> written;   ///< names and places that wishes speak of and nobody else keeps
  std::vector<Diagnostic> diagnostics;
};

/// `indices` and `companions` stand beside the subjects. A request has to fit in one of them at least. With `all`, it
/// means all statics of a name; without, they are a choice that only a qualifier makes.
[[nodiscard]] Wishes find_symbols(std::span<const Subject> subjects, std::span<const Unread> unread,
                                  std::span<const Request> requests, std::span<const NameIndex> indices,
                                  std::span<const Companions> companions, bool all);

} // namespace linkname::plan
