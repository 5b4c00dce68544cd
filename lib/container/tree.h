// What is inside a file: objects, in archives, in universal files, in each other. One list of nodes, a parent before
// its children, so that nobody walks it by recursion.
#pragma once

#include "container/archive.h"
#include "container/universal.h"

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <vector>

namespace linkname::container {

enum class Kind : std::uint8_t {
  leaf, ///< an object, or something that is none
  archive,
  universal,
};

struct Node {
  Kind kind = Kind::leaf;
  std::uint32_t parent = 0;   ///< node 0, the file itself, is its own
  std::uint32_t position = 0; ///< in the parent's members or slices
  std::uint32_t contents = 0; ///< in the tree's archives or universal files
  std::uint32_t first_child = 0;
  std::uint32_t children = 0;
  std::uint64_t offset = 0; ///< from the start of the file
  std::uint64_t size = 0;
};

class Tree {
public:
  /// Fails with Status::malformed where a container is damaged. What is neither archive nor universal file is a leaf,
  /// and so is a container inside more others than any real one.
  static Result<Tree> read(Bytes file);

  [[nodiscard]] Bytes file() const { return file_; }
  [[nodiscard]] std::span<const Node> nodes() const { return nodes_; }
  [[nodiscard]] Bytes bytes(const Node &node) const {
    return file_.substr(static_cast<std::size_t>(node.offset), static_cast<std::size_t>(node.size));
  }
  [[nodiscard]] const Archive &archive(const Node &node) const { return archives_[node.contents]; }
  [[nodiscard]] const Universal &universal(const Node &node) const { return universals_[node.contents]; }
  /// The nodes right inside of `node`, which stand in one row.
  [[nodiscard]] auto children(std::uint32_t node) const {
    return std::views::iota(nodes_[node].first_child, nodes_[node].first_child + nodes_[node].children);
  }
  [[nodiscard]] bool is_plain() const { return nodes_.size() == 1 && nodes_.front().kind == Kind::leaf; }

  /// Whether one of the archives does (Archive::knows_names_once).
  [[nodiscard]] bool knows_names_once() const { return std::ranges::any_of(archives_, &Archive::knows_names_once); }

  /// Whether `node` is a thin archive with members, which are files elsewhere and no nodes.
  [[nodiscard]] bool has_members_outside(std::uint32_t node) const;

  /// `(y.o)[arm64]`, to stand behind the file's name; empty for the file itself.
  [[nodiscard]] std::string place(std::uint32_t node) const;

  /// The processor of the nearest universal file that the node is in, e.g. `arm64`; empty where there is none.
  [[nodiscard]] std::string_view architecture(std::uint32_t node) const;

  /// The name of the nearest archive member that the node is or is in; empty where there is none.
  [[nodiscard]] std::string_view member_name(std::uint32_t node) const;

private:
  Result<void> open(std::uint32_t index);

  Bytes file_;
  std::vector<Node> nodes_;
  std::vector<Archive> archives_;
  std::vector<Universal> universals_;
};

} // namespace linkname::container
