// New names for everything that a set of objects defines: what keeps two libraries, or two versions of one, from
// getting into each other's way (docs/names.md). Unlike a request, it speaks of all files of a run at once.
#pragma once

#include <string>
#include <vector>

namespace linkname {

/// One line of a rename map. Both are symbol names as `nm` prints them.
struct MappedName {
  std::string old_name;
  std::string new_name;
  std::string asked_by; ///< `FILE:LINE`
};

/// `only` and `except` are patterns: symbol names, demangled C++ names, or wildcards over either. Each has to fit a
/// name.
struct SetRenaming {
  std::string prefix;          ///< comes between what the platform puts in front and the name
  std::string suffix;          ///< comes behind the name and before an ELF version
  std::vector<MappedName> map; ///< goes before prefix and suffix, and means names that are only referred to as well
  std::vector<std::string> only;
  std::vector<std::string> except;

  /// Every definition but those that `keep` fits is called `NAME.isolate_name`, and hidden where the format knows
  /// hidden symbols. Goes together with nothing above; needs something to keep.
  bool isolate = false;
  std::string isolate_name; ///< empty: made of the objects' contents
  std::vector<std::string> keep;

  [[nodiscard]] bool wanted() const { return isolate || !prefix.empty() || !suffix.empty() || !map.empty(); }
};

} // namespace linkname
