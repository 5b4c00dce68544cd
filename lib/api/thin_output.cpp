#include "api/thin_output.h"

#include "api/head_start.h"
#include "api/thin_input.h"
#include "base/path.h"
#include "base/side_folder.h"
#include "base/text.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname {
namespace {

bool is_touched(const Input &input) { return !input.splices.empty(); }

std::uint64_t size_of(const Input &input) {
  std::uint64_t size = input.bytes().size();
  for (const Splice &splice : input.splices)
    size += splice.bytes.size() - splice.old_length;
  return size;
}

bool is_same_file(const std::string &path, const MappedFile &file) {
  struct stat found{};
  return ::stat(path.c_str(), &found) == 0 && found.st_dev == file.status().st_dev &&
         found.st_ino == file.status().st_ino;
}

class Layout {
public:
  Layout(std::vector<Input> &inputs, Input &thin, const RewriteJob &job)
      : inputs_(inputs), thin_(thin), archive_(thin.tree.archive(thin.tree.nodes().front())), job_(job) {}

  Result<void> run(std::uint64_t now) {
    Result<void> done = job_.output.empty() ? check_in_place() : check_output();
    if (!done)
      return done;
    thin_.said.members = container::thin_members(archive_);
    for (std::size_t i = 0; i < thin_.said.members.size() && done; ++i)
      if (archive_.members()[i].outside)
        done = say(archive_.members()[i], thin_.outside[i], thin_.said.members[i]);
    if (!done)
      return done;
    Result<Splices> splices = in_file(thin_.name, container::assemble_thin(archive_, thin_.said.members, now));
    if (!splices)
      return std::unexpected(std::move(splices.error()));
    thin_.splices = std::move(*splices);
    return {};
  }

private:
  /// Files that nobody has named are not changed behind anybody's back.
  [[nodiscard]] Result<void> check_in_place() const {
    constexpr std::size_t most_listed = 10;
    Error refusals{.status = Status::refused, .diagnostics = {}};
    std::vector<std::string> touched;
    std::unordered_set<std::uint32_t> seen; // a member may stand there twice
    for (const std::uint32_t member : thin_.members_outside()) {
      const Input &input = inputs_[member];
      if (!is_touched(input) || !seen.insert(member).second)
        continue;
      touched.push_back(input.name);
      if (input.file && input.bytes().size() != input.file->bytes().size())
        refusals.diagnostics.push_back(
            {.severity = Severity::error,
             .place = input.name,
             .reason = "is in an archive that the thin archive names, and is not taken out of it in place",
             .hint = "write the result elsewhere with -o, or rewrite that archive and make the thin one anew",
             .details = {}});
    }
    if (!job_.thin_members && !touched.empty()) {
      const std::string number = std::to_string(touched.size());
      if (touched.size() > most_listed) {
        touched.resize(most_listed);
        touched.push_back(join({"and so on, ", number, " in all"}));
      }
      refusals.diagnostics = {
          {.severity = Severity::error,
           .place = thin_.name,
           .reason = "is a thin archive, and members of it would change, which are files of their own",
           .hint = "-o OUT leaves them as they are and writes new ones beside OUT; --thin-members "
                   "changes the files themselves",
           .details = std::move(touched)}};
    }
    if (refusals.diagnostics.empty())
      return {};
    return std::unexpected(std::move(refusals));
  }

  /// Names in a thin archive count from the folder of the path by which it is opened.
  Result<void> check_output() {
    const std::string folder = folder_of(job_.output);
    if (struct stat there{}; ::stat(folder.c_str(), &there) != 0)
      return system_error(job_.output, join({"cannot write into the folder ", quoted(folder)}), errno);
    folder_ = follow_links(folder);
    if (follow_links(folder_of(follow_links(job_.output))) != folder_)
      return fail(Status::refused, job_.output,
                  "is a link into another folder, from where the names in a thin archive would lead elsewhere",
                  "name the file itself");
    moves_ = follow_links(folder_of(thin_.path)) != folder_;
    return {};
  }

