#include <linkname/rewrite.h>

#include "api/archive_runs.h"
#include "api/head_start.h"
#include "api/input.h"
#include "api/isolate_name.h"
#include "api/lay_out.h"
#include "api/steps.h"
#include "api/thin_input.h"
#include "api/thin_output.h"
#include "api/write.h"
#include "base/large_pages.h"
#include "base/text.h"
#include "plan/rename_map.h"
#include "plan/rules.h"

#include <algorithm>
#include <optional>
#include <span>

namespace linkname {
namespace {

Counted counted(const RewriteJob &job, Stage stage) {
  if (!job.progress)
    return {};
  return [&job, stage](std::size_t done, std::size_t total) { job.progress(stage, done, total); };
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
    const Result<const Backend *> format = detect(bytes);
    const bool is_object = format.has_value();
    if (requested && is_object)
      head_start.take(*file, **format);
    if (!is_object && !in_members)
      in_members = interest_of(options);
    const Interest &interest = is_object ? everything : *in_members;
    const bool is_archive = container::Archive::recognises(bytes);
    FileReplacement *const ahead =
        requested && !interest.in_all() && is_archive ? head_start.take_archive(*file) : nullptr;
    if (is_archive)
      populate(bytes); // all of it is going to be looked at, or copied
    std::optional<ArchiveRuns> runs;
    const Passed passed = [&](const Input &input, std::uint32_t node, const Known *known) {
      const container::Node &here = input.tree.nodes()[node];
      if (here.parent != 0)
        return; // an archive inside of it, which comes as a whole
      if (!runs)
        runs.emplace(*ahead, input.tree.archive(input.tree.nodes().front()), options.requests);
      runs->pass(here.position, known);
    };
    Result<Input> input = read_input({.path = path, .name = path, .member = {}, .file = *file}, bytes, interest,
                                     ahead != nullptr ? passed : Passed(), counted(job, Stage::reading));
    if (runs)
      runs->end();
    if (!input)
      return std::unexpected(std::move(input.error()));
    if (input->is_object()) {
      const Known &known = input->objects.front().known;
      if (!known.records.empty())
        head_start.take(*file, *known.format);
      head_start.expect(known);
    }
    inputs.push_back(std::move(*input));
  }
  return inputs;
}

/// Members that are files of their own, behind the files of the run.
Result<void> read_members(std::vector<Input> &inputs, const RewriteOptions &options) {
  return std::ranges::any_of(inputs, names_files) ? read_thin_members(inputs, interest_of(options)) : Result<void>();
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
  Result<void> planned = plan_inputs(inputs, options);
  const auto complete = [](const Input &input) { return input.complete; };
  if (!planned && !std::ranges::all_of(inputs, complete)) {
    for (Input &input : inputs) {
      if (input.complete)
        continue;
      Result<Input> whole = read_again(std::move(input));
      if (!whole)
        return std::unexpected(std::move(whole.error()));
      input = std::move(*whole);
    }
    planned = plan_inputs(inputs, options);
  }
  return planned ? finish_inputs(inputs, options, counted) : planned;
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

/// Where there would be room is for who looks before writing; a build that does so every day has seen it.
void tell_room(std::vector<Input> &inputs) {
  for (Input &input : inputs)
    for (Object &object : input.objects)
      std::ranges::move(object.room, std::back_inserter(object.plan.diagnostics));
}

void forget_layout(Input &input) {
  input.splices = Splices();
  input.indices.reset();
  input.changes = std::vector<container::LeafChange>();
}

/// What is told of a file of the run. A thin archive has nothing to tell beside its members.
void report(std::vector<Input> &inputs, Input &input, std::vector<RewriteReport> &reports) {
  const std::size_t before = reports.size();
  for (const std::uint32_t member : input.members_outside())
    if (!inputs[member].member.empty())
      report_input(inputs[member], inputs[member].output, reports);
  for (RewriteReport &member : std::span(reports).subspan(before))
    member.archive = input.output;
  if (reports.size() == before || !input.thin.empty())
    report_input(input, input.output, reports);
}

} // namespace

Result<std::vector<RewriteReport>> rewrite(const RewriteJob &job, const RewriteOptions &options) {
  if (!job.output.empty() && job.files.size() != 1)
    return fail(Status::usage, {}, "one output for several files", "rewrite them in place, or one at a time");
  if (!job.output.empty() && job.thin_members)
    return fail(Status::usage, "--thin-members", "is about files that change in place, and -o leaves them alone",
                "leave out one of the two");
  if (Result<void> sound = check_options(options); !sound)
    return std::unexpected(std::move(sound.error()));
  HeadStart head_start(job, options.requests);
  Result<std::vector<Input>> inputs = read_all(job, options, head_start);
  if (!inputs)
    return std::unexpected(std::move(inputs.error()));
  Result<void> done = read_members(*inputs, options);
  if (done)
    done = plan_all(*inputs, options, counted(job, Stage::laying_out));
  if (done)
    done = decide_outputs(*inputs, job, now_of(options));
  if (done && !job.dry_run)
    done = write_all(*inputs, job, head_start);
  if (!done)
    return std::unexpected(std::move(done.error()));

  if (job.dry_run)
    tell_room(*inputs);
  for (Input &input : *inputs) // of a large archive, as much as there is to tell of it
    forget_layout(input);
  std::vector<RewriteReport> reports;
  for (Input &input : *inputs)
    if (input.member.empty())
      report(*inputs, input, reports);
  return reports;
}

Result<std::string> rewrite_bytes(std::string_view bytes, std::string_view name, const RewriteOptions &options) {
  if (Result<void> sound = check_options(options); !sound)
    return std::unexpected(std::move(sound.error()));
  Result<Input> input = read_input({.path = std::string(name), .name = std::string(name), .member = {}, .file = {}},
                                   bytes, interest_of(options));
  if (!input)
    return std::unexpected(std::move(input.error()));
  std::vector<Input> inputs;
  inputs.push_back(std::move(*input));
  if (Result<void> done = plan_all(inputs, options, {}); !done)
    return std::unexpected(std::move(done.error()));
  std::string result = apply_splices(bytes, inputs.front().splices);
  const SettleUntil in_memory = [](std::uint64_t) { return Result<void>(); };
  if (Result<void> verified = in_file(name, verify_input(inputs.front(), result, in_memory)); !verified)
    return std::unexpected(std::move(verified.error()));
  return result;
}

Result<Rules> parse_rules(std::string_view text, std::string_view name) { return plan::parse_rules(text, name); }

Result<Rules> read_rules(const std::string &path) {
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
