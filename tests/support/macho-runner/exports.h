// What an image offers to others: its exports trie, a tree of name parts with the addresses at the ends of names.
#pragma once
#include "image.h"

#include <optional>
#include <string>
#include <vector>

namespace runner {

struct Export {
  std::string name;
  std::uint64_t flags = 0;
  std::uint64_t value = 0;    // an offset from the header; absolute: the value; a re-export: the library's ordinal
  std::uint64_t resolver = 0; // of a stub with a resolver
  std::string other_name;     // of a re-export
};

// Walks the trie along one name, as a dynamic linker does.
std::optional<Export> find_export(const Image &image, const std::string &name);

// Reads the whole trie: every node once, in the order in which it is written. Refuses a trie that leads in circles, two
// ways to one name, a payload that is not of its stated size, and an address that is in no segment.
std::vector<Export> all_exports(const Image &image);

} // namespace runner
