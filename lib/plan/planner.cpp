#include "plan/planner.h"

#include "plan/definitions.h"
#include "plan/fold.h"
#include "plan/resolve.h"
#include "plan/wanted_names.h"
#include "plan/wishes.h"

#include <algorithm>

namespace linkname::plan {
namespace {

/// Intermediate code for link-time optimisation keeps the old names whatever happens to the symbol table.
void refuse_lto(const Subject &subject, Plan &plan) {
  const Lto lto = subject.facts->lto;
  if (lto == Lto::none || (lto == Lto::fat && plan.empty()))
    return;
  plan.diagnostics.push_back(
      {.severity = Severity::error,
       .place = std::string(subject.file),
       .reason = lto == Lto::fat
                     ? "holds code for link-time optimisation beside its native code, and editing one half of it would "
                       "go wrong"
                     : "holds nothing but code for link-time optimisation, whose symbols linkname cannot edit",
       .hint = "compile it with -fno-lto",
       .details = {}});
}

} // namespace

Result<std::vector<Plan>> make_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                     std::span<const Request> requests, std::span<const std::vector<Wish>> more,
                                     Manner manner) {
  const WantedNames wanted = wanted_names(subjects, requests);
  std::vector<NameIndex> indices;
  indices.reserve(subjects.size());
  std::vector<Companions> companions;
  companions.reserve(subjects.size());
  for (const Subject &subject : subjects) {
    indices.emplace_back(wanted, *subject.facts);
    companions.emplace_back(*subject.facts);
  }

  Wishes wishes = find_symbols(subjects, unread, requests, indices, companions, manner.all);
  std::vector<Plan> plans;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    if (!more.empty())
      wishes.of[i].insert(wishes.of[i].end(), more[i].begin(), more[i].end());
    plans.push_back(resolve(subjects[i], wishes.of[i], indices[i], companions[i]));
    refuse_lto(subjects[i], plans.back());
  }

  add_definitions(subjects, requests, plans, wishes.diagnostics);

  Error said{.status = Status::refused, .diagnostics = std::move(wishes.diagnostics)};
  const auto is_error = [](const Diagnostic &diagnostic) { return diagnostic.severity == Severity::error; };
  bool refused = std::ranges::any_of(said.diagnostics, is_error);
  for (const Plan &plan : plans)
    refused = refused || std::ranges::any_of(plan.diagnostics, is_error);
  if (refused) {
    for (Plan &plan : plans)
      std::ranges::move(plan.diagnostics, std::back_inserter(said.diagnostics));
    return std::unexpected(std::move(said));
  }
  fold_repeated(plans);
  if (!plans.empty())
    plans.front().diagnostics.insert(plans.front().diagnostics.begin(), said.diagnostics.begin(),
                                     said.diagnostics.end());
  return plans;
}

} // namespace linkname::plan
