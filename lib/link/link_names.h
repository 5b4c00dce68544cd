// What the files of a link know under the names that are pulled, as it will be when all plans are carried out.
#pragma once

#include "base/bytes.h"

#include <linkname/facts.h>
#include <linkname/plan.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::link {

/// A symbol of one object.
struct Place {
  std::size_t subject = 0;
  std::uint32_t position = 0; ///< in Facts::symbols
};

/// Whoever bears one name.
struct Bearers {
  std::vector<Place> shown;   ///< definitions that other objects see
  std::vector<Place> statics; ///< definitions that only their object sees
  std::vector<Place> wanted;  ///< undefined
  std::string exporter;       ///< the first linked file that exports it; may be empty
};

class LinkNames {
public:
  /// All names are wanted before the first object is noted.
  void want(const std::string &name) { names_.try_emplace(name); }

  void note(std::size_t subject, const Facts &facts, const Plan &plan);
  void note_exports(const std::string &path, Bytes linked_file);

  /// `name` must have been wanted.
  [[nodiscard]] const Bearers &operator[](std::string_view name) const { return names_.find(name)->second; }

private:
  void note(std::string_view name, std::vector<Place> Bearers::*where, const Place &place);

  std::map<std::string, Bearers, std::less<>> names_;
};

} // namespace linkname::link
