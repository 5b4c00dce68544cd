// A reader of Mach-O images that has nothing in common with the library, so that it can judge what the library did.
#pragma once

#include "judge.h"

#include "macho/backend.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace linkname::fuzz::image_reader {

struct Range {
  std::uint64_t offset = 0, size = 0;
};

/// Where the segments and what binds lazily are in the file.
struct Image {
  std::uint64_t commands_end = 0;
  Range linkedit;
  std::vector<Range> segments;
  std::vector<Range> helpers;
};

inline std::uint64_t number(std::string_view file, std::uint64_t at, unsigned length) {
  std::uint64_t value = 0;
  for (unsigned i = length; i-- > 0;)
    value = value << 8U | (at + i < file.size() ? static_cast<unsigned char>(file[at + i]) : 0U);
  return value;
}

inline Image read(std::string_view file) {
  const bool wide = number(file, 0, 4) == 0xfeedfacf;
  const unsigned word = wide ? 8 : 4;
  Image image;
  std::uint64_t at = wide ? 32 : 28;
  image.commands_end = at + number(file, 20, 4);
  for (std::uint64_t left = number(file, 16, 4); left > 0 && at < image.commands_end; --left) {
    if (number(file, at, 4) == (wide ? 0x19 : 0x1)) {
      const Range range = {number(file, at + 24 + 2 * word, word), number(file, at + 24 + 3 * word, word)};
      const std::string_view name = file.substr(std::min<std::uint64_t>(at + 8, file.size()), 16);
      image.segments.push_back(range);
      if (name.starts_with(std::string_view("__LINKEDIT\0", 11)))
        image.linkedit = range;
      const std::uint64_t first = at + (wide ? 72 : 56);
      const std::uint64_t entry = wide ? 80 : 68;
      for (std::uint64_t i = 0; i < std::min<std::uint64_t>(number(file, first - 8, 4), file.size() / entry); ++i)
        if (file.substr(std::min<std::uint64_t>(first + i * entry, file.size())).starts_with("__stub_helper"))
          for (const std::uint64_t offset : // where it says it is, and where its address is
               {number(file, first + i * entry + 32 + 2 * word, 4),
                range.offset + number(file, first + i * entry + 32, word) - number(file, at + 24, word)})
            image.helpers.push_back({offset, number(file, first + i * entry + 32 + word, word)});
    }
    at += std::max<std::uint64_t>(number(file, at + 4, 4), 8);
  }
  return image;
}

inline bool nothing_overlaps(std::string_view file) {
  const Image image = read(file);
  std::uint64_t end = image.commands_end;
  for (const Range &segment : image.segments) {
    if (segment.size == 0)
      continue;
    // The first one holds the load commands.
    if (segment.offset != 0 && segment.offset < end)
      return false;
    if (segment.offset + segment.size < segment.size)
      return false;
    end = std::max(end, segment.offset + segment.size);
  }
  return image.linkedit.size != 0 && image.linkedit.offset + image.linkedit.size == end && end == file.size();
}

/// Code and data stay where they are and what they were, but for the numbers in the code that binds lazily. (In an
/// image where nobody calls it so, that code may stand anywhere.)
inline void require_same_contents(std::string_view before, std::string_view after, bool) {
  const Image image = read(before);
  if (image.helpers.empty())
    return;
  require(after.size() >= image.linkedit.offset, "what stands before __LINKEDIT is still there");
  for (std::uint64_t i = image.commands_end; i < std::min<std::uint64_t>(image.linkedit.offset, before.size()); ++i) {
    const bool in_helper = std::ranges::any_of(
        image.helpers, [&](const Range &helper) { return i >= helper.offset && i - helper.offset < helper.size; });
    if (!in_helper)
      require(before[i] == after[i], "what stands before __LINKEDIT is kept");
  }
}

} // namespace linkname::fuzz::image_reader

namespace linkname::fuzz {

inline const Judge macho_image_judge = {.backend = macho::image_backend,
                                        .nothing_overlaps = image_reader::nothing_overlaps,
                                        .require_same_contents = image_reader::require_same_contents};

} // namespace linkname::fuzz
