// Memory for the few tables that grow with the file. Pages of 4 KiB that come one by one, each with a fault, take
// longer than the work on them. All of it is advice to the kernel: where it is refused, by an older kernel for
// instance, nothing changes but the time.
#pragma once

#include "base/bytes.h"

#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace linkname {

/// Maps the pages of `bytes`, a table of a mapped file that is about to be walked, all at once.
inline void populate(Bytes bytes) {
  constexpr std::uintptr_t page_size = 4096;
  constexpr std::size_t worth_a_call = 64 * page_size;
  if (bytes.size() < worth_a_call)
    return;
  const std::uintptr_t start = reinterpret_cast<std::uintptr_t>(bytes.data()) / page_size * page_size;
  const std::uintptr_t end = reinterpret_cast<std::uintptr_t>(bytes.data()) + bytes.size();
  ::madvise(reinterpret_cast<void *>(start), end - start, MADV_POPULATE_READ);
}

/// Gives the pages of `bytes`, a part of a mapped file that is done with, back to the kernel. Whoever looks at them
/// once more waits for them once more. Not for memory that is no file's: that would be cleared.
inline void unmap_for_now(Bytes bytes) {
  constexpr std::uintptr_t page_size = 4096;
  const std::uintptr_t start = (reinterpret_cast<std::uintptr_t>(bytes.data()) + page_size - 1) / page_size * page_size;
  const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(bytes.data()) + bytes.size()) / page_size * page_size;
  if (start < end)
    ::madvise(reinterpret_cast<void *>(start), end - start, MADV_DONTNEED);
}

/// Does so for a file that is walked once from its start to its end. Seldom: another processor that uses the same
/// mapping has to be told each time.
class UnmapBehind {
public:
  /// Nothing is given back where `file` is empty.
  explicit UnmapBehind(Bytes file) : file_(file) {}

  /// All before `until` is done with.
  void pass(std::uint64_t until) {
    constexpr std::uint64_t worth_a_call = 4U << 20U;
    if (until > file_.size() || until < done_ + worth_a_call)
      return;
    unmap_for_now(file_.substr(static_cast<std::size_t>(done_), static_cast<std::size_t>(until - done_)));
    done_ = until;
  }

private:
  Bytes file_;
  std::uint64_t done_ = 0;
};

template <class T> void populate(std::span<const T> table) {
  populate(Bytes(reinterpret_cast<const char *>(table.data()), table.size_bytes()));
}

/// Gives the pages back of which nothing is allocated any more. It takes a look at all of them.
inline void give_back_free_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

/// Reserves room for `count` elements, all of which will be filled, in large pages where it is worth it. `Container` is
/// a std::vector or std::string.
template <class Container> void reserve_large(Container &container, std::size_t count) {
  container.reserve(count);
  constexpr std::size_t worth_a_call = 1U << 20U;
  if (container.capacity() * sizeof(typename Container::value_type) < worth_a_call)
    return;
  constexpr std::uintptr_t page_size = 4096;
  constexpr std::uintptr_t large_page = 2U << 20U;
  const auto start = reinterpret_cast<std::uintptr_t>(container.data());
  const std::uintptr_t end = start + container.capacity() * sizeof(typename Container::value_type);
  const std::uintptr_t first_large = (start + large_page - 1) / large_page * large_page;
  const std::uintptr_t last_large = end / large_page * large_page;
  if (first_large < last_large)
    ::madvise(reinterpret_cast<void *>(first_large), last_large - first_large, MADV_HUGEPAGE);
  const std::uintptr_t first = (start + page_size - 1) / page_size * page_size;
  const std::uintptr_t last = end / page_size * page_size;
  if (first < last)
    ::madvise(reinterpret_cast<void *>(first), last - first, MADV_POPULATE_WRITE);
}

/// Room for one more element of a table whose length nobody knows yet.
template <class Container> void make_room(Container &container) {
  constexpr std::size_t least = 16;
  if (container.size() == container.capacity())
    reserve_large(container, std::max(least, container.size() * 2));
}

} // namespace linkname
