#include "api/steps.h"

#include "api/isolate_name.h"
#include "api/lay_out.h"
#include "check/hazards.h"
#include "plan/planner.h"
#include "plan/set_plan.h"

#include <algorithm>
#include <ctime>
#include <functional>
#include <utility>

namespace linkname {
namespace {

std::vector<Object *> objects_of(std::vector<Input> &inputs) {
  std::vector<Object *> objects;
  for (Input &input : inputs)
    for (Object &object : input.objects)
      objects.push_back(&object);
  return objects;
}

/// Every reason to refuse is told, not the first alone.
Result<void> judge(std::vector<Input> &inputs, bool strict) {
  Error refusals{.status = Status::refused, .diagnostics = {}};
  bool refused = false;
  for (Input &input : inputs)
    for (Object &object : input.objects) {
      Result<void> judged =
          in_file(object.name, check::add_hazards(input.bytes_of(object), *object.known.format, *object.known.facts,
                                                  object.name, strict, object.plan));
      if (!judged)
        return judged;
      for (const Diagnostic &diagnostic : object.plan.diagnostics)
        refused = refused || diagnostic.severity == Severity::error;
      std::ranges::copy(object.plan.diagnostics, std::back_inserter(refusals.diagnostics));
    }
  if (refused)
    return std::unexpected(std::move(refusals));
  return {};
}

/// What a report points into: the file's old contents, and names that do not stand there in one piece.
std::shared_ptr<const void> kept_alive(const Input &input, const Object &object) {
  if (!object.words)
    return input.file;
  return std::make_shared<std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(input.file,
                                                                                               object.words);
}

plan::InPieces in_pieces(const std::vector<Input> &inputs) {
  return [&inputs](const std::function<void(std::size_t)> &work,
                   const std::function<void(std::size_t, std::size_t)> &then) {
    std::size_t before = 0; // objects of other inputs
    for (const Input &input : inputs) {
      const auto work_here = [&](std::size_t i) { work(before + i); };
      const auto then_here = [&](std::size_t first, std::size_t last) {
        if (then)
          then(before + first, before + last);
      };
      for_each_object(input, work_here, then_here);
      before += input.objects.size();
    }
  };
}

} // namespace

std::vector<plan::Subject> subjects_of(const std::vector<Input> &inputs) {
  std::vector<plan::Subject> subjects;
  for (const Input &input : inputs)
    for (const Object &object : input.objects)
      subjects.push_back({.file = object.name,
                          .path = input.path,
                          .member = member_of(input, object.node),
                          .world = input.tree.architecture(object.node),
                          .facts = object.known.facts.get(),
                          .records = &object.known.records});
  return subjects;
}

Result<void> plan_inputs(std::vector<Input> &inputs, const RewriteOptions &options, MoreWishes more) {
  const std::vector<plan::Subject> subjects = subjects_of(inputs);
  std::vector<plan::Unread> unread;
  for (const Input &input : inputs)
    unread.insert(unread.end(), input.unread.begin(), input.unread.end());
  Result<std::vector<Plan>> plans =
      options.names.wanted()
          ? plan::make_set_plans(subjects, unread, complete_names(options.names, inputs), in_pieces(inputs))
          : plan::make_plans(subjects, unread, options.requests, more, {.all = options.all});
  if (!plans)
    return std::unexpected(std::move(plans.error()));
  const std::vector<Object *> objects = objects_of(inputs);
  for (std::size_t i = 0; i < objects.size(); ++i) {
    objects[i]->plan = std::move((*plans)[i]);
    objects[i]->plan.signature = options.signature;
  }
  return {};
}

Result<void> finish_inputs(std::vector<Input> &inputs, const RewriteOptions &options, const Counted &counted) {
  const Result<void> judged = judge(inputs, options.strict);
  return judged ? lay_out(inputs, now_of(options), counted) : judged;
}

std::uint64_t now_of(const RewriteOptions &options) {
  return options.date.value_or(static_cast<std::uint64_t>(std::time(nullptr)));
}

Result<void> write_input(const Input &input, Result<FileReplacement> replacement, const std::string &output) {
  if (!replacement)
    return std::unexpected(std::move(replacement.error()));
  const Verify verify = [&](Bytes written, const SettleUntil &settle) {
    return in_file(output, verify_input(input, written, settle));
  };
  return replacement->finish(input.splices, verify, look_of(input), make_deferred(input));
}

void report_input(Input &input, const std::string &output, std::vector<RewriteReport> &reports) {
  const std::size_t before = reports.size();
  if (const std::size_t most = before + input.objects.size(); most > reports.capacity())
    reports.reserve(std::max(most, 2 * reports.capacity()));
  input.give_up_facts();
  for (Object &object : input.objects)
    if (input.is_object() || !object.plan.empty() || !object.plan.diagnostics.empty() || !object.known.records.empty())
      reports.push_back({.file = std::move(object.name),
                         .output = output,
                         .archive = {},
                         .target = std::string(object.target),
                         .records = std::move(object.known.records),
                         .plan = std::move(object.plan),
                         .bytes = kept_alive(input, object)});
  input.objects.clear();
  if (reports.size() == before && input.member.empty())
    reports.push_back({.file = input.path,
                       .output = output,
                       .archive = {},
                       .target = input.tree.nodes().front().kind == container::Kind::archive ? "archive" : "universal",
                       .records = {},
                       .plan = {},
                       .bytes = {}});
  // There may be records in them.
  for (std::string &archive : input.thin)
    reports[before].plan.diagnostics.push_back(about_thin(Severity::warning, std::move(archive)));
}

} // namespace linkname