  Result<void> say(const container::Member &member, std::optional<std::uint32_t> number, container::ThinMember &said) {
    if (number) {
      Input &input = inputs_[*number];
      said.size = size_of(input);
      said.names = changes_of(*number);
      if (is_touched(input) && !job_.output.empty()) {
        said.name = new_name(input);
        said.origin = 0;
        return {};
      }
    }
    if (!moves_ || member.name.starts_with('/'))
      return {};
    said.name = name_from_there(member.name);
    if (number && !is_same_file(path_from(job_.output, said.name), *inputs_[*number].file))
      return fail(Status::system, inputs_[*number].name,
                  join({"is not found as ", quoted(said.name), " from ", folder_}),
                  "write into the folder of the archive");
    return {};
  }

  /// What becomes of the names under which the index knows the member; null where it is no object.
  const container::IndexChange *changes_of(std::uint32_t number) {
    const auto [known, is_new] = changes_.try_emplace(number, nullptr);
    if (is_new) {
      const Input &input = inputs_[number];
      known->second = thin_.said.changes.emplace_back(input.tree, input.changes).of(0);
    }
    return known->second;
  }

  /// Where a member that changes goes; it may stand in the archive twice.
  std::string_view new_name(Input &input) {
    const auto [known, is_new] = new_names_.try_emplace(&input);
    if (is_new) {
      const std::string contents = apply_splices(input.bytes(), input.splices);
      known->second = thin_.said.names.emplace_back(
          join({file_name_of(members_folder(job_.output)), "/",
                name_by_contents(file_name_of(input.member.empty() ? input.path : input.member), contents)}));
      input.output = path_from(job_.output, known->second);
    }
    return known->second;
  }

  std::string_view name_from_there(std::string_view member) {
    const auto [known, is_new] = moved_names_.try_emplace(member);
    if (is_new) {
      const std::string path = path_from(thin_.path, member);
      const std::string real = follow_links(folder_of(path));
      known->second = thin_.said.names.emplace_back(
          path_between(folder_, join({real, real.ends_with('/') ? "" : "/", file_name_of(path)})));
    }
    return known->second;
  }

  std::vector<Input> &inputs_;
  Input &thin_;
  const container::Archive &archive_;
  const RewriteJob &job_;
  std::string folder_; ///< where the output is going to be
  bool moves_ = false; ///< the archive goes to another folder
  std::unordered_map<std::uint32_t, const container::IndexChange *> changes_;
  std::unordered_map<const Input *, std::string_view> new_names_;
  std::unordered_map<std::string_view, std::string_view> moved_names_;
};

} // namespace

Result<void> decide_outputs(std::vector<Input> &inputs, const RewriteJob &job, std::uint64_t now) {
  for (Input &input : inputs)
    input.output = input.member.empty() ? output_of(job, input.path) : path_from(input.path, input.member);
  Error refusals{.status = Status::refused, .diagnostics = {}};
  for (Input &input : inputs) {
    if (!input.is_thin())
      continue;
    Result<void> done = Layout(inputs, input, job).run(now);
    if (!done && done.error().status != Status::refused)
      return done;
    if (!done)
      std::ranges::move(done.error().diagnostics, std::back_inserter(refusals.diagnostics));
  }
  if (refusals.diagnostics.empty())
    return {};
  return std::unexpected(std::move(refusals));
}

Result<void> decide_outputs_of(std::vector<Input> &inputs, Input &archive, const RewriteJob &job, std::uint64_t now) {
  archive.output = job.output;
  for (const std::uint32_t member : archive.members_outside())
    inputs[member].output = path_from(archive.path, inputs[member].member);
  return Layout(inputs, archive, job).run(now);
}

std::string members_folder(const std::string &output) { return output + ".members"; }

} // namespace linkname
