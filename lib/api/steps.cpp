#include "api/steps.h"

#include "api/isolate_name.h"
#include "base/large_pages.h"
#include "base/parallel.h"
#include "base/verify_copy.h"
#include "check/hazards.h"
#include "container/verify.h"
#include "plan/planner.h"
#include "plan/set_plan.h"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <optional>

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
          in_file(object.name, check::add_hazards(input.bytes_of(object), *object.known.format, object.known.facts,
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

/// What an archive's index will call what it knows of an object. `facts` and `plan` must outlive it.
container::IndexChange index_change(const Facts &facts, const Plan &plan) {
  container::IndexChange change;
  for (const Edit &edit : plan.edits) {
    const Symbol *const symbol = facts.symbol_at(edit.symbol);
    const bool listed = symbol->defined() && symbol->binding != Binding::local;
    if (edit.change == Change::add)
      change.added.push_back(edit.name);
    else if (edit.change == Change::rename && listed)
      change.renamed.emplace_back(edit.was, edit.name);
    else if (edit.change == Change::localize && listed)
      change.removed.push_back(edit.was);
  }
  return change;
}

/// Where one object of a COFF library gives up a name, the index may have to find it in another one that defines it
/// too.
void say_what_stays(Input &input) {
  std::vector<std::string_view> given_up;
  for (const container::LeafChange &change : input.changes) {
    for (const auto &[was, now] : change.names.renamed)
      given_up.push_back(was);
    given_up.insert(given_up.end(), change.names.removed.begin(), change.names.removed.end());
  }
  if (given_up.empty())
    return;
  std::ranges::sort(given_up);
  std::vector<container::LeafChange> changes;
  auto change = input.changes.begin();
  for (const Object &object : input.objects) {
    container::LeafChange here{.node = object.node, .splices = {}, .names = {}};
    if (change != input.changes.end() && change->node == object.node)
      here = std::move(*change++);
    here.names.put_in_order();
    for (const Symbol &symbol : object.known.facts.symbols)
      if (symbol.defined() && symbol.binding != Binding::local && std::ranges::binary_search(given_up, symbol.name) &&
          !here.names.new_name(symbol.name) && !here.names.removes(symbol.name))
        here.names.kept.push_back(symbol.name);
    if (!object.plan.empty() || !here.names.kept.empty())
      changes.push_back(std::move(here));
  }
  input.changes = std::move(changes);
}

/// What changes in the index. Behind this nothing asks for the facts of a container's objects any more, and there may
/// be hundreds of thousands.
void note_index_changes(Input &input) {
  if (input.tree.is_plain())
    return;
  for (Object &object : input.objects) {
    if (!object.plan.empty())
      input.changes.push_back(
          {.node = object.node, .splices = {}, .names = index_change(object.known.facts, object.plan)});
  }
  if (input.tree.knows_names_once())
    say_what_stays(input);
  for (Object &object : input.objects) {
    object.known.facts.symbols = {};
    object.known.facts.sections = {};
  }
}

Result<void> lay_out(std::vector<Input> &inputs, std::optional<std::uint64_t> date, const Counted &counted) {
  for (Input &input : inputs) {
    note_index_changes(input);
    std::vector<Result<Splices>> splices(input.objects.size());
    std::atomic<std::size_t> done = 0;
    for_each_parallel(input.objects.size(), [&](std::size_t i) {
      if (counted)
        counted(++done, input.objects.size());
      const Object &object = input.objects[i];
      splices[i] = in_file(object.name, object.known.format->lay_out(input.bytes_of(object), object.plan));
    });
    for (std::size_t i = 0; i < splices.size(); ++i) {
      const std::uint32_t node = input.objects[i].node;
      if (!splices[i])
        return std::unexpected(std::move(splices[i].error()));
      const auto change = std::ranges::lower_bound(input.changes, node, {}, &container::LeafChange::node);
      if (input.tree.is_plain())
        input.splices = std::move(*splices[i]);
      else if (change != input.changes.end() && change->node == node)
        change->splices = std::move(*splices[i]);
    }
    if (input.changes.empty())
      continue;
    const std::uint64_t now = date.value_or(static_cast<std::uint64_t>(std::time(nullptr)));
    Result<Splices> assembled = in_file(input.path, container::assemble(input.tree, input.changes, now));
    if (!assembled)
      return std::unexpected(std::move(assembled.error()));
    input.splices = std::move(*assembled);
  }
  return {};
}

} // namespace

std::vector<plan::Subject> subjects_of(const std::vector<Input> &inputs) {
  std::vector<plan::Subject> subjects;
  for (const Input &input : inputs)
    for (const Object &object : input.objects)
      subjects.push_back({.file = object.name,
                          .path = input.path,
                          .member = input.tree.member_name(object.node),
                          .world = input.tree.architecture(object.node),
                          .facts = &object.known.facts,
                          .records = &object.known.records});
  return subjects;
}

Result<void> plan_inputs(std::vector<Input> &inputs, const RewriteOptions &options, MoreWishes more) {
  const std::vector<plan::Subject> subjects = subjects_of(inputs);
  std::vector<plan::Unread> unread;
  for (const Input &input : inputs)
    unread.insert(unread.end(), input.unread.begin(), input.unread.end());
  Result<std::vector<Plan>> plans =
      options.names.wanted() ? plan::make_set_plans(subjects, unread, complete_names(options.names, inputs))
                             : plan::make_plans(subjects, unread, options.requests, more, {.all = options.all});
  if (!plans)
    return std::unexpected(std::move(plans.error()));
  const std::vector<Object *> objects = objects_of(inputs);
  for (std::size_t i = 0; i < objects.size(); ++i)
    objects[i]->plan = std::move((*plans)[i]);
  return {};
}

Result<void> finish_inputs(std::vector<Input> &inputs, const RewriteOptions &options, const Counted &counted) {
  const Result<void> judged = judge(inputs, options.strict);
  return judged ? lay_out(inputs, options.date, counted) : judged;
}

Result<void> verify_input(const Input &input, Bytes written, const Settle &settle) {
  if (input.tree.is_plain()) {
    const Object &object = input.objects.front();
    return object.known.format->verify(input.bytes(), object.plan, written, settle);
  }
  if (Result<void> settled = settle(); !settled || input.changes.empty())
    return settled ? verify_copy(input.bytes(), written, settle) : settled;
  const auto leaf = [&](std::uint32_t node, Bytes now) -> Result<void> {
    const auto object = std::ranges::lower_bound(input.objects, node, {}, &Object::node);
    Result<void> good = in_file(input.tree.place(node),
                                object->known.format->verify(input.bytes_of(*object), object->plan, now, settle));
    if (input.file) // what was written is mapped then, as the input is
      unmap_for_now(now);
    return good;
  };
  return container::verify(input.tree, input.changes, input.splices, written, leaf);
}

Result<void> write_input(const Input &input, Result<FileReplacement> replacement, const std::string &output) {
  if (!replacement)
    return std::unexpected(std::move(replacement.error()));
  return replacement->finish(input.splices, [&](Bytes written, const Settle &settle) {
    return in_file(output, verify_input(input, written, settle));
  });
}

void report_input(Input &input, const std::string &output, std::vector<RewriteReport> &reports) {
  const std::size_t before = reports.size();
  for (Object &object : input.objects)
    if (object.node == 0 || !object.plan.empty() || !object.plan.diagnostics.empty() || !object.known.records.empty())
      reports.push_back({.file = std::move(object.name),
                         .output = output,
                         .target = std::move(object.known.facts.target),
                         .records = std::move(object.known.records),
                         .plan = std::move(object.plan),
                         .bytes = input.file});
  if (reports.size() == before)
    reports.push_back({.file = input.path,
                       .output = output,
                       .target = input.tree.nodes().front().kind == container::Kind::archive ? "archive" : "universal",
                       .records = {},
                       .plan = {},
                       .bytes = {}});
  // There may be records in them.
  for (std::string &archive : input.thin)
    reports[before].plan.diagnostics.push_back(about_thin(Severity::warning, std::move(archive)));
}

} // namespace linkname
