// Where the words of a plan stand: many short texts, one behind the other. A string of its own for each would take
// longer than everything that is done with it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <vector>

namespace linkname {

class WordStore {
public:
  /// `expected` bytes get room at once.
  explicit WordStore(std::size_t expected = 0) {
    if (expected != 0)
      grow(expected);
  }

  /// A copy of the pieces, one after the other. It lasts as long as the store.
  std::string_view add(std::initializer_list<std::string_view> pieces) {
    std::size_t size = 0;
    for (const std::string_view piece : pieces)
      size += piece.size();
    if (size > left_)
      grow(std::max(size, block));
    char *const start = next_;
    for (const std::string_view piece : pieces)
      next_ = std::ranges::copy(piece, next_).out;
    left_ -= size;
    return {start, size};
  }

  /// The same for one text, where it is not `last`, which is here already.
  std::string_view add_or_share(std::string_view text, std::string_view &last) {
    if (text != last)
      last = add({text});
    return last;
  }

private:
  static constexpr std::size_t block = 4096;

  void grow(std::size_t size) {
    next_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
    left_ = size;
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  char *next_ = nullptr;
  std::size_t left_ = 0;
};

} // namespace linkname
