#include "macho/image/exports.h"

#include "base/diagnostic.h"
#include "base/leb128.h"
#include "base/text.h"
#include "base/word_store.h"
#include "macho/image/aligned.h"

#include <llvm/BinaryFormat/MachO.h>

#include <algorithm>

namespace linkname::macho::image {
namespace {

/// Flags with which a second number follows: the resolver, or in newer systems which table of variants.
constexpr std::uint64_t with_second_number = llvm::MachO::EXPORT_SYMBOL_FLAGS_STUB_AND_RESOLVER | 0x20;

std::unexpected<Error> damaged(std::string_view why) { return malformed("the exports trie", std::string(why)); }

/// Names share their beginnings, so a small trie can spell many long ones; no linker's comes near this.
constexpr std::size_t most_letters_a_byte = 64;

class Reader {
public:
  explicit Reader(Bytes trie) : trie_(trie), seen_(trie.size()), letters_left_(trie.size() * most_letters_a_byte) {}

  Result<Exports> run() {
    Exports exports;
    const auto words = std::make_shared<WordStore>();
    exports.words = words;
    open_.push_back({.node = 0, .length = 0, .edge = {}});
    std::string name;
    while (!open_.empty()) {
      const Way way = open_.back();
      open_.pop_back();
      name.resize(way.length);
      name.append(way.edge);
      Bytes payload;
      if (Result<void> read = read_node(way.node, name.size(), payload); !read)
        return std::unexpected(std::move(read.error()));
      if (payload.empty())
        continue;
      if (name.size() > letters_left_)
        return damaged("spells more letters than a file of this size has");
      letters_left_ -= name.size();
      exports.all.push_back({.name = words->add({name}), .payload = payload});
    }
    std::ranges::sort(exports.all, {}, &Export::name);
    if (std::ranges::adjacent_find(exports.all, {}, &Export::name) != exports.all.end())
      return damaged("leads to one name on two ways");
    return exports;
  }

private:
  struct Way {
    std::uint64_t node;
    std::size_t length; ///< of the name before the edge
    Bytes edge;
  };

  Result<void> read_node(std::uint64_t node, std::size_t length, Bytes &payload) {
    if (node >= trie_.size())
      return damaged("leads past its end");
    if (seen_[static_cast<std::size_t>(node)])
      return damaged("leads to one node on two ways");
    seen_[static_cast<std::size_t>(node)] = true;
    Bytes rest = trie_.substr(static_cast<std::size_t>(node));
    const std::optional<std::uint64_t> size = take_unsigned_leb128(rest);
    if (!size || *size >= rest.size()) // behind it there is at least the number of children
      return damaged("has a node that reaches past its end");
    payload = rest.substr(0, static_cast<std::size_t>(*size));
    rest.remove_prefix(payload.size());
    auto children = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    for (; children != 0; --children) {
      const std::optional<Bytes> edge = c_string(rest, 0);
      if (!edge || edge->empty())
        return damaged("has an edge without an end or without a name");
      rest.remove_prefix(edge->size() + 1);
      const std::optional<std::uint64_t> to = take_unsigned_leb128(rest);
      if (!to)
        return damaged("has an edge that leads nowhere");
      open_.push_back({.node = *to, .length = length, .edge = *edge});
    }
    return {};
  }

  Bytes trie_;
  std::vector<bool> seen_; ///< by offset
  std::size_t letters_left_;
  std::vector<Way> open_;
};

class Writer {
public:
  explicit Writer(std::span<const Export> exports) : exports_(exports) {}

  std::string run() {
    if (exports_.empty())
      return {};
    make_nodes();
    while (place_nodes()) {
    }
    std::string trie;
    for (const std::size_t number : order_)
      write(nodes_[number], trie);
    trie.resize(static_cast<std::size_t>(aligned(trie.size(), 8)));
    return trie;
  }

private:
  struct Node {
    std::size_t first, last; ///< the exports below it
    std::size_t depth;       ///< letters that lead to it
    std::string_view edge;
    Bytes payload;
    std::size_t child = 0; ///< number of the first one
    std::size_t children = 0;
    std::uint64_t offset = 0;
  };

  static std::size_t size_of(std::uint64_t value) {
    std::size_t size = 1;
    while ((value >>= 7U) != 0)
      ++size;
    return size;
  }

  /// Every way down to a letter where names part, or where one ends.
  void make_nodes() {
    nodes_.push_back({.first = 0, .last = exports_.size(), .depth = 0, .edge = {}, .payload = {}});
    std::vector<std::size_t> open = {0};
    while (!open.empty()) {
      const std::size_t number = open.back();
      open.pop_back();
      order_.push_back(number);
      split(number);
      for (std::size_t i = nodes_[number].children; i-- > 0;)
        open.push_back(nodes_[number].child + i);
    }
  }

