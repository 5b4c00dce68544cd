// Checked reading: a Bytes is a part of an image's file that knows its own name, so that whatever runs over its end is
// refused with both. Nothing else in the runner touches the file's bytes.
#pragma once
#include "refuse.h"

#include <cstdint>
#include <cstring>
#include <string>

namespace runner {

class Bytes {
public:
  Bytes() = default;
  Bytes(const std::uint8_t *data, std::uint64_t size, const std::string &image, const char *what)
      : data_(data), size_(size), image_(&image), what_(what) {}

  std::uint64_t size() const { return size_; }
  const std::uint8_t *data() const { return data_; }
  const std::string &image() const { return *image_; }
  const char *what() const { return what_; }

  Bytes part(std::uint64_t offset, std::uint64_t size, const char *what) const {
    if (offset > size_ || size > size_ - offset)
      refuse(*image_, "%s: %llu bytes at 0x%llx do not lie within the %s of %llu bytes", what,
             static_cast<unsigned long long>(size), static_cast<unsigned long long>(offset), what_,
             static_cast<unsigned long long>(size_));
    return {data_ + offset, size, *image_, what};
  }

  template <class T> T at(std::uint64_t offset) const {
    T value;
    std::memcpy(&value, part(offset, sizeof value, what_).data_, sizeof value);
    return value;
  }

  // The text at an offset, which must end within these bytes.
  std::string text(std::uint64_t offset) const {
    const Bytes rest = part(offset, offset > size_ ? 0 : size_ - offset, what_);
    const void *end = std::memchr(rest.data_, 0, rest.size_);
    if (end == nullptr)
      refuse(*image_, "the %s holds a name at 0x%llx that does not end", what_,
             static_cast<unsigned long long>(offset));
    return {reinterpret_cast<const char *>(rest.data_), static_cast<const char *>(end)};
  }

private:
  const std::uint8_t *data_ = nullptr;
  std::uint64_t size_ = 0;
  const std::string *image_ = nullptr;
  const char *what_ = "";
};

// Reads bytes one after the other.
class Cursor {
public:
  explicit Cursor(const Bytes &bytes, std::uint64_t offset = 0) : bytes_(bytes), offset_(offset) {}

  bool done() const { return offset_ >= bytes_.size(); }
  std::uint64_t offset() const { return offset_; }
  std::uint8_t byte() { return bytes_.at<std::uint8_t>(offset_++); }

  std::uint64_t uleb() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint64_t next = byte(), bits = next & 0x7F;
      if (shift > 63 || (shift == 63 && bits > 1))
        too_large();
      value |= bits << shift;
      if (next < 0x80)
        return value;
    }
  }

  std::int64_t sleb() {
    std::uint64_t value = 0;
    for (unsigned shift = 0;;) {
      const std::uint64_t next = byte();
      if (shift > 63)
        too_large();
      value |= (next & 0x7F) << shift;
      shift += 7;
      if (next < 0x80)
        return static_cast<std::int64_t>((next & 0x40) != 0 && shift < 64 ? value | (~std::uint64_t{0} << shift)
                                                                          : value);
    }
  }

  std::string text() {
    std::string result = bytes_.text(offset_);
    offset_ += result.size() + 1;
    return result;
  }

private:
  [[noreturn]] void too_large() const {
    refuse(bytes_.image(), "the %s holds a number at 0x%llx that does not fit 64 bits", bytes_.what(),
           static_cast<unsigned long long>(offset_));
  }

  Bytes bytes_;
  std::uint64_t offset_;
};

} // namespace runner
