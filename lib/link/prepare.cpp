// The link from its command to the command that is to be run: find the inputs, read them, bind the pulls, write copies.
#include "api/formats.h"
#include "api/steps.h"
#include "api/thin_output.h"
#include "api/write.h"
#include "base/new_file.h"
#include "base/text.h"
#include "link/bindings.h"
#include "link/inputs.h"
#include "link/linker_command.h"
#include "link/substitution.h"

#include <linkname/link.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <set>
#include <utility>

namespace linkname {
namespace {

using namespace link;

/// Longer commands do not reach a program in words of their own.
constexpr std::size_t longest_command = std::size_t{64} << 10U;

bool has_records(const std::vector<Input> &inputs) {
  return std::ranges::any_of(inputs, [](const Input &input) {
    return std::ranges::any_of(input.objects, [](const Object &object) { return !object.known.records.empty(); });
  });
}

/// The names that records and rules speak of: what members are searched for.
std::set<std::string> names_of_interest(const std::vector<Input> &inputs, const Rules &rules) {
  std::set<std::string> names;
  const auto want = [&](std::string_view name) {
    if (!name.empty())
      names.emplace(name);
  };
  for (const Request &request : rules.requests)
    want(request.symbol);
  for (const Input &input : inputs)
    for (const Object &object : input.objects)
      for (const Record &record : object.known.records) {
        const std::string_view remote = record.remote;
        const std::size_t colon = remote.rfind(':');
        want(remote.substr(0, remote.find('@', 1)));
        if (colon != std::string_view::npos)
          want(remote.substr(colon + 1));
      }
  return names;
}

/// The files of a link with what is known of them; no inputs: there is nothing to do.
struct Contents {
  InputFiles files;
  std::vector<Input> inputs;
};

/// Records mostly stand in objects of their own, which say what archives are to be searched for: so objects come first,
/// and one look at the archives is enough, unless they hold records themselves.
Result<Contents> read_contents(const std::vector<std::string> &command, const LinkerCommand &read, const Rules &rules) {
  Result<InputFiles> opened = open_all(read);
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  Contents contents{.files = std::move(*opened), .inputs = {}};
  for (const Part part : {Part::objects, Part::containers}) {
    if (has_records(contents.inputs))
      break;
    Result<std::vector<Input>> read_now = read_all(contents.files, part, {});
    if (!read_now)
      return std::unexpected(std::move(read_now.error()));
    contents.inputs = std::move(*read_now);
  }
  if (!has_records(contents.inputs) && rules.requests.empty())
    return Contents();

  // Now the libraries matter that the driver adds and that are found where it looks.
  if (read.dialect == Dialect::driver || read.dialect == Dialect::microsoft_driver)
    if (const std::optional<LinkerCommand> linker = ask_driver(command, read)) {
      opened = open_all(*linker);
      if (!opened)
        return std::unexpected(std::move(opened.error()));
      contents.files = std::move(*opened);
    }
  for (std::set<std::string> names = names_of_interest(contents.inputs, rules);;) {
    std::vector<Request> wanted;
    for (const std::string &name : names)
      wanted.emplace_back().symbol = name;
    Result<std::vector<Input>> read_now = read_all(contents.files, Part::all, wanted);
    if (!read_now)
      return std::unexpected(std::move(read_now.error()));
    contents.inputs = std::move(*read_now);
    std::set<std::string> now = names_of_interest(contents.inputs, rules);
    if (std::ranges::includes(names, now))
      return contents;
    names.merge(now);
  }
}

Result<void> make_folder(const std::string &path) {
  if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST)
    return {};
  return system_error(path, "cannot make this folder", errno);
}

/// Where the copies of changed inputs go.
class Copies {
public:
  Copies(const MakeFolder &make_folder, const InputFiles &inputs) : make_folder_(make_folder), inputs_(inputs) {}

