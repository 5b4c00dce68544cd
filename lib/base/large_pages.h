// Memory for the few tables that grow with the file. With pages of 4 KiB the kernel's work to hand out ten megabytes
// takes longer than filling them.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

namespace linkname {

/// Reserves room for `count` elements and asks for large pages where it is worth it. `Container` is a std::vector or
/// std::string.
template <class Container> void reserve_large(Container &container, std::size_t count) {
  container.reserve(count);
  constexpr std::uintptr_t large_page = 2U << 20U;
  const auto start = reinterpret_cast<std::uintptr_t>(container.data());
  const std::uintptr_t end = start + container.capacity() * sizeof(typename Container::value_type);
  const std::uintptr_t first = (start + large_page - 1) / large_page * large_page;
  const std::uintptr_t last = end / large_page * large_page;
  if (first < last)
    ::madvise(reinterpret_cast<void *>(first), last - first, MADV_HUGEPAGE); // advice: a refusal changes nothing
}

} // namespace linkname
