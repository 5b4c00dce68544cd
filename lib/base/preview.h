// A large file as it will be, to be looked at while what stays of it is still being copied: the pages of the input
// where these will stand on page boundaries again, and memory for everything else.
#pragma once

#include "base/file_io.h"
#include "base/splice.h"

#include <cstddef>
#include <optional>

namespace linkname {

class Preview {
public:
  /// `input` with the ordered `splices` applied. Nothing where it would take much memory, since a long run moves by a
  /// part of a page, or where the system has none: then the file itself has to be looked at.
  static std::optional<Preview> create(const MappedFile &input, const Splices &splices);

  Preview(Preview &&other) noexcept;
  Preview &operator=(Preview &&) = delete;
  ~Preview();

  /// Valid for as long as the preview is.
  [[nodiscard]] Bytes bytes() const { return {data_, size_}; }

private:
  Preview(char *data, std::size_t size) : data_(data), size_(size) {}

  /// The input's bytes from `from` on to `to`; false where they cannot be had without much memory.
  bool keep(const MappedFile &input, std::size_t from, std::size_t to, std::size_t length);
  void copy(Bytes from, std::size_t to);

  char *data_;
  std::size_t size_;
  std::size_t copied_ = 0; ///< of what stays
};

} // namespace linkname