  /// Writes what became of `input`, if anything did; the members of a thin archive come with it.
  Result<void> add(std::vector<Input> &all, Input &input) {
    const auto changes = [](const Input &one) { return !one.splices.empty(); };
    const bool thin =
        std::ranges::any_of(input.members_outside(), [&](std::uint32_t member) { return changes(all[member]); });
    if (!input.member.empty() || (!thin && !changes(input)))
      return {};
    const Result<std::string> copy = place_for(input);
    if (!copy)
      return std::unexpected(copy.error());
    Result<void> written;
    if (!folder_.empty())
      written = thin ? write_with_members(all, input, *copy)
                     : write_input(input, FileReplacement::begin(input.file, *copy), *copy);
    written_.emplace_back(&input, *copy);
    if (thin)
      for (const std::uint32_t member : input.members_outside())
        if (changes(all[member]))
          written_.emplace_back(&all[member], *copy);
    return written;
  }

  /// What there is to tell of all that was added. Behind this nothing can be added any more: what is told of an input
  /// may be needed for another archive that it is a member of.
  std::vector<RewriteReport> reports() {
    std::vector<RewriteReport> reports;
    std::set<const Input *> told;
    for (const auto &[input, copy] : written_)
      if (told.insert(input).second)
        report_input(*input, copy, reports);
    return reports;
  }

  /// The command's words in a file, if they are too many or were in one before.
  Result<std::vector<std::string>> shortened(std::vector<std::string> command, const LinkerCommand &read) const {
    std::size_t length = 0;
    for (const std::string &word : command)
      length += word.size() + 1;
    if (folder_.empty() || (!read.has_response_files && length < longest_command))
      return command;
    const std::string path = folder_ + "/link.rsp";
    const std::span<const std::string> words = std::span(command).subspan(read.program + 1);
    std::ofstream file(path, std::ios::binary);
    file << as_response_file(words, read.quoting());
    if (!file.flush())
      return system_error(path, "cannot write", errno);
    command.resize(read.program + 1);
    command.push_back("@" + path);
    return command;
  }

  std::map<std::string, std::string> files; ///< by the path that the command says
  std::string libraries;                    ///< the folder of those that it looks for

private:
  /// Where the copy of `input` goes, and what stands for it in the command.
  Result<std::string> place_for(const Input &input) {
    const auto file = std::ranges::find(inputs_.files, input.path, &InputFile::path);
    const std::string base = input.path.substr(input.path.find_last_of("/\\") + 1);
    if (make_folder_ && folder_.empty()) {
      Result<std::string> made = make_folder_();
      if (!made)
        return made;
      folder_ = std::move(*made);
    }
    const std::string place =
        join({folder_.empty() ? "COPIES" : folder_, "/", file->library ? "lib" : std::to_string(files.size())});
    std::string copy = join({place, "/", base});
    for (const std::string &word : file->words)
      files.emplace(word, copy);
    if (file->library)
      libraries = place;
    if (folder_.empty())
      return copy;
    Result<void> done = make_folder(place);
    if (done && file->library)
      done = link_others(base, place);
    if (!done)
      return std::unexpected(std::move(done.error()));
    return copy;
  }

  static Result<void> write_with_members(std::vector<Input> &all, Input &archive, const std::string &copy) {
    const RewriteJob job{
        .files = {archive.path}, .output = copy, .dry_run = false, .thin_members = false, .progress = {}};
    const Result<void> decided = decide_outputs_of(all, archive, job, now_of({}));
    return decided ? write_thin(all, archive, job) : decided;
  }

  /// `-lx` may mean libx.so in one place of the command and libx.a in another. What is not changed is still found, in
  /// the folder that is searched first.
  Result<void> link_others(const std::string &base, const std::string &place) const {
    const std::string_view stem = std::string_view(base).substr(0, base.find('.') + 1);
    for (const InputFile &other : inputs_.files) {
      const std::string name = other.path.substr(other.path.find_last_of("/\\") + 1);
      if (!other.library || name == base || !name.starts_with(stem))
        continue;
      const std::string link = join({place, "/", name});
      if (::symlink(other.file->real_path().c_str(), link.c_str()) != 0 && errno != EEXIST)
        return system_error(link, "cannot make this link", errno);
    }
    return {};
  }

