#include <linkname/rewrite.h>

#include "api/archive_runs.h"
#include "api/head_start.h"
#include "api/input.h"
#include "api/isolate_name.h"
#include "base/large_pages.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/verify_copy.h"
#include "check/hazards.h"
#include "container/verify.h"
#include "plan/planner.h"
#include "plan/rename_map.h"
#include "plan/rules.h"
#include "plan/set_plan.h"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <optional>
#include <span>

namespace linkname {
namespace {

std::vector<Object *> objects_of(std::vector<Input> &inputs) {
  std::vector<Object *> objects;
  for (Input &input : inputs)
    for (Object &object : input.objects)
      objects.push_back(&object);
  return objects;
}

Result<void> make_plans(std::vector<Input> &inputs, const RewriteOptions &options) {
  std::vector<plan::Subject> subjects;
  std::vector<plan::Unread> unread;
  for (const Input &input : inputs) {
    for (const Object &object : input.objects)
      subjects.push_back({.file = object.name,
                          .path = input.path,
                          .member = input.tree.member_name(object.node),
                          .world = input.tree.architecture(object.node),
                          .facts = &object.known.facts,
                          .records = &object.known.records});
    unread.insert(unread.end(), input.unread.begin(), input.unread.end());
  }
  Result<std::vector<Plan>> plans = options.names.wanted()
                                        ? plan::make_set_plans(subjects, unread, complete_names(options.names, inputs))
                                        : plan::make_plans(subjects, unread, options.requests, {.all = options.all});
  if (!plans)
    return std::unexpected(std::move(plans.error()));
  const std::vector<Object *> objects = objects_of(inputs);
  for (std::size_t i = 0; i < objects.size(); ++i)
    objects[i]->plan = std::move((*plans)[i]);
  return {};
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

Counted counted(const RewriteJob &job, Stage stage) {
  if (!job.progress)
    return {};
  return [&job, stage](std::size_t done, std::size_t total) { job.progress(stage, done, total); };
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

Result<void> verify(const Input &input, Bytes written, const Settle &settle) {
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

/// New names for everything need everything.
Interest interest_of(const RewriteOptions &options) {
  return options.names.wanted() ? Interest() : Interest(options.requests);
}

Result<std::vector<Input>> read_all(const RewriteJob &job, const RewriteOptions &options, HeadStart &head_start) {
  const bool requested = !options.requests.empty();
  const Interest everything;
  std::optional<Interest> in_members; // thousands of names would hold up an object that is read whole anyway
  std::vector<Input> inputs;
  for (const std::string &path : job.files) {
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file)
      return std::unexpected(std::move(file.error()));
    const auto twice = std::ranges::find_if(inputs, [&](const Input &input) { return input.file->same_file(**file); });
    if (twice != inputs.end())
      return fail(Status::usage, path, join({"is the same file as ", quoted(twice->path)}), "name it once");
    const Bytes bytes = (*file)->bytes();
    const bool is_object = detect(bytes).has_value();
    if (requested && is_object)
      head_start.take(*file);
    if (!is_object && !in_members)
      in_members = interest_of(options);
    const Interest &interest = is_object ? everything : *in_members;
    FileReplacement *const ahead = requested && !interest.in_all() && container::Archive::recognises(bytes)
                                       ? head_start.take_archive(*file)
                                       : nullptr;
    std::optional<ArchiveRuns> runs;
    const Passed passed = [&](const Input &input, std::uint32_t node, const Known *known) {
      const container::Node &here = input.tree.nodes()[node];
      if (here.parent != 0)
        return; // an archive inside of it, which comes as a whole
      if (!runs)
        runs.emplace(*ahead, input.tree.archive(input.tree.nodes().front()), options.requests);
      runs->pass(here.position, known);
    };
    Result<Input> input =
        read_input(path, *file, bytes, interest, ahead != nullptr ? passed : Passed(), counted(job, Stage::reading));
    if (runs)
      runs->end();
    if (!input)
      return std::unexpected(std::move(input.error()));
    if (input->tree.is_plain()) {
      const Known &known = input->objects.front().known;
      if (!known.records.empty())
        head_start.take(*file);
      head_start.expect(known);
    }
    inputs.push_back(std::move(*input));
  }
  return inputs;
}

/// Whatever is asked for may be wanted in a member that is a file of its own.
Result<void> refuse_thin(const std::vector<Input> &inputs, const RewriteOptions &options) {
  Error refusals{.status = Status::refused, .diagnostics = {}};
  if (!options.requests.empty() || options.names.wanted())
    for (const Input &input : inputs)
      for (const std::string &archive : input.thin)
        refusals.diagnostics.push_back(about_thin(Severity::error, archive));
  if (refusals.diagnostics.empty())
    return {};
  return std::unexpected(std::move(refusals));
}

/// Plans for inputs that were read as far as necessary. A name that was not found may have been in what was left out,
/// and whoever mistyped it wants to see all names that are like it.
Result<void> plan_all(std::vector<Input> &inputs, const RewriteOptions &options, const Counted &counted) {
  if (Result<void> within_reach = refuse_thin(inputs, options); !within_reach)
    return within_reach;
  Result<void> planned = make_plans(inputs, options);
  const auto complete = [](const Input &input) { return input.complete; };
  if (!planned && !std::ranges::all_of(inputs, complete)) {
    for (Input &input : inputs) {
      Result<Input> whole = read_input(input.path, input.file, input.bytes(), Interest());
      if (!whole)
        return std::unexpected(std::move(whole.error()));
      input = std::move(*whole);
    }
    planned = make_plans(inputs, options);
  }
  if (planned)
    planned = judge(inputs, options.strict);
  if (planned)
    planned = lay_out(inputs, options.date, counted);
  return planned;
}

/// New names for everything leave no room for wishes about single symbols.
Result<void> check_options(const RewriteOptions &options) {
  if (!options.names.wanted())
    return {};
  if (!options.requests.empty())
    return fail(Status::usage, options.requests.front().asked_by, "does not go together with new names for a whole set",
                "run one after the other");
  return check_names(options.names);
}

/// What is told of one input: a report for each of its objects with something to tell, or one for all of it.
void report(Input &input, const std::string &output, std::vector<RewriteReport> &reports) {
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

} // namespace

Result<std::vector<RewriteReport>> rewrite(const RewriteJob &job, const RewriteOptions &options) {
  if (!job.output.empty() && job.files.size() != 1)
    return fail(Status::usage, {}, "one output for several files", "rewrite them in place, or one at a time");
  if (Result<void> sound = check_options(options); !sound)
    return std::unexpected(std::move(sound.error()));
  HeadStart head_start(job, options.requests);
  Result<std::vector<Input>> inputs = read_all(job, options, head_start);
  if (!inputs)
    return std::unexpected(std::move(inputs.error()));
  if (Result<void> done = plan_all(*inputs, options, counted(job, Stage::laying_out)); !done)
    return std::unexpected(std::move(done.error()));

  std::vector<RewriteReport> reports;
  std::size_t written_files = 0;
  for (Input &input : *inputs) {
    if (job.progress)
      job.progress(Stage::writing, written_files++, inputs->size());
    const std::string &output = output_of(job, input.path);
    const bool untouched = input.splices.empty() && job.output.empty();
    if (!job.dry_run && !untouched) {
      Result<FileReplacement> replacement = head_start.replacement(input);
      if (!replacement)
        return std::unexpected(std::move(replacement.error()));
      const Verify verify_it = [&](Bytes written, const Settle &settle) {
        return in_file(output, verify(input, written, settle));
      };
      if (Result<void> written = replacement->finish(input.splices, verify_it); !written)
        return std::unexpected(std::move(written.error()));
    }
    report(input, output, reports);
  }
  return reports;
}

Result<std::string> rewrite_bytes(std::string_view bytes, std::string_view name, const RewriteOptions &options) {
  if (Result<void> sound = check_options(options); !sound)
    return std::unexpected(std::move(sound.error()));
  Result<Input> input = read_input(std::string(name), {}, bytes, interest_of(options));
  if (!input)
    return std::unexpected(std::move(input.error()));
  std::vector<Input> inputs;
  inputs.push_back(std::move(*input));
  if (Result<void> done = plan_all(inputs, options, {}); !done)
    return std::unexpected(std::move(done.error()));
  std::string result = apply_splices(bytes, inputs.front().splices);
  const Settle in_memory = [] { return Result<void>(); };
  if (Result<void> verified = in_file(name, verify(inputs.front(), result, in_memory)); !verified)
    return std::unexpected(std::move(verified.error()));
  return result;
}

Result<std::vector<Request>> parse_rules(std::string_view text, std::string_view name) {
  return plan::parse_rules(text, name);
}

Result<std::vector<Request>> read_rules(const std::string &path) {
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return std::unexpected(file.error());
  return plan::parse_rules((*file)->bytes(), path);
}

Result<std::vector<MappedName>> parse_rename_map(std::string_view text, std::string_view name) {
  return plan::parse_rename_map(text, name);
}

Result<std::vector<MappedName>> read_rename_map(const std::string &path) {
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return std::unexpected(file.error());
  return plan::parse_rename_map((*file)->bytes(), path);
}

} // namespace linkname