  void split(std::size_t number) {
    Node node = nodes_[number];
    if (exports_[node.first].name.size() == node.depth)
      node.payload = exports_[node.first++].payload;
    node.child = nodes_.size();
    for (std::size_t first = node.first; first < node.last;) {
      const std::string_view name = exports_[first].name;
      const auto same_letter = [&](const Export &other) { return other.name[node.depth] == name[node.depth]; };
      const auto end = std::ranges::partition_point(exports_.subspan(first, node.last - first), same_letter);
      const auto last = static_cast<std::size_t>(end - exports_.begin());
      const std::string_view other = exports_[last - 1].name;
      std::size_t depth = node.depth;
      while (depth < name.size() && depth < other.size() && name[depth] == other[depth])
        ++depth;
      nodes_.push_back({.first = first,
                        .last = last,
                        .depth = depth,
                        .edge = name.substr(node.depth, depth - node.depth),
                        .payload = {}});
      first = last;
    }
    node.children = nodes_.size() - node.child;
    nodes_[number] = node;
  }

  [[nodiscard]] std::span<const Node> children_of(const Node &node) const {
    return std::span(nodes_).subspan(node.child, node.children);
  }

  /// Offsets are written in as few bytes as they take, so placing nodes changes where they are: again, until nothing
  /// does. True while something has changed.
  bool place_nodes() {
    std::uint64_t offset = 0;
    bool changed = false;
    for (const std::size_t number : order_) {
      Node &node = nodes_[number];
      changed = changed || node.offset != offset;
      node.offset = offset;
      offset += size_of(node.payload.size()) + node.payload.size() + 1;
      for (const Node &child : children_of(node))
        offset += child.edge.size() + 1 + size_of(child.offset);
    }
    return changed;
  }

  void write(const Node &node, std::string &trie) const {
    append_unsigned_leb128(trie, node.payload.size());
    trie.append(node.payload);
    trie.push_back(static_cast<char>(node.children));
    for (const Node &child : children_of(node)) {
      trie.append(child.edge).push_back('\0');
      append_unsigned_leb128(trie, child.offset);
    }
  }

  std::span<const Export> exports_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> order_; ///< in the file: each before what is below it
};

} // namespace

const Export *Exports::find(std::string_view name) const {
  const auto found = std::ranges::lower_bound(all, name, {}, &Export::name);
  return found != all.end() && found->name == name ? &*found : nullptr;
}

Result<Exports> read_exports(Bytes trie) { return trie.empty() ? Result<Exports>() : Reader(trie).run(); }

std::string write_exports(std::span<const Export> exports) { return Writer(exports).run(); }

bool Payload::is_forwarded() const { return (flags & llvm::MachO::EXPORT_SYMBOL_FLAGS_REEXPORT) != 0; }

bool Payload::is_absolute() const {
  using namespace llvm::MachO;
  return (flags & EXPORT_SYMBOL_FLAGS_KIND_MASK) == EXPORT_SYMBOL_FLAGS_KIND_ABSOLUTE;
}

bool Payload::is_weak() const { return (flags & llvm::MachO::EXPORT_SYMBOL_FLAGS_WEAK_DEFINITION) != 0; }

std::optional<Payload> read_payload(Bytes payload) {
  using namespace llvm::MachO;
  Payload read;
  const std::optional<std::uint64_t> flags = take_unsigned_leb128(payload);
  const std::optional<std::uint64_t> address = take_unsigned_leb128(payload);
  if (!flags || !address)
    return std::nullopt;
  read.flags = *flags;
  read.address = *address;
  if (read.is_forwarded()) {
    const std::optional<Bytes> name = c_string(payload, 0);
    if (!name)
      return std::nullopt;
    read.other_name = *name;
    payload.remove_prefix(name->size() + 1);
  } else if ((read.flags & with_second_number) != 0) {
    const std::optional<std::uint64_t> resolver = take_unsigned_leb128(payload);
    if (!resolver)
      return std::nullopt;
    read.resolver = *resolver;
  }
  return payload.empty() ? std::optional(read) : std::nullopt;
}

std::string write_payload(const Payload &payload) {
  std::string bytes;
  append_unsigned_leb128(bytes, payload.flags);
  append_unsigned_leb128(bytes, payload.address);
  if (payload.is_forwarded())
    bytes.append(payload.other_name).push_back('\0');
  else if ((payload.flags & with_second_number) != 0)
    append_unsigned_leb128(bytes, payload.resolver);
  return bytes;
}

} // namespace linkname::macho::image
