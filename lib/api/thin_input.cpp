#include "api/thin_input.h"

#include "base/parallel.h"
#include "base/text.h"

#include <algorithm>
#include <climits>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace linkname {
namespace {

/// Whatever is wrong with a hundred members is wrong with the archive.
constexpr std::size_t most_complaints = 100;

/// A member's file, and the members of it where it is an archive that has been looked into.
struct Opened {
  std::shared_ptr<const MappedFile> file;
  std::optional<container::Archive> nested;
};

/// A member that is read for the first time.
struct Found {
  Source source;
  Bytes bytes;
};

class Reading {
public:
  explicit Reading(std::vector<Input> &inputs) : inputs_(inputs) {
    for (std::uint32_t i = 0; i < inputs.size(); ++i)
      if (inputs[i].file)
        known_.emplace(key_of(*inputs[i].file, 0), i);
  }

  void open_members_of(std::uint32_t thin) {
    Input &input = inputs_[thin];
    const container::Archive &archive = input.tree.archive(input.tree.nodes().front());
    std::erase(input.thin, input.name); // somebody looks into it now
    input.complete = true;
    input.outside.resize(archive.members().size());
    opened_.clear(); // its names are from the archive's folder
    for (std::size_t i = 0; i < archive.members().size() && wrong_.diagnostics.size() < most_complaints; ++i)
      if (archive.members()[i].outside)
        open_member(input, archive.members()[i], input.outside[i]);
  }

  Result<void> read(const Interest &interest) {
    if (!wrong_.diagnostics.empty())
      return std::unexpected(std::move(wrong_));
    std::vector<Result<Input>> read(found_.size());
    for_each_parallel(found_.size(),
                      [&](std::size_t i) { read[i] = read_member(found_[i].source, found_[i].bytes, interest); });
    for (Result<Input> &input : read) {
      if (!input)
        return std::unexpected(std::move(input.error()));
      inputs_.push_back(std::move(*input));
    }
    return {};
  }

private:
  using Key = std::tuple<dev_t, ino_t, std::uint64_t>; // and where in the file

  static Key key_of(const MappedFile &file, std::uint64_t at) {
    return {file.status().st_dev, file.status().st_ino, at};
  }

  void open_member(Input &archive, const container::Member &member, std::optional<std::uint32_t> &number) {
    const Result<Opened *> opened = open_once(archive, member.name);
    if (!opened)
      return complain(opened.error());
    Source source{.path = archive.path,
                  .name = join({archive.name, "(", member.name, ")"}),
                  .member = member.name,
                  .file = (*opened)->file};
    Bytes bytes = source.file->bytes();
    if (container::Archive::is_thin(bytes)) {
      archive.thin.push_back(std::move(source.name));
      return;
    }
    if (member.origin != 0) {
      const Result<Bytes> inside = in_file(source.name, look_into(**opened, member.origin, source));
      if (!inside)
        return complain(inside.error());
      bytes = *inside;
    }
    if (bytes.size() != member.size)
      return complain(fail(Status::malformed, source.name,
                           join({"has ", std::to_string(bytes.size()), " bytes, and had ", std::to_string(member.size),
                                 " when the archive was made"}),
                           "make the archive anew with `ar --thin`")
                          .error());
    const auto next = static_cast<std::uint32_t>(inputs_.size() + found_.size());
    const auto [known, is_new] = known_.emplace(key_of(*source.file, member.origin), next);
    number = known->second;
    if (is_new)
      found_.push_back({.source = std::move(source), .bytes = bytes});
  }

  Result<Opened *> open_once(const Input &archive, std::string_view member) {
    const auto [opened, is_new] = opened_.try_emplace(member);
    if (!is_new)
      return &opened->second;
    if (member.empty() || member.size() >= PATH_MAX)
      return fail(Status::malformed, archive.name, "the name of a member is empty, or longer than a path can be");
    Result<std::shared_ptr<const MappedFile>> file = in_file(
        join({archive.name, "(", member, ")"}), MappedFile::open(path_from(archive.path, member), Keep::mapping_alone));
    if (!file) {
      opened_.erase(opened);
      return std::unexpected(std::move(file.error()));
    }
    opened->second.file = std::move(*file);
    return &opened->second;
  }

  /// The member of a nested archive whose header stands at `origin`; what it is called goes into `source`.
  static Result<Bytes> look_into(Opened &opened, std::uint64_t origin, Source &source) {
    if (!opened.nested) {
      Result<container::Archive> nested = container::Archive::read(opened.file->bytes());
      if (!nested)
        return std::unexpected(std::move(nested.error()));
      opened.nested = std::move(*nested);
    }
    const std::vector<container::Member> &members = opened.nested->members();
    const auto inner = std::ranges::lower_bound(members, origin, {}, &container::Member::header);
    if (inner == members.end() || inner->header != origin || inner->role != container::Role::ordinary)
      return fail(Status::malformed, {},
                  join({"no member begins at ", hex(origin), ", where the thin archive has one"}),
                  "make the thin archive anew");
    source.name += join({"(", inner->name, ")"});
    source.member = inner->name;
    return opened.nested->contents(*inner);
  }

  void complain(Error error) {
    wrong_.status = std::max(wrong_.status, error.status);
    std::ranges::move(error.diagnostics, std::back_inserter(wrong_.diagnostics));
  }

  std::vector<Input> &inputs_;
  std::map<Key, std::uint32_t> known_;                  ///< the number of the input
  std::unordered_map<std::string_view, Opened> opened_; ///< of one archive, by the name that stands there
  std::vector<Found> found_;
  Error wrong_;
};

} // namespace

Result<void> read_thin_members(std::vector<Input> &inputs, const Interest &interest) {
  Reading reading(inputs);
  for (std::uint32_t i = 0; i < inputs.size(); ++i)
    if (names_files(inputs[i]))
      reading.open_members_of(i);
  return reading.read(interest);
}

bool names_files(const Input &input) { return input.file && input.tree.has_members_outside(0); }

std::string path_from(const std::string &archive, std::string_view member) {
  if (member.starts_with('/'))
    return std::string(member);
  return join({std::string_view(archive).substr(0, archive.rfind('/') + 1), member});
}

} // namespace linkname
