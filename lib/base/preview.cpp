#include "base/preview.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <utility>

namespace linkname {
namespace {

/// So much of what stays may take memory of its own.
constexpr std::size_t most_copied = 16U << 20U;
/// Shorter runs are cheaper to copy than to map.
constexpr std::size_t worth_a_mapping = 64U << 10U;

} // namespace

std::optional<Preview> Preview::create(const MappedFile &input, const Splices &splices) {
  const auto size = static_cast<std::size_t>(new_size(input.bytes().size(), splices));
  void *const data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (data == MAP_FAILED)
    return std::nullopt;
  Preview preview(static_cast<char *>(data), size);
  std::size_t from = 0;
  std::size_t to = 0;
  const auto keep_until = [&](std::size_t until) {
    const std::size_t length = until - from;
    const bool kept = preview.keep(input, from, to, length);
    from = until;
    to += length;
    return kept;
  };
  for (const Splice &splice : splices) {
    if (!keep_until(static_cast<std::size_t>(splice.offset)))
      return std::nullopt;
    preview.copy(splice.bytes, to);
    from += static_cast<std::size_t>(splice.old_length);
    to += splice.bytes.size();
  }
  if (!keep_until(input.bytes().size()))
    return std::nullopt;
  ::mprotect(data, size, PROT_READ);
  return preview;
}

Preview::Preview(Preview &&other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)), copied_(other.copied_) {}

Preview::~Preview() {
  if (data_ != nullptr)
    ::munmap(data_, size_);
}

bool Preview::keep(const MappedFile &input, std::size_t from, std::size_t to, std::size_t length) {
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const Bytes run = input.bytes().substr(from, length);
  const std::size_t before = (page - to % page) % page; // so many bytes stand before the first whole page
  if (length >= worth_a_mapping && (to - from) % page == 0 && input.descriptor() >= 0) {
    const std::size_t whole = (length - before) / page * page;
    if (::mmap(data_ + to + before, whole, PROT_READ, MAP_PRIVATE | MAP_FIXED, input.descriptor(),
               static_cast<off_t>(from + before)) == MAP_FAILED)
      return false;
    copy(run.substr(0, before), to);
    copy(run.substr(before + whole), to + before + whole);
    return true;
  }
  copied_ += length;
  if (copied_ > most_copied)
    return false;
  copy(run, to);
  return true;
}

void Preview::copy(Bytes from, std::size_t to) {
  if (!from.empty())
    std::memcpy(data_ + to, from.data(), from.size());
}

} // namespace linkname
