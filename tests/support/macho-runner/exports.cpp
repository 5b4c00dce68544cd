#include "exports.h"

#include <set>

namespace runner {

namespace {

// Reads a node's payload, if it has one, and leaves the cursor at the number of its children.
std::optional<Export> read_payload(const Image &image, Cursor &cursor, const std::string &name) {
  const std::uint64_t size = cursor.uleb(), begin = cursor.offset();
  if (size == 0)
    return {};
  Export found;
  found.name = name;
  found.flags = cursor.uleb();
  if ((found.flags & ~std::uint64_t{export_kind | export_weak | export_reexport | export_resolver}) != 0 ||
      (found.flags & export_kind) == 3)
    refuse(image.path, "export %s has flags 0x%llx, which the runner does not know", name.c_str(),
           static_cast<Ulong>(found.flags));
  found.value = cursor.uleb();
  if ((found.flags & export_reexport) != 0)
    found.other_name = cursor.text();
  else if ((found.flags & export_resolver) != 0)
    found.resolver = cursor.uleb();
  if (cursor.offset() - begin != size)
    refuse(image.path, "export %s: its payload is %llu bytes, not %llu", name.c_str(),
           static_cast<Ulong>(cursor.offset() - begin), static_cast<Ulong>(size));
  const bool has_address = (found.flags & export_reexport) == 0 && (found.flags & export_kind) != 2;
  if (has_address && image.segment_of(image.text_address + found.value, 0) == nullptr)
    refuse(image.path, "export %s: 0x%llx lies in no segment", name.c_str(),
           static_cast<Ulong>(image.text_address + found.value));
  return found;
}

} // namespace

std::optional<Export> find_export(const Image &image, const std::string &name) {
  if (image.exports.size() == 0)
    return {};
  std::size_t matched = 0;
  std::uint64_t offset = 0;
  // Every step consumes a part of the name: an empty one would let the walk go in circles.
  for (;;) {
    Cursor cursor(image.exports, offset);
    const std::optional<Export> here = read_payload(image, cursor, name.substr(0, matched));
    if (matched == name.size())
      return here;
    bool descends = false;
    for (unsigned children = cursor.byte(); children != 0 && !descends; children--) {
      const std::string part = cursor.text();
      offset = cursor.uleb();
      if (part.empty())
        refuse(image.path, "the exports trie has a branch without a name");
      if (name.compare(matched, part.size(), part) == 0) {
        matched += part.size();
        descends = true;
      }
    }
    if (!descends)
      return {};
  }
}

std::vector<Export> all_exports(const Image &image) {
  struct Branch {
    std::uint64_t offset;
    std::string name;
  };
  std::vector<Export> result;
  std::vector<Branch> open;
  std::set<std::uint64_t> seen;
  std::set<std::string> names;
  if (image.exports.size() != 0)
    open.push_back({0, ""});
  while (!open.empty()) {
    const Branch branch = std::move(open.back());
    open.pop_back();
    if (!seen.insert(branch.offset).second)
      refuse(image.path, "the exports trie comes to 0x%llx twice", static_cast<Ulong>(branch.offset));
    Cursor cursor(image.exports, branch.offset);
    if (const std::optional<Export> here = read_payload(image, cursor, branch.name)) {
      if (!names.insert(branch.name).second)
        refuse(image.path, "the exports trie has %s twice", branch.name.c_str());
      result.push_back(*here);
    }
    std::vector<Branch> children(cursor.byte());
    for (Branch &child : children) {
      child.name = branch.name + cursor.text();
      child.offset = cursor.uleb();
    }
    open.insert(open.end(), children.rbegin(), children.rend());
  }
  return result;
}

} // namespace runner
