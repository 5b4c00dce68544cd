// Which names of a set get new ones: those that patterns and the rename map choose, without those that compilers and
// linkers must find, and only where nothing else bears the new name already.
#pragma once

#include "plan/set_names.h"
#include "plan/subject.h"

#include <linkname/error.h>
#include <linkname/set_renaming.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::plan {

/// What comes before and behind each name that the map does not speak of.
struct NewName {
  std::string prefix;
  std::string suffix;

  explicit NewName(const SetRenaming &renaming)
      : prefix(renaming.prefix), suffix(renaming.isolate ? "." + renaming.isolate_name : renaming.suffix) {}
};

/// The option behind the names that the map does not speak of. It lasts for good.
[[nodiscard]] std::string_view asked_by(const SetRenaming &renaming);

/// Marks the names that change in `worlds`, each of which belongs to one kind of processor. Returns what there was to
/// say; with an error among it, the marks mean nothing.
[[nodiscard]] std::vector<Diagnostic> choose_names(std::span<SetNames> worlds, std::span<const Subject> subjects,
                                                   const SetRenaming &renaming);

} // namespace linkname::plan
