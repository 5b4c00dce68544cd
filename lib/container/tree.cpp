#include "container/tree.h"

#include "base/diagnostic.h"
#include "base/large_pages.h"
#include "base/text.h"

#include <algorithm>

namespace linkname::container {
namespace {

/// An archive of universal files of archives has four levels, and nobody has seen that.
constexpr unsigned deepest = 4;

} // namespace

Result<Tree> Tree::read(Bytes file) {
  Tree tree;
  tree.file_ = file;
  tree.nodes_.push_back({.size = file.size()});
  std::vector<unsigned> depth = {0};
  for (std::uint32_t node = 0; node < tree.nodes_.size(); ++node) {
    if (depth[node] == deepest)
      break; // all behind it lie at least as deep
    const std::size_t before = tree.nodes_.size();
    tree.nodes_[node].first_child = static_cast<std::uint32_t>(before);
    if (Result<void> opened = tree.open(node); !opened)
      return std::unexpected(std::move(in_file(tree.place(node), std::move(opened)).error()));
    tree.nodes_[node].children = static_cast<std::uint32_t>(tree.nodes_.size() - before);
    depth.resize(tree.nodes_.size(), depth[node] + 1);
  }
  return tree;
}

Result<void> Tree::open(std::uint32_t index) {
  const Node node = nodes_[index];
  const Bytes inside = bytes(node);
  if (Archive::recognises(inside)) {
    Result<Archive> archive = Archive::read(inside);
    if (!archive)
      return std::unexpected(std::move(archive.error()));
    nodes_[index].kind = Kind::archive;
    nodes_[index].contents = static_cast<std::uint32_t>(archives_.size());
    if (index == 0) // of archives inside of it there may be many
      reserve_large(nodes_, nodes_.size() + archive->members().size());
    for (std::uint32_t i = 0; i < archive->members().size(); ++i) {
      const Member &member = archive->members()[i];
      if (member.role == Role::ordinary && !member.outside)
        nodes_.push_back({.parent = index, .position = i, .offset = node.offset + member.data, .size = member.size});
    }
    archives_.push_back(std::move(*archive));
  } else if (Universal::recognises(inside)) {
    Result<Universal> universal = Universal::read(inside);
    if (!universal)
      return std::unexpected(std::move(universal.error()));
    nodes_[index].kind = Kind::universal;
    nodes_[index].contents = static_cast<std::uint32_t>(universals_.size());
    for (std::uint32_t i = 0; i < universal->slices.size(); ++i)
      nodes_.push_back({.parent = index,
                        .position = i,
                        .offset = node.offset + universal->slices[i].offset,
                        .size = universal->slices[i].size});
    universals_.push_back(std::move(*universal));
  }
  return {};
}

bool Tree::has_members_outside(std::uint32_t node) const {
  return nodes_[node].kind == Kind::archive && std::ranges::any_of(archive(nodes_[node]).members(), &Member::outside);
}

std::string Tree::place(std::uint32_t node) const {
  std::string result;
  for (; node != 0; node = nodes_[node].parent) {
    const Node &parent = nodes_[nodes_[node].parent];
    result = parent.kind == Kind::archive
                 ? join({"(", archive(parent).members()[nodes_[node].position].name, ")", result})
                 : join({"[", universal(parent).slices[nodes_[node].position].architecture, "]", result});
  }
  return result;
}

std::string_view Tree::architecture(std::uint32_t node) const {
  for (; node != 0; node = nodes_[node].parent)
    if (const Node &parent = nodes_[nodes_[node].parent]; parent.kind == Kind::universal)
      return universal(parent).slices[nodes_[node].position].architecture;
  return {};
}

std::string_view Tree::member_name(std::uint32_t node) const {
  for (; node != 0; node = nodes_[node].parent)
    if (const Node &parent = nodes_[nodes_[node].parent]; parent.kind == Kind::archive)
      return archive(parent).members()[nodes_[node].position].name;
  return {};
}

} // namespace linkname::container
