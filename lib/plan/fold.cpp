#include "plan/fold.h"

#include "base/text.h"

#include <map>
#include <string>
#include <tuple>

namespace linkname::plan {
namespace {

/// So many are read one by one.
constexpr std::size_t most_alike = 3;

/// ... and so many places are listed.
constexpr std::size_t most_listed = 4;

using What = std::tuple<Severity, std::string, std::string>;

What what(const Diagnostic &diagnostic) { return {diagnostic.severity, diagnostic.reason, diagnostic.hint}; }

} // namespace

void fold_repeated(std::span<Plan> plans) {
  std::map<What, std::size_t> counts;
  for (const Plan &plan : plans)
    for (const Diagnostic &diagnostic : plan.diagnostics)
      if (diagnostic.severity != Severity::error && diagnostic.details.empty())
        ++counts[what(diagnostic)];
  std::map<What, Diagnostic *> firsts;
  for (Plan &plan : plans) {
    std::vector<Diagnostic> kept;
    kept.reserve(plan.diagnostics.size()); // pointers into it stay
    for (Diagnostic &diagnostic : plan.diagnostics) {
      const auto count = counts.find(what(diagnostic));
      if (count == counts.end() || count->second <= most_alike || !diagnostic.details.empty()) {
        kept.push_back(std::move(diagnostic));
        continue;
      }
      const auto [first, is_first] = firsts.try_emplace(count->first, nullptr);
      if (is_first) {
        kept.push_back(std::move(diagnostic));
        first->second = &kept.back();
      } else if (std::vector<std::string> &details = first->second->details; details.size() < most_listed) {
        details.push_back(std::move(diagnostic.place));
        if (details.size() == most_listed && count->second > most_listed + 1)
          details.push_back(join({"... and ", std::to_string(count->second - most_listed - 1), " more"}));
      }
    }
    plan.diagnostics = std::move(kept);
  }
}

} // namespace linkname::plan
