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

/// Where the segments are in the file.
struct Image {
  std::uint64_t commands_end = 0;
  Range linkedit;
  std::vector<Range> segments;
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

/// Whether the byte is one of the number with which code binds lazily: behind `push` and before `jmp`, or behind
/// `ldr w16, number; b`, for x86 and arm64.
inline bool is_in_record_number(std::string_view file, std::uint64_t at) {
  for (unsigned back = 1; back <= 4; ++back)
    if (at >= back && number(file, at - back, 1) == 0x68 && number(file, at - back + 5, 1) == 0xe9)
      return true;
  for (unsigned back = 8; back <= 11; ++back)
    if (at >= back && number(file, at - back, 4) == 0x18000050)
      return true;
  return false;
}

/// Code and data stay where they are and what they were, but for these numbers.
inline void require_same_contents(std::string_view before, std::string_view after, bool) {
  const Image image = read(before);
  require(after.size() >= image.linkedit.offset, "what stands before __LINKEDIT is still there");
  for (std::uint64_t i = image.commands_end; i < std::min<std::uint64_t>(image.linkedit.offset, before.size()); ++i)
    if (before[i] != after[i])
      require(is_in_record_number(before, i), "what stands before __LINKEDIT is kept");
}

} // namespace linkname::fuzz::image_reader

namespace linkname::fuzz {

inline const Judge macho_image_judge = {.backend = macho::image_backend,
                                        .nothing_overlaps = image_reader::nothing_overlaps,
                                        .require_same_contents = image_reader::require_same_contents};

} // namespace linkname::fuzz
