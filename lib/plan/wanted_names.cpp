#include "plan/wanted_names.h"

#include "plan/name_parts.h"
#include "plan/selector.h"

#include <string_view>

namespace linkname::plan {

WantedNames wanted_names(std::span<const Subject> subjects, std::span<const Request> requests) {
  WantedNames index(2 * requests.size());
  const auto want = [&](std::string_view name) {
    index.want(name);
    if (const std::string_view base = without_version(name); base.size() != name.size())
      index.want(base);
  };
  for (const Request &request : requests) {
    for (const Selector &way : Readings(request.symbol))
      want(way.name);
    if (!request.name.empty())
      want(request.name);
  }
  for (const Subject &subject : subjects)
    for (const Record &record : *subject.records) {
      index.want(record.local);
      if (!record.remote.empty())
        want(record.remote);
    }
  return index;
}

} // namespace linkname::plan
