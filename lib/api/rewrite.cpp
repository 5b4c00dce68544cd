#include <linkname/rewrite.h>

#include "api/load.h"
#include "base/replace_file.h"
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
  subjects.reserve(items.size());
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

/// A large file that will surely be rewritten, unless it is refused, is copied while its plan is made.
class HeadStart {
public:
  HeadStart(const RewriteJob &job, const std::vector<Request> &requests) : job_(job), requests_(requests) {}

  void take(const std::shared_ptr<const MappedFile> &file) {
    if (started_ || job_.dry_run || job_.files.size() != 1 || file->bytes().size() < large_file)
      return;
    // A failure is not reported here: it may turn out that there is nothing to write.
    if (Result<FileReplacement> begun = FileReplacement::begin(file, output_of(job_, job_.files.front()))) {
      started_ = std::make_unique<FileReplacement>(std::move(*begun));
      started_->copy_ahead();
    }
  }

  void expect(const Known &known) {
    if (started_)
      started_->expect({.tail_from = known.facts.tail_from,
                        .tail_until = known.facts.tail_until,
                        .distance = likely_growth(known.records)});
  }

  Result<FileReplacement> replacement(const Item &item) {
    if (started_)
      return std::move(*started_);
    return FileReplacement::begin(item.file, output_of(job_, item.name));
  }

  static const std::string &output_of(const RewriteJob &job, const std::string &file) {
    return job.output.empty() ? file : job.output;
  }

private:
  /// By how much the tables will grow if every request and record is good for one name, in whole pages.
  [[nodiscard]] std::uint64_t likely_growth(const std::vector<Record> &records) const {
    constexpr std::uint64_t entry = 28; // Elf64_Sym and its word in .symtab_shndx
    std::uint64_t growth = 0;
    for (const Request &request : requests_) {
      if (request.verb == Verb::rename || request.verb == Verb::alias)
        growth += request.name.size() + 1;
      if (request.verb == Verb::export_)
        growth += request.symbol.size() + 1;
      if (request.verb == Verb::alias || request.verb == Verb::export_)
        growth += entry;
    }
    for (const Record &record : records)
      growth += (record.remote.empty() ? record.local : record.remote).size() + 1;
    return align_up(growth, page).value_or(0);
  }

  const RewriteJob &job_;
  const std::vector<Request> &requests_;
  std::unique_ptr<FileReplacement> started_;
};

Result<Item> read_one(const std::string &path, std::shared_ptr<const MappedFile> file, bool requested,
                      HeadStart &head_start) {
  Item item{.name = path, .file = std::move(file), .bytes = {}, .known = {}, .plan = {}, .splices = {}};
  item.bytes = item.file->bytes();
  const Result<const Backend *> format = in_file(path, detect(item.bytes));
  if (!format)
    return std::unexpected(format.error());
  if (requested)
    head_start.take(item.file);
  Result<Known> known = know(item.bytes, path);
  if (!known)
    return std::unexpected(std::move(known.error()));
  item.known = std::move(*known);
  if (!item.known.records.empty())
    head_start.take(item.file);
  head_start.expect(item.known);
  return item;
}

Result<std::vector<Item>> read_all(const RewriteJob &job, bool requested, HeadStart &head_start) {
  std::vector<Item> items;
  for (const std::string &path : job.files) {
    Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
    if (!file)
      return std::unexpected(std::move(file.error()));
    const auto twice = std::ranges::find_if(items, [&](const Item &item) { return item.file->same_file(**file); });
    if (twice != items.end())
      return fail(Status::usage, path, join({"is the same file as ", quoted(twice->name)}), "name it once");
    Result<Item> item = read_one(path, std::move(*file), requested, head_start);
    if (!item)
      return std::unexpected(std::move(item.error()));
    items.push_back(std::move(*item));
  }
  return items;
}

} // namespace

Result<std::vector<RewriteReport>> rewrite(const RewriteJob &job, const RewriteOptions &options) {
  if (!job.output.empty() && job.files.size() != 1)
    return fail(Status::usage, {}, "one output for several files", "rewrite them in place, or one at a time");
  HeadStart head_start(job, options.requests);
  Result<std::vector<Item>> items = read_all(job, !options.requests.empty(), head_start);
  if (!items)
    return std::unexpected(std::move(items.error()));
  Result<void> done = plan_all(*items, options);
  if (done)
    done = lay_out_all(*items);
  if (!done)
    return std::unexpected(std::move(done.error()));

  std::vector<RewriteReport> reports;
  for (Item &item : *items) {
    const std::string &output = HeadStart::output_of(job, item.name);
    const bool untouched = item.plan.empty() && job.output.empty();
    if (!job.dry_run && !untouched) {
      Result<FileReplacement> replacement = head_start.replacement(item);
      if (!replacement)
        return std::unexpected(std::move(replacement.error()));
      const Verify verify = [&](Bytes written, const Settle &settle) {
        return in_file(output, item.known.format->verify(item.bytes, item.plan, written, settle));
      };
      if (Result<void> written = replacement->finish(item.splices, verify); !written)
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
  items.push_back(
      {.name = std::string(name), .file = {}, .bytes = bytes, .known = std::move(*known), .plan = {}, .splices = {}});
  Result<void> done = plan_all(items, options);
  if (done)
    done = lay_out_all(items);
  if (!done)
    return std::unexpected(std::move(done.error()));
  std::string result = apply_splices(bytes, items.front().splices);
  const Settle in_memory = [] { return Result<void>(); };
  Result<void> verified =
      in_file(name, items.front().known.format->verify(bytes, items.front().plan, result, in_memory));
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
