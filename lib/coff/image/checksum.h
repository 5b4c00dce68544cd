// The sum in the optional header by which Windows tells a damaged driver: of all 16-bit words of the file but the sum
// itself, carries added in, and the file's length.
#pragma once

#include "base/bytes.h"
#include "base/splice.h"

#include <llvm/Support/Endian.h>

#include <cstdint>

namespace linkname::coff {

class ImageChecksum {
public:
  /// The next bytes of the file.
  void add(Bytes bytes) {
    if (bytes.empty())
      return;
    length_ += bytes.size();
    if (odd_) {
      sum_ += std::uint64_t{static_cast<unsigned char>(bytes.front())} << 8U;
      bytes.remove_prefix(1);
    }
    // Two words at a time: a carry out of the lower one is what would be added in.
    const auto pairs = entries_of<llvm::support::ulittle32_t>(bytes);
    for (const std::uint32_t pair : pairs)
      sum_ += pair;
    fold();
    bytes.remove_prefix(pairs.size_bytes());
    for (std::size_t i = 0; i < bytes.size(); ++i)
      sum_ += std::uint64_t{static_cast<unsigned char>(bytes[i])} << (i % 2 * 8);
    odd_ = bytes.size() % 2 != 0;
  }

  [[nodiscard]] std::uint32_t sum() {
    fold();
    return static_cast<std::uint32_t>(sum_ + length_);
  }

private:
  void fold() {
    while (sum_ > UINT16_MAX)
      sum_ = (sum_ & UINT16_MAX) + (sum_ >> 16U);
  }

  std::uint64_t sum_ = 0; ///< cannot overflow: folded behind each piece, and a file has less than 2^32 words
  std::uint64_t length_ = 0;
  bool odd_ = false;
};

/// Of a file whose sum stands at `field`.
inline std::uint32_t image_checksum(Bytes file, std::uint64_t field) {
  ImageChecksum sum;
  sum.add(file.substr(0, field));
  sum.add(Bytes("\0\0\0\0", 4));
  sum.add(file.substr(field + 4));
  return sum.sum();
}

/// Of what the ordered splices, in which the sum is 0, make of a file.
inline std::uint32_t image_checksum(Bytes file, const Splices &ordered) {
  ImageChecksum sum;
  std::uint64_t position = 0;
  for (const Splice &splice : ordered) {
    sum.add(file.substr(position, splice.offset - position));
    sum.add(splice.bytes);
    position = splice.offset + splice.old_length;
  }
  sum.add(file.substr(position));
  return sum.sum();
}

} // namespace linkname::coff
