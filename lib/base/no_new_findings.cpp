#include "base/no_new_findings.h"

#include "base/diagnostic.h"
#include "base/text.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string_view>

namespace linkname {

namespace {

bool known_damage(const Result<std::vector<Diagnostic>> &findings) {
  return !findings ||
         std::ranges::any_of(*findings, [](const Diagnostic &finding) { return finding.severity == Severity::error; });
}

} // namespace

Result<void> no_new_findings(const Backend &format, Bytes before, Bytes after) {
  if (format.lint == nullptr)
    return {};
  const Result<std::vector<Diagnostic>> now = format.lint(after);
  if (!now)
    return not_as_planned(now.error().diagnostics.front().place, now.error().diagnostics.front().reason);
  if (now->empty())
    return {}; // and nobody needs to know what was odd before
  const Result<std::vector<Diagnostic>> then = format.lint(before);
  std::map<std::string_view, std::size_t> known; // by reason, since places may have moved
  if (then)
    for (const Diagnostic &finding : *then)
      ++known[finding.reason];
  for (const Diagnostic &finding : *now)
    if (std::size_t &left = known[finding.reason]; left-- == 0)
      return known_damage(then)
                 ? fail(Status::malformed, finding.place,
                        join({"the tables are damaged already, and the edit would make it worse: ", finding.reason}),
                        "`linkname-tool check` says what is wrong")
                 : not_as_planned(finding.place, finding.reason);
  return {};
}

} // namespace linkname
