// One file of a job: mapped, walked through, and the objects in it that matter read. What a file is, an object or an
// archive of universal files of objects, makes no difference behind this.
#pragma once

#include "api/load.h"
#include "base/byte_search.h"
#include "base/splice.h"
#include "container/assemble.h"
#include "container/indices.h"
#include "container/tree.h"
#include "plan/subject.h"

#include <linkname/plan.h>
#include <linkname/request.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace linkname {

/// One object on its way from bytes to splices.
struct Object {
  std::uint32_t node = 0; ///< in its file's tree
  std::string name;       ///< `libx.a(y.o)[arm64]`
  Known known;
  Plan plan;
};

struct Input {
  std::string path;
  std::shared_ptr<const MappedFile> file; ///< empty for bytes in memory
  container::Tree tree;
  std::vector<Object> objects;      ///< by node
  std::vector<plan::Unread> unread; ///< members that are no objects which linkname reads
  std::vector<std::string> thin;    ///< archives whose members are files elsewhere, into which nobody looks
  bool complete = true;             ///< false: objects without any requested name were left out
  std::vector<container::LeafChange> changes;
  std::unique_ptr<container::Indices> indices; ///< of a container where anything changes
  Splices splices;                             ///< of the whole file

  [[nodiscard]] Bytes bytes() const { return tree.file(); }
  [[nodiscard]] Bytes bytes_of(const Object &object) const { return tree.bytes(tree.nodes()[object.node]); }
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

/// `file` may be empty; `path` stands before the place of every message. A file that is no container has to be an
/// object; in a container, what is none stays as it is. With `passed`, leaves are read one by one, otherwise on all
/// processors.
Result<Input> read_input(std::string path, std::shared_ptr<const MappedFile> file, Bytes bytes,
                         const Interest &interest, const Passed &passed = {}, const Counted &counted = {});

/// Calls `work(i)` for every i below `count`, on all processors and in any order within a piece of the file, and gives
/// each piece's memory back when it is done with. Work i is about what stands at `offset_of(i)`, mostly ascending.
void for_each_in_file(const Input &input, std::size_t count, const std::function<std::uint64_t(std::size_t)> &offset_of,
                      const std::function<void(std::size_t)> &work);

/// What is said of one of Input::thin.
[[nodiscard]] Diagnostic about_thin(Severity severity, std::string archive);

} // namespace linkname