  const MakeFolder &make_folder_;
  std::string folder_; ///< empty: none was made, or none is to be
  const InputFiles &inputs_;
  std::vector<std::pair<Input *, std::string>> written_; ///< and where the copy is
};

/// Promoted names of COFF objects, in which nothing can be hidden.
std::vector<std::string> names_without_visibility(const std::vector<Input> &inputs,
                                                  std::span<const std::vector<plan::Wish>> promotions) {
  std::vector<std::string> names;
  auto promoted = promotions.begin();
  for (const Input &input : inputs)
    for (const Object &object : input.objects) {
      for (const plan::Wish &wish : *promoted)
        if (object.known.facts->format == Format::coff)
          names.emplace_back(object.known.facts->c_level(wish.name));
      ++promoted;
    }
  return names;
}

void say_sources(const LinkerCommand &command, std::vector<Diagnostic> &diagnostics) {
  if (!command.sources.empty())
    diagnostics.push_back({.severity = Severity::warning,
                           .place = command.sources.front(),
                           .reason = "is compiled and linked by one command, so its records are not seen",
                           .hint = "compile it first, with -c",
                           .details = {}});
}

} // namespace

Result<LinkPlan> prepare_link(const std::vector<std::string> &command, const MakeFolder &make_folder,
                              const LinkOptions &options) {
  LinkPlan plan{.command = command, .bindings = {}, .reports = {}, .diagnostics = {}};
  const LinkerCommand read = read_command(command);
  if (!read.links)
    return plan;
  say_sources(read, plan.diagnostics);
  Result<Contents> contents = read_contents(command, read, options.rules);
  if (!contents)
    return std::unexpected(std::move(contents.error()));
  auto &[files, inputs] = *contents;
  if (inputs.empty())
    return plan;
  const RewriteOptions rewrite{
      .requests = options.rules.requests, .names = {}, .strict = options.strict, .all = false, .date = {}};
  if (Result<void> planned = plan_inputs(inputs, rewrite); !planned)
    return std::unexpected(std::move(planned.error()));
  Result<Bound> bound = bind_pulls(inputs, files, read.undefined, options);
  if (!bound)
    return std::unexpected(std::move(bound.error()));
  if (Result<void> planned = plan_inputs(inputs, rewrite, bound->promotions); !planned)
    return std::unexpected(std::move(planned.error()));
  const std::vector<std::string> inside = names_without_visibility(inputs, bound->promotions);
  if (Result<void> finished = finish_inputs(inputs, rewrite); !finished)
    return std::unexpected(std::move(finished.error()));
  plan.bindings = std::move(bound->bindings);
  std::ranges::move(bound->diagnostics, std::back_inserter(plan.diagnostics));

  Copies copies(make_folder, files);
  for (Input &input : inputs)
    if (Result<void> copied = copies.add(inputs, input); !copied)
      return std::unexpected(std::move(copied.error()));
  plan.reports = copies.reports();
  if (plan.reports.empty())
    return plan;
  Result<std::vector<std::string>> changed = substitute(command, read, copies.files, copies.libraries);
  if (changed)
    std::ranges::move(kept_inside(read, inside), std::back_inserter(*changed));
  if (changed)
    changed = copies.shortened(std::move(*changed), read);
  if (!changed)
    return std::unexpected(std::move(changed.error()));
  plan.command = std::move(*changed);
  return plan;
}

std::string shell_line(const std::vector<std::string> &command) { return as_shell_line(command); }

Result<bool> may_have_records(const std::string &path) {
  if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT)
    return false;
  const auto file = MappedFile::open(path);
  if (!file && file.error().status == Status::system)
    return std::unexpected(file.error());
  if (!file)
    return false;
  // A precompiled header repeats the names in its source, and is no object. Bitcode is one that is refused.
  const auto format = detect((*file)->bytes());
  return (format || format.error().status == Status::refused) &&
         Interest(std::span<const Request>()).in_leaf((*file)->bytes());
}

} // namespace linkname
