#include <linkname/rewrite.h>

#include "api/load.h"
#include "base/text.h"
#include "check/hazards.h"
#include "plan/planner.h"
#include "plan/rules.h"

#include <algorithm>

namespace linkname {
namespace {

/// One file of a job on its way from bytes to splices.
struct Item {
  std::string name;
  std::shared_ptr<const MappedFile> file; ///< empty for an object in memory
  Bytes bytes;
  Known known;
  Plan plan;
  Splices splices;
};

Result<void> plan_all(std::vector<Item> &items, const RewriteOptions &options) {
  std::vector<plan::Subject> subjects;
  for (const Item &item : items)
    subjects.push_back({.file = item.name, .facts = &item.known.facts, .records = &item.known.records});
  Result<std::vector<Plan>> plans = plan::make_plans(subjects, options.requests);
  if (!plans)
    return std::unexpected(std::move(plans.error()));

  Error refusals{.status = Status::refused, .diagnostics = {}};
  bool refused = false;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Item &item = items[i];
    item.plan = std::move((*plans)[i]);
    Result<void> judged = in_file(item.name, check::add_hazards(item.bytes, *item.known.format, item.known.facts,
                                                                item.name, options.strict, item.plan));
    if (!judged)
      return judged;
    for (const Diagnostic &diagnostic : item.plan.diagnostics)
      refused = refused || diagnostic.severity == Severity::error;
    std::ranges::copy(item.plan.diagnostics, std::back_inserter(refusals.diagnostics));
  }
  if (refused)
    return std::unexpected(std::move(refusals));
  return {};
}

Result<void> lay_out_all(std::vector<Item> &items) {
  for (Item &item : items) {
    Result<Splices> splices = in_file(item.name, item.known.format->lay_out(item.bytes, item.plan));
    if (!splices)
      return std::unexpected(std::move(splices.error()));
    item.splices = std::move(*splices);
  }
  return {};
}

Result<std::vector<Item>> read_all(const RewriteJob &job) {
  std::vector<Item> items;
  for (const std::string &path : job.files) {
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file)
      return std::unexpected(std::move(file.error()));
    const auto twice = std::ranges::find_if(items, [&](const Item &item) { return item.file->same_file(**file); });
    if (twice != items.end())
      return fail(Status::usage, path, join({"is the same file as ", quoted(twice->name)}), "name it once");
    Item item{.name = path, .file = std::move(*file), .bytes = {}, .known = {}, .plan = {}, .splices = {}};
    item.bytes = item.file->bytes();
    Result<Known> known = know(item.bytes, path);
    if (!known)
      return std::unexpected(std::move(known.error()));
    item.known = std::move(*known);
    items.push_back(std::move(item));
  }
  return items;
}

} // namespace

Result<std::vector<RewriteReport>> rewrite(const RewriteJob &job, const RewriteOptions &options) {
  if (!job.output.empty() && job.files.size() != 1)
    return fail(Status::usage, {}, "one output for several files", "rewrite them in place, or one at a time");
  Result<std::vector<Item>> items = read_all(job);
  if (!items)
    return std::unexpected(std::move(items.error()));
  Result<void> done = plan_all(*items, options);
  if (done)
    done = lay_out_all(*items);
  if (!done)
    return std::unexpected(std::move(done.error()));

  std::vector<RewriteReport> reports;
  for (Item &item : *items) {
    const std::string &output = job.output.empty() ? item.name : job.output;
    const bool untouched = item.plan.empty() && job.output.empty();
    if (!job.dry_run && !untouched) {
      const Verify verify = [&](Bytes written) {
        return in_file(output, item.known.format->verify(item.bytes, item.plan, written));
      };
      if (Result<void> written = write_file(*item.file, item.splices, output, verify); !written)
        return std::unexpected(std::move(written.error()));
    }
    reports.push_back({.file = item.name,
                       .output = output,
                       .target = std::move(item.known.facts.target),
                       .records = std::move(item.known.records),
                       .plan = std::move(item.plan)});
  }
  return reports;
}

Result<std::string> rewrite_bytes(std::string_view bytes, std::string_view name, const RewriteOptions &options) {
  Result<Known> known = know(bytes, name);
  if (!known)
    return std::unexpected(std::move(known.error()));
  std::vector<Item> items;
  items.push_back({.name = std::string(name), .file = {}, .bytes = bytes, .known = std::move(*known), .plan = {}, .splices = {}});
  Result<void> done = plan_all(items, options);
  if (done)
    done = lay_out_all(items);
  if (!done)
    return std::unexpected(std::move(done.error()));
  std::string result = apply_splices(bytes, items.front().splices);
  Result<void> verified = in_file(name, items.front().known.format->verify(bytes, items.front().plan, result));
  if (!verified)
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

} // namespace linkname
