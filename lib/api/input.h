// One file of a job: mapped, walked through, and the objects in it that matter read. What a file is, an object or an
// archive of universal files of objects, makes no difference behind this.
#pragma once

#include "api/load.h"
#include "base/byte_search.h"
#include "base/splice.h"
#include "container/assemble.h"
#include "container/indices.h"
#include "container/thin.h"
#include "container/tree.h"
#include "plan/subject.h"

#include <linkname/plan.h>
#include <linkname/request.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname {

/// One object on its way from bytes to splices.
struct Object {
  std::uint32_t node = 0; ///< in its file's tree
  std::string name;       ///< `libx.a(y.o)[arm64]`
  Known known;
  Plan plan;
  std::vector<Diagnostic> room;      ///< LaidOut::room
  std::string_view target;           ///< Facts::target, once these are given up; in Input::targets
  std::shared_ptr<const void> words; ///< Facts::words, likewise
};

/// Where the bytes of an input come from and what it is called.
struct Source {
  std::string path; ///< of the file of the run that it is, or is in
  std::string name; ///< what stands before the place of every message: the path, or `libx.a(y.o)`
  /// By which a thin archive knows it, as it stands in that archive; empty where it is a file of the run itself.
  std::string_view member;
  std::shared_ptr<const MappedFile> file; ///< empty for bytes in memory
};

/// What a thin archive is going to say of its members, and what the views in there point to.
struct ThinSaid {
  std::vector<container::ThinMember> members;
  std::deque<std::string> names;
  std::deque<container::MemberChanges> changes;
};

struct Input : Source {
  container::Tree tree;
  std::vector<Object> objects;      ///< by node
  std::vector<plan::Unread> unread; ///< members that are no objects which linkname reads
  std::vector<std::string> thin;    ///< archives whose members are files elsewhere, into which nobody looks
  /// A thin archive's members, beside those of container::Archive: the inputs that they are.
  std::vector<std::optional<std::uint32_t>> outside;
  bool complete = true; ///< false: objects without any requested name were left out
  std::vector<container::LeafChange> changes;
  std::unique_ptr<container::Indices> indices; ///< of a container where anything changes; refers to `tree`
  Splices splices;                             ///< of bytes()
  std::string output;                          ///< where the result goes
  std::set<std::string> targets;               ///< of objects whose facts were given up
  ThinSaid said;

  [[nodiscard]] Bytes bytes() const { return tree.file(); }
  /// Whether it is what a run was asked to rewrite, and no container. Then it has one object.
  [[nodiscard]] bool is_object() const { return tree.is_plain() && member.empty(); }
  /// Whether it is a thin archive whose members have been read.
  [[nodiscard]] bool is_thin() const { return !outside.empty(); }
  [[nodiscard]] auto members_outside() const {
    return outside | std::views::filter([](const auto &input) { return input.has_value(); }) |
           std::views::transform([](const auto &input) { return *input; });
  }
  /// Once its objects are planned, little is asked of them, and there may be hundreds of thousands.
  void give_up_facts();
  [[nodiscard]] Bytes bytes_of(const Object &object) const { return tree.bytes(tree.nodes()[object.node]); }
  /// From the start of bytes().
  [[nodiscard]] std::uint64_t offset_of(const Object &object) const { return tree.nodes()[object.node].offset; }
};

/// What is looked for in the members of archives, so that those without it need not be read.
class Interest {
public:
  /// Everything.
  Interest() = default;
  /// What `requests` speak of, and records.
  explicit Interest(std::span<const Request> requests);

  [[nodiscard]] bool in_all() const { return all_; }
  /// Whether a leaf may hold it.
  [[nodiscard]] bool in_leaf(Bytes bytes) const;

private:
  ByteSearch names_;
  bool all_ = true;
};

/// Is told of every leaf in its turn, with what was read of it, or null.
using Passed = std::function<void(const Input &input, std::uint32_t node, const Known *known)>;

/// Told of each leaf that has been looked at, by several threads.
using Counted = std::function<void(std::size_t done, std::size_t total)>;

/// A file of the run, which has to be a container or an object; in a container, what is neither stays as it is. With
/// `passed`, leaves are read one by one, otherwise on all processors.
Result<Input> read_input(Source source, Bytes bytes, const Interest &interest, const Passed &passed = {},
                         const Counted &counted = {});

/// The file of a thin archive's member, which may be anything, as what is in a container.
Result<Input> read_member(Source source, Bytes bytes, const Interest &interest);

/// The same input with everything in it read.
Result<Input> read_again(Input input);

/// The name of the archive member that a node is or is in; empty where there is none.
[[nodiscard]] std::string_view member_of(const Input &input, std::uint32_t node);

/// Calls `work(i)` for every i below `count`, on all processors and in any order within a piece of the file, then
/// `then(first, last)` for the piece, and gives its memory back. Work i is about what stands at `offset_of(i)`, mostly
/// ascending.
void for_each_in_file(const Input &input, std::size_t count, const std::function<std::uint64_t(std::size_t)> &offset_of,
                      const std::function<void(std::size_t)> &work,
                      const std::function<void(std::size_t, std::size_t)> &then = {});

/// The same for every object: `work` and `then` get their positions in Input::objects.
void for_each_object(const Input &input, const std::function<void(std::size_t)> &work,
                     const std::function<void(std::size_t, std::size_t)> &then = {});

/// What is said of one of Input::thin.
[[nodiscard]] Diagnostic about_thin(Severity severity, std::string archive);

} // namespace linkname
