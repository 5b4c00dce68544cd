#include "base/splice.h"

#include <algorithm>
#include <iterator>

namespace linkname {

Result<void> put_in_order(Splices &splices, std::uint64_t input_size) {
  if (!std::ranges::is_sorted(splices, comes_before))
    std::ranges::stable_sort(splices, comes_before);
  std::uint64_t end = 0;
  for (const Splice &splice : splices) {
    if (splice.offset < end)
      return fail(Status::malformed, {}, "two tables of the file overlap");
    if (splice.offset > input_size || splice.old_length > input_size - splice.offset)
      return fail(Status::malformed, {}, "a table reaches past the end of the file");
    end = splice.offset + splice.old_length;
  }
  return {};
}

Splices padded(std::vector<Resize> resizes, std::uint64_t file_size) {
  std::ranges::sort(resizes, {}, &Resize::at);
  Splices splices;
  std::uint64_t moved = 0; // modulo 2^64, since a table may also shrink
  for (Resize &resize : resizes) {
    const bool in_steps = &resize == &resizes.back() && file_size >= large_file;
    const std::uint64_t unit = in_steps ? std::max(large_step, resize.alignment) : resize.alignment;
    moved += resize.bytes.size() - resize.old_length;
    const std::uint64_t padding = (0 - moved) % unit;
    moved += padding;
    if (padding != 0 && resize.bytes.capacity() - resize.bytes.size() >= padding) {
      resize.bytes.append(static_cast<std::size_t>(padding), '\0');
    } else if (padding != 0) { // in a string of the exact size: growing would take twice the room
      std::string exact;
      exact.reserve(resize.bytes.size() + static_cast<std::size_t>(padding));
      exact.append(resize.bytes).append(static_cast<std::size_t>(padding), '\0');
      resize.bytes = std::move(exact);
    }
    splices.push_back({.offset = resize.at, .old_length = resize.old_length, .bytes = std::move(resize.bytes)});
  }
  return splices;
}

OffsetMap::OffsetMap(const Splices &ordered) {
  std::uint64_t shift = 0;
  for (const Splice &splice : ordered) {
    if (splice.new_length() == splice.old_length)
      continue;
    shift += splice.new_length() - splice.old_length;
    steps_.push_back({.from = splice.offset + splice.old_length, .shift = shift});
  }
}

std::string apply_splices(Bytes input, const Splices &ordered) {
  std::string output;
  output.reserve(input.size());
  std::size_t position = 0;
  for (const Splice &splice : ordered) {
    const auto offset = static_cast<std::size_t>(splice.offset);
    output.append(input, position, offset - position);
    output += splice.bytes;
    position = offset + static_cast<std::size_t>(splice.old_length);
  }
  return output.append(input, position);
}

} // namespace linkname
